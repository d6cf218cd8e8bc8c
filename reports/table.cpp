#include "reports/table.hpp"

#include <utility>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

Cell text_or_none(std::string text) { return text.empty() ? Cell{} : Cell{std::move(text)}; }

std::string_view text_of(RowKind kind) {
  switch (kind) {
    case RowKind::heading:
      return "heading";
    case RowKind::line:
      return "line";
    case RowKind::subtotal:
      return "subtotal";
    case RowKind::total:
      return "total";
    case RowKind::proof:
      return "proof";
  }
  throw InvariantBroken{"every kind of row has its text"};
}

TableRow heading_row(int level, const std::string& words) { return {RowKind::heading, level, {}, words}; }

void add_viewpoint(Table& table, const Viewpoint& viewpoint) {
  if (viewpoint.as_of) table.facts.push_back({"as_of", "As of", *viewpoint.as_of});
  if (viewpoint.known_at) table.facts.push_back({"known_at", "As known at", *viewpoint.known_at});
}

void add_signs(Table& table, const std::string& signs) { table.facts.push_back({"signs", "Signs", signs}); }

std::int64_t reader_sign(std::int64_t minor, books::AccountType type) {
  if (books::is_debit_normal(type)) return minor;
  ensure(minor != std::numeric_limits<std::int64_t>::min(), "a balance has an opposite");
  return -minor;
}

}  // namespace coop::reports

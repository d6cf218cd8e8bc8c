#include "ledger/statements/own_statement.hpp"

#include <algorithm>

#include "ledger/statements/csv_figures.hpp"
#include "ledger/statements/csv_rows.hpp"

namespace coop::statements {

namespace {

const std::vector<std::string>& own_header() {
  static const std::vector<std::string> header{
      "row",         "level",       "booked_on", "entry",   "line",        "description", "reference",
      "counterpart", "note",        "fund",      "member",  "cost_object", "tax_code",    "recorded_at",
      "reverses",    "reversed_by", "amount",    "balance", "unit",        "positive"};
  return header;
}

}  // namespace

std::optional<CsvProfile> find_own_statement(std::string_view bytes) {
  constexpr std::size_t looked_at_rows = 5;
  const SourceTable table = first_csv_rows(bytes, looked_at_rows, ',');
  if (table.rows.empty() || table.rows.front().cells != own_header()) return std::nullopt;
  CsvProfile profile;
  profile.fingerprint = header_fingerprint(own_header());
  profile.day = "booked on";
  profile.amount = "amount";
  profile.balance = "balance";
  profile.currency = "unit";
  profile.bank_id = "entry";
  profile.reference = "reference";
  profile.text = {"description", "note"};
  const std::size_t positive = own_header().size() - 1;
  const bool is_debit = std::ranges::any_of(
      table.rows, [&](const SourceRow& row) { return cell_at(row, positive) == "debit"; });
  if (is_debit) profile.signs = CsvSigns::mirrored;
  return profile;
}

}  // namespace coop::statements

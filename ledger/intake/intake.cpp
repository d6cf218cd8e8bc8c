#include "ledger/intake/intake.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::intake {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

[[noreturn]] void refuse_amount(std::string_view text, const std::string& why) {
  throw Refused{Refusal::amount_malformed, "'" + std::string{text.substr(0, 40)} + "' " + why};
}

// Whether the separators of thousands stand where they should, each before three digits.
bool is_grouped(std::string_view whole, char mark) {
  std::size_t digits = 0;
  std::size_t marks = 0;
  for (const char c : whole) {
    if (c != mark) {
      ++digits;
      continue;
    }
    if ((marks == 0 && (digits == 0 || digits > 3)) || (marks > 0 && digits != 3)) return false;
    ++marks;
    digits = 0;
  }
  return marks == 0 || digits == 3;
}

}  // namespace

std::optional<std::string> IntakeRow::find(std::string_view column) const {
  const auto place = columns_->find(column);
  if (place == columns_->end() || place->second >= row_->cells.size()) return std::nullopt;
  const std::string& cell = row_->cells[place->second];
  if (cell.empty()) return std::nullopt;
  return cell;
}

std::string IntakeRow::require(std::string_view column) const {
  if (auto cell = find(column)) return *cell;
  throw Refused{Refusal::field_missing, "the cell is empty", "/" + std::string{column}};
}

void IntakeRow::in_column(std::string_view column, const std::function<void()>& read) {
  try {
    read();
  } catch (const Refused& refused) {
    throw Refused{refused.refusal(), refused.detail(), "/" + std::string{column}};
  }
}

Day day_from_cell(std::string_view text) {
  if (text.find('/') != std::string_view::npos)
    throw Refused{Refusal::day_malformed, "with strokes it could be two days: write 2026-01-31"};
  const std::size_t first = text.find('.');
  if (first == std::string_view::npos) return Day::parse(text);
  const std::size_t second = text.find('.', first + 1);
  const auto padded = [](std::string_view part) { return (part.size() == 1 ? "0" : "") + std::string{part}; };
  if (second == std::string_view::npos) return Day::parse(text);
  return Day::parse(std::string{text.substr(second + 1)} + "-" +
                    padded(text.substr(first + 1, second - first - 1)) + "-" + padded(text.substr(0, first)));
}

std::int64_t minor_from_cell(std::string_view text, int scale) {
  const std::size_t point = text.rfind('.');
  const std::size_t comma = text.rfind(',');
  if (point == std::string_view::npos && comma == std::string_view::npos) return minor_from_text(text, scale);
  const bool has_both = point != std::string_view::npos && comma != std::string_view::npos;
  const std::size_t mark = !has_both ? std::min(point, comma) : std::max(point, comma);
  const char decimal = text[mark];
  const char group = decimal == '.' ? ',' : '.';
  std::string_view whole = text.substr(0, mark);
  const std::string_view fraction = text.substr(mark + 1);
  const bool is_negative = whole.starts_with('-');
  if (is_negative) whole.remove_prefix(1);
  if (whole.find(decimal) != std::string_view::npos) refuse_amount(text, "has two decimal marks");
  if (!has_both && fraction.size() == 3 && std::ranges::all_of(fraction, is_digit) && scale != 3)
    refuse_amount(text, "could mean thousands or decimals: write it with two decimals");
  if (!is_grouped(whole, group)) refuse_amount(text, "has its thousands in odd places");
  std::string plain = is_negative ? "-" : "";
  for (const char c : whole)
    if (c != group) plain += c;
  return minor_from_text(plain + "." + std::string{fraction}, scale);
}

}  // namespace coop::intake

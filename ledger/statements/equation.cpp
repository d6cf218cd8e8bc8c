#include "ledger/statements/equation.hpp"

#include <algorithm>
#include <charconv>

namespace coop::statements {

namespace {

bool is_in_another_currency(const Statement& statement, const Line& line) {
  return !line.currency.empty() && !statement.currency.empty() && line.currency != statement.currency;
}

Decimal sum_of(const Statement& statement, bool flips) {
  Decimal sum;
  for (const Line& line : statement.lines)
    if (line.status == LineStatus::booked) sum = sum + amount_of(line, flips);
  return sum;
}

/// The number that counts up: "7", "00007", "2026/12" by its last part.
std::optional<long> counted(std::string_view number) {
  const std::size_t cut = number.find_last_of("/-.");
  if (cut != std::string_view::npos) number.remove_prefix(cut + 1);
  long value = 0;
  const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (failed != std::errc{} || end != number.data() + number.size()) return std::nullopt;
  return value;
}

/// True if both number what they count, and at least one is missing. A lower number begins a new year.
bool skips(const std::string& before, const std::string& after) {
  const auto last = counted(before);
  const auto next = counted(after);
  return last && next && *next > *last + 1;
}

}  // namespace

Decimal amount_of(const Line& line, bool flips) {
  return flips && line.is_reversal ? -line.amount : line.amount;
}

Equation equation_of(const Statement& statement, std::optional<bool> flips) {
  const auto is_booked = [](const Line& line) { return line.status == LineStatus::booked; };
  const auto lines = static_cast<std::size_t>(std::ranges::count_if(statement.lines, is_booked));
  const Decimal sum = sum_of(statement, flips.value_or(false));
  const bool is_mixed = std::ranges::any_of(
      statement.lines, [&](const Line& line) { return is_in_another_currency(statement, line); });
  if (!statement.opening || !statement.closing || is_mixed) return {Proof::unprovable, lines, sum, {}};
  const Decimal moved = statement.closing->amount + -statement.opening->amount;
  const Decimal difference = moved + -sum;
  if (is_zero(difference)) return {flips.value_or(false) ? Proof::flipped : Proof::holds, lines, sum, {}};
  if (!flips) {
    const Decimal flipped = sum_of(statement, true);
    if (is_same(moved, flipped)) return {Proof::flipped, lines, flipped, {}};
  }
  return {Proof::contradicts, lines, sum, difference};
}

Continuity continuity_of(const Statement& statement, const std::optional<Precedent>& before) {
  if (!before) return {Joint::first, {}, "nothing was read of this account before"};
  if (!statement.opening) return {Joint::unknown, {}, "the file says no opening balance"};
  const Decimal missing = statement.opening->amount + -before->closing;
  const bool is_numbered = !before->number.empty() && !statement.number.empty();
  const std::string between =
      is_numbered ? "between " + before->number + " and " + statement.number : "before this one";
  if (skips(before->number, statement.number) || !is_zero(missing)) {
    return {Joint::gap, missing,
            "a statement is missing " + between + ": it begins with " + text_of(statement.opening->amount) +
                ", the last one ended with " + text_of(before->closing)};
  }
  return {
      Joint::follows, {}, is_numbered ? "follows on from " + before->number : "follows on from the last one"};
}

}  // namespace coop::statements

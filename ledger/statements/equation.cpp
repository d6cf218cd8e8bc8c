#include "ledger/statements/equation.hpp"

#include <algorithm>
#include <charconv>

namespace coop::statements {

namespace {

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

void LineSums::add(const Line& line) {
  if (!line.currency.empty() && std::ranges::find(currencies_, line.currency) == currencies_.end())
    currencies_.push_back(line.currency);
  if (line.status != LineStatus::booked) return;
  ++booked_;
  sum_ = sum_ + line.amount;
  if (line.is_reversal) reversals_ = reversals_ + line.amount;
}

Decimal LineSums::sum(bool flips) const { return flips ? sum_ + -(reversals_ + reversals_) : sum_; }

bool LineSums::has_other_than(const std::string& currency) const {
  return !currency.empty() &&
         std::ranges::any_of(currencies_, [&](const std::string& one) { return one != currency; });
}

Equation equation_of(const Statement& head, const LineSums& lines, std::optional<bool> flips) {
  const Decimal sum = lines.sum(flips.value_or(false));
  if (!head.opening || !head.closing || lines.has_other_than(head.currency))
    return {Proof::unprovable, lines.booked(), sum, {}};
  const Decimal moved = head.closing->amount + -head.opening->amount;
  const Decimal difference = moved + -sum;
  if (is_zero(difference))
    return {flips.value_or(false) ? Proof::flipped : Proof::holds, lines.booked(), sum, {}};
  const Decimal flipped = lines.sum(true);
  if (!flips && is_same(moved, flipped)) return {Proof::flipped, lines.booked(), flipped, {}};
  return {Proof::contradicts, lines.booked(), sum, difference};
}

Equation equation_of(const Statement& statement, std::optional<bool> flips) {
  LineSums sums;
  for (const Line& line : statement.lines) sums.add(line);
  return equation_of(statement, sums, flips);
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

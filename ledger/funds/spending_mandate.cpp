#include "ledger/funds/spending_mandate.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/wide_integer.hpp"

namespace coop::funds {

namespace {

constexpr std::array<std::string_view, 2> level_texts{"node", "federation"};
constexpr std::array<std::string_view, 5> spending_kinds{"drawn", "paid", "taken_back", "recalled",
                                                         "approved"};
constexpr std::array<std::string_view, 5> mandate_states{"upcoming", "open", "over", "recalled", "pending"};

template <class Word, std::size_t Count>
Word word_from(const std::array<std::string_view, Count>& words, std::string_view text, const char* what) {
  const auto* found = std::ranges::find(words, text);
  if (found == words.end())
    throw Refused{Refusal::field_invalid, std::string{what} + " is not '" + std::string{text} + "'"};
  return static_cast<Word>(found - words.begin());
}

const SpendingStep* end_of(const SpendingMandate& mandate, int draw, SpendingStepKind kind) {
  for (const SpendingStep& step : mandate.steps)
    if (step.draw == draw && step.kind == kind) return &step;
  return nullptr;
}

}  // namespace

std::string_view text_of(BodyLevel level) { return level_texts.at(static_cast<std::size_t>(level)); }
BodyLevel body_level_from(std::string_view text) {
  return word_from<BodyLevel>(level_texts, text, "the level of a body (node, federation)");
}

std::int64_t minutes_of(const HoursGrant& hours) {
  return static_cast<std::int64_t>(hours.minutes_a_month) * hours.months;
}

std::int64_t amount_of(const HoursGrant& hours) {
  const Wide product = Wide{minutes_of(hours)} * hours.rate_minor;
  if (product % 60 != 0)
    throw Refused{Refusal::field_invalid, "hours, rate and months come to no whole amount", "/hours"};
  return narrowed(Wide{product / 60});
}

std::string_view text_of(SpendingStepKind kind) { return spending_kinds.at(static_cast<std::size_t>(kind)); }
SpendingStepKind spending_step_kind_from(std::string_view text) {
  return word_from<SpendingStepKind>(spending_kinds, text, "the kind of a step");
}

std::string_view text_of(SpendingMandateState state) {
  return mandate_states.at(static_cast<std::size_t>(state));
}
SpendingMandateState spending_mandate_state_from(std::string_view text) {
  return word_from<SpendingMandateState>(mandate_states, text,
                                         "how a mandate stands (upcoming, open, over, recalled, pending)");
}

SpendingMandateState state_of(const SpendingMandate& mandate, Day today) {
  for (const SpendingStep& step : mandate.steps)
    if (step.kind == SpendingStepKind::recalled) return SpendingMandateState::recalled;
  if (static_cast<int>(approvals_of(mandate).size()) < mandate.approvals)
    return SpendingMandateState::pending;
  if (today < mandate.from_on) return SpendingMandateState::upcoming;
  return today > mandate.until_on ? SpendingMandateState::over : SpendingMandateState::open;
}

std::vector<const SpendingStep*> approvals_of(const SpendingMandate& mandate) {
  std::vector<const SpendingStep*> approvals;
  for (const SpendingStep& step : mandate.steps)
    if (step.kind == SpendingStepKind::approved) approvals.push_back(&step);
  return approvals;
}

std::vector<const SpendingStep*> live_draws(const SpendingMandate& mandate) {
  std::vector<const SpendingStep*> live;
  for (const SpendingStep& step : mandate.steps)
    if (step.kind == SpendingStepKind::drawn &&
        end_of(mandate, step.number, SpendingStepKind::taken_back) == nullptr)
      live.push_back(&step);
  return live;
}

std::optional<EntryNumber> entry_of(const SpendingMandate& mandate, const SpendingStep& draw) {
  if (draw.entry) return draw.entry;
  const SpendingStep* paid = end_of(mandate, draw.number, SpendingStepKind::paid);
  return paid == nullptr ? std::nullopt : paid->entry;
}

std::int64_t drawn_minor(const SpendingMandate& mandate) {
  std::int64_t sum = 0;
  for (const SpendingStep* draw : live_draws(mandate)) sum = checked_add(sum, draw->minor);
  for (const MandateOrder& order : mandate.orders)
    if (order.entry) sum = checked_add(sum, order.minor);
  for (const MandateRun& run : mandate.runs)
    if (run.is_posted) sum = checked_add(sum, run.minor);
  return sum;
}

std::int64_t ordered_minor(const SpendingMandate& mandate) {
  std::int64_t sum = 0;
  for (const MandateOrder& order : mandate.orders)
    if (!order.entry) sum = checked_add(sum, order.minor);
  for (const MandateRun& run : mandate.runs)
    if (!run.is_posted) sum = checked_add(sum, run.minor);
  return sum;
}

std::int64_t used_minutes(const SpendingMandate& mandate) {
  std::int64_t sum = 0;
  for (const SpendingStep* draw : live_draws(mandate)) sum += draw->minutes.value_or(0);
  for (const MandateOrder& order : mandate.orders) sum += order.minutes.value_or(0);
  for (const MandateRun& run : mandate.runs) sum += run.minutes.value_or(0);
  return sum;
}

std::int64_t left_minor(const SpendingMandate& mandate) {
  return checked_add(mandate.minor, -checked_add(drawn_minor(mandate), ordered_minor(mandate)));
}

std::int64_t amount_of_minutes(const SpendingMandate& mandate, std::int64_t minutes) {
  std::int64_t before_minor = 0;
  std::int64_t all_minutes = minutes;
  for (const SpendingStep* draw : live_draws(mandate)) {
    before_minor = checked_add(before_minor, draw->minor);
    all_minutes += draw->minutes.value_or(0);
  }
  return checked_add(times_half_up(mandate.hours.value().rate_minor, Ratio{all_minutes, 60}), -before_minor);
}

bool come_to(const SpendingMandate& mandate, std::int64_t minutes, std::int64_t minor, int parts) {
  const Wide rate{mandate.hours.value().rate_minor};
  const Wide apart = abs(Wide{60} * minor - rate * minutes);  // in sixtieths of a minor unit
  return parts == 0 ? apart < 60 : 2 * apart <= parts * (60 + rate);
}

}  // namespace coop::funds

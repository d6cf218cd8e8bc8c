#include "ledger/dues/deferral.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

Day month_end_of(Day day) { return Period::month_of(day).last(); }

// How much of the charge's income should have been moved by the end of `day`.
std::int64_t wanted_minor(const SpreadCharge& charge, Day day) {
  if (charge.reversed_on && *charge.reversed_on <= day) return 0;
  const bool is_month_end = day == month_end_of(day);
  return earned_minor(charge, is_month_end ? day : day.plus_days(-1)) - charge.owed_minor;
}

// The days on which something may move, in order.
std::vector<Day> days_of(const SpreadCharge& charge, Day through) {
  std::vector<Day> days;
  if (charge.booked_on <= through) days.push_back(charge.booked_on);
  const Day last = std::min(through, month_end_of(charge.period.last()));
  for (Day end = month_end_of(charge.booked_on); end <= last; end = month_end_of(end.plus_days(1)))
    days.push_back(end);
  if (charge.reversed_on && *charge.reversed_on <= through) days.push_back(*charge.reversed_on);
  for (const auto& [day, minor] : charge.moved_minor)
    if (day <= through) days.push_back(day);
  std::ranges::sort(days);
  const auto repeated = std::ranges::unique(days);
  days.erase(repeated.begin(), repeated.end());
  return days;
}

}  // namespace

std::int64_t earned_minor(const SpreadCharge& charge, Day day) {
  if (day < charge.period.first()) return 0;
  if (day >= charge.period.last()) return charge.owed_minor;
  return times_half_up(charge.owed_minor,
                       Ratio{Period{charge.period.first(), day}.days(), charge.period.days()});
}

std::vector<Deferral> missing_deferrals(const SpreadCharge& charge, Day through) {
  std::vector<Deferral> missing;
  std::int64_t before = 0;
  for (const Day day : days_of(charge, through)) {
    const std::int64_t wanted = wanted_minor(charge, day);
    const auto moved = charge.moved_minor.find(day);
    const std::int64_t minor = wanted - before - (moved == charge.moved_minor.end() ? 0 : moved->second);
    before = wanted;
    if (minor == 0) continue;
    const auto times = charge.moves.find(day);
    missing.push_back({charge.number, day, times == charge.moves.end() ? 1 : times->second + 1, minor});
  }
  return missing;
}

books::Draft deferral_draft(const std::string& deferred_account, std::span<const DeferralOf> deferrals,
                            std::optional<UserId> by) {
  ensure(!deferrals.empty(), "an entry of deferrals has some");
  const auto& [charge, first] = deferrals.front();
  const std::string what = "deferral " + std::to_string(first.number) + " of charge " +
                           std::to_string(first.charge.number()) + " on " + first.on.text();
  books::Draft draft{
      .request_key = books::fingerprint_of("dues: " + what),
      .asked_by = by,
      .booked_on = first.on,
      .late = books::LateEntry::first_open_day,
      .description = first.minor < 0 ? "Dues of days to come, put off" : "Dues earned by " + first.on.text(),
      .reference = {},
      .source = {},
      .reverses = std::nullopt,
      .uses_hold = std::nullopt,
      .postings = {}};
  for (const DeferralOf& one : deferrals) {
    const books::DimensionCodes member{std::nullopt, one.charge->member};
    const std::string words = "charge " + std::to_string(one.deferral.charge.number());
    draft.postings.push_back(
        {deferred_account, Money::of_minor(one.deferral.minor, charge->unit), member, words});
    draft.postings.push_back(
        {charge->income, Money::of_minor(-one.deferral.minor, charge->unit), member, words});
  }
  return draft;
}

}  // namespace coop::dues

#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::funds {

/// A spending mandate of a node, counted from 1.
using SpendingMandateNumber = Id<struct SpendingMandateKindTag, std::int32_t>;

/// Whose body decided: the node's, or the federation's.
enum class BodyLevel { node, federation };
/// "node" or "federation"
std::string_view text_of(BodyLevel level);
/// Throws Refused: field_invalid.
BodyLevel body_level_from(std::string_view text);

/// Hours that make an amount: minutes in a month, for so many months, at a rate for an hour in minor units.
struct HoursGrant {
  int minutes_a_month;
  std::int64_t rate_minor;
  int months;
};
/// All minutes that it grants.
std::int64_t minutes_of(const HoursGrant& hours);
/// What they come to, exactly. Throws Refused: field_invalid (no whole minor units), amount_overflow.
std::int64_t amount_of(const HoursGrant& hours);

/// What became of a mandate. `drawn` spends it, `paid` names the entry of an earlier draw, `taken_back` ends
/// a draw, `recalled` ends drawing, `approved` is another person's word that a mandate waited for.
enum class SpendingStepKind { drawn, paid, taken_back, recalled, approved };
/// "drawn" …
std::string_view text_of(SpendingStepKind kind);
/// Throws Refused: field_invalid.
SpendingStepKind spending_step_kind_from(std::string_view text);

/// A step on record; the fields that its kind does not use are empty.
struct SpendingStep {
  int number;
  SpendingStepKind kind;
  Day on_day;
  std::int64_t minor;  ///< of a draw; minor units of the mandate's unit
  std::optional<int> minutes;
  std::optional<EntryNumber> entry;
  std::string member;       ///< whom a draw pays, or ""
  std::optional<int> draw;  ///< the step that is paid or taken back
  std::string words;        ///< what a draw is for; why it was taken back or recalled
  Instant recorded_at;
  std::optional<UserId> recorded_by = {};
  std::optional<std::string> recorded_by_name = {};
};

/// An order of payment that spends a mandate: open, or paid. One that was left out, cancelled, not taken by
/// the bank or came back spends nothing.
struct MandateOrder {
  int disbursement;
  int order;
  std::int64_t minor;
  std::optional<int> minutes;
  std::optional<EntryNumber> entry;  ///< of what the bank paid; nothing: not yet
};

/// A pay run that draws a mandate: proposed, or booked. One that was cancelled or undone draws nothing.
struct MandateRun {
  int run;
  std::int64_t minor;
  std::optional<int> minutes;
  bool is_posted;
  std::optional<EntryNumber> entry;  ///< the first of its entries, if it has any
};

/// What a body granted.
struct SpendingMandate {
  SpendingMandateNumber number;
  std::string body;
  BodyLevel level;
  std::string purpose;
  DimensionId fund_id;
  std::string fund;
  std::optional<DimensionId> cost_object_id;
  std::string cost_object;  ///< or ""
  UnitId unit;
  std::int64_t minor;
  std::optional<HoursGrant> hours;
  Day from_on;
  Day until_on;
  std::string decision;
  Instant recorded_at;
  std::optional<std::string> recorded_by_name;
  std::optional<UserId> recorded_by = {};
  int rules = 0;                     ///< how many rules of spending there were
  int approvals = 0;                 ///< how many others approve before anything is drawn
  std::optional<Day> ruled_on = {};  ///< the day by whose rules; nothing: there were none
  std::vector<SpendingStep> steps = {};
  std::vector<MandateOrder> orders = {};  ///< that are open or paid
  std::vector<MandateRun> runs = {};      ///< that are proposed or booked
};

/// How it stands on a day: not begun, open, over (its last day is past), recalled, or waiting for approval.
enum class SpendingMandateState { upcoming, open, over, recalled, pending };
/// "upcoming" …
std::string_view text_of(SpendingMandateState state);
/// Throws Refused: field_invalid.
SpendingMandateState spending_mandate_state_from(std::string_view text);
/// How it stands.
SpendingMandateState state_of(const SpendingMandate& mandate, Day today);

/// The approvals of others that it has.
std::vector<const SpendingStep*> approvals_of(const SpendingMandate& mandate);
/// The draws that were not taken back, in their order.
std::vector<const SpendingStep*> live_draws(const SpendingMandate& mandate);
/// The entry that a draw was paid by, if there is one.
std::optional<EntryNumber> entry_of(const SpendingMandate& mandate, const SpendingStep& draw);
/// What its draws, the orders that were paid and the pay runs that were booked come to. Minor units.
std::int64_t drawn_minor(const SpendingMandate& mandate);
/// What orders that are not paid yet, and pay runs that are not booked yet, will take. Minor units.
std::int64_t ordered_minor(const SpendingMandate& mandate);
/// The minutes that were drawn or ordered; 0 without hours.
std::int64_t used_minutes(const SpendingMandate& mandate);
/// What it still grants: less what was drawn, less what is ordered. Minor units.
std::int64_t left_minor(const SpendingMandate& mandate);
/// What `minutes` more come to when they are drawn: all that draws take at the rate, half up, less what they
/// took before, so that all minutes come to the amount exactly. Throws Refused: amount_overflow.
std::int64_t amount_of_minutes(const SpendingMandate& mandate, std::int64_t minutes);
/// Whether `minutes` at its rate come to `minor`, rounded up or down; where they are that many `parts` of a
/// pay run, each of which was rounded to a whole minute and a whole minor unit, as near as that allows.
bool come_to(const SpendingMandate& mandate, std::int64_t minutes, std::int64_t minor, int parts);

}  // namespace coop::funds

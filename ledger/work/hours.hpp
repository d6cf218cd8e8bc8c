#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/circle.hpp"
#include "ledger/work/work_kind.hpp"

namespace coop::work {

/// The gap-free number of a record of hours within its node, from 1.
using HoursNumber = Id<struct HoursKindTag, std::int32_t>;

/// The minutes of a day; nobody works more.
constexpr int minutes_of_a_day = 1'440;
/// How many records one request may carry.
constexpr std::size_t most_hours_at_once = 1'000;

/// What hours are for.
enum class Intent {
  obligation,  ///< they count toward what the member owes
  gift,        ///< nothing is wanted for them
  paid         ///< compensation is wanted
};
/// "obligation", "gift", "paid"
std::string_view text_of(Intent intent);
/// Throws Refused: field_invalid.
Intent intent_from(std::string_view text);

/// Where hours stand; those that are approved count.
enum class HoursState { submitted, approved, rejected, reversed };
/// "submitted", "approved", "rejected", "reversed"
std::string_view text_of(HoursState state);
/// Throws Refused: field_invalid.
HoursState hours_state_from(std::string_view text);

/// Hours to be recorded.
struct HoursDraft {
  std::string member;  ///< the number of who worked
  std::string circle;
  Day worked_on;
  int minutes;  ///< 1 to 1,440
  std::string kind;
  Intent intent;
  std::optional<std::string> cost_object = {};
  std::string task = {};  ///< an address or words
  std::string note = {};
  std::optional<HoursNumber> corrects = {};  ///< what was taken back or rejected, and stands here anew
};

/// What became of hours.
struct HoursStep {
  int number;
  HoursState becomes;  ///< approved, rejected, reversed
  std::string member;  ///< as which member of the circle it was decided; empty: taken back
  Day on;
  std::string reason;
  Instant recorded_at;
  std::optional<std::string> recorded_by;  ///< a user's name
};

/// Hours that are recorded.
struct Hours {
  HoursNumber number;
  PartyId party;
  CircleId circle_id;
  HoursDraft what;  ///< as it was submitted
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorder;  ///< the user's name
  std::vector<HoursStep> steps = {};
  std::optional<HoursNumber> corrected_by = {};
};
/// Follows from the steps.
HoursState state_of(const Hours& hours);

/// What the books know of those whom a draft names.
struct HoursFacts {
  std::optional<PartyId> party;  ///< nothing: there is no such member
  bool is_erased;
  const Circle* circle;  ///< null: there is none
  const WorkKind* kind;  ///< null: there is none
  bool has_cost_object;
  int minutes_of_day;                 ///< of the member on that day, without what does not count any more
  const Hours* corrects;              ///< null: there are none of that number
  bool may_record_of_others = false;  ///< a treasurer or bookkeeper
  bool is_own = false;                ///< the user is linked with the member
};
/// Why a draft may not be recorded, the first of: party_unknown, role_missing (of others, or of nobody who
/// signs in), party_erased, circle_unknown, work_kind_unknown, dimension_unknown, field_invalid (minutes,
/// worked_on after `today`, task, note), circle_not_open, work_without_price (paid), circle_not_joined
/// (paid), hours_unknown and hours_not_open (corrects), hours_beyond_day; nothing if it may.
std::optional<Refused> fault_of(const HoursDraft& draft, const HoursFacts& facts, Day today);

/// Who decides on hours.
struct Decider {
  std::optional<UserId> user;
  std::vector<PartyId> parties;          ///< those whose sign-in is the user's
  std::map<PartyId, Instant> left = {};  ///< those whose sign-in was the user's, until when
};
/// As which of the parties the user may approve or reject, or why not, the first of: approval_repeated
/// (approved already), hours_not_open, approval_of_own (they are yours, or you recorded them),
/// circle_not_joined.
struct Judged {
  std::optional<PartyId> as;
  std::optional<Refused> refused;
};
/// Judges it on a day.
Judged judge_decision(const Hours& hours, const Circle& circle, const Decider& decider, Day today);

}  // namespace coop::work

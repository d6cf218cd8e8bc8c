#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::members {

/// What happened to a membership. Its day is the first on which it holds; of `left` and `deceased` it is the
/// last day of the membership.
enum class ChangeKind { applied, admitted, paused, resumed, suspended, reinstated, left, deceased };
/// "applied" …
std::string_view text_of(ChangeKind kind);
/// Throws Refused: field_invalid.
ChangeKind change_kind_from(std::string_view text);
/// True of `left` and `deceased`.
bool is_ending(ChangeKind kind);

/// One recorded change of a membership. One with `annuls` takes back an earlier one, whose kind and day it
/// repeats.
struct MembershipChange {
  int number;  ///< counts the membership's changes from 1
  ChangeKind kind;
  Day on_day;
  std::string reason;
  std::optional<std::string> decision;
  Instant recorded_at;
  std::optional<std::string> recorded_by;  ///< a user's name; empty: at the command line
  std::optional<int> annuls;
};

/// A party in a class, with everything that ever happened to it.
struct Membership {
  MembershipId id;
  PartyId party;
  ClassId class_id;
  Day from_on;                            ///< the day on which it was applied for
  std::optional<Day> until_on;            ///< its last day; nothing: it goes on
  std::vector<MembershipChange> changes;  ///< as recorded, by number
};

/// Where a membership stands on a day. `in_grace` and `in_arrears` depend on dues: nothing here says them.
enum class Standing { applied, active, in_grace, in_arrears, paused, suspended, left, deceased };
/// "active" …
std::string_view text_of(Standing standing);
/// Throws Refused: field_invalid.
Standing standing_from(std::string_view text);

/// Days from `first` to `last`, both included; without `last` for ever.
struct DayRange {
  Day first;
  std::optional<Day> last;
  bool holds(Day day) const { return first <= day && (!last || day <= *last); }
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// The changes that count, as known at an instant (nothing: now), in the order in which they take effect: by
/// day, endings last, then as recorded.
std::vector<MembershipChange> changes_in_force(const Membership& membership,
                                               std::optional<Instant> known_at = {});
/// Where it stands on a day, as known at an instant, dues left aside; nothing before it was applied for, and
/// if it was taken back whole.
std::optional<Standing> standing_of(const Membership& membership, Day day,
                                    std::optional<Instant> known_at = {});
/// The days on which dues run, in order, none touching the next: from admission on while it is neither paused
/// nor ended. Suspension does not free from dues.
std::vector<DayRange> active_days(const Membership& membership, std::optional<Instant> known_at = {});
/// The day of admission, if it was admitted.
std::optional<Day> admitted_on(const Membership& membership, std::optional<Instant> known_at = {});
/// The last day by its changes; nothing: it goes on.
std::optional<Day> ending_of(const Membership& membership);
/// True if nothing of it counts any more.
bool is_taken_back(const Membership& membership);

/// A membership to begin.
struct MembershipDraft {
  std::string number;      ///< the party's
  std::string class_code;  ///< of its class
  Day from_on;             ///< the day on which it was applied for
  std::optional<Day> admitted_on = {};
  std::string reason = {};
  std::optional<std::string> decision = {};
};

/// A change asked for.
struct ChangeDraft {
  ChangeKind kind;
  Day on_day;
  std::string reason = {};
  std::optional<std::string> decision = {};
};

/// Throws Refused: change_contradicts, if the changes in force do not follow on each other, or the first of
/// them is not on the membership's first day.
void require_course(const Membership& membership);
/// Throws Refused: field_invalid (reason missing or too long, decision too long), change_too_early.
void require_membership_draft(const MembershipDraft& draft);
/// Refuses a change that may not be recorded, with the first that applies: field_invalid (reason missing of a
/// pause, suspension or leaving; too long), change_too_early, membership_ended, change_contradicts (it, or
/// a later change once it stands there, does not follow from the changes before).
void require_change(const Membership& membership, const ChangeDraft& change);
/// Refuses to take a change back, with the first that applies: change_unknown, field_invalid (reason),
/// change_annulled_already, change_contradicts (a later change would not follow any more).
void require_annulment(const Membership& membership, int number, std::string_view reason);

}  // namespace coop::members

#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/work/hours.hpp"

namespace coop::work {

/// The hours of these numbers, by number; those that there are none of are left out.
std::vector<Hours> read_hours(Tx& tx, NodeId node, std::span<const HoursNumber> numbers);

/// Which hours are wanted. Empty text: all.
struct HoursFilter {
  std::string member = {};
  std::string circle = {};
  std::string kind = {};
  std::string cost_object = {};
  std::optional<Intent> intent = {};
  std::optional<HoursState> state = {};
  std::optional<Day> from = {};
  std::optional<Day> to = {};
  std::optional<HoursNumber> before = {};
  int limit = 100;
};
/// Those, the newest first.
std::vector<Hours> list_hours(Tx& tx, NodeId node, const HoursFilter& filter);

/// A party's work of a day that was not rejected nor taken back.
struct DayOfWork {
  PartyId party;
  Day day;
  int minutes;
};
/// Of these parties on these days; days without work are left out.
std::vector<DayOfWork> read_days_of_work(Tx& tx, NodeId node, const std::set<std::pair<PartyId, Day>>& days);
/// Those of the codes that the node has cost objects of.
std::set<std::string> read_cost_objects(Tx& tx, NodeId node, const std::set<std::string>& codes);
/// This code, if the node has a cost object of it. Throws Refused: dimension_unknown.
std::string read_cost_object(Tx& tx, NodeId node, const std::string& code);
/// Those of the parties whose personal data was erased.
std::set<PartyId> read_erased(Tx& tx, NodeId node, const std::set<PartyId>& parties);

/// The highest number of hours, 0 if there are none.
int read_last_hours(Tx& tx, NodeId node);
/// Writes hours with their numbers, in one statement. The head must be locked.
void insert_hours(Tx& tx, NodeId node, std::span<const Hours> hours);

/// The number of the pay run that lives and has collected these hours, if there is one: the schema tells,
/// this room knows nothing of pay.
std::optional<int> find_collecting_run(Tx& tx, NodeId node, HoursNumber number);

/// A step of hours, to be written.
struct NewHoursStep {
  HoursNumber hours;
  int number;
  HoursState becomes;
  std::optional<PartyId> as;
};
/// What the steps have in common.
struct HoursDecision {
  Day on;
  std::string reason;
  Instant at;
  std::optional<UserId> by;
};
/// Writes steps, in one statement. The head must be locked.
void insert_hours_steps(Tx& tx, NodeId node, std::span<const NewHoursStep> steps,
                        const HoursDecision& decision);

/// By what sums are told apart.
struct HoursGrouping {
  bool by_member = false;
  bool by_circle = false;
  bool by_kind = false;
  bool by_intent = false;
  bool by_month = false;
  bool by_cost_object = false;
};
/// Minutes that have the same member, circle, kind, intent, month and cost object; nothing where they are not
/// told apart.
struct HoursSum {
  std::optional<std::string> member;
  std::optional<std::string> circle;
  std::optional<std::string> kind;
  std::optional<std::string> intent;
  std::optional<Day> month;                ///< its first day
  std::optional<std::string> cost_object;  ///< nothing, too, of hours that are about none
  std::int64_t records;
  std::int64_t submitted_minutes;  ///< wait for somebody's decision
  std::int64_t approved_minutes;   ///< these count
  std::int64_t rejected_minutes;
  std::int64_t reversed_minutes;
};
/// The sums of what was worked from a day to a day, of one member or of all, as known at an instant (nothing:
/// now).
std::vector<HoursSum> sum_hours(Tx& tx, NodeId node, const HoursGrouping& grouping, const HoursFilter& filter,
                                std::optional<Instant> known_at);

}  // namespace coop::work

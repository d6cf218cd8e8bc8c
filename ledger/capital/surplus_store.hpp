#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/capital/surplus.hpp"
#include "ledger/database/tx.hpp"

namespace coop::capital {

/// The node's rules for surplus, by number.
std::vector<SurplusRule> read_surplus_rules(Tx& tx, NodeId node);
/// Writes a rule; its accounts must exist. Returns when it is said to be recorded: never before the runs that
/// are there, which did not know it.
Instant insert_surplus_rule(Tx& tx, NodeId node, const SurplusRule& rule, const books::Author& author);

/// The result of everything up to a day that was not divided yet: incomes less expenses of that unit booked
/// until then, and what stands on the account of what was divided; entries of any day that only move the one
/// to the other change nothing. What is left of funds that are not free to be divided is left out. A surplus
/// is positive. Minor units.
std::int64_t read_undivided(Tx& tx, NodeId node, const SurplusRule& rule, Day through);
/// What the reserve holds; positive. Minor units.
std::int64_t read_reserve(Tx& tx, NodeId node, const SurplusRule& rule);
/// What each member's capital account holds at the end of a day, in the order of the members; positive.
std::vector<std::int64_t> read_capital(Tx& tx, NodeId node, const SurplusRule& rule, Day through,
                                       const std::vector<std::string>& members);

/// Writes a proposal; its parties must exist. The head must be locked.
void insert_surplus_run(Tx& tx, NodeId node, const SurplusRun& run, const books::Author& author);
/// The last number that was given, 0 if none was.
int read_last_surplus_run(Tx& tx, NodeId node);
/// The run with its shares and steps.
std::optional<SurplusRun> find_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number);
/// Writes a step under the next number. The head must be locked.
void insert_surplus_step(Tx& tx, NodeId node, SurplusRunNumber run, const SurplusStep& step,
                         const books::Author& author);
/// One of the members to whom something was paid out of what the run owed them, and did not come back;
/// nothing if nobody was.
std::optional<std::string> find_paid_member(Tx& tx, NodeId node, const SurplusRun& run, EntryNumber entry);

/// A live order to pay one of the run's members what its account owes them.
struct PayingOrder {
  std::string member;
  std::string order;  ///< in words
};
/// The first such order, which the bank may still pay; nothing if there is none.
std::optional<PayingOrder> find_paying_order(Tx& tx, NodeId node, const SurplusRun& run);

/// What a list of runs shows of each.
struct SurplusSummary {
  SurplusRunNumber number;
  std::string state;
  SurplusSource source;
  Day from_on;
  Day to_on;
  std::string unit;
  int scale;
  std::int64_t amount_minor;
  std::int64_t members_minor;
  std::int64_t cash_minor;
  int members;
  Instant recorded_at;
};
/// Which runs are listed; all, where nothing is said.
struct SurplusFilter {
  std::optional<std::string> state = {};  ///< "proposed", "booked", "cancelled" or "undone"
  std::optional<SurplusSource> source = {};
};
/// Up to `limit` runs below `before`, the newest first.
std::vector<SurplusSummary> list_surplus_runs(Tx& tx, NodeId node, const SurplusFilter& filter,
                                              std::optional<SurplusRunNumber> before, int limit);

}  // namespace coop::capital

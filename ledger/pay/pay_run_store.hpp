#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// What a member worked for one cost object.
struct CollectedCost {
  std::string object;  ///< its code; empty: hours that name none
  std::int64_t minutes;
  std::int64_t minutes_times_minor;
};

/// What a member's approved hours of a period come to that are to be paid.
struct CollectedHours {
  PartyId party;
  std::string member;
  std::int64_t minutes;
  std::int64_t records;
  std::int64_t priced;                        ///< how many of the records have a tariff
  std::int64_t minutes_times_minor;           ///< of those: each one's minutes times its tariff
  std::optional<std::int64_t> lowest_minor;   ///< the lowest tariff
  std::optional<std::int64_t> highest_minor;  ///< the highest one
  bool is_of_unit;                            ///< their tariffs are of the unit, or they have none
  std::vector<CollectedCost> costs;           ///< if any of the hours names a cost object; may name one twice
};
/// Collects for the run of this number, which is then written in the same database transaction, all hours
/// that no run has that lives, by party; those whose tariffs are of other units apart. The schema keeps what
/// it found, and with it the hours: the run's shares take them from there. `circle`: only those that are for
/// the circle of this code; empty: for any. The head must be locked.
std::vector<CollectedHours> collect_for_run(Tx& tx, NodeId node, PayRunNumber run, Day from, Day to,
                                            UnitId unit, std::string_view circle = {});
/// The same hours and those of runs as well, for no run.
std::vector<CollectedHours> read_hours_to_pay(Tx& tx, NodeId node, Day from, Day to, UnitId unit,
                                              std::string_view circle = {});

/// The number of the last run, 0 if there is none.
int read_last_pay_run(Tx& tx, NodeId node);
/// Writes a run with its shares and lots. The head must be locked.
void insert_pay_run(Tx& tx, NodeId node, const PayRun& run, const books::Author& author);
/// The run with all that belongs to it, if there is one.
std::optional<PayRun> find_pay_run(Tx& tx, NodeId node, PayRunNumber number);
/// The same without its shares: for questions of how it stands.
std::optional<PayRun> find_pay_run_head(Tx& tx, NodeId node, PayRunNumber number);
/// Its steps, in their order.
std::vector<PayStep> read_pay_steps(Tx& tx, NodeId node, PayRunNumber run);
/// Writes the next step. The head must be locked.
void insert_pay_step(Tx& tx, NodeId node, PayRunNumber run, const PayStep& step, const books::Author& author);

/// Which runs are listed; nothing: all.
struct PayRunFilter {
  std::optional<PayRunKind> kind = {};
  std::optional<PayRunState> state = {};
  std::string member = {};  ///< a member who takes part
  std::string circle = {};  ///< the code of the circle whose hours alone are paid
  std::optional<PayRunNumber> before = {};
  int limit = 100;
};
/// Runs, the newest first.
std::vector<PayRunSummary> list_pay_runs(Tx& tx, NodeId node, const PayRunFilter& filter);

/// The runs of wages in this unit whose hours are of days in a period and which were neither cancelled nor
/// undone, the oldest number first. `circle`: only those of the circle of this code; empty: all.
std::vector<PayRunNumber> list_runs_within(Tx& tx, NodeId node, Day from, Day to, UnitId unit,
                                           std::string_view circle = {});

/// What a member gets by runs, the newest first.
std::vector<PayslipSummary> list_payslips(Tx& tx, NodeId node, const std::string& member,
                                          std::optional<PayRunNumber> before, int limit);

/// True if one of those who take part in the run is a party whose sign-in this is.
bool pays_user(Tx& tx, NodeId node, PayRunNumber run, UserId user);
/// What became of a member's part of what a posted run made payable. Minor units of the run's unit.
struct Payable {
  PartyId party;
  std::int64_t ordered_minor;     ///< by orders for this run that wait or were paid
  std::int64_t waiting_minor;     ///< of all orders to the member from this account: not paid yet, nor ended
  std::int64_t owed_minor;        ///< what the account owes the member, in the books
  std::int64_t local_owed_minor;  ///< the same of the account of the local part, in its unit; 0 without one
};
/// By party, of those who take part.
std::vector<Payable> read_payables(Tx& tx, NodeId node, PayRunNumber run);
/// A run that lives and settles claims of this one, if there is any.
std::optional<PayRunNumber> find_settling_run(Tx& tx, NodeId node, PayRunNumber run);
}  // namespace coop::pay

#pragma once
#include <optional>

#include "ledger/database/tx.hpp"
#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// How many rows of costs a run has.
int costs_of(const PayRun& run);
/// Writes for which cost objects the members of a run worked, what became of its pots, and what of it is paid
/// in a local unit. The head must be locked.
void insert_pay_parts(Tx& tx, NodeId node, const PayRun& run);
/// Reads for which cost objects the hours of the claims were that the lots of a run name.
void add_lot_costs(Tx& tx, NodeId node, PayRun& run);
/// Reads all of it into a run that has its shares and lots.
void add_pay_parts(Tx& tx, NodeId node, PayRun& run);
/// The part of a run that is paid in a local unit, if it has one; without the members' shares.
std::optional<LocalPay> read_pay_local(Tx& tx, NodeId node, PayRunNumber run);

/// A rate between two units.
struct RateOfDay {
  int known;  ///< the last rate that there is
  int number;
  Ratio rate;
};
/// The rate in force on a day, if there is one: the one that began last, of one day the last recorded.
std::optional<RateOfDay> find_rate_of_day(Tx& tx, NodeId node, UnitId from, UnitId to, Day day);

}  // namespace coop::pay

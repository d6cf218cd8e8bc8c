#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/capital/surplus.hpp"
#include "ledger/database/tx.hpp"

namespace coop::capital {

/// A member of a run, as asked for.
struct MeasuredMember {
  std::string member;
  std::optional<std::int64_t> measure;  ///< in millionths; does not count where the rule gives all alike
};
/// A surplus or loss that is to be divided.
struct SurplusDraft {
  UnitId unit;
  int scale;  ///< of the unit
  SurplusSource source;
  Day from_on;
  Day to_on;
  Day booked_on;
  std::int64_t amount_minor;  ///< a surplus is positive, a loss negative
  std::string decision;
  std::vector<MeasuredMember> members;
  bool by_approved_hours = false;  ///< members and measures are the hours of the period that were approved
};
/// Divides by the rule in force on the last day and proposes it; members are put in the order of their
/// numbers. Nothing is booked. Throws Refused in this order: surplus_rule_unknown, decision_missing,
/// field_invalid (decision; days, one of them to come), period_locked, field_invalid (amount),
/// reserve_indivisible, sharing_rule_unknown (no version on the last day), party_unknown, field_missing, what
/// sharing::divide refuses, surplus_not_there.
SurplusRun propose_surplus_run(Tx& tx, NodeId node, const SurplusDraft& draft, const books::Author& author);
/// The run, with the explanation of each figure as the rule it was divided by gives it again. Throws Refused:
/// surplus_run_unknown.
SurplusRun read_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number);
/// Approves; the second of two different people books it, in one entry or in several where there are many
/// members, all in the caller's database transaction. Throws Refused: surplus_run_unknown,
/// surplus_run_not_open, approval_repeated, approval_of_own (you wrote it, or it pays nobody but you),
/// surplus_not_there, and what the posting engine refuses.
SurplusRun approve_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number, const books::Author& author);
/// Gives a proposal up. Throws Refused: surplus_run_unknown, surplus_run_not_open, field_invalid.
SurplusRun cancel_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number, const std::string& reason,
                              const books::Author& author);
/// Takes a booked run back by the reversal of its entries, while nothing of it was paid. Throws Refused:
/// surplus_run_unknown, surplus_run_not_open, field_invalid, and what a reversal refuses.
SurplusRun undo_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number, const std::string& reason,
                            const books::Author& author);

}  // namespace coop::capital

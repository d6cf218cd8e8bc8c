#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/costs/cost_allocation.hpp"
#include "ledger/database/tx.hpp"

namespace coop::costs {

/// A bill that no division took.
struct OpenCostBill {
  CostBillNumber number;
  CostBillKind kind;
  CostParty payer;
  std::int64_t minor;
  bool is_reversed;  ///< its entry was
};
/// Those of a pool until a day, by number.
std::vector<OpenCostBill> read_open_cost_bills(Tx& tx, NodeId node, CostPoolNumber pool, Day through);

/// Usage that no division took, of those who share a term, of days until a day.
struct OpenCostUsage {
  std::vector<std::int64_t> numbers;
  UsageSums sums;
};
/// Reads it.
OpenCostUsage read_open_cost_usage(Tx& tx, NodeId node, CostPoolNumber pool, int term, Day through);
/// The usage by which a division was made.
UsageSums read_allocated_usage(Tx& tx, NodeId node, CostAllocationNumber number);

/// A division that is written.
struct NewCostAllocation {
  const CostPool& pool;
  int term;
  sharing::VersionNumber rule;
  Day from_on;
  Day to_on;
  Day booked_on;
  std::int64_t minor;
  std::int64_t given;
  int values_known;  ///< the last value of a place that there was
  const sharing::Figures& figures;
  const std::vector<CostShare>& shares;
  const std::vector<std::int64_t>& bills;
  const std::vector<std::int64_t>& usages;
};
/// Writes it under the next number. The head must be locked.
CostAllocationNumber insert_cost_allocation(Tx& tx, NodeId node, const NewCostAllocation& allocation,
                                            const books::Author& author);
/// Writes the next step. The head must be locked.
void insert_cost_step(Tx& tx, NodeId node, CostAllocationNumber allocation, CostStepKind kind,
                      std::optional<EntryNumber> entry, const std::string& reason,
                      const books::Author& author);
/// The division of this number with its shares and steps. Throws Refused: cost_allocation_unknown.
CostAllocation read_cost_allocation(Tx& tx, NodeId node, CostAllocationNumber number);

/// One of the bills of a division whose entry was reversed since; nothing, if there is none.
std::optional<CostBillNumber> find_reversed_bill(Tx& tx, NodeId node, CostAllocationNumber number);

/// Which divisions are listed; nothing: all.
struct CostAllocationFilter {
  std::optional<std::string> pool = {};
  std::optional<std::string> state = {};
  std::optional<Day> from = {};  ///< whose last day is then or later
  std::optional<Day> to = {};    ///< whose last day is then or earlier
  std::optional<CostAllocationNumber> before = {};
};
/// What a list shows of each.
struct CostAllocationSummary {
  CostAllocationNumber number;
  std::string pool;
  std::string state;
  Day from_on;
  Day to_on;
  std::string unit;
  int scale;
  std::int64_t minor;
  std::int64_t given;
  int bills;
  int shares;
  Instant recorded_at;
};
/// Up to `limit` divisions, the newest first.
std::vector<CostAllocationSummary> list_cost_allocations(Tx& tx, NodeId node,
                                                         const CostAllocationFilter& filter, int limit);

}  // namespace coop::costs

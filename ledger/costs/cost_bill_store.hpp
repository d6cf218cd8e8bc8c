#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/costs/cost_bill.hpp"
#include "ledger/database/tx.hpp"

namespace coop::costs {

/// Which bills are read; nothing: all.
struct CostBillFilter {
  std::optional<CostBillNumber> number = {};
  std::optional<std::string> pool = {};
  std::optional<std::string> payer = {};  ///< a code
  std::optional<CostBillKind> kind = {};
  std::optional<CostBillState> state = {};
  std::optional<Day> from = {};
  std::optional<Day> to = {};
  std::optional<CostAllocationNumber> allocation = {};  ///< that took it, be it cancelled or reversed since
  std::optional<CostBillNumber> after = {};
  std::optional<int> most = {};
  std::optional<Instant> known_at = {};  ///< those recorded by then, as they stood
};
/// Bills, by number.
std::vector<CostBill> read_cost_bills(Tx& tx, NodeId node, const CostBillFilter& filter);
/// The bill of this number. Throws Refused: cost_bill_unknown.
CostBill read_cost_bill(Tx& tx, NodeId node, CostBillNumber number);

/// Writes a bill of this pool. The head must be locked.
CostBillNumber insert_cost_bill(Tx& tx, NodeId node, CostPoolNumber pool, const CostBillDraft& draft,
                                const books::Author& author);
/// Writes that it was withdrawn. The head must be locked.
void insert_cost_bill_end(Tx& tx, NodeId node, CostBillNumber bill, const std::string& reason,
                          const books::Author& author);

/// How an entry stands to the bills that name it.
struct CostCover {
  bool is_reversed;     ///< or is a reversal
  std::int64_t posted;  ///< what it books on the pool's account for costs; minor units, positive is debit
  std::int64_t billed;  ///< what bills that name it, and are not withdrawn, come to already
};
/// Reads it; nothing, if there is no such entry.
std::optional<CostCover> find_cost_cover(Tx& tx, NodeId node, const CostPool& pool, EntryNumber entry);

}  // namespace coop::costs

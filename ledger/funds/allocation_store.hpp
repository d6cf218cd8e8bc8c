#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/allocation.hpp"

namespace coop::funds {

/// Which rounds are listed.
struct RoundFilter {
  std::optional<RoundNumber> number = {};  ///< only this one
  std::optional<PartyId> member = {};      ///< only in which they take part
  std::optional<RoundNumber> before = {};
  std::optional<int> limit = {};
};
/// The newest first, with their shares and steps.
std::vector<AllocationRound> list_rounds(Tx& tx, NodeId node, const RoundFilter& filter);
/// Writes a round after those that there are, with the shares of these parties in their order, and answers
/// its number. The head must be locked.
RoundNumber insert_round(Tx& tx, NodeId node, const AllocationRound& round, DimensionId fund,
                         const std::vector<PartyId>& parties, const books::Author& author);

/// A step to be written; the fields that its kind does not use are empty.
struct NewAllocationStep {
  AllocationStepKind kind;
  std::optional<int> proposal = {};
  std::optional<std::string> title = {};
  std::optional<DimensionId> cost_object = {};
  std::string member = {};
  std::optional<std::int64_t> minor = {};
  std::optional<SpendingMandateNumber> mandate = {};
  std::optional<std::string> reason = {};
};
/// Writes it after those that there are. The head must be locked.
void insert_allocation_step(Tx& tx, NodeId node, RoundNumber round, const NewAllocationStep& step,
                            const books::Author& author);

}  // namespace coop::funds

#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/costs/cost_usage.hpp"
#include "ledger/database/tx.hpp"

namespace coop::costs {

/// What became of a usage that was told.
enum class UsageFate {
  recorded,
  corrected,  ///< another value was on record for the same days: the new one counts from here on
  known,      ///< the same was on record
};
/// Records what was used. The same days told again with another value correct it; with the same value nothing
/// happens. Throws Refused naming the field, in this order: cost_pool_unknown; what require_usage_draft
/// refuses; field_invalid (nobody of this code shares the pool; other days that overlap were told before).
UsageFate record_cost_usage(Tx& tx, NodeId node, const CostUsageDraft& draft, const books::Author& author);

/// The most that are told at once.
inline constexpr std::size_t most_usage_told = 1'000;
/// Many at once, all or none. Returns what was recorded, by number; what was known is left out. Throws
/// Refused naming the field below "/usage/3".
std::vector<CostUsage> record_cost_usage(Tx& tx, NodeId node, std::span<const CostUsageDraft> drafts,
                                         const books::Author& author);

/// Members of this node, counted from its register.
struct MemberCountDraft {
  std::string pool;
  Day on;  ///< the day on which they are counted
  Day from_on;
  Day until_on;
};
/// Counts the node's active members on a day and records them as its measure "members". Throws Refused as
/// record_cost_usage.
CostUsage count_cost_members(Tx& tx, NodeId node, const MemberCountDraft& draft, const books::Author& author);

}  // namespace coop::costs

#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/costs/cost_usage.hpp"
#include "ledger/database/tx.hpp"

namespace coop::costs {

/// Which usage is read; nothing: all.
struct CostUsageFilter {
  std::optional<std::string> pool = {};
  std::optional<std::string> participant = {};
  std::optional<std::string> measure = {};
  std::optional<Day> from = {};  ///< what ends then or later
  std::optional<Day> to = {};    ///< what begins then or earlier
  std::optional<CostUsageNumber> at_least = {};
  std::optional<CostUsageNumber> after = {};
  std::optional<int> most = {};
};
/// Usage with its corrections, by number.
std::vector<CostUsage> read_cost_usage(Tx& tx, NodeId node, const CostUsageFilter& filter);

/// What is on record of the same participant and measure for days that overlap.
struct KnownUsage {
  CostUsageNumber number;  ///< the last correction
  Day from_on;
  Day until_on;
  std::int64_t millionths;
};
/// Reads one of them; nothing, if there is none.
std::optional<KnownUsage> find_known_usage(Tx& tx, NodeId node, CostPoolNumber pool,
                                           const CostUsageDraft& draft);
/// Writes a usage, or the correction of one. The head must be locked.
CostUsageNumber insert_cost_usage(Tx& tx, NodeId node, CostPoolNumber pool, const CostUsageDraft& draft,
                                  std::optional<CostUsageNumber> corrects, const books::Author& author);

}  // namespace coop::costs

#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ledger/bank/match_batch_service.hpp"
#include "ledger/bank/match_service.hpp"
#include "ledger/database/database.hpp"

namespace coop::bank {

/// What was done with the open lines of a file.
struct MatchRun {
  std::int64_t total = 0;  ///< lines of the file that were open when it began
  std::int64_t looked_at = 0;
  std::int64_t matched = 0;
  std::int64_t left = 0;     ///< nothing certain is known of them, or their statement does not prove itself
  std::int64_t refused = 0;  ///< all of them, also those beyond the list
  std::map<MatchMethod, std::int64_t> by_method = {};  ///< of those that were matched
  std::vector<RefusedLine> refusals;
  bool is_complete = false;  ///< else it was stopped; the same again goes on
};
/// What was done by method, and what is left: "71 known members, 9 by rule, 4 for you".
std::string words_of(const MatchRun& run);
/// The most refused lines that are told.
inline constexpr std::size_t most_refusals_told = 100;

/// Matches the open lines of a file that are certain, and those of other files whose details it has, as
/// nobody attends: those of statements whose equation holds, by a posting that agrees, a reference, an order
/// of our own, or a rule that may post. In stretches, each a database transaction of its own, as long as
/// `goes_on` says so, which is told how far it is. A line that the books refuse is told and left.
MatchRun match_unattended(Database& database, NodeId node, BankImportNumber import, const Looking& looking,
                          const std::function<books::Author()>& author,
                          const std::function<bool(const MatchRun&)>& goes_on);

}  // namespace coop::bank

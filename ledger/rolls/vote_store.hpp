#pragma once
#include <optional>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/rolls/vote.hpp"

namespace coop::rolls {

/// Writes a vote with its tallies. The head must be locked. Returns its number.
VoteNumber insert_vote(Tx& tx, NodeId node, const VoteDraft& draft, Instant at, std::optional<UserId> by);

/// Which votes are asked for; all where empty.
struct VoteFilter {
  std::optional<VoteNumber> number = {};
  std::optional<VoteNumber> before = {};
};
/// Up to `limit` votes, the newest first.
std::vector<Vote> list_votes(Tx& tx, NodeId node, const VoteFilter& wanted, int limit);
/// The vote of this number. Throws Refused: vote_unknown.
Vote read_vote(Tx& tx, NodeId node, VoteNumber number);

}  // namespace coop::rolls

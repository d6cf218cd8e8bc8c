#pragma once
#include "ledger/books/node_service.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/rolls/vote.hpp"

namespace coop::rolls {

/// Records the result of a vote under a frozen roll, or corrects one by a later record. Throws Refused:
/// node_unknown, roll_unknown, what require_vote refuses, field_invalid (held on a day to come), vote_unknown
/// (what it supersedes), field_invalid (that is superseded already).
Vote record_vote(Tx& tx, NodeId node, const VoteDraft& draft, const books::Author& author);

}  // namespace coop::rolls

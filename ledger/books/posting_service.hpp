#pragma once
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/books/entry.hpp"
#include "ledger/books/standing_cache.hpp"
#include "ledger/database/database.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

/// An entry that is on record (or, in a dry run, would be).
struct Recorded {
  EntryNumber number;
  Instant recorded_at;
  Day booked_on;
  std::optional<Day> document_on;
  Hash hash;
  bool repeated;  ///< it was on record already: the same request came before
};

/// What became of one draft: recorded, or refused with the first rule it breaks.
using Outcome = std::variant<Recorded, Refused>;

/// Whether drafts stand alone, or all of them are recorded or none.
enum class Together { each_alone, all_or_none };

/// THE posting engine: all money moves through this function. Records `drafts` in the books of `node`, in the
/// caller's database transaction, in their order; returns one outcome per draft, in their order.
///
/// Locks the node's book head until the caller commits, and with it every account and balance of the node;
/// answers repeated requests; reads the accounts; judges every draft (see judgement.hpp for the order of
/// refusals), each seeing the ones before; writes entries, postings, balances, totals, chain and outbox in
/// one statement. With all_or_none and any refusal nothing is written, and the drafts without a fault of
/// their own get batch_refused. Throws Refused: node_unknown, batch_too_large.
std::vector<Outcome> post(Tx& tx, NodeId node, std::span<const Draft> drafts, Together together, Instant now);

/// The same for a caller that posts to this node again and again: what `cache` still knows is not read again.
/// The caller clears it whenever the database transaction is not committed.
std::vector<Outcome> post_cached(Tx& tx, NodeId node, std::span<const Draft> drafts, Together together,
                                 Instant now, StandingCache& cache);

/// What post() would answer, nothing written.
std::vector<Outcome> judge_only(Tx& tx, NodeId node, std::span<const Draft> drafts, Together together,
                                Instant now);

/// The outcome's record. Throws its Refused.
const Recorded& recorded_or_throw(const Outcome& outcome);
/// The records of drafts that were posted together. Throws the Refused of the one that was the cause.
std::vector<Recorded> all_recorded_or_throw(const std::vector<Outcome>& outcomes);

}  // namespace coop::books

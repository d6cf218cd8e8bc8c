#pragma once
#include <map>
#include <optional>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/collecting/proposal.hpp"
#include "ledger/database/tx.hpp"

namespace coop::collecting {

/// What a list of collections shows of each.
struct CollectionSummary {
  CollectionNumber number;
  Day due_on;
  std::string message_id;
  CollectionState state;
  std::int64_t lines;  ///< that stand
  std::int64_t minor;  ///< of these, in minor units of EUR
  Instant recorded_at;
};
/// Up to `limit` collections below `before`, the newest first: in one state, or in any.
std::vector<CollectionSummary> list_collections(Tx& tx, NodeId node, std::optional<CollectionState> state,
                                                std::optional<CollectionNumber> before, int limit);
/// The collection with all that belongs to it, if there is one.
std::optional<Collection> find_collection(Tx& tx, NodeId node, CollectionNumber number);

/// The number of the last collection, 0 if there is none.
int read_last_collection(Tx& tx, NodeId node);
/// Adds a collection with its lines, charges and those who are left out. The head must be locked.
void insert_collection(Tx& tx, NodeId node, const Collection& collection, const books::Author& author);
/// Adds the next step.
void insert_step(Tx& tx, NodeId node, CollectionNumber collection, const CollectionStep& step,
                 const books::Author& author);
/// Lets go the charges of one line, or of all.
void release_charges(Tx& tx, NodeId node, CollectionNumber collection, std::optional<int> line);
/// Adds the payments that lines became.
void insert_collection_payments(Tx& tx, NodeId node, CollectionNumber collection,
                                const std::map<int, PaymentNumber>& payments);

/// The charges that collections hold.
std::map<ChargeNumber, Claim> read_claims(Tx& tx, NodeId node);
/// Who has a line that stands in a collection that is neither settled nor cancelled.
std::map<PartyId, CollectionNumber> read_on_the_way(Tx& tx, NodeId node);

}  // namespace coop::collecting

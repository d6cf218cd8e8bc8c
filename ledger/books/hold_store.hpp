#pragma once
#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/hold.hpp"
#include "ledger/books/judgement.hpp"

namespace coop::books {

/// Ends the holds whose time is over, gives back what they reserved, and moves the head's next expiry on.
/// Costs nothing while the head says that none is due.
void expire_due_holds(Tx& tx, BookHead& head, Instant now);

/// The nodes in which a hold's time may be over, by id.
std::vector<NodeId> nodes_with_due_holds(Tx& tx, Instant now);

/// Puts the holds that drafts want to use on the scene.
void read_holds(Tx& tx, NodeId node, const std::set<HoldNumber>& asked, Scene& scene);

/// A hold recorded under this request key.
struct RepeatedHold {
  HoldNumber number;
  Fingerprint content_hash;
};
/// Finds it, if there is one.
std::optional<RepeatedHold> find_repeated_hold(Tx& tx, NodeId node, const Fingerprint& key);

/// Writes a judged hold and reserves its amounts; `head` moves on.
HoldNumber insert_hold(Tx& tx, BookHead& head, Instant made_at, const HoldDraft& draft,
                       const Fingerprint& content_hash, const std::vector<JudgedPosting>& postings,
                       const Scene& scene);

/// Ends an open hold without an entry and gives back what it reserved.
void void_hold(Tx& tx, NodeId node, HoldNumber hold, Instant at, std::optional<UserId> by);

/// The hold, complete. Throws Refused: hold_unknown.
Hold read_hold(Tx& tx, NodeId node, HoldNumber number);

}  // namespace coop::books

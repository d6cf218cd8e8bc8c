#pragma once
#include "ledger/books/hold.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/posting_service.hpp"

namespace coop::books {

/// A hold that was made (or was on record already under the same key).
struct MadeHold {
  HoldNumber number;
  bool repeated;
};

/// Reserves amounts now. They count against limits until the hold is posted, voided, or expires.
/// Throws Refused: node_unknown, key_reused, what judge() refuses (in its order), field_invalid (expires_at
/// not in the future).
MadeHold make_hold(Tx& tx, NodeId node, const HoldDraft& draft, const Author& author);

/// Posts a hold in part or whole and gives the rest back. `draft.uses_hold` names it; the draft's postings
/// must lie within what it reserves; without postings all of it is posted as reserved. Throws Refused:
/// hold_unknown, hold_not_open, hold_exceeded, and what judge() refuses.
Recorded post_hold(Tx& tx, NodeId node, Draft draft, const Author& author);

/// Ends a hold without an entry. Voiding a voided hold again changes nothing. Throws Refused: hold_unknown,
/// hold_not_open.
Hold void_hold_of(Tx& tx, NodeId node, HoldNumber number, const Author& author);

/// Ends the holds of every node whose time is over. Returns how many nodes had any.
int expire_holds(Tx& tx, Instant now);

}  // namespace coop::books

#pragma once
#include "ledger/books/node_service.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/rolls/frozen_roll.hpp"
#include "ledger/rolls/roll_facts_store.hpp"

namespace coop::rolls {

/// Freezes the roll of a day with every line, for good. What is recorded later does not change it. Throws
/// Refused: node_unknown, field_invalid (title, known_at).
FrozenRoll freeze_roll(Tx& tx, NodeId node, const RollDraft& draft, const books::Author& author);

/// The canonical text of a frozen roll, of which its hash is the SHA-256. Throws Refused: roll_unknown.
std::string read_canonical_text(Tx& tx, NodeId node, RollNumber number);

}  // namespace coop::rolls

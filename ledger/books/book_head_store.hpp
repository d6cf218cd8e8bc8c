#pragma once
#include <span>
#include <string>

#include "ledger/books/book_head.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// Locks the head of the node's books until the caller's commit: whoever holds it is alone in recording
/// there. Throws Refused: node_unknown.
BookHead lock_book_head(Tx& tx, NodeId node);

/// A row of the outbox (see migrations: event).
struct EventDraft {
  std::string kind;
  std::string body_json;  ///< a JSON object
};

/// Appends to the node's outbox, in one statement; the head must be locked. `recorded_at` never runs
/// backwards.
void insert_events(Tx& tx, BookHead& head, Instant recorded_at, std::span<const EventDraft> events);
/// Appends one.
void insert_event(Tx& tx, BookHead& head, Instant recorded_at, const EventDraft& event);

/// The next recording instant: now, but never before the last one.
Instant next_recorded_at(const BookHead& head, Instant now);

}  // namespace coop::books

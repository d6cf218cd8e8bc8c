#pragma once
#include <boost/json/object.hpp>

#include <span>

#include "ledger/books/author.hpp"
#include "ledger/books/book_head.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// Appends to the node's outbox what was recorded in the same database transaction, under the lock of the
/// head that the caller holds. Never with personal data: events are kept for ever and sent to others.
void tell(Tx& tx, BookHead& head, Instant recorded_at, const char* kind, const boost::json::object& body);

/// The same at the author's instant.
void tell(Tx& tx, BookHead& head, const Author& author, const char* kind, const boost::json::object& body);

/// The same with the head as it stands now, where what was recorded has moved it on. Throws Refused:
/// node_unknown.
void tell(Tx& tx, NodeId node, const Author& author, const char* kind, const boost::json::object& body);

/// Many of one kind at once.
void tell_all(Tx& tx, NodeId node, const Author& author, const char* kind,
              std::span<const boost::json::object> bodies);

}  // namespace coop::books

#pragma once
#include <boost/json/object.hpp>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Appends to the node's outbox, after whatever was recorded in the same database transaction. Never with a
/// name or an account number: events are kept for ever and sent to others.
void tell(Tx& tx, NodeId node, const books::Author& author, const char* kind,
          const boost::json::object& body);

}  // namespace coop::bank

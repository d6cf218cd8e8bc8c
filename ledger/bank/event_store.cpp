#include "ledger/bank/event_store.hpp"

#include <boost/json.hpp>

#include "ledger/books/book_head_store.hpp"

namespace coop::bank {

void tell(Tx& tx, NodeId node, const books::Author& author, const char* kind,
          const boost::json::object& body) {
  books::BookHead head = books::lock_book_head(tx, node);
  books::insert_event(tx, head, books::next_recorded_at(head, author.now),
                      {kind, boost::json::serialize(body)});
}

}  // namespace coop::bank

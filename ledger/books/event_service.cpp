#include "ledger/books/event_service.hpp"

#include <boost/json.hpp>

#include "ledger/books/book_head_store.hpp"

namespace coop::books {

void tell(Tx& tx, BookHead& head, Instant recorded_at, const char* kind, const boost::json::object& body) {
  insert_event(tx, head, recorded_at, {kind, boost::json::serialize(body)});
}

void tell(Tx& tx, BookHead& head, const Author& author, const char* kind, const boost::json::object& body) {
  tell(tx, head, next_recorded_at(head, author.now), kind, body);
}

void tell(Tx& tx, NodeId node, const Author& author, const char* kind, const boost::json::object& body) {
  BookHead head = lock_book_head(tx, node);
  tell(tx, head, author, kind, body);
}

void tell_all(Tx& tx, NodeId node, const Author& author, const char* kind,
              std::span<const boost::json::object> bodies) {
  std::vector<EventDraft> events;
  for (const boost::json::object& body : bodies) events.push_back({kind, boost::json::serialize(body)});
  BookHead head = lock_book_head(tx, node);
  insert_events(tx, head, next_recorded_at(head, author.now), events);
}

}  // namespace coop::books

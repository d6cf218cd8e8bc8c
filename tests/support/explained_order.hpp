#pragma once
#include <string>
#include <vector>

#include "tests/support/model_requests.hpp"

namespace coop::test {

/// A request and what the server answered, in the model's words.
struct Exchange {
  ModelRequest request;
  WireText wire;
  std::string told;
  /// Its beginning and end in the order of everything that all clients did.
  std::int64_t sent;
  std::int64_t answered;
  /// The settings of the clock between which it was carried out: places in a list of instants.
  std::size_t first_tick;
  std::size_t last_tick;
  /// How far the clock of its server is behind.
  std::chrono::minutes behind{0};
};

/// An event of the outbox, as the API tells it.
struct ToldEvent {
  std::int64_t number;
  Instant recorded_at;
  std::string kind;
  std::int64_t first_entry;  ///< 0 where it tells of no entries
  std::int64_t last_entry;
  boost::json::object body;
};
/// Reads the event of an item of GET /events.
ToldEvent told_event_from(const boost::json::value& item);

/// What the clients of a test did with the books, and what the books say about it.
struct Course {
  std::vector<Exchange> exchanges;
  std::vector<ToldEvent> events;  ///< all of them, in their order
  std::vector<Instant> ticks;     ///< the settings of the clock
};

/// Looks for one order of everything that explains it: what changed the books in the order of the events and
/// of the entries' numbers, and each of the other answers at a moment between its request and its end. Leaves
/// `model` as the books must be afterwards. Answers "", or what cannot be explained.
std::string unexplained(const Course& course, BooksModel& model);

}  // namespace coop::test

#include "api/event_waiters.hpp"
#include "api/handlers/handlers.hpp"
#include "api/json_writer.hpp"
#include "api/problem.hpp"
#include "api/services.hpp"
#include "ledger/books/event_store.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/values/cursor.hpp"

namespace coop::api {

namespace {

/// Whose events are asked for, how far they were read, and what is needed to write them.
struct Reading {
  std::string list;
  std::string request_id;
  int limit;
  std::vector<books::EventPlace> places;
  std::map<NodeId, std::string> names;
};

bool may_read(const access::Access& access, NodeId node) {
  const access::Permission& needed = access::permission_of(access::Action::read_books);
  if (!access.has_scope(needed.scope) || (access.only_node && *access.only_node != node)) return false;
  return std::any_of(needed.roles.begin(), needed.roles.end(),
                     [&](access::Role role) { return access.has_role(node, role); });
}

void write_event(JsonWriter& out, const books::Event& event, const std::string& node) {
  out.open().field("node", node).field("number", event.number).field("recorded_at", event.recorded_at);
  out.field("kind", event.kind).field("first_entry", event.first_entry).field("last_entry", event.last_entry);
  if (event.body_json) out.name("body").raw(*event.body_json);
  else out.field("body", std::nullopt);
  out.close();
}

std::string cursor_of(const Reading& reading) {
  Cursor cursor{reading.list};
  cursor.add(static_cast<std::int64_t>(reading.places.size()));
  for (const auto& place : reading.places) cursor.add(std::int64_t{place.node.number()}).add(place.number);
  return cursor.text();
}

/// Takes over how far each node was read. A node that came to the caller since then is read from its
/// beginning.
void apply_cursor(Reading& reading, const std::string& text) {
  OpenedCursor cursor{reading.list, text};
  for (auto left = cursor.number(); left > 0; --left) {
    const std::int64_t node = cursor.number();
    const std::int64_t number = cursor.number();
    for (auto& place : reading.places)
      if (place.node.number() == node) place.number = number;
  }
}

std::string page_json(Reading reading, const std::vector<books::Event>& events) {
  JsonWriter out;
  out.open().array("items");
  for (const auto& event : events) {
    write_event(out, event, reading.names.at(event.node));
    for (auto& place : reading.places)
      if (place.node == event.node) place.number = event.number;
  }
  out.end_array().field("next", cursor_of(reading));
  out.field("more", events.size() == static_cast<std::size_t>(reading.limit)).close();
  return out.take();
}

std::vector<books::Event> read(const Reading& reading, Services& services) {
  return services.database.in_tx(
      [&](Tx& tx) { return books::list_events(tx, reading.places, reading.limit); });
}

/// Answers now if there is something to read, else when there is, or when the time is over.
void answer_reading(const Call& call, Services& services, Reading reading, const AnswerLater& answer) {
  const Page page = call.page(100, 1'000);
  reading.list = "events " + call.request.path;
  reading.request_id = call.id;
  reading.limit = page.limit;
  if (page.cursor) apply_cursor(reading, *page.cursor);
  const auto wait_s = call.query_number("wait", 0, 25).value_or(0);
  const auto events = read(reading, services);
  if (!events.empty() || wait_s == 0) return answer(ok(page_json(reading, events)));
  auto places = reading.places;
  services.event_waiters.wait(std::move(places), std::chrono::seconds{wait_s}, [&services, reading, answer] {
    answer(answer_or_problem(reading.request_id,
                             [&] { return ok(page_json(reading, read(reading, services))); }));
  });
}

}  // namespace

void list_node_events(const Call& call, Services& services, AnswerLater answer) {
  Reading reading;
  reading.places.push_back({call.node().id, 0});
  reading.names.emplace(call.node().id, call.node().name);
  answer_reading(call, services, std::move(reading), answer);
}

void list_all_events(const Call& call, Services& services, AnswerLater answer) {
  const access::Access& access = *call.caller.access;
  Reading reading;
  for (const auto& node : services.database.in_tx([](Tx& tx) { return books::read_nodes(tx); })) {
    if (!may_read(access, node.id)) continue;
    reading.places.push_back({node.id, 0});
    reading.names.emplace(node.id, node.name);
  }
  answer_reading(call, services, std::move(reading), answer);
}

}  // namespace coop::api

#include "ledger/books/node_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/chain.hpp"
#include "ledger/books/node_store.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

Node make_node(Tx& tx, const NodeDraft& draft, const Author& author) {
  require_node_draft(draft);
  const auto unit = find_unit(tx, draft.base_unit);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit '" + draft.base_unit + "'", "/base_unit"};
  const NodeId id = insert_node(tx, draft, unit->id, first_link_of(draft.name));
  BookHead head = lock_book_head(tx, id);
  insert_event(tx, head, next_recorded_at(head, author.now),
               {"node_made", "{\"node\":\"" + draft.name + "\"}"});
  return read_node(tx, draft.name);
}

Node read_node(Tx& tx, std::string_view name) {
  auto node = find_node(tx, name);
  if (!node) throw Refused{Refusal::node_unknown, "there is no node '" + std::string{name} + "'"};
  return *node;
}

std::string read_node_name(Tx& tx, NodeId node) {
  for (const Node& one : list_nodes(tx, {}))
    if (one.id == node) return one.name;
  throw InvariantBroken{"the asked node exists"};
}

std::vector<Node> read_nodes(Tx& tx, const NodeListing& wanted) { return list_nodes(tx, wanted); }

Node change_node(Tx& tx, std::string_view name, const NodeChange& change, const Author& author) {
  Node node = read_node(tx, name);
  BookHead head = lock_book_head(tx, node.id);
  if (change.title) node.title = *change.title;
  if (change.country) node.country = *change.country;
  if (change.time_zone) node.time_zone = *change.time_zone;
  require_node_draft({node.name, node.title, "", node.country, node.time_zone, node.fiscal_start});
  update_node(tx, node);
  insert_event(tx, head, next_recorded_at(head, author.now),
               {"node_changed", "{\"node\":\"" + node.name + "\"}"});
  return node;
}

}  // namespace coop::books

#pragma once
#include <optional>
#include <vector>

#include "ledger/books/entry.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// Writes a node and its empty book head. Throws Refused: node_exists.
NodeId insert_node(Tx& tx, const NodeDraft& draft, UnitId base_unit, const Hash& first_link);
/// The node of this name, if there is one.
std::optional<Node> find_node(Tx& tx, std::string_view name);
/// Which nodes are listed; all, where nothing is said.
struct NodeListing {
  std::optional<std::vector<NodeId>> among = {};
  std::string after = {};  ///< those whose names come later
  std::optional<int> most = {};
};
/// The nodes, by name.
std::vector<Node> list_nodes(Tx& tx, const NodeListing& wanted);
/// Writes title, country and time zone.
void update_node(Tx& tx, const Node& node);

}  // namespace coop::books

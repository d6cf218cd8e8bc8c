#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/books/node_store.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// Makes a node with empty books. Throws Refused: what require_node_draft refuses, unit_unknown, node_exists.
Node make_node(Tx& tx, const NodeDraft& draft, const Author& author);
/// The node of this name. Throws Refused: node_unknown.
Node read_node(Tx& tx, std::string_view name);
/// The name of a node that exists.
std::string read_node_name(Tx& tx, NodeId node);
/// The nodes that are wanted, by name.
std::vector<Node> read_nodes(Tx& tx, const NodeListing& wanted = {});

/// What may be changed of a node; nothing where empty.
struct NodeChange {
  std::optional<std::string> title = {};
  std::optional<std::string> country = {};
  std::optional<std::string> time_zone = {};
};
/// Changes a node. Throws Refused: node_unknown, field_invalid, name_malformed.
Node change_node(Tx& tx, std::string_view name, const NodeChange& change, const Author& author);

}  // namespace coop::books

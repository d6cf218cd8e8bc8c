#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/members/own_link.hpp"

namespace coop::members {

/// What the node signs its links with; nothing if it never made one.
std::optional<std::string> find_link_key(Tx& tx, NodeId node);
/// Makes it. The head must be locked.
void insert_link_key(Tx& tx, NodeId node, std::string_view key, Instant at);

/// Adds a link after those that there are, and returns its number. The head must be locked.
int insert_own_link(Tx& tx, NodeId node, PartyId party, Instant expires_at, const books::Author& author);
/// Ends a link. The head must be locked.
void insert_own_link_end(Tx& tx, NodeId node, int number, const books::Author& author);
/// The link of this number, if there is one.
std::optional<OwnLink> find_own_link(Tx& tx, NodeId node, int number);
/// Up to `limit` links of the party below `before`, the newest first.
std::vector<OwnLink> list_own_links(Tx& tx, NodeId node, PartyId party, std::optional<int> before, int limit);

}  // namespace coop::members

#pragma once
#include <string>
#include <string_view>

#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/members/own_link.hpp"
#include "ledger/members/party.hpp"

namespace coop::members {

/// Makes a link that shows the member their own view for so many days. Throws Refused: party_unknown,
/// party_erased, field_invalid (days).
OwnLink make_own_link(Tx& tx, NodeId node, std::string_view number, int days, const books::Author& author);
/// Ends a link of the member. Throws Refused: party_unknown, link_invalid (the member has no such link, or it
/// was ended).
OwnLink end_own_link(Tx& tx, NodeId node, std::string_view number, int link, const books::Author& author);
/// The signed text of a link.
std::string text_of_link(Tx& tx, const books::Node& node, const OwnLink& link);

/// Whose view a link opens.
struct OpenedLink {
  books::Node node;
  Party party;
  OwnLink link;
};
/// Opens a link. Throws Refused: link_invalid, with the same words whatever is wrong with it.
OpenedLink open_own_link(Tx& tx, std::string_view text, Instant now);

}  // namespace coop::members

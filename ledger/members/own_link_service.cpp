#include "ledger/members/own_link_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/node_store.hpp"
#include "ledger/members/own_link_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/hmac.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

[[noreturn]] void refuse_link(const char* why) { throw Refused{Refusal::link_invalid, why}; }

std::string make_key(Tx& tx, NodeId node, Instant now) {
  insert_link_key(tx, node, random_secret(), now);
  return *find_link_key(tx, node);
}

}  // namespace

OwnLink make_own_link(Tx& tx, NodeId node, std::string_view number, int days, const books::Author& author) {
  if (days < 1 || days > most_link_days)
    throw Refused{Refusal::field_invalid, "a link lasts 1 to " + std::to_string(most_link_days) + " days",
                  "/days"};
  books::lock_book_head(tx, node);
  const Party party = read_party(tx, node, number);
  if (find_erasure(tx, node, party.id))
    throw Refused{Refusal::party_erased, party.number + " was erased, and has no view any more"};
  if (!find_link_key(tx, node)) make_key(tx, node, author.now);
  const auto expires_at =
      std::chrono::floor<std::chrono::seconds>(author.now) + std::chrono::hours{24 * days};
  return *find_own_link(tx, node, insert_own_link(tx, node, party.id, expires_at, author));
}

OwnLink end_own_link(Tx& tx, NodeId node, std::string_view number, int link, const books::Author& author) {
  books::lock_book_head(tx, node);
  const Party party = read_party(tx, node, number);
  const auto found = find_own_link(tx, node, link);
  if (!found || found->party != party.id) refuse_link("the member has no such link");
  if (found->ended_at) refuse_link("the link was ended already");
  insert_own_link_end(tx, node, link, author);
  return *find_own_link(tx, node, link);
}

std::string text_of_link(Tx& tx, const books::Node& node, const OwnLink& link) {
  const auto key = find_link_key(tx, node.id);
  ensure(key.has_value(), "a node with links has a key");
  return signed_text(claim_of(node.name, link), *key);
}

OpenedLink open_own_link(Tx& tx, std::string_view text, Instant now) {
  constexpr const char* why = "the link has expired, was ended, or was not copied whole";
  const auto claim = claim_of(text);
  if (!claim) refuse_link(why);
  const auto node = books::find_node(tx, claim->node);
  const auto key = node ? find_link_key(tx, node->id) : std::nullopt;
  if (!key || !is_same_secret(signed_text(*claim, *key), text)) refuse_link(why);
  const auto link = find_own_link(tx, node->id, claim->number);
  if (!link || claim_of(node->name, *link) != *claim || !is_open(*link, now)) refuse_link(why);
  const Party party = read_party(tx, node->id, read_party_number(tx, node->id, link->party));
  if (find_erasure(tx, node->id, party.id)) refuse_link(why);
  return {*node, party, *link};
}

}  // namespace coop::members

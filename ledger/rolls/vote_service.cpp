#include "ledger/rolls/vote_service.hpp"

#include <boost/json.hpp>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/rolls/roll_store.hpp"
#include "ledger/rolls/vote_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::rolls {

namespace {

void require_superseded_once(Tx& tx, NodeId node, VoteNumber number) {
  const auto found = list_votes(tx, node, {.number = number}, 1);
  if (found.empty())
    throw Refused{Refusal::vote_unknown, "there is no vote number " + std::to_string(number.number()),
                  "/supersedes"};
  const Vote& earlier = found.front();
  if (!earlier.superseded_by) return;
  throw Refused{Refusal::field_invalid,
                "vote " + std::to_string(number.number()) + " is superseded already, by vote " +
                    std::to_string(earlier.superseded_by->number()) + ": supersede that one",
                "/supersedes"};
}

}  // namespace

Vote record_vote(Tx& tx, NodeId node, const VoteDraft& draft, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node);
  const FrozenRoll roll = read_frozen_roll(tx, node, draft.roll);
  require_vote(draft, roll.classes);
  if (draft.held_on > day_in_zone(author.now, books::read_node(tx, head.node_name).time_zone))
    throw Refused{Refusal::field_invalid, "what is counted was held: this day is to come", "/held_on"};
  if (draft.supersedes) require_superseded_once(tx, node, *draft.supersedes);
  const Instant at = books::next_recorded_at(head, author.now);
  const VoteNumber number = insert_vote(tx, node, draft, at, author.user);
  boost::json::object body{{"vote", number.number()}, {"roll", roll.number.number()}, {"title", draft.title}};
  if (draft.supersedes) body["supersedes"] = draft.supersedes->number();
  books::tell(tx, head, at, "vote_recorded", body);
  return read_vote(tx, node, number);
}

}  // namespace coop::rolls

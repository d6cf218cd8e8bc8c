#include "ledger/work/circle_service.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/circle_store.hpp"

namespace coop::work {

namespace {

void record_kind(Tx& tx, NodeId node, books::BookHead& head, const WorkKind& kind, Instant at,
                 std::optional<UserId> by) {
  insert_work_kind(tx, node, kind, at, by);
  books::tell(tx, head, at, "work_kind_added",
              {{"work", kind.code}, {"title", kind.title}, {"has_price", kind.has_price}});
}

// The kinds of work of the node, which has the usual ones from now on if it had none.
std::vector<WorkKind> begun_kinds(Tx& tx, NodeId node, books::BookHead& head, Instant at,
                                  std::optional<UserId> by) {
  auto kinds = read_work_kinds(tx, node);
  if (!kinds.empty()) return kinds;
  for (const WorkKind& usual : usual_work_kinds()) record_kind(tx, node, head, usual, at, by);
  return read_work_kinds(tx, node);
}

Circle take_step(Tx& tx, NodeId node, books::BookHead& head, const Circle& circle, CircleStep step,
                 const char* event, const books::Author& author) {
  require_follows(circle, step);
  step.number = static_cast<int>(circle.steps.size()) + 1;
  step.recorded_at = books::next_recorded_at(head, author.now);
  insert_circle_step(tx, node, circle.id, step, author.user);
  boost::json::object body{{"circle", circle.code}, {"on", step.on.text()}};
  if (step.party) body["member"] = step.member;
  books::tell(tx, head, step.recorded_at, event, body);
  return read_circle(tx, node, circle.code);
}

members::Party require_party(Tx& tx, NodeId node, const std::string& member) {
  if (auto found = members::find_party(tx, node, member)) return *std::move(found);
  throw Refused{Refusal::party_unknown, "there is no member '" + member.substr(0, 60) + "'", "/member"};
}

}  // namespace

Circle found_circle(Tx& tx, NodeId node, const CircleDraft& draft, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node);
  require_circle(draft);
  if (find_circle(tx, node, draft.code))
    throw Refused{Refusal::circle_exists, "there is a circle '" + draft.code + "' already", "/circle"};
  const Instant at = books::next_recorded_at(head, author.now);
  begun_kinds(tx, node, head, at, author.user);
  insert_circle(tx, node, draft, at, author.user);
  books::tell(tx, head, at, "circle_founded",
              {{"circle", draft.code}, {"title", draft.title}, {"from_on", draft.from_on.text()}});
  return read_circle(tx, node, draft.code);
}

Circle join_circle(Tx& tx, NodeId node, std::string_view code, const std::string& member, Day from_on,
                   const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node);
  const Circle circle = read_circle(tx, node, code);
  const members::Party party = require_party(tx, node, member);
  if (members::find_erasure(tx, node, party.id))
    throw Refused{Refusal::party_erased, "the personal data of " + party.number + " was erased", "/member"};
  return take_step(tx, node, head, circle,
                   {0, CircleStepKind::joined, party.id, party.number, from_on, {}, author.now},
                   "circle_joined", author);
}

Circle leave_circle(Tx& tx, NodeId node, std::string_view code, const std::string& member, Day until_on,
                    const std::string& reason, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node);
  const Circle circle = read_circle(tx, node, code);
  require_reason(reason);
  const members::Party party = require_party(tx, node, member);
  return take_step(tx, node, head, circle,
                   {0, CircleStepKind::left, party.id, party.number, until_on, reason, author.now},
                   "circle_left", author);
}

Circle close_circle(Tx& tx, NodeId node, std::string_view code, Day until_on, const std::string& reason,
                    const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node);
  const Circle circle = read_circle(tx, node, code);
  require_reason(reason);
  return take_step(tx, node, head, circle,
                   {0, CircleStepKind::closed, std::nullopt, {}, until_on, reason, author.now},
                   "circle_closed", author);
}

WorkKind add_work_kind(Tx& tx, NodeId node, const WorkKind& kind, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node);
  require_work_kind(kind);
  const Instant at = books::next_recorded_at(head, author.now);
  const auto kinds = begun_kinds(tx, node, head, at, author.user);
  if (std::ranges::find(kinds, kind.code, &WorkKind::code) != kinds.end())
    throw Refused{Refusal::work_kind_exists, "there is a kind of work '" + kind.code + "' already", "/code"};
  record_kind(tx, node, head, kind, at, author.user);
  return kind;
}

}  // namespace coop::work

#include "ledger/members/membership_service.hpp"

#include <boost/json.hpp>
#include <map>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

using books::Author;
using books::BookHead;
using books::tell;

/// Each draft with its party and class.
std::vector<NewMembership> resolved(Tx& tx, NodeId node, const std::vector<MembershipDraft>& drafts) {
  std::vector<std::string> numbers;
  numbers.reserve(drafts.size());
  for (const MembershipDraft& draft : drafts) numbers.push_back(draft.number);
  const std::vector<Party> parties = read_parties(tx, node, numbers);
  std::map<std::string, ClassId> classes;
  std::vector<NewMembership> wanted;
  wanted.reserve(drafts.size());
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const std::string& code = drafts[i].class_code;
    auto of = classes.find(code);
    if (of == classes.end()) of = classes.emplace(code, read_class(tx, node, code).id).first;
    require_membership_draft(drafts[i]);
    wanted.push_back({parties[i].id, of->second, drafts[i]});
  }
  return wanted;
}

/// Writes what follows from the changes into the membership's own row.
Membership settled(Tx& tx, NodeId node, MembershipId id) {
  Membership after = read_membership(tx, node, id);
  after.until_on = ending_of(after);
  update_membership(tx, node, id, after.until_on, is_taken_back(after));
  return after;
}

}  // namespace

Membership begin_membership(Tx& tx, NodeId node, const MembershipDraft& draft, const Author& author) {
  return read_membership(tx, node, begin_memberships(tx, node, {draft}, author).at(0));
}

std::vector<MembershipId> begin_memberships(Tx& tx, NodeId node, const std::vector<MembershipDraft>& drafts,
                                            const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  if (drafts.empty()) return {};
  const auto wanted = resolved(tx, node, drafts);
  const Instant at = books::next_recorded_at(head, author.now);
  std::vector<MembershipId> begun;
  begun.reserve(drafts.size());
  for (const auto& id : insert_memberships(tx, node, wanted, at, author.user)) {
    if (!id) {
      const MembershipDraft& draft = drafts[begun.size()];
      throw Refused{Refusal::membership_overlaps,
                    draft.number + " is in the class '" + draft.class_code + "' on " + draft.from_on.text() +
                        " or later already",
                    "/from_on"};
    }
    begun.push_back(*id);
  }
  boost::json::object body{{"begun", begun.size()}};
  if (begun.size() == 1) {
    body["membership"] = begun[0].number();
    body["member"] = drafts[0].number;
    body["class"] = drafts[0].class_code;
    body["from_on"] = drafts[0].from_on.text();
  }
  tell(tx, head, at, "memberships_begun", body);
  return begun;
}

Membership change_membership(Tx& tx, NodeId node, MembershipId id, const ChangeDraft& change,
                             const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  require_change(read_membership(tx, node, id), change);
  const Instant at = books::next_recorded_at(head, author.now);
  insert_change(tx, node, id, change, at, author.user);
  tell(tx, head, at, "membership_changed",
       {{"membership", id.number()}, {"change", text_of(change.kind)}, {"on_day", change.on_day.text()}});
  return settled(tx, node, id);
}

Membership annul_change(Tx& tx, NodeId node, MembershipId id, int number, std::string_view reason,
                        const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  const Membership before = read_membership(tx, node, id);
  require_annulment(before, number, reason);
  const MembershipChange& annulled = before.changes.at(static_cast<std::size_t>(number) - 1);
  const auto other =
      is_ending(annulled.kind) ? find_overlapping(tx, node, before, std::nullopt) : std::nullopt;
  if (other) {
    throw Refused{Refusal::membership_overlaps,
                  "without its end it would overlap membership " + std::to_string(other->number())};
  }
  const Instant at = books::next_recorded_at(head, author.now);
  const ChangeDraft taken_back{annulled.kind, annulled.on_day, std::string{reason}, std::nullopt};
  insert_change(tx, node, id, taken_back, at, author.user, number);
  tell(tx, head, at, "membership_change_annulled",
       {{"membership", id.number()}, {"change", text_of(annulled.kind)}, {"on_day", annulled.on_day.text()}});
  return settled(tx, node, id);
}

}  // namespace coop::members

#include "ledger/costs/cost_usage_service.hpp"

#include <algorithm>
#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/costs/cost_usage_store.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::costs {

namespace {

constexpr std::int64_t one_member = 1'000'000;

bool shares(const CostPool& pool, const std::string& code) {
  return std::ranges::any_of(pool.terms, [&](const CostTerm& term) {
    return std::ranges::any_of(term.participants,
                               [&](const CostParticipant& one) { return one.who.code == code; });
  });
}

struct ToldUsage {
  UsageFate fate;
  CostUsageNumber number;
};

ToldUsage tell_usage(Tx& tx, NodeId node, const CostPool& pool, const CostUsageDraft& draft,
                     const books::Author& author, const std::string& at = {}) {
  require_usage_draft(draft, at);
  if (!shares(pool, draft.participant))
    throw Refused{Refusal::field_invalid,
                  "nobody called '" + draft.participant.substr(0, 40) + "' shares the pool " + pool.code,
                  at + "/participant"};
  const auto known = find_known_usage(tx, node, pool.number, draft);
  if (!known)
    return {UsageFate::recorded, insert_cost_usage(tx, node, pool.number, draft, std::nullopt, author)};
  if (known->from_on != draft.from_on || known->until_on != draft.until_on)
    throw Refused{Refusal::field_invalid,
                  "usage " + std::to_string(known->number.number()) + " tells of " + known->from_on.text() +
                      " to " + known->until_on.text() + ": the same days or others",
                  at + "/from_on"};
  if (known->millionths == draft.millionths) return {UsageFate::known, known->number};
  return {UsageFate::corrected, insert_cost_usage(tx, node, pool.number, draft, known->number, author)};
}

void tell_of(Tx& tx, NodeId node, CostUsageNumber number, const books::Author& author) {
  books::tell(tx, node, author, "cost_usage_recorded", {{"usage", number.number()}});
}

CostUsage read_one(Tx& tx, NodeId node, CostUsageNumber number) {
  return read_cost_usage(tx, node, {.at_least = number, .most = 1}).at(0);
}

// Parties with a membership that is admitted, and not paused, suspended or ended. Dues are left aside.
std::int64_t active_members_on(Tx& tx, NodeId node, Day on) {
  std::set<PartyId> active;
  for (const members::Membership& one :
       members::read_memberships(tx, node, {.on_or_after = on, .on_or_before = on}))
    if (members::standing_of(one, on) == members::Standing::active) active.insert(one.party);
  return static_cast<std::int64_t>(active.size());
}

}  // namespace

UsageFate record_cost_usage(Tx& tx, NodeId node, const CostUsageDraft& draft, const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const ToldUsage told = tell_usage(tx, node, read_cost_pool(tx, node, draft.pool), draft, author);
  if (told.fate != UsageFate::known) tell_of(tx, node, told.number, author);
  return told.fate;
}

std::vector<CostUsage> record_cost_usage(Tx& tx, NodeId node, std::span<const CostUsageDraft> drafts,
                                         const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  if (drafts.empty() || drafts.size() > most_usage_told)
    throw Refused{Refusal::field_invalid, "1 to " + std::to_string(most_usage_told) + " are told at once",
                  "/usage"};
  const CostPool pool = read_cost_pool(tx, node, drafts.front().pool);
  std::vector<CostUsage> recorded;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const ToldUsage one = tell_usage(tx, node, pool, drafts[i], author, "/usage/" + std::to_string(i));
    if (one.fate == UsageFate::known) continue;
    tell_of(tx, node, one.number, author);
    recorded.push_back(read_one(tx, node, one.number));
  }
  return recorded;
}

CostUsage count_cost_members(Tx& tx, NodeId node, const MemberCountDraft& draft,
                             const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const CostPool pool = read_cost_pool(tx, node, draft.pool);
  const CostUsageDraft usage{.pool = draft.pool,
                             .participant = books::read_node_name(tx, node),
                             .measure = "members",
                             .from_on = draft.from_on,
                             .until_on = draft.until_on,
                             .millionths = active_members_on(tx, node, draft.on) * one_member,
                             .source = "register of members on " + draft.on.text()};
  const ToldUsage told = tell_usage(tx, node, pool, usage, author);
  if (told.fate != UsageFate::known) tell_of(tx, node, told.number, author);
  return read_one(tx, node, told.number);
}

}  // namespace coop::costs

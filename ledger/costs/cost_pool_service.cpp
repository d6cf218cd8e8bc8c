#include "ledger/costs/cost_pool_service.hpp"

#include <algorithm>
#include <chrono>
#include <initializer_list>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_store.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::costs {

namespace {

void require_cost_account(Tx& tx, NodeId node, const std::string& path, UnitId unit,
                          std::initializer_list<books::AccountType> types, const std::string& field) {
  for (const books::Account& account : books::find_accounts(tx, node, path)) {
    if (account.unit != unit) continue;
    if (std::ranges::find(types, account.type) != types.end()) return;
    throw Refused{Refusal::field_invalid, "costs are an expense, claims an asset or a liability", field};
  }
  throw Refused{Refusal::account_unknown, "there is no account " + path + " in this unit", field};
}

// As the node writes them, so that nobody stands there twice in two spellings.
void name_participants(Tx& tx, NodeId node, CostPoolDraft& draft) {
  for (std::size_t i = 0; i < draft.participants.size(); ++i) {
    CostParty& who = draft.participants[i].who;
    who = require_cost_party(tx, node, who, "/participants/" + std::to_string(i) + "/code");
  }
  require_pool_draft(draft);
}

void require_next(const CostPool& before, const CostPoolDraft& draft) {
  if (before.unit != draft.unit)
    throw Refused{Refusal::field_invalid, "the pool is in " + before.unit + ", and stays so", "/unit"};
  if (before.expense != draft.expense)
    throw Refused{Refusal::field_invalid, "the pool has " + before.expense + ", and keeps it", "/expense"};
  if (before.claims != draft.claims)
    throw Refused{Refusal::field_invalid, "the pool has " + before.claims + ", and keeps it", "/claims"};
  if (draft.from_on <= before.terms.back().from_on)
    throw Refused{Refusal::field_invalid, "the term before begins on " + before.terms.back().from_on.text(),
                  "/from_on"};
}

}  // namespace

CostParty require_cost_party(Tx& tx, NodeId node, const CostParty& asked, const std::string& field) {
  switch (asked.kind) {
    case CostPartyKind::node:
      if (!books::find_node(tx, asked.code))
        throw Refused{Refusal::node_unknown, "there is no node " + asked.code, field};
      return asked;
    case CostPartyKind::member:
      if (const auto party = members::find_party(tx, node, asked.code)) return {asked.kind, party->number};
      throw Refused{Refusal::party_unknown, "there is no member " + asked.code, field};
    case CostPartyKind::circle:
      if (has_circle(tx, node, asked.code)) return asked;
      throw Refused{Refusal::circle_unknown, "there is no circle " + asked.code, field};
    case CostPartyKind::neighbour:
      if (is_neighbour_name(asked.code)) return asked;
      throw Refused{Refusal::name_malformed, "a node of another server is called as meet.example/mtl", field};
  }
  throw InvariantBroken{"everybody who shares costs is of a kind"};
}

CostPool adopt_cost_pool(Tx& tx, NodeId node, CostPoolDraft draft, const books::Author& asked_by) {
  require_pool_draft(draft);
  const books::BookHead head = books::lock_book_head(tx, node);
  // A term comes after all divisions before it, so that their instants tell which of them knew it.
  const books::Author author{asked_by.user,
                             std::max(asked_by.now, head.last_recorded_at + std::chrono::microseconds{1})};
  const auto unit = books::find_unit(tx, draft.unit);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit " + draft.unit, "/unit"};
  using enum books::AccountType;
  require_cost_account(tx, node, draft.expense, unit->id, {expense}, "/expense");
  require_cost_account(tx, node, draft.claims, unit->id, {asset, liability}, "/claims");
  sharing::read_version_on(tx, node, draft.rule, draft.from_on, "/rule");
  name_participants(tx, node, draft);
  const auto before = read_cost_pools(tx, node, {.code = draft.code});
  if (!before.empty()) require_next(before.front(), draft);
  const CostPoolNumber number =
      before.empty() ? insert_cost_pool(tx, node, draft, unit->id, author) : before.front().number;
  insert_cost_term(tx, node, number, draft, author);
  CostPool pool = read_cost_pool(tx, node, draft.code);
  books::tell(tx, node, author, "cost_pool_adopted",
              {{"pool", pool.code},
               {"term", pool.terms.back().number},
               {"from_on", draft.from_on.text()},
               {"decision", draft.decision}});
  return pool;
}

}  // namespace coop::costs

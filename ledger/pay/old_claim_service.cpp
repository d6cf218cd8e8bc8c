#include "ledger/pay/old_claim_service.hpp"

#include <algorithm>
#include <map>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/pay/pay_terms_service.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::pay {

namespace {

void require_old_claims(const OldClaimsDraft& draft) {
  if (is_blank(draft.decision))
    throw Refused{Refusal::decision_missing, "claims are taken in by a decision", "/decision"};
  if (characters_of(draft.decision) > 500)
    throw Refused{Refusal::field_invalid, "it has at most 500 characters", "/decision"};
  if (draft.deferred_as == DeferredAs::gift)
    throw Refused{Refusal::field_invalid, "of a gift nothing is owed", "/deferred_as"};
  if (draft.claims.empty() || draft.claims.size() > most_old_claims)
    throw Refused{Refusal::field_invalid, "there are 1 to " + std::to_string(most_old_claims) + " claims",
                  "/claims"};
}

PayRun opening_of(const OldClaimsDraft& draft, Day since, const books::Author& author) {
  PayRun run = new_pay_run(PayRunKind::opening, since, since, draft.unit, 0);
  run.booked_on = draft.booked_on;
  run.deferred_as = draft.deferred_as;
  run.accounts = {.wages = draft.against, .payable = {}, .deferred = draft.deferred};
  run.decision = draft.decision;
  run.recorded_at = author.now;
  run.recorded_by = author.user;
  return run;
}

// By the days since when they stand.
std::map<Day, PayRun> runs_of(Tx& tx, NodeId node, const OldClaimsDraft& draft, const books::Author& author) {
  std::map<Day, PayRun> runs;
  for (std::size_t i = 0; i < draft.claims.size(); ++i) {
    const OldClaim& claim = draft.claims[i];
    const std::string field = "/claims/" + std::to_string(i);
    if (claim.minor <= 0) throw Refused{Refusal::field_invalid, "a claim is above zero", field + "/amount"};
    if (claim.since > draft.booked_on)
      throw Refused{Refusal::field_invalid, "it is not after /booked_on", field + "/since"};
    const auto party = members::find_party(tx, node, claim.member);
    if (!party)
      throw Refused{Refusal::party_unknown, "there is no member " + claim.member.substr(0, 60),
                    field + "/member"};
    PayRun& run = runs.try_emplace(claim.since, opening_of(draft, claim.since, author)).first->second;
    if (std::ranges::find(run.shares, party->id, &PayShare::party) != run.shares.end())
      throw Refused{Refusal::field_invalid, party->number + " stands there twice for " + claim.since.text(),
                    field + "/member"};
    run.shares.push_back({.party = party->id, .member = party->number, .deferred_minor = claim.minor});
    run.amount_minor = checked_add(run.amount_minor, claim.minor);
  }
  return runs;
}

}  // namespace

std::vector<PayRun> propose_old_claims(Tx& tx, NodeId node, const OldClaimsDraft& draft,
                                       const books::Author& author) {
  books::lock_book_head(tx, node);
  require_old_claims(draft);
  require_pay_accounts(tx, node, opening_of(draft, draft.booked_on, author));
  std::vector<PayRun> proposed;
  for (auto& [since, run] : runs_of(tx, node, draft, author)) {
    std::ranges::sort(run.shares, sharing::is_earlier_id, &PayShare::member);
    run.number = PayRunNumber{read_last_pay_run(tx, node) + 1};
    insert_pay_run(tx, node, run, author);
    books::tell(tx, node, author, "pay_run_proposed",
                {{"run", run.number.number()}, {"kind", text_of(run.kind)}, {"to", run.to_on.text()}});
    proposed.push_back(*find_pay_run(tx, node, run.number));
  }
  return proposed;
}

}  // namespace coop::pay

#include "ledger/pay/pay_approving_service.hpp"

#include <algorithm>
#include <map>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/funds/budget_service.hpp"
#include "ledger/pay/pay_entries.hpp"
#include "ledger/pay/pay_local.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/pay/pay_terms_service.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::pay {

namespace {

// How the run stands, without its shares.
PayRun lock_run(Tx& tx, NodeId node, PayRunNumber number) {
  books::lock_book_head(tx, node);
  if (auto found = find_pay_run_head(tx, node, number)) return *std::move(found);
  throw Refused{Refusal::pay_run_unknown, "there is no pay run " + std::to_string(number.number())};
}

[[noreturn]] void refuse_run(const PayRun& run, const std::string& detail) {
  throw Refused{Refusal::pay_run_not_open, "pay run " + std::to_string(run.number.number()) + " " + detail};
}

void require_state(const PayRun& run, std::initializer_list<PayRunState> wanted) {
  const PayRunState state = state_of(run);
  if (std::ranges::find(wanted, state) == wanted.end()) refuse_run(run, "is " + std::string{text_of(state)});
}

void require_approved(const PayRun& run) {
  if (state_of(run) == PayRunState::proposed)
    refuse_run(run, run.steps.empty() ? "is proposed: two approvals are missing"
                                      : "is proposed: one more approval is missing");
  require_state(run, {PayRunState::approved});
}

void require_may_approve(Tx& tx, NodeId node, const PayRun& run, const books::Author& author) {
  if (!author.user)
    throw Refused{Refusal::approval_repeated, "whoever decides signs in: the books keep who it was"};
  for (const PayStep& step : run.steps)
    if (step.recorded_by == author.user) throw Refused{Refusal::approval_repeated, "you approved it already"};
  if (run.recorded_by == author.user)
    throw Refused{Refusal::approval_of_own, "you wrote this proposal: two other people approve it"};
  if (pays_user(tx, node, run.number, *author.user))
    throw Refused{Refusal::approval_of_own, "you are in it yourself: two people who are not approve it"};
}

// What the bank has or may still pay is no longer to be taken back.
void require_not_paid(Tx& tx, NodeId node, const PayRun& run) {
  std::map<PartyId, Payable> payables;
  for (const Payable& payable : read_payables(tx, node, run.number)) payables.emplace(payable.party, payable);
  for (const PayShare& share : run.shares) {
    if (share.paid_minor == 0) continue;
    const Payable& payable = payables.at(share.party);
    if (payable.ordered_minor > 0)
      refuse_run(run, "is paid to " + share.member + " by an order that was proposed: leave it out first");
    if (payable.owed_minor - payable.waiting_minor < money_minor_of(share) ||
        payable.local_owed_minor < share.local_minor)
      refuse_run(run, "was paid to " + share.member + " already");
  }
}

PayRun told(Tx& tx, NodeId node, PayRun run, const PayStep& step, const char* event,
            const books::Author& author) {
  insert_pay_step(tx, node, run.number, step, author);
  books::tell(tx, node, author, event, {{"run", run.number.number()}, {"kind", text_of(run.kind)}});
  run.steps = read_pay_steps(tx, node, run.number);
  return run;
}

PayStep step_to(PayStepKind kind, const books::Author& author, const std::string& reason = {}) {
  return {0, kind, {}, {}, reason, author.now, author.user, {}};
}

}  // namespace

PayRun approve_pay_run(Tx& tx, NodeId node, PayRunNumber number, const books::Author& author) {
  const PayRun run = lock_run(tx, node, number);
  require_state(run, {PayRunState::proposed});
  require_may_approve(tx, node, run, author);
  require_mandate_usable(tx, node, run);
  return told(tx, node, run, step_to(PayStepKind::approved, author), "pay_run_approved", author);
}

PayRun post_pay_run(Tx& tx, NodeId node, PayRunNumber number, const books::Author& author) {
  require_approved(lock_run(tx, node, number));
  PayRun run = read_pay_run(tx, node, number);
  require_mandate_usable(tx, node, run);
  require_fund_bears(tx, node, run, author.now);
  PayStep step = step_to(PayStepKind::posted, author);
  const auto drafts = pay_entries(run, author);
  if (!run.mandate && run.rule) funds::require_budgets_bear(tx, node, drafts, author.now, {});
  if (!drafts.empty()) {
    const auto recorded =
        books::all_recorded_or_throw(books::post(tx, node, drafts, books::Together::all_or_none, author.now));
    step.first_entry = recorded.front().number;
    step.last_entry = recorded.back().number;
    ensure(step.last_entry->number() - step.first_entry->number() + 1 ==
               static_cast<std::int64_t>(drafts.size()),
           "entries of one batch follow one another");
  }
  return told(tx, node, std::move(run), step, "pay_run_posted", author);
}

PayRun cancel_pay_run(Tx& tx, NodeId node, PayRunNumber number, const std::string& reason,
                      const books::Author& author) {
  const PayRun run = lock_run(tx, node, number);
  require_reason(reason);
  require_state(run, {PayRunState::proposed, PayRunState::approved});
  return told(tx, node, run, step_to(PayStepKind::cancelled, author, reason), "pay_run_cancelled", author);
}

PayRun undo_pay_run(Tx& tx, NodeId node, PayRunNumber number, const std::string& reason,
                    const books::Author& author) {
  const PayRun run = lock_run(tx, node, number);
  require_reason(reason);
  require_state(run, {PayRunState::posted});
  if (const auto settling = find_settling_run(tx, node, number))
    refuse_run(run, "has claims that run " + std::to_string(settling->number()) + " settles");
  PayStep step = step_to(PayStepKind::undone, author, reason);
  const PayStep* posted = step_of(run, PayStepKind::posted);
  if (posted->first_entry) {
    if (run.kind == PayRunKind::wages || run.kind == PayRunKind::settlement)
      require_not_paid(tx, node, read_pay_run(tx, node, number));
    for (std::int64_t entry = posted->first_entry->number(); entry <= posted->last_entry->number(); ++entry) {
      const books::Recorded reversal = books::reverse(
          tx, node,
          {.request_key = books::fingerprint_of("pay: reversal of entry " + std::to_string(entry) +
                                                " of run " + std::to_string(number.number())),
           .reverses = EntryNumber{entry},
           .booked_on = {},
           .late = books::LateEntry::first_open_day,
           .description = {},
           .by_keeper = true},
          author);
      if (!step.first_entry) step.first_entry = reversal.number;
      step.last_entry = reversal.number;
    }
  }
  return told(tx, node, run, step, "pay_run_undone", author);
}

}  // namespace coop::pay

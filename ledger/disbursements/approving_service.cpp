#include "ledger/disbursements/approving_service.hpp"

#include <algorithm>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/disbursements/credit_transfer_rules.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "ledger/disbursements/disbursement_store.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/sha256.hpp"

namespace coop::disbursements {

namespace {

Disbursement lock_disbursement(Tx& tx, NodeId node, DisbursementNumber number) {
  books::lock_book_head(tx, node);
  return read_disbursement(tx, node, number);
}

[[noreturn]] void refuse_state(const Disbursement& disbursement, const std::string& more = {}) {
  throw Refused{Refusal::disbursement_not_open, "disbursement " +
                                                    std::to_string(disbursement.number.number()) + " is " +
                                                    std::string{text_of(state_of(disbursement))} + more};
}

void require_state(const Disbursement& disbursement, std::initializer_list<DisbursementState> wanted) {
  const DisbursementState state = state_of(disbursement);
  if (std::find(wanted.begin(), wanted.end(), state) == wanted.end()) refuse_state(disbursement);
}

void require_standing(const Disbursement& disbursement, int order) {
  for (const Order* one : orders_in_file(disbursement))
    if (one->number == order) return;
  throw Refused{Refusal::disbursement_unknown, "no order " + std::to_string(order) + " stands in it"};
}

// Whoever decides is somebody, and has not decided it already.
UserId require_somebody(const books::Author& author) {
  if (author.user) return *author.user;
  throw Refused{Refusal::approval_repeated, "whoever decides signs in: the books keep who it was"};
}

void require_independent(Tx& tx, NodeId node, const Disbursement& disbursement, UserId user) {
  if (disbursement.recorded_by == user)
    throw Refused{Refusal::approval_of_own, "you wrote this proposal: others approve it"};
  if (pays_user(tx, node, disbursement.number, user))
    throw Refused{Refusal::approval_of_own, "one of its orders pays you: others approve it"};
}

void require_possible(const Disbursement& disbursement, Instant now) {
  const TransferFault fault = credit_transfer_fault(transfer_order_of(disbursement, now));
  if (!fault.words.empty()) throw Refused{Refusal::disbursement_impossible, fault.words};
}

// What was recalled spends nothing more, whatever was proposed before.
void require_mandates(Tx& tx, NodeId node, const Disbursement& disbursement) {
  for (const Order* order : orders_in_file(disbursement))
    if (order->mandate) require_usable(funds::read_spending_mandate(tx, node, *order->mandate));
}

Disbursement record(Tx& tx, NodeId node, DisbursementNumber number, const NewStep& step, const char* event,
                    const books::Author& author) {
  insert_step(tx, node, number, step, author);
  Disbursement after = read_disbursement(tx, node, number);
  boost::json::object body{{"disbursement", number.number()}, {"state", text_of(state_of(after))}};
  if (step.order) body["order"] = *step.order;
  books::tell(tx, node, author, event, body);
  return after;
}

}  // namespace

Disbursement leave_out(Tx& tx, NodeId node, const OrderPlace& place, const std::string& reason,
                       const books::Author& author) {
  const Disbursement disbursement = lock_disbursement(tx, node, place.disbursement);
  require_reason(reason);
  require_state(disbursement, {DisbursementState::proposed});
  require_standing(disbursement, place.order);
  if (orders_in_file(disbursement).size() == 1)
    refuse_state(disbursement, ", and it is the last order: cancel the whole instead");
  return record(tx, node, place.disbursement, {StepKind::left_out, place.order, reason},
                "disbursement_order_left_out", author);
}

Disbursement approve(Tx& tx, NodeId node, DisbursementNumber number, const books::Author& author) {
  const Disbursement disbursement = lock_disbursement(tx, node, number);
  require_state(disbursement, {DisbursementState::proposed});
  const UserId user = require_somebody(author);
  for (const Step* approval : approvals_of(disbursement))
    if (approval->recorded_by == user) throw Refused{Refusal::approval_repeated, "you approved it already"};
  require_independent(tx, node, disbursement, user);
  require_mandates(tx, node, disbursement);
  require_possible(disbursement, author.now);
  return record(tx, node, number, {StepKind::approved}, "disbursement_approved", author);
}

Disbursement withdraw(Tx& tx, NodeId node, DisbursementNumber number, const std::string& reason,
                      const books::Author& author) {
  const Disbursement disbursement = lock_disbursement(tx, node, number);
  require_reason(reason);
  require_state(disbursement, {DisbursementState::proposed, DisbursementState::approved});
  const auto approvals = approvals_of(disbursement);
  const bool is_own = author.user && std::ranges::any_of(approvals, [&](const Step* approval) {
                        return approval->recorded_by == author.user;
                      });
  if (!is_own) refuse_state(disbursement, ", and you have not approved it");
  return record(tx, node, number, {StepKind::withdrawn, {}, reason}, "disbursement_approval_withdrawn",
                author);
}

Disbursement cancel(Tx& tx, NodeId node, DisbursementNumber number, const std::string& reason,
                    const books::Author& author) {
  const Disbursement disbursement = lock_disbursement(tx, node, number);
  require_reason(reason);
  require_state(disbursement, {DisbursementState::proposed, DisbursementState::approved});
  return record(tx, node, number, {StepKind::cancelled, {}, reason}, "disbursement_cancelled", author);
}

Disbursement make_file(Tx& tx, NodeId node, DisbursementNumber number, const books::Author& author) {
  const Disbursement disbursement = lock_disbursement(tx, node, number);
  require_state(disbursement, {DisbursementState::approved});
  require_mandates(tx, node, disbursement);
  const std::string bytes = credit_transfer_file(transfer_order_of(disbursement, author.now)).xml;
  insert_file(tx, node, number, bytes);
  return record(tx, node, number, {StepKind::exported, {}, {}, hex_of(sha256_of(bytes))},
                "disbursement_exported", author);
}

Disbursement say_not_taken(Tx& tx, NodeId node, DisbursementNumber number, std::optional<int> order,
                           const std::string& reason, const books::Author& author) {
  const Disbursement disbursement = lock_disbursement(tx, node, number);
  require_reason(reason);
  require_state(disbursement, {DisbursementState::exported});
  if (order) require_standing(disbursement, *order);
  const auto waiting = waiting_orders(disbursement);
  const bool is_waiting = order ? std::ranges::find(waiting, *order, &Order::number) != waiting.end()
                                : waiting.size() == orders_in_file(disbursement).size();
  if (!is_waiting)
    refuse_state(disbursement, order ? ", and the order ended already"
                                     : ", and some orders ended already: say it of each other one");
  const UserId user = require_somebody(author);
  for (const UserId other : not_taken_by(disbursement, order))
    if (other == user) throw Refused{Refusal::approval_repeated, "you said so already"};
  return record(tx, node, number, {StepKind::not_taken, order, reason}, "disbursement_not_taken", author);
}

}  // namespace coop::disbursements

#include "ledger/disbursements/disbursement.hpp"

#include <algorithm>

#include "ledger/values/euro.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/sha256.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::disbursements {

namespace {

constexpr WordTable<DisbursementState, 5> states{{{DisbursementState::proposed, "proposed"},
                                                  {DisbursementState::approved, "approved"},
                                                  {DisbursementState::exported, "exported"},
                                                  {DisbursementState::done, "done"},
                                                  {DisbursementState::cancelled, "cancelled"}}};
constexpr WordTable<OrderState, 8> order_states{{{OrderState::proposed, "proposed"},
                                                 {OrderState::approved, "approved"},
                                                 {OrderState::exported, "exported"},
                                                 {OrderState::executed, "executed"},
                                                 {OrderState::returned, "returned"},
                                                 {OrderState::rejected, "rejected"},
                                                 {OrderState::left_out, "left_out"},
                                                 {OrderState::cancelled, "cancelled"}}};
constexpr WordTable<OrderPurpose, 3> purposes{{{OrderPurpose::supplier_bill, "supplier_bill"},
                                               {OrderPurpose::refund, "refund"},
                                               {OrderPurpose::payout, "payout"}}};
constexpr WordTable<StepKind, 6> step_kinds{{{StepKind::left_out, "left_out"},
                                             {StepKind::approved, "approved"},
                                             {StepKind::withdrawn, "withdrawn"},
                                             {StepKind::exported, "exported"},
                                             {StepKind::cancelled, "cancelled"},
                                             {StepKind::not_taken, "not_taken"}}};

constexpr std::size_t most_of_name = 18;  // leaves room for what follows, within 35 characters

std::string cut_name(std::string_view node) {
  std::string name{node.substr(0, most_of_name)};
  while (name.ends_with('-')) name.pop_back();
  return name;
}

// Thirteen letters and digits of a hash: 65 bits. None looks like another.
std::string opaque_letters(const Hash& hash) {
  constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  constexpr int count = 13;
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (std::size_t i = 0; out.size() < count; ++i) {
    bits = (bits << 8U | hash[i]) & 0xFFFFU;
    for (held += 8; held >= 5 && out.size() < count; held -= 5) out += letters[bits >> (held - 5) & 31U];
  }
  return out;
}

bool is_left_out(const Disbursement& disbursement, int order) {
  return std::ranges::any_of(disbursement.steps, [&](const Step& step) {
    return step.kind == StepKind::left_out && step.order == order;
  });
}

bool has_approval(const Disbursement& disbursement) {
  return approvals_of(disbursement).size() >= disbursement.approvals_needed;
}

CreditTransfer transfer_of(const Disbursement& disbursement, const Order& order) {
  if (!order.payee)
    throw Refused{Refusal::party_erased, "who is paid by order " + std::to_string(order.number) +
                                             " was erased: no file is made of it"};
  return {.end_to_end_id = order.end_to_end_id,
          .amount_cents = order.minor,
          .on = disbursement.requested_on,
          .account = disbursement.from.account,
          .creditor_name = order.payee->name,
          .creditor_iban = order.payee->iban,
          .creditor_bic = order.payee->bic,
          .creditor_address = order.payee->address,
          .text = order.payee->text,
          .reference = order.payee->reference};
}

}  // namespace

std::string_view text_of(DisbursementState state) { return text_among(states, state); }
DisbursementState disbursement_state_from(std::string_view text) { return word_among(states, text); }
std::string_view text_of(OrderState state) { return text_among(order_states, state); }
OrderState order_state_from(std::string_view text) { return word_among(order_states, text); }
std::string_view text_of(OrderPurpose purpose) { return text_among(purposes, purpose); }
OrderPurpose order_purpose_from(std::string_view text) { return word_among(purposes, text); }
std::string_view text_of(StepKind kind) { return text_among(step_kinds, kind); }
StepKind step_kind_from(std::string_view text) { return word_among(step_kinds, text); }

std::vector<const Step*> approvals_of(const Disbursement& disbursement) {
  std::vector<const Step*> approvals;
  for (const Step& step : disbursement.steps) {
    if (step.kind == StepKind::approved) approvals.push_back(&step);
    if (step.kind == StepKind::left_out) approvals.clear();
    if (step.kind == StepKind::withdrawn)
      std::erase_if(approvals, [&](const Step* one) { return one->recorded_by == step.recorded_by; });
  }
  return approvals;
}

std::vector<UserId> not_taken_by(const Disbursement& disbursement, std::optional<int> order) {
  std::vector<UserId> people;
  for (const Step& step : disbursement.steps) {
    const bool is_of_it = step.kind == StepKind::not_taken && (!step.order || step.order == order);
    if (is_of_it && std::ranges::find(people, step.recorded_by.value()) == people.end())
      people.push_back(*step.recorded_by);
  }
  return people;
}

const Step* step_of(const Disbursement& disbursement, StepKind kind) {
  const auto found = std::ranges::find(disbursement.steps, kind, &Step::kind);
  return found == disbursement.steps.end() ? nullptr : &*found;
}

DisbursementState state_of(const Disbursement& disbursement) {
  if (step_of(disbursement, StepKind::cancelled) != nullptr) return DisbursementState::cancelled;
  if (step_of(disbursement, StepKind::exported) != nullptr)
    return waiting_orders(disbursement).empty() ? DisbursementState::done : DisbursementState::exported;
  return has_approval(disbursement) ? DisbursementState::approved : DisbursementState::proposed;
}

OrderState state_of(const Disbursement& disbursement, const Order& order) {
  if (is_left_out(disbursement, order.number)) return OrderState::left_out;
  if (order.returned) return OrderState::returned;
  if (order.executed) return OrderState::executed;
  if (not_taken_by(disbursement, order.number).size() >= people_needed) return OrderState::rejected;
  if (step_of(disbursement, StepKind::cancelled) != nullptr) return OrderState::cancelled;
  if (step_of(disbursement, StepKind::exported) != nullptr) return OrderState::exported;
  return has_approval(disbursement) ? OrderState::approved : OrderState::proposed;
}

std::vector<const Order*> orders_in_file(const Disbursement& disbursement) {
  std::vector<const Order*> orders;
  for (const Order& order : disbursement.orders)
    if (!is_left_out(disbursement, order.number)) orders.push_back(&order);
  return orders;
}

std::vector<const Order*> waiting_orders(const Disbursement& disbursement) {
  std::vector<const Order*> orders;
  for (const Order& order : disbursement.orders)
    if (state_of(disbursement, order) == OrderState::exported) orders.push_back(&order);
  return orders;
}

std::int64_t minor_of(const std::vector<const Order*>& orders) {
  std::int64_t sum = 0;
  for (const Order* order : orders) sum = checked_add(sum, order->minor);
  return sum;
}

CreditTransferOrder transfer_order_of(const Disbursement& disbursement, Instant made_at) {
  CreditTransferOrder whole{disbursement.message_id, made_at, disbursement.debtor_name, {}};
  for (const Order* order : orders_in_file(disbursement))
    whole.transfers.push_back(transfer_of(disbursement, *order));
  return whole;
}

std::string message_id_of(std::string_view node, DisbursementNumber number) {
  return cut_name(node) + "-D" + std::to_string(number.number());
}

std::string end_to_end_id_of(std::string_view node, DisbursementNumber number, int order) {
  const std::string content = "order of a payment\n" + std::string{node} + "\n" +
                              std::to_string(number.number()) + "\n" + std::to_string(order);
  return cut_name(node) + "-D" + opaque_letters(sha256_of(content));
}

std::string warning_of(const OverOrdered& debt) {
  const auto euros = [](std::int64_t minor) { return text_from_minor(minor, euro_scale) + " EUR"; };
  return debt.account + " owes " + (debt.member.empty() ? "" : debt.member + " ") + euros(debt.owed_minor) +
         ", and orders of " + euros(debt.ordered_minor) +
         " wait to pay it: " + euros(checked_add(debt.ordered_minor, -debt.owed_minor)) +
         " more than is owed";
}

}  // namespace coop::disbursements

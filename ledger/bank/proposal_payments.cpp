#include <algorithm>

#include "ledger/bank/proposal_rules.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"

namespace coop::bank {

namespace {

constexpr int most_days_after_asked = 5;  // banks pay on the day that was asked for, or some days later

std::string name_of(const SentOrder& order) {
  return "disbursement " + std::to_string(order.disbursement) + ", order " + std::to_string(order.order);
}

std::string name_of(const SentDisbursement& sent) {
  return "disbursement " + std::to_string(sent.disbursement);
}

// The orders of the line's account that were paid, or wait for it.
std::vector<const SentOrder*> orders_of(const Asking& asking, bool is_paid) {
  std::vector<const SentOrder*> orders;
  for (const SentDisbursement& sent : asking.known.sent_disbursements) {
    if (sent.account != asking.account.account.path) continue;
    for (const SentOrder& order : sent.orders)
      if (order.is_paid == is_paid) orders.push_back(&order);
  }
  return orders;
}

// The order that a piece names by its end-to-end id, and no other piece before; null if it names none.
const SentOrder* find_named(const Asking& asking, const Piece& piece,
                            const std::vector<const SentOrder*>& orders,
                            const std::vector<const SentOrder*>& used) {
  const auto ids = ids_of(asking.line, piece);
  for (const SentOrder* order : orders)
    if (std::ranges::find(ids, order->end_to_end) != ids.end() &&
        std::ranges::find(used, order) == used.end())
      return order;
  return nullptr;
}

Reason id_found(const SentOrder& order) {
  return {"own_id_found", order.end_to_end + " is " + name_of(order)};
}

void add_unknown(const Asking& asking, const Piece& piece, Proposal& proposal) {
  proposal.is_certain = false;
  proposal.reasons.push_back(
      {"payment_unknown", asking.amount_words_of(piece.minor) + " of the line has no id of ours"});
  proposal.parts.push_back({.amount_minor = piece.minor, .made = Made::entry});
}

// What the bank took besides an order, or kept of one that came back; it says so itself in `charges` only.
void add_charges(const Asking& asking, std::int64_t minor, const char* what, Proposal& proposal) {
  if (minor == 0) return;
  proposal.is_certain = false;
  proposal.reasons.push_back(
      {"charges_taken", "the bank took " + asking.amount_words_of(minor) + " besides"});
  proposal.parts.push_back({.amount_minor = -minor,
                            .made = Made::entry,
                            .account = asking.known.fee_account,
                            .description = what});
}

ProposedPart order_part(Made made, const SentOrder& order) {
  return {.amount_minor = made == Made::order ? -order.minor : order.minor,
          .made = made,
          .disbursement = order.disbursement,
          .order = order.order};
}

// Orders that the line names one by one. False if it names none.
bool propose_named(const Asking& asking, std::vector<Proposal>& proposals) {
  const auto orders = orders_of(asking, false);
  Proposal proposal{MatchMethod::own_order, true, 0, {}, {}};
  std::vector<const SentOrder*> used;
  for (const Piece& piece : asking.pieces.pieces) {
    const SentOrder* order = piece.minor < 0 ? find_named(asking, piece, orders, used) : nullptr;
    const std::int64_t more = order == nullptr ? -1 : checked_add(-piece.minor, -order->minor);
    if (more < 0) {
      add_unknown(asking, piece, proposal);
      continue;
    }
    used.push_back(order);
    proposal.reasons.push_back(id_found(*order));
    proposal.parts.push_back(order_part(Made::order, *order));
    add_charges(asking, more, "The bank's charges for a payment", proposal);
  }
  if (used.empty()) return false;
  add_remainders(asking, proposal);
  proposals.push_back(std::move(proposal));
  return true;
}

// How a debit is known to be a file: by its id, or by day alone.
std::optional<Reason> knowledge_of(const Asking& asking, const SentDisbursement& sent) {
  for (const Piece& piece : asking.pieces.pieces)
    for (const std::string& id : ids_of(asking.line, piece))
      if (id == sent.message || id.starts_with(sent.message + "-"))
        return Reason{"own_id_found", id + " is " + name_of(sent)};
  const int days = asking.line.booked_on.count() - sent.requested_on.count();
  if (days >= 0 && days <= most_days_after_asked)
    return Reason{"day_near", name_of(sent) + " was to be paid on " + sent.requested_on.text()};
  return std::nullopt;
}

void push_batch(const Asking& asking, Proposal proposal, std::vector<Proposal>& proposals) {
  add_remainders(asking, proposal);
  proposals.push_back(std::move(proposal));
}

// A file that the bank paid in one line: all that waits, or all but one order.
void propose_batch(const Asking& asking, const SentDisbursement& sent, std::int64_t gross,
                   std::vector<Proposal>& proposals) {
  std::vector<const SentOrder*> waiting;
  std::int64_t sum = 0;
  for (const SentOrder& order : sent.orders)
    if (!order.is_paid) {
      waiting.push_back(&order);
      sum = checked_add(sum, order.minor);
    }
  const auto knowledge = waiting.empty() ? std::nullopt : knowledge_of(asking, sent);
  if (!knowledge) return;
  const bool is_by_id = knowledge->code == "own_id_found";
  if (sum == gross) {
    Proposal proposal{MatchMethod::own_order, is_by_id, 0, {*knowledge}, {}};
    proposal.reasons.push_back({"amount_equal", "it comes to " + asking.amount_words_of(sum)});
    proposal.parts.push_back({.amount_minor = -sum, .made = Made::order, .disbursement = sent.disbursement});
    return push_batch(asking, std::move(proposal), proposals);
  }
  if (!is_by_id || waiting.size() < 2) return;
  for (const SentOrder* missing : waiting) {
    if (missing->minor != sum - gross) continue;
    Proposal proposal{MatchMethod::own_order, false, 0, {*knowledge}, {}};
    proposal.reasons.push_back({"order_missing", "it comes to all but " + name_of(*missing) + " of " +
                                                     asking.amount_words_of(missing->minor)});
    for (const SentOrder* order : waiting)
      if (order != missing) proposal.parts.push_back(order_part(Made::order, *order));
    push_batch(asking, std::move(proposal), proposals);
  }
}

// One order without its id: by its amount and the payee's account. Never certain.
void propose_by_account(const Asking& asking, std::int64_t gross, std::vector<Proposal>& proposals) {
  const Piece& piece = asking.pieces.pieces.front();
  if (asking.pieces.pieces.size() != 1 || piece.detail == nullptr) return;
  const std::string account = compact_code(piece.detail->counterparty.account);
  for (const SentOrder* order : orders_of(asking, false)) {
    if (account.empty() || order->payee_account != account || order->minor != gross) continue;
    Proposal proposal{MatchMethod::own_order, false, 0, {}, {order_part(Made::order, *order)}};
    proposal.reasons.push_back({"account_agrees", "the account is that of " + name_of(*order)});
    proposal.reasons.push_back({"amount_equal", "it comes to " + asking.amount_words_of(gross)});
    push_batch(asking, std::move(proposal), proposals);
  }
}

// Orders that came back: credits with their end-to-end ids.
void propose_returned(const Asking& asking, std::vector<Proposal>& proposals) {
  auto orders = orders_of(asking, true);
  for (const SentOrder* waiting : orders_of(asking, false)) orders.push_back(waiting);
  Proposal proposal{MatchMethod::own_order, true, 0, {}, {}};
  std::vector<const SentOrder*> used;
  for (const Piece& piece : asking.pieces.pieces) {
    const SentOrder* order = piece.minor > 0 ? find_named(asking, piece, orders, used) : nullptr;
    const std::int64_t less = order == nullptr ? -1 : checked_add(order->minor, -piece.minor);
    if (less < 0) {
      add_unknown(asking, piece, proposal);
      continue;
    }
    used.push_back(order);
    proposal.reasons.push_back(id_found(*order));
    ProposedPart part = order_part(Made::order_return, *order);
    if (piece.detail != nullptr) part.return_code = piece.detail->return_code;
    if (!part.return_code.empty())
      proposal.reasons.push_back({"return_code", "the bank's reason is " + part.return_code});
    else proposal.is_certain = false;
    if (!order->is_paid) {
      proposal.is_certain = false;
      proposal.reasons.push_back(
          {"not_executed", name_of(*order) + " was not paid yet: match its debit first"});
    }
    proposal.parts.push_back(std::move(part));
    add_charges(asking, less, "The bank's charges for a payment that came back", proposal);
  }
  if (used.empty()) return;
  add_remainders(asking, proposal);
  proposals.push_back(std::move(proposal));
}

}  // namespace

void propose_own_payments(const Asking& asking, std::vector<Proposal>& proposals) {
  if (asking.known.sent_disbursements.empty()) return;
  if (asking.line.amount_minor > 0) return propose_returned(asking, proposals);
  if (propose_named(asking, proposals)) return;
  std::int64_t gross = 0;
  for (const Piece& piece : asking.pieces.pieces) gross = checked_add(gross, -piece.minor);
  for (const SentDisbursement& sent : asking.known.sent_disbursements)
    if (sent.account == asking.account.account.path) propose_batch(asking, sent, gross, proposals);
  propose_by_account(asking, gross, proposals);
}

}  // namespace coop::bank

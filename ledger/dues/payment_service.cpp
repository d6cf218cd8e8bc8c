#include "ledger/dues/payment_service.hpp"

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/dues/booking.hpp"
#include "ledger/dues/charge_store.hpp"
#include "ledger/dues/debtor_store.hpp"
#include "ledger/dues/payment_store.hpp"
#include "ledger/dues/tier_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

using PartyIds = std::map<std::string, PartyId>;

std::string place_of_share(std::size_t index, const char* field) {
  return "/shares/" + std::to_string(index) + field;
}

// The parties that the payment names, their numbers as the node writes them.
PartyIds read_parties(Tx& tx, NodeId node, PaymentDraft& draft) {
  PartyIds ids;
  const members::Party payer = members::read_party(tx, node, draft.payer);
  draft.payer = payer.number;
  ids.emplace(payer.number, payer.id);
  for (std::size_t i = 0; i < draft.shares.size(); ++i) {
    const auto debtor = members::find_party(tx, node, draft.shares[i].debtor);
    if (!debtor)
      throw Refused{Refusal::party_unknown, "there is no member " + draft.shares[i].debtor,
                    place_of_share(i, "/member")};
    draft.shares[i].debtor = debtor->number;
    ids.emplace(debtor->number, debtor->id);
  }
  return ids;
}

void require_charges(Tx& tx, NodeId node, const PaymentDraft& draft) {
  for (std::size_t i = 0; i < draft.shares.size(); ++i) {
    const PaymentShare& share = draft.shares[i];
    if (!share.charge) continue;
    const auto charge = find_charge(tx, node, *share.charge);
    if (!charge || charge->debtor != share.debtor || charge->due.unit != draft.unit)
      throw Refused{
          Refusal::charge_unknown,
          share.debtor + " has no charge " + std::to_string(share.charge->number()) + " in this unit",
          place_of_share(i, "/charge")};
    if (charge->reversed_on)
      throw Refused{Refusal::charge_reversed_already,
                    "charge " + std::to_string(share.charge->number()) + " was taken back",
                    place_of_share(i, "/charge")};
  }
}

void require_account(Tx& tx, NodeId node, const std::string& path, UnitId unit) {
  for (const books::Account& account : books::find_accounts(tx, node, path))
    if (account.unit == unit) return;
  throw Refused{Refusal::account_unknown, "there is no account '" + path + "' in this unit", "/account"};
}

// Books the shares against how their debtors stand, and leaves in each what of it is paid ahead.
void divide(PaymentDraft& draft, const PartyIds& ids, std::map<DebtorUnit, Position>& positions) {
  for (PaymentShare& share : draft.shares) {
    Position& position = positions.at({ids.at(share.debtor), draft.unit});
    if (draft.kind != PaymentKind::refund) {
      share.prepaid_minor = position.pay(share.minor);
      continue;
    }
    if (position.prepaid_minor() < share.minor)
      throw Refused{Refusal::credit_too_small, share.debtor + " has not paid so much ahead", "/amount"};
    share.prepaid_minor = position.charge(share.minor);
  }
}

// What was given is worth so much, at the rate in force on the day it came.
void value(Tx& tx, NodeId node, PaymentDraft& draft) {
  if (!draft.given) return;
  if (draft.minor != 0)
    throw Refused{Refusal::field_invalid, "the amount follows from what is given", "/amount"};
  const PriceList prices = read_price_list(tx, node);
  const auto rate = rate_on(prices.rates, draft.given->unit(), draft.unit, draft.received_on);
  if (!rate)
    throw Refused{Refusal::rate_missing,
                  "no rate from " + books::read_unit_code(tx, draft.given->unit()) + " to " +
                      books::read_unit_code(tx, draft.unit) + " is in force on " + draft.received_on.text(),
                  "/given/unit"};
  draft.minor = converted_half_up(draft.given->minor(), prices.unit(draft.given->unit()).scale, rate->rate,
                                  prices.unit(draft.unit).scale);
}

std::vector<DebtorUnit> debtors_of(const std::vector<PaymentShare>& shares, UnitId unit,
                                   const PartyIds& ids) {
  std::vector<DebtorUnit> debtors;
  for (const PaymentShare& share : shares) debtors.push_back({ids.at(share.debtor), unit});
  return debtors;
}

EntryNumber post_one(Tx& tx, NodeId node, const books::Draft& draft, const books::Author& author) {
  const std::array<books::Draft, 1> one{draft};
  return books::recorded_or_throw(books::post(tx, node, one, books::Together::each_alone, author.now).front())
      .number;
}

void take_back(Position& position, const Payment& payment, const PaymentShare& share) {
  if (payment.kind == PaymentKind::refund) position.take_back_charge(share.minor, share.prepaid_minor);
  else position.take_back_payment(share.minor, share.prepaid_minor);
}

}  // namespace

Payment record_payment(Tx& tx, NodeId node, const PaymentDraft& asked, const books::Author& author) {
  books::lock_book_head(tx, node);
  PaymentDraft draft = asked;
  value(tx, node, draft);
  require_payment(draft);
  if (draft.shares.empty()) draft.shares.push_back({draft.payer, draft.minor});
  const PartyIds ids = read_parties(tx, node, draft);
  require_charges(tx, node, draft);
  const DuesAccounts accounts = read_dues_accounts(tx, node);
  if (draft.account.empty()) draft.account = accounts.written_off;
  require_account(tx, node, draft.account, draft.unit);
  auto positions = read_positions(tx, node, debtors_of(draft.shares, draft.unit, ids));
  divide(draft, ids, positions);
  const PaymentNumber number{read_last_payment(tx, node) + 1};
  const EntryNumber entry = post_one(tx, node, payment_draft(accounts, draft, number, author.user), author);
  const Payment payment{
      number,        draft.kind,      draft.payer,  draft.unit, draft.minor, draft.received_on,
      draft.account, draft.reference, draft.note,   entry,      author.now,  draft.shares,
      std::nullopt,  std::string{},   std::nullopt, draft.given};
  insert_payment(tx, node, payment, ids, author);
  store_positions(tx, node, positions);
  return payment;
}

Payment return_payment(Tx& tx, NodeId node, const ReturnDraft& draft, const books::Author& author) {
  if (draft.reason.empty() || draft.reason.size() > 500)
    throw Refused{Refusal::field_invalid, "a reason has 1 to 500 bytes", "/reason"};
  books::lock_book_head(tx, node);
  const Payment payment = read_payment(tx, node, draft.payment);
  const std::string name = "payment " + std::to_string(payment.number.number());
  if (payment.returned_on)
    throw Refused{Refusal::payment_returned_already,
                  name + " was taken back on " + payment.returned_on->text()};
  const Day on = draft.on.value_or(payment.received_on);
  if (on < payment.received_on)
    throw Refused{Refusal::day_malformed, name + " came on " + payment.received_on.text(), "/on"};
  const auto recorded = books::reverse(tx, node,
                                       {books::fingerprint_of("dues: return of " + name), payment.entry, on,
                                        books::LateEntry::refuse, "Return of " + name + ": " + draft.reason},
                                       author);
  PaymentDraft as_paid{payment.kind,    payment.payer,     payment.unit, payment.minor, payment.received_on,
                       payment.account, payment.reference, payment.note, payment.shares};
  const PartyIds ids = read_parties(tx, node, as_paid);
  auto positions = read_positions(tx, node, debtors_of(payment.shares, payment.unit, ids));
  for (const PaymentShare& share : payment.shares)
    take_back(positions.at({ids.at(share.debtor), payment.unit}), payment, share);
  const DuesAccounts accounts = read_dues_accounts(tx, node);
  for (const PaymentShare& share : payment.shares) {
    const std::int64_t moved = positions.at({ids.at(share.debtor), payment.unit}).settle();
    if (moved != 0)
      post_one(tx, node,
               settling_draft(accounts, share.debtor, payment.unit, moved, on, name + " was returned",
                              author.user),
               author);
  }
  insert_payment_return(tx, node, {payment.number, recorded.booked_on, draft.reason, recorded.number},
                        author);
  store_positions(tx, node, positions);
  return read_payment(tx, node, draft.payment);
}

Payment read_payment(Tx& tx, NodeId node, PaymentNumber number) {
  auto found = list_payments(tx, node, {.number = number}, std::nullopt, 1);
  if (!found.empty()) return std::move(found.front());
  throw Refused{Refusal::payment_unknown, "there is no payment " + std::to_string(number.number())};
}

}  // namespace coop::dues

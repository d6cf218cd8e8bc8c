#include "ledger/dues/payment_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/dues/booking.hpp"
#include "ledger/dues/debtor_store.hpp"
#include "ledger/dues/payment_batch_service.hpp"
#include "ledger/dues/payment_store.hpp"
#include "ledger/dues/tier_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

using PartyIds = std::map<std::string, PartyId>;

// The parties whose debts the payment is for.
PartyIds read_debtors(Tx& tx, NodeId node, const Payment& payment) {
  std::vector<std::string> numbers;
  for (const PaymentShare& share : payment.shares) numbers.push_back(share.debtor);
  PartyIds ids;
  for (const members::Party& party : members::read_parties(tx, node, numbers))
    ids.emplace(party.number, party.id);
  return ids;
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

Payment record_payment(Tx& tx, NodeId node, const PaymentDraft& draft, const books::Author& author) {
  return recorded_or_throw(record_payments(tx, node, std::span{&draft, 1}, author)).front();
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
  const PartyIds ids = read_debtors(tx, node, payment);
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

#include "ledger/collecting/settlement_service.hpp"

#include <algorithm>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/collecting/collection_store.hpp"
#include "ledger/collecting/mandate_service.hpp"
#include "ledger/collecting/mandate_store.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/payment_batch_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::collecting {

namespace {

UnitId read_euro(Tx& tx) {
  const auto euro = books::find_unit(tx, "EUR");
  ensure(euro.has_value(), "there is the unit EUR");
  return euro->id;
}

std::string name_of(CollectionNumber collection, int line) {
  return "collection " + std::to_string(collection.number()) + ", line " + std::to_string(line);
}

dues::PaymentDraft payment_of(const Collection& collection, const CollectionLine& line, UnitId euro, Day on) {
  dues::PaymentDraft draft{.kind = dues::PaymentKind::money,
                           .payer = line.member,
                           .unit = euro,
                           .minor = line.minor,
                           .received_on = on,
                           .account = collection.creditor.account,
                           .reference = line.end_to_end_id,
                           .note = "Direct debit, " + name_of(collection.number, line.line)};
  for (const CollectedCharge& charge : line.charges)
    draft.shares.push_back(
        {line.member, charge.minor, charge.is_reversed ? std::nullopt : std::optional{charge.charge}});
  return draft;
}

[[noreturn]] void refuse_state(const Collection& collection) {
  throw Refused{Refusal::collection_not_open, "collection " + std::to_string(collection.number.number()) +
                                                  " is " + std::string{text_of(state_of(collection.steps))}};
}

const CollectionLine& require_standing(const Collection& collection, int line) {
  for (const CollectionLine* one : standing_lines(collection))
    if (one->line == line) return *one;
  throw Refused{Refusal::collection_unknown, "no line " + std::to_string(line) + " stands in collection " +
                                                 std::to_string(collection.number.number())};
}

// The reason is the bank's code alone: it becomes the text of an entry, which is kept for ever, and says of a
// member what their bank tells. Whoever may see it reads its words in return_reason().
void take_back_payment(Tx& tx, NodeId node, const CollectionLine& line, const LineReturn& back,
                       const books::Author& author) {
  const dues::Payment payment = dues::read_payment(tx, node, *line.payment);
  if (payment.returned_on) return;  // somebody took it back by hand
  dues::return_payment(tx, node, {payment.number, back.on, back.code}, author);
}

void require_income(Tx& tx, NodeId node, const std::string& path) {
  const UnitId euro = read_euro(tx);
  for (const books::Account& account : books::find_accounts(tx, node, path))
    if (account.unit == euro) return;
  throw Refused{Refusal::account_unknown, "there is no account '" + path + "' in EUR", "/fee/income"};
}

std::optional<ChargeNumber> charge_fee(Tx& tx, NodeId node, const CollectionLine& line,
                                       const LineReturn& back, const books::Author& author) {
  if (!back.fee_minor) return std::nullopt;
  if (back.fee_income) require_income(tx, node, *back.fee_income);
  return dues::raise_charge(tx, node,
                            {.member = line.member,
                             .payer = std::nullopt,
                             .kind = dues::DueKind::other,
                             .unit = read_euro(tx),
                             .minor = *back.fee_minor,
                             .on = back.on,
                             .due_on = std::nullopt,
                             .why = "The bank's fee for a direct debit that came back (" + back.code + "), " +
                                    name_of(back.place.collection, line.line),
                             .income = back.fee_income},
                            author)
      .number;
}

}  // namespace

Collection settle(Tx& tx, NodeId node, CollectionNumber number, Day on, const books::Author& author) {
  books::lock_book_head(tx, node);
  const Collection collection = read_collection(tx, node, number);
  if (state_of(collection.steps) != CollectionState::handed_in) refuse_state(collection);
  if (on < collection.due_on)
    throw Refused{Refusal::day_malformed, "the bank debits on " + collection.due_on.text(), "/on"};
  const UnitId euro = read_euro(tx);
  const auto lines = standing_lines(collection);
  std::vector<dues::PaymentDraft> drafts;
  for (const CollectionLine* line : lines) drafts.push_back(payment_of(collection, *line, euro, on));
  const dues::PaymentBatch batch = dues::record_payments(tx, node, drafts, author);
  std::map<int, PaymentNumber> payments;
  for (const dues::Payment& payment : dues::recorded_or_throw(batch))
    payments.emplace(lines[payments.size()]->line, payment.number);
  insert_step(tx, node, number, {0, StepKind::settled, {}, on, {}, {}, {}, {}, author.now, {}, {}}, author);
  insert_collection_payments(tx, node, number, payments);
  books::tell(tx, node, author, "collection_settled", {{"collection", number.number()}, {"on", on.text()}});
  return read_collection(tx, node, number);
}

Collection return_line(Tx& tx, NodeId node, const LineReturn& back, const books::Author& author) {
  books::lock_book_head(tx, node);
  const CollectionNumber number = back.place.collection;
  const Collection collection = read_collection(tx, node, number);
  require_return_code(back.code);
  if (back.fee_minor && *back.fee_minor <= 0)
    throw Refused{Refusal::field_invalid, "a fee is above zero", "/fee/amount"};
  const CollectionState state = state_of(collection.steps);
  if (state != CollectionState::handed_in && state != CollectionState::settled) refuse_state(collection);
  const CollectionLine& line = require_standing(collection, back.place.line);
  for (const CollectionStep& step : collection.steps)
    if (step.kind == StepKind::handed_in && back.on < *step.on)
      throw Refused{Refusal::day_malformed, "it was handed in on " + step.on->text(), "/on"};
  if (line.payment) take_back_payment(tx, node, line, back, author);
  const auto fee = charge_fee(tx, node, line, back, author);
  insert_step(tx, node, number,
              {0, StepKind::returned, line.line, back.on, {}, back.code, fee, {}, author.now, {}, {}},
              author);
  release_charges(tx, node, number, line.line);
  // A mandate's changes are read by day: what came back before the bank debited counts from that day on.
  insert_mandate_changes(tx, node,
                         {{.mandate = line.mandate,
                           .kind = line.payment ? MandateChangeKind::returned : MandateChangeKind::rejected,
                           .on = std::max(back.on, collection.due_on),
                           .code = back.code,
                           .collection = number,
                           .line = line.line}},
                         author);
  books::tell(tx, node, author, "collection_line_returned",
              {{"collection", number.number()}, {"line", line.line}, {"code", back.code}});
  return read_collection(tx, node, number);
}

}  // namespace coop::collecting

#include "ledger/disbursements/booking_service.hpp"

#include "ledger/books/event_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/dues/tier_store.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::disbursements {

namespace {

void require_state(const Disbursement& disbursement, const Order& order, OrderState wanted) {
  const OrderState state = state_of(disbursement, order);
  if (state == wanted) return;
  throw Refused{Refusal::disbursement_not_open,
                "order " + std::to_string(order.number) + " of disbursement " +
                    std::to_string(disbursement.number.number()) + " is " + std::string{text_of(state)}};
}

std::string_view words_of(OrderPurpose purpose) {
  switch (purpose) {
    case OrderPurpose::supplier_bill:
      return "Supplier bill";
    case OrderPurpose::refund:
      return "Refund";
    case OrderPurpose::payout:
      return "Payout";
  }
  throw InvariantBroken{"every purpose has its words"};
}

std::string words_of(const Disbursement& disbursement, const Order& order) {
  return std::string{words_of(order.purpose)} + (order.source.empty() ? "" : " " + order.source) + ", " +
         disbursement.message_id + " order " + std::to_string(order.number);
}

// The entry of an order: `sign` is 1 where it is paid, -1 where it came back.
books::Draft draft_of(const Disbursement& disbursement, const Order& order, int sign, std::string description,
                      const BankDeed& deed, const books::Author& author) {
  const Money amount = Money::of_minor(sign * order.minor, disbursement.from.unit);
  books::Draft draft{.request_key = books::fingerprint_of("order " + order.end_to_end_id +
                                                          (sign > 0 ? " paid" : " came back") +
                                                          ", bank match " + std::to_string(deed.match)),
                     .asked_by = author.user,
                     .booked_on = deed.on,
                     .late = books::LateEntry::first_open_day,
                     .description = std::move(description),
                     .reference = order.end_to_end_id,
                     .source = {},
                     .reverses = {},
                     .uses_hold = {},
                     .postings = {}};
  draft.postings.push_back({order.account, amount, order.about, {}});
  draft.postings.push_back({disbursement.from.path, -amount, {}, {}});
  return draft;
}

BookedOrder refund(Tx& tx, NodeId node, const Disbursement& disbursement, const Order& order,
                   const BankDeed& deed, const books::Author& author) {
  const dues::Payment payment = dues::record_payment(tx, node,
                                                     {.kind = dues::PaymentKind::refund,
                                                      .payer = order.member,
                                                      .unit = disbursement.from.unit,
                                                      .minor = order.minor,
                                                      .received_on = deed.on,
                                                      .account = disbursement.from.path,
                                                      .reference = order.end_to_end_id},
                                                     author);
  return {order.number, payment.entry, payment.number};
}

void tell(Tx& tx, NodeId node, const Disbursement& disbursement, const Order& order, const std::string& code,
          const books::Author& author) {
  boost::json::object body{{"disbursement", disbursement.number.number()}, {"order", order.number}};
  if (!code.empty()) body["code"] = code;
  books::tell(tx, node, author, code.empty() ? "disbursement_order_executed" : "disbursement_order_returned",
              body);
}

}  // namespace

std::vector<BookedOrder> book_orders(Tx& tx, NodeId node, const Disbursement& disbursement,
                                     const std::vector<const Order*>& orders, const BankDeed& deed,
                                     const books::Author& author) {
  const std::string prepaid = dues::read_dues_accounts(tx, node).prepaid;
  std::vector<BookedOrder> booked;
  std::vector<books::Draft> drafts;
  std::vector<int> posted;
  for (const Order* order : orders) {
    require_state(disbursement, *order, OrderState::exported);
    if (order->account == prepaid && !order->member.empty()) {
      booked.push_back(refund(tx, node, disbursement, *order, deed, author));
      continue;
    }
    drafts.push_back(draft_of(disbursement, *order, 1, words_of(disbursement, *order), deed, author));
    posted.push_back(order->number);
  }
  if (!drafts.empty()) {
    const auto recorded =
        books::all_recorded_or_throw(books::post(tx, node, drafts, books::Together::all_or_none, author.now));
    for (std::size_t i = 0; i < recorded.size(); ++i)
      booked.push_back({posted[i], recorded[i].number, std::nullopt});
  }
  for (const Order* order : orders) tell(tx, node, disbursement, *order, {}, author);
  return booked;
}

BookedOrder book_return(Tx& tx, NodeId node, const Disbursement& disbursement, const Order& order,
                        const std::string& code, const BankDeed& deed, const books::Author& author) {
  require_state(disbursement, order, OrderState::executed);
  if (code.size() != 4 || !is_capitals_or_digits(code))
    throw Refused{Refusal::field_invalid, "a bank's reason has four capital letters or digits, such as AC04",
                  "/return_code"};
  BookedOrder booked{order.number, order.executed->entry, order.executed->payment};
  if (booked.payment) {
    // The code alone: it becomes the text of an entry.
    const dues::Payment payment = dues::return_payment(tx, node, {*booked.payment, deed.on, code}, author);
    ensure(payment.return_entry.has_value(), "a refund that came back has an entry");
    booked.entry = *payment.return_entry;
  } else {
    const std::vector<books::Draft> one{draft_of(
        disbursement, order, -1, "Came back (" + code + "): " + words_of(disbursement, order), deed, author)};
    booked.entry =
        books::all_recorded_or_throw(books::post(tx, node, one, books::Together::all_or_none, author.now))
            .front()
            .number;
  }
  tell(tx, node, disbursement, order, code, author);
  return booked;
}

}  // namespace coop::disbursements

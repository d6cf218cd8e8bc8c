#include "ledger/reminders/pause_service.hpp"

#include <algorithm>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/dues/charge_store.hpp"
#include "ledger/dues/payee_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reminders {

namespace {

ReminderPause read_pause(Tx& tx, NodeId node, const members::Party& party, int number) {
  for (ReminderPause& pause : read_pauses(tx, node, party.id))
    if (pause.number == number) return std::move(pause);
  throw Refused{Refusal::pause_unknown, party.number + " has no pause " + std::to_string(number)};
}

// Whose the payment is. A charge's reference means whoever owes the charge.
members::Party payer_of(Tx& tx, NodeId node, const NoticedDraft& draft) {
  if (draft.member) {
    if (const auto party = members::find_party(tx, node, *draft.member)) return *party;
    throw Refused{Refusal::party_unknown, "there is no member " + draft.member->substr(0, 60), "/member"};
  }
  if (!draft.reference)
    throw Refused{Refusal::field_missing, "whose payment it is: the member or the reference", "/member"};
  const dues::ReferenceOwner owner = dues::require_owner(tx, node, *draft.reference);
  const std::string number = owner.charge ? dues::find_charge(tx, node, *owner.charge)->debtor : owner.member;
  return members::read_party(tx, node, number);
}

NoticedPayment read_noticed(Tx& tx, NodeId node, int number) {
  auto found = list_noticed(tx, node, {.number = number}, std::nullopt, 1);
  if (!found.empty()) return std::move(found.front());
  throw Refused{Refusal::payment_unknown,
                "no payment was noticed under the number " + std::to_string(number)};
}

}  // namespace

ReminderPause begin_pause(Tx& tx, NodeId node, std::string_view member, const ReminderPause& pause,
                          const books::Author& author) {
  require_reason(pause.reason);
  if (pause.until_on && *pause.until_on < pause.from_on)
    throw Refused{Refusal::day_malformed, "the last day is before the first", "/until_on"};
  books::BookHead head = books::lock_book_head(tx, node);
  const members::Party party = members::read_party(tx, node, member);
  const int number = insert_pause(tx, node, party.id, pause, author);
  books::tell(tx, head, author, "reminders_paused", {{"member", party.number}});
  return read_pause(tx, node, party, number);
}

ReminderPause end_pause(Tx& tx, NodeId node, std::string_view member, int number, Day last_on,
                        const std::string& reason, const books::Author& author) {
  require_reason(reason);
  books::BookHead head = books::lock_book_head(tx, node);
  const members::Party party = members::read_party(tx, node, member);
  const ReminderPause pause = read_pause(tx, node, party, number);
  if (pause.last_on)
    throw Refused{Refusal::pause_unknown, "pause " + std::to_string(number) + " was ended already"};
  if (pause.until_on && last_on > *pause.until_on)
    throw Refused{Refusal::day_malformed, "it ends on " + pause.until_on->text() + " anyway", "/last_on"};
  insert_pause_end(tx, node, party.id, number, last_on, reason, author);
  books::tell(tx, head, author, "reminders_resumed", {{"member", party.number}});
  return read_pause(tx, node, party, number);
}

NoticedPayment notice_payment(Tx& tx, NodeId node, const NoticedDraft& draft, const books::Author& author) {
  if (draft.minor <= 0) throw Refused{Refusal::field_invalid, "an amount is above zero", "/amount"};
  books::BookHead head = books::lock_book_head(tx, node);
  const members::Party payer = payer_of(tx, node, draft);
  const NoticedPayment noticed{.payer = payer.id,
                               .payer_number = payer.number,
                               .unit = draft.unit,
                               .minor = draft.minor,
                               .noticed_on = draft.noticed_on,
                               .reference = draft.reference ? draft.reference->text() : std::string{}};
  const int number = insert_noticed(tx, node, noticed, author);
  books::tell(tx, head, author, "payment_noticed", {{"number", number}});
  return read_noticed(tx, node, number);
}

NoticedPayment settle_noticed(Tx& tx, NodeId node, int number, std::optional<PaymentNumber> payment,
                              const std::string& reason, const books::Author& author) {
  if (payment && !reason.empty())
    throw Refused{Refusal::field_invalid, "give the payment or a reason, not both", "/reason"};
  if (!payment) require_reason(reason);
  books::BookHead head = books::lock_book_head(tx, node);
  if (read_noticed(tx, node, number).is_settled)
    throw Refused{Refusal::payment_unknown,
                  "noticed payment " + std::to_string(number) + " was settled already"};
  if (payment) dues::read_payment(tx, node, *payment);
  insert_noticed_end(tx, node, number, payment, reason, author);
  books::tell(tx, head, author, "noticed_payment_settled", {{"number", number}});
  return read_noticed(tx, node, number);
}

}  // namespace coop::reminders

#include "ledger/reminders/delivery_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/reminders/reminder_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reminders {

namespace {

constexpr std::chrono::seconds lease{120};

// A message that is not sent yet: its letter, or nothing, if it was ended instead.
std::optional<Letter> judged(Tx& tx, const DueMessage& due, Instant now) {
  books::lock_book_head(tx, due.node);
  const Message message = read_message(tx, due.node, due.number);
  if (message.state != MessageState::waiting) return std::nullopt;  // somebody ended it since
  const books::Node node = books::read_node(tx, books::read_node_name(tx, due.node));
  const Day day = day_in_zone(now, node.time_zone);
  const MessageStanding standing = standing_of(tx, due.node, message, day);
  if (!standing.obstacle) return letter_of(tx, node, message, standing, day);
  settle_message(tx, due.node, message, MessageState::dropped, words_of(*standing.obstacle),
                 {std::nullopt, now});
  return std::nullopt;
}

// How the message stands after an attempt.
void note_attempt(Tx& tx, const DueMessage& due, const Carried& carried, Instant now) {
  books::lock_book_head(tx, due.node);
  const Message message = read_message(tx, due.node, due.number);
  if (message.state != MessageState::waiting) return;  // somebody dropped it while it was on its way
  if (carried.is_delivered) {
    settle_message(tx, due.node, message, MessageState::sent, carried.outcome, {std::nullopt, now});
    return;
  }
  const int failures = message.failures + 1;
  if (carried.is_final || failures >= most_failures)
    settle_message(tx, due.node, message, MessageState::failed, carried.outcome, {std::nullopt, now});
  else update_failure(tx, due, failures, now + wait_after(failures), carried.outcome);
}

// What the books refused, mostly to take a fee back, is tried again like what a mail server refuses. In the
// end the message is given up and its fee stands: somebody has to look at it.
void note_refusal(Tx& tx, const DueMessage& due, const Refused& refused, Instant now) {
  books::lock_book_head(tx, due.node);
  const Message message = read_message(tx, due.node, due.number);
  if (message.state != MessageState::waiting) return;
  const std::string outcome = "the books refused it: " + std::string{text_of(refused.refusal()).code};
  const int failures = message.failures + 1;
  if (failures >= most_failures) give_up_message(tx, due.node, message, outcome, {std::nullopt, now});
  else update_failure(tx, due, failures, now + wait_after(failures), outcome);
}

}  // namespace

bool deliver_next(Database& database, const DeliverySettings& settings, const Clock& clock) {
  if (settings.way == DeliveryWay::off) return false;
  const Instant now = clock();
  const auto due = database.in_tx([&](Tx& tx) { return lease_due_message(tx, now, now + lease); });
  if (!due) return false;
  try {
    const auto letter = database.in_tx([&](Tx& tx) { return judged(tx, *due, now); });
    if (!letter) return true;
    const Carried carried = carry(*letter, settings, clock());
    const Instant after = clock();
    database.in_tx([&](Tx& tx) { note_attempt(tx, *due, carried, after); });
  } catch (const Refused& refused) {
    database.in_tx([&](Tx& tx) { note_refusal(tx, *due, refused, clock()); });
  }
  return true;
}

}  // namespace coop::reminders

#include "ledger/reminders/delivery_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/reminders/reminder_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reminders {

namespace {

constexpr std::chrono::seconds lease{120};

// A message with its letter; without one it was settled already.
struct Outgoing {
  DueMessage due;
  Message message;
  std::optional<Letter> letter;
};

std::string why_not(Because because) {
  if (because == Because::erased) return "the member was erased";
  if (because == Because::paused) return "reminders are paused";
  if (because == Because::payment_waits) return "a payment waits to be matched";
  return "it was paid meanwhile";
}

std::optional<Outgoing> take_next(Tx& tx, Instant now) {
  const auto due = lease_due_message(tx, now, now + lease);
  if (!due) return std::nullopt;
  books::lock_book_head(tx, due->node);
  const books::Node node = books::read_node(tx, books::read_node_name(tx, due->node));
  const Day day = day_in_zone(now, node.time_zone);
  Outgoing outgoing{*due, read_message(tx, due->node, due->number), std::nullopt};
  if (const auto because = obstacle_of(tx, due->node, outgoing.message, day))
    settle_message(tx, due->node, outgoing.message, MessageState::dropped, why_not(*because),
                   {std::nullopt, now});
  else outgoing.letter = letter_of(tx, node, outgoing.message, day);
  return outgoing;
}

// How the message stands after an attempt.
void note_attempt(Tx& tx, const Outgoing& outgoing, const Carried& carried, Instant now) {
  const NodeId node = outgoing.due.node;
  books::lock_book_head(tx, node);
  const Message message = read_message(tx, node, outgoing.due.number);
  if (message.state != MessageState::waiting) return;  // somebody dropped it while it was on its way
  if (carried.is_delivered) {
    settle_message(tx, node, message, MessageState::sent, carried.outcome, {std::nullopt, now});
    return;
  }
  const int failures = message.failures + 1;
  if (carried.is_final || failures >= most_failures)
    settle_message(tx, node, message, MessageState::failed, carried.outcome, {std::nullopt, now});
  else update_failure(tx, outgoing.due, failures, now + wait_after(failures), carried.outcome);
}

}  // namespace

bool deliver_next(Database& database, const DeliverySettings& settings, const Clock& clock) {
  if (settings.way == DeliveryWay::off) return false;
  const Instant now = clock();
  const auto outgoing = database.in_tx([&](Tx& tx) { return take_next(tx, now); });
  if (!outgoing) return false;
  if (!outgoing->letter) return true;
  const Carried carried = carry(*outgoing->letter, settings, clock());
  const Instant after = clock();
  database.in_tx([&](Tx& tx) { note_attempt(tx, *outgoing, carried, after); });
  return true;
}

}  // namespace coop::reminders

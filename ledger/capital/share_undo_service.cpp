#include "ledger/capital/share_undo_service.hpp"

#include <algorithm>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::capital {

namespace {

std::optional<Movement> find_movement(Tx& tx, NodeId node, MovementNumber number) {
  auto found = list_movements(tx, node, {.at_least = number}, MovementNumber{number.number() + 1}, 1);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Movement require_movement(Tx& tx, NodeId node, MovementNumber number) {
  if (auto found = find_movement(tx, node, number)) return *std::move(found);
  throw Refused{Refusal::share_movement_unknown,
                "there is no movement " + std::to_string(number.number()) + " of shares"};
}

[[noreturn]] void refuse_undoing(const Movement& movement, const std::string& words) {
  throw Refused{Refusal::share_movement_impossible,
                "movement " + std::to_string(movement.number.number()) + " " + words};
}

ShareClass class_of(Tx& tx, NodeId node, const Movement& movement) {
  const auto classes = read_share_classes(tx, node);
  const auto found = std::ranges::find_if(classes, [&](const ShareClass& of) {
    return of.code == movement.class_code && of.number == movement.class_version;
  });
  ensure(found != classes.end(), "a movement is of a class on record");
  return *found;
}

PartyId party_of(Tx& tx, NodeId node, const Movement& movement) {
  const auto party = members::find_party(tx, node, movement.member);
  ensure(party.has_value(), "a movement is a member's");
  return party->id;
}

void require_undoable(Tx& tx, NodeId node, const Movement& movement) {
  using enum MovementKind;
  if (movement.kind == give || movement.kind == receive) refuse_undoing(movement, "is undone by giving back");
  if (movement.kind == ask) refuse_undoing(movement, "is an ask: it is taken back");
  if (movement.kind == take_back) refuse_undoing(movement, "took an ask back: ask anew");
  if (movement.kind == undo) refuse_undoing(movement, "undoes another: record that anew");
  if (is_undone(tx, node, movement.number)) refuse_undoing(movement, "is undone already");
}

// What is held afterwards must be possible, and a debt that was paid is a debt no more.
void require_possible_without(Tx& tx, NodeId node, const Movement& movement, const ShareClass& of,
                              PartyId party) {
  const Holding before = read_holding(tx, node, of.code, party);
  const Holding after = holding_without(before, movement.kind, movement.minor, movement.reserve_minor);
  if (!is_possible(after)) refuse_undoing(movement, "brought what was used since: undo that first");
  if (after.holding_minor != 0 && after.holding_minor < of.lowest_minor &&
      after.holding_minor < before.holding_minor)
    refuse_undoing(movement, "is needed for the least that a member of the class holds");
  if (movement.kind == MovementKind::withdraw && read_payable(tx, node, of, movement.member) < movement.minor)
    refuse_undoing(movement, "was paid already: subscribe anew");
  if (movement.kind == MovementKind::withdraw)
    if (const auto order = find_live_order(tx, node, of, party))
      refuse_undoing(movement, "is being paid: " + *order + " pays what is owed to " + movement.member);
  if (of.highest_minor && after.holding_minor > before.holding_minor &&
      after.holding_minor > *of.highest_minor)
    throw Refused{Refusal::share_limit_exceeded, movement.member + " would hold more than " +
                                                     text_from_minor(*of.highest_minor, movement.scale) +
                                                     " " + of.unit};
}

Movement told_movement(Tx& tx, NodeId node, MovementNumber number, const books::Author& author) {
  Movement movement = require_movement(tx, node, number);
  require_every_day(tx, node, movement);
  books::tell(
      tx, node, author, "shares_moved",
      {{"movement", number.number()}, {"kind", text_of(movement.kind)}, {"class", movement.class_code}});
  return movement;
}

}  // namespace

Movement undo_movement(Tx& tx, NodeId node, MovementNumber number, const std::string& reason,
                       const books::Author& author) {
  books::lock_book_head(tx, node);
  const Movement movement = require_movement(tx, node, number);
  require_reason(reason);
  require_undoable(tx, node, movement);
  const ShareClass of = class_of(tx, node, movement);
  const PartyId party = party_of(tx, node, movement);
  require_possible_without(tx, node, movement, of, party);
  const books::Recorded reversal = books::reverse(
      tx, node,
      {.request_key = books::fingerprint_of("shares: undoing of movement " + std::to_string(number.number())),
       .reverses = movement.entry.value(),
       .booked_on = {},
       .late = books::LateEntry::first_open_day,
       .description = {},
       .by_keeper = true},
      author);
  const MovementNumber undone =
      insert_movement(tx, node,
                      {MovementKind::undo, of, party, movement.minor, movement.reserve_minor,
                       reversal.booked_on, number, reversal.number, reason},
                      author);
  return told_movement(tx, node, undone, author);
}

Movement take_back_ask(Tx& tx, NodeId node, const TakeBackDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node);
  const Movement asked = require_movement(tx, node, draft.ask);
  require_reason(draft.reason);
  if (draft.on < asked.moved_on)
    throw Refused{Refusal::field_invalid, "it was asked on " + asked.moved_on.text(), "/on"};
  if (asked.kind != MovementKind::ask) refuse_undoing(asked, "is no ask");
  const ShareClass of = class_of(tx, node, asked);
  if (draft.unit && *draft.unit != of.unit_id)
    throw Refused{Refusal::unit_mismatch, "shares of the class are counted in " + of.unit, "/unit"};
  const auto waiting = list_asks(tx, node, {.is_waiting = true}, MovementNumber{draft.ask.number() + 1}, 1);
  const std::int64_t most =
      waiting.empty() || waiting.front().number != draft.ask ? 0 : waiting.front().waiting_minor();
  const std::int64_t minor = draft.minor.value_or(most);
  if (draft.minor && minor <= 0)
    throw Refused{Refusal::field_invalid, "an amount above zero is taken back", "/amount"};
  if (most == 0 || minor > most)
    refuse_undoing(asked, "waits with " + text_from_minor(most, asked.scale) + " " + asked.unit);
  const MovementNumber taken = insert_movement(tx, node,
                                               {MovementKind::take_back, of, party_of(tx, node, asked), minor,
                                                0, draft.on, draft.ask, std::nullopt, draft.reason},
                                               author);
  return told_movement(tx, node, taken, author);
}

}  // namespace coop::capital

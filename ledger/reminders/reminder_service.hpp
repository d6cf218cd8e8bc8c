#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/dues/dues_state.hpp"
#include "ledger/reminders/letter.hpp"
#include "ledger/reminders/level_store.hpp"
#include "ledger/reminders/message_store.hpp"

namespace coop::reminders {

/// A proposal in words that can be shown.
struct ProposedReminder {
  std::string member;
  UnitId unit;
  std::int64_t overdue_minor;
  std::optional<Day> overdue_since;
  std::optional<int> level;             ///< of the reminder they get
  std::optional<Because> because_not;   ///< why they get none
  std::vector<ChargeNumber> charges;    ///< what is overdue
  std::optional<std::int32_t> message;  ///< that was written, or is dropped
};

/// Who would be reminded on a day, and who not and why, by member number. Reads only.
std::vector<ProposedReminder> propose_reminders(Tx& tx, const books::Node& node, Day day);

/// Writes the reminders that are due on a day into the outbox, charges the fees that are switched on, and
/// drops messages that wait and should not leave any more. Twice on a day writes nothing twice. Throws
/// Refused: node_unknown, and for fees what the posting engine refuses.
std::vector<ProposedReminder> write_reminders(Tx& tx, const books::Node& node, Day day,
                                              const books::Author& author);

/// The message. Throws Refused: message_unknown.
Message read_message(Tx& tx, NodeId node, std::int32_t number);
/// Takes a message that waits out of the line; its fee is reversed. Throws Refused: message_unknown,
/// message_settled, field_invalid (reason).
Message drop_message(Tx& tx, NodeId node, std::int32_t number, const std::string& reason,
                     const books::Author& author);

/// Ends a message that waits and tells of it; unless it was sent, its fee is reversed. The head must be
/// locked by the caller's database transaction. Throws Refused: what the posting engine refuses of the
/// reversal.
void settle_message(Tx& tx, NodeId node, const Message& message, MessageState outcome,
                    const std::string& reason, const books::Author& author);

/// Ends a message that waits as failed and tells of it, where its fee cannot be taken back: the fee stands.
/// The head must be locked by the caller's database transaction.
void give_up_message(Tx& tx, NodeId node, const Message& message, const std::string& reason,
                     const books::Author& author);

/// How what a message is about stands on a day.
struct MessageStanding {
  std::optional<Because> obstacle = {};   ///< why it should not leave; nothing: it may
  std::int64_t open_minor = 0;            ///< what is open of its charges
  std::optional<Day> overdue_since = {};  ///< the first day on which one of those was due
};
/// Judges a message that waits. Of somebody who was erased nothing else is read.
MessageStanding standing_of(Tx& tx, NodeId node, const Message& message, Day day);
/// The letter of a message as it would leave now: it asks for what is open now. Throws Refused: party_erased.
Letter letter_of(Tx& tx, const books::Node& node, const Message& message, const MessageStanding& standing,
                 Day day);

}  // namespace coop::reminders

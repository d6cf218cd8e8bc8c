#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/reminders/message.hpp"
#include "ledger/reminders/reminder.hpp"

namespace coop::reminders {

/// Which messages a list is about; everything where empty.
struct MessageFilter {
  std::optional<std::int32_t> number = {};
  std::optional<PartyId> party = {};
  std::optional<MessageState> state = {};
};
/// Up to `limit` messages below `before`, the newest first, with their charges.
std::vector<Message> list_messages(Tx& tx, NodeId node, const MessageFilter& filter,
                                   std::optional<std::int32_t> before, int limit);
/// Every reminder that left or waits, for judging the next ones.
std::vector<WrittenReminder> read_written(Tx& tx, NodeId node);

/// Adds a reminder as proposed, with its charges, and puts it in line. Returns its number.
std::int32_t insert_message(Tx& tx, NodeId node, const Proposal& proposal, Day as_of,
                            std::optional<ChargeNumber> fee_charge, const books::Author& author);
/// Ends a message that waits; nothing is tried any more.
void end_message(Tx& tx, NodeId node, std::int32_t number, MessageState outcome, const std::string& reason,
                 const books::Author& author);

/// A message that is to be sent now.
struct DueMessage {
  NodeId node;
  std::int32_t number;
};
/// One whose time has come, of a node that sends; it is leased to the caller until `until`.
std::optional<DueMessage> lease_due_message(Tx& tx, Instant now, Instant until);
/// Notes an attempt that failed, and gives the lease back.
void update_failure(Tx& tx, const DueMessage& due, int failures, Instant next_attempt_at,
                    const std::string& outcome);

/// The parties whose personal data was erased.
std::set<PartyId> read_erased(Tx& tx, NodeId node);

}  // namespace coop::reminders

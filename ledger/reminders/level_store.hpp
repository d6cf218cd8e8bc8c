#pragma once
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/reminders/reminder.hpp"

namespace coop::reminders {

/// How a node reminds.
struct ReminderSetting {
  bool sends = false;              ///< messages leave, if the operator has set up a way
  std::int64_t minimum_minor = 0;  ///< of the base unit: nobody is reminded of less
  std::string reply_to = {};       ///< an e-mail address, or empty
  std::string language = "en";     ///< for those whose language no text is in
};

/// As it was set; nothing is sent where it was not.
ReminderSetting read_reminder_setting(Tx& tx, NodeId node);
/// Puts it down.
void store_reminder_setting(Tx& tx, NodeId node, const ReminderSetting& setting);

/// Everything that was ever set of levels, with its texts, by level and number.
std::vector<ReminderLevel> read_levels(Tx& tx, NodeId node);
/// Adds what holds of a level from a day on, and its texts. Returns its number.
int insert_level(Tx& tx, NodeId node, const ReminderLevel& level, const books::Author& author);

}  // namespace coop::reminders

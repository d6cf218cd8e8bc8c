#pragma once
#include <string>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/reminders/level_store.hpp"

namespace coop::reminders {

/// Sets how a node reminds. Throws Refused: node_unknown, field_invalid (minimum, reply_to, language).
void set_reminder_setting(Tx& tx, NodeId node, const ReminderSetting& setting, const books::Author& author);

/// Sets what holds of a level from a day on. Throws Refused: node_unknown, and what require_level refuses.
ReminderLevel add_level(Tx& tx, NodeId node, ReminderLevel level, const books::Author& author);

}  // namespace coop::reminders

#include "ledger/reminders/level_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/reminders/letter.hpp"
#include "ledger/reminders/mail.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reminders {

void set_reminder_setting(Tx& tx, NodeId node, const ReminderSetting& setting, const books::Author& author) {
  if (setting.minimum_minor < 0)
    throw Refused{Refusal::field_invalid, "the minimum is not below zero", "/minimum"};
  if (!setting.reply_to.empty() && !is_mail_address(setting.reply_to))
    throw Refused{Refusal::field_invalid, "an e-mail address is expected", "/reply_to"};
  if (!is_language(setting.language))
    throw Refused{Refusal::field_invalid, "a language such as ca or pt-BR is expected", "/language"};
  books::BookHead head = books::lock_book_head(tx, node);
  store_reminder_setting(tx, node, setting);
  books::tell(tx, head, author, "reminder_setting_set", {{"sends", setting.sends}});
}

ReminderLevel add_level(Tx& tx, NodeId node, ReminderLevel level, const books::Author& author) {
  require_level(level);
  books::BookHead head = books::lock_book_head(tx, node);
  level.number = insert_level(tx, node, level, author);
  books::tell(tx, head, author, "reminder_level_set",
              {{"level", level.level}, {"from_on", level.from_on.text()}});
  return level;
}

}  // namespace coop::reminders

#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ledger/reminders/reminder.hpp"

namespace coop::reminders {

/// Refuses a text in which something else stands in { } than name, member, node, amount, overdue_since,
/// level, fee, reference, iban, account_holder or notice (the whole dues notice as text): field_invalid,
/// naming `field`.
void require_placeholders(std::string_view text, const std::string& field);
/// The text with the values in place of the placeholders; without a value nothing stands there.
std::string filled_in(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

/// True of "ca", "pt-BR".
bool is_language(std::string_view text);
/// The text for a reader: in their language, else in the same without its country, else in `otherwise`, else
/// the first. There must be one.
const ReminderText& text_for(std::span<const ReminderText> texts, std::string_view language,
                             std::string_view otherwise);

/// A letter as it leaves.
struct Letter {
  std::string to_name;
  std::string to_address;  ///< an e-mail address, or empty: it can only be printed
  std::string reply_to;    ///< or empty
  std::string from_title;  ///< the node's title
  std::string subject;
  std::string body;  ///< plain text, lines end in LF
  std::string name;  ///< of this message alone, for files and Message-ID: "bcn-17"
};

}  // namespace coop::reminders

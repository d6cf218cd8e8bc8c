#pragma once
#include <string>
#include <string_view>

#include "ledger/reminders/letter.hpp"
#include "ledger/values/day.hpp"

namespace coop::reminders {

/// True of an address that can stand in a mail's head and be sent to: one @, letters, digits and the usual
/// marks of RFC 5321's dot-string before it, a host name behind; ASCII, at most 254 characters.
bool is_mail_address(std::string_view text);

/// The letter as an e-mail (RFC 5322, MIME 1.0): plain text in UTF-8, base64, lines end in CR LF; names and
/// subject as RFC 2047 encoded words where they are not plain ASCII. `from` is the address it comes from.
std::string mail_text(const Letter& letter, const std::string& from, Instant sent_at);

}  // namespace coop::reminders

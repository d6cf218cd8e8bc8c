#include "ledger/reminders/mail.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "ledger/values/base64.hpp"

namespace coop::reminders {

namespace {

bool is_first_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }

// Encoded words of at most 75 characters, each of whole letters (RFC 2047); a line each.
std::string encoded_words(std::string_view text) {
  constexpr std::size_t most_bytes = 42;  // 56 letters of base64
  std::string out;
  while (!text.empty()) {
    std::size_t cut = std::min(most_bytes, text.size());
    while (cut < text.size() && !is_first_byte(text[cut])) --cut;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64_of(text.substr(0, cut)) + "?=";
    text.remove_prefix(cut);
  }
  return out;
}

bool is_plain(std::string_view text) {
  return text.size() <= 60 && std::ranges::all_of(text, [](unsigned char c) {
           return std::isalnum(c) || c == ' ' || c == '.' || c == '-' || c == ',' || c == '\'' || c == ':';
         });
}

std::string unstructured(std::string_view text) {
  return is_plain(text) ? std::string{text} : encoded_words(text);
}

// A name before an address: never quoted, so no name can end its quotation.
std::string mailbox(std::string_view name, const std::string& address) {
  if (name.empty()) return "<" + address + ">";
  const bool is_bare = is_plain(name) && name.find(',') == std::string_view::npos &&
                       name.find('.') == std::string_view::npos && name.find(':') == std::string_view::npos;
  return (is_bare ? std::string{name} + " <" : encoded_words(name) + "\r\n <") + address + ">";
}

std::string date_text(Instant at) {
  return date::format("%a, %d %b %Y %H:%M:%S +0000", date::floor<std::chrono::seconds>(at));
}

std::string body_text(std::string_view body) {
  std::string with_returns;
  for (const char c : body) {
    if (c == '\r') continue;
    if (c == '\n') with_returns += '\r';
    with_returns += c;
  }
  const std::string coded = base64_of(with_returns);
  std::string out;
  for (std::size_t at = 0; at < coded.size(); at += 76) out += coded.substr(at, 76) + "\r\n";
  return out;
}

bool is_of_host(unsigned char c) { return std::isalnum(c) || c == '-' || c == '.'; }

}  // namespace

bool is_mail_address(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~.";
  const std::size_t at = text.find('@');
  if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view host = text.substr(at + 1);
  const auto fits = [&](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) || marks.find(static_cast<char>(c)) != std::string_view::npos);
  };
  const auto has_bad_dots = [](std::string_view part) {
    return part.empty() || part.front() == '.' || part.back() == '.' ||
           part.find("..") != std::string_view::npos;
  };
  return std::ranges::all_of(local, fits) && !has_bad_dots(local) && !has_bad_dots(host) &&
         host.front() != '-' &&
         std::ranges::all_of(host, [](unsigned char c) { return c < 0x80 && is_of_host(c); });
}

std::string mail_text(const Letter& letter, const std::string& from, Instant sent_at) {
  std::string out = "Date: " + date_text(sent_at) + "\r\nFrom: " + mailbox(letter.from_title, from) + "\r\n";
  out += "To: " + mailbox(letter.to_name, letter.to_address) + "\r\n";
  if (!letter.reply_to.empty()) out += "Reply-To: <" + letter.reply_to + ">\r\n";
  out += "Subject: " + unstructured(letter.subject) + "\r\n";
  out += "Message-ID: <" + letter.name + "@" + from.substr(from.find('@') + 1) + ">\r\n";
  out += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
  out += "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  return out + body_text(letter.body);
}

}  // namespace coop::reminders

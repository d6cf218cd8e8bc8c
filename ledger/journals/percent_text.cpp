#include "ledger/journals/percent_text.hpp"

#include <array>

namespace coop::journals {

namespace {

// Blanks and line breaks of Unicode besides U+0020, in UTF-8: programs differ in what they make of them.
constexpr std::array<std::string_view, 24> unicode_blanks{
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE1\xA0\x8E", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87",
    "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\x8B", "\xE2\x80\xA8", "\xE2\x80\xA9",
    "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE2\x81\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF", "\xE2\x80\x8E"};

void append_percent(std::string& out, char character) {
  constexpr char digits[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(character);
  out += '%';
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

// How many bytes from here on are a blank of Unicode, 0 if none.
std::size_t unicode_blank_at(std::string_view rest) {
  if (static_cast<unsigned char>(rest.front()) < 0xC2) return 0;
  for (const std::string_view blank : unicode_blanks) {
    if (rest.starts_with(blank)) return blank.size();
  }
  return 0;
}

bool is_control(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte < 0x20 || byte == 0x7F;
}

int hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

std::string percent_encoded(std::string_view text, std::string_view unsafe) {
  std::string out;
  out.reserve(text.size() + 8);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char character = text[at];
    if (const std::size_t blank = unicode_blank_at(text.substr(at)); blank > 0) {
      for (std::size_t i = 0; i < blank; ++i) append_percent(out, text[at + i]);
      at += blank - 1;
      continue;
    }
    const bool lost_blank =
        character == ' ' && (at == 0 || at + 1 == text.size() || (!out.empty() && out.back() == ' '));
    if (lost_blank || character == '%' || is_control(character) ||
        unsafe.find(character) != std::string_view::npos) {
      append_percent(out, character);
    } else {
      out += character;
    }
  }
  return out;
}

std::string percent_decoded(std::string_view encoded) {
  std::string out;
  out.reserve(encoded.size());
  for (std::size_t at = 0; at < encoded.size(); ++at) {
    const bool complete = encoded[at] == '%' && at + 2 < encoded.size();
    const int high = complete ? hex_digit(encoded[at + 1]) : -1;
    const int low = complete ? hex_digit(encoded[at + 2]) : -1;
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += encoded[at];
    }
  }
  return out;
}

}  // namespace coop::journals

#include "api/paging.hpp"

#include <array>
#include <charconv>
#include <cstdint>

#include "ledger/books/draft.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t seal_size = 8;

std::string base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) text += alphabet[(bits >> (count - 6)) & 63];
  }
  if (count > 0) text += alphabet[(bits << (6 - count)) & 63];
  return text;
}

[[noreturn]] void refuse(const char* why) { throw Refused{Refusal::cursor_invalid, why, "?cursor"}; }

std::string bytes_from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto place = alphabet.find(c);
    if (place == std::string_view::npos) refuse("the cursor has a character that no cursor has");
    bits = (bits << 6) | static_cast<std::uint32_t>(place);
    count += 6;
    if (count >= 8) {
      bytes += static_cast<char>((bits >> (count - 8)) & 255);
      count -= 8;
    }
  }
  return bytes;
}

/// Ties the key to its list: a cursor of another list, or one that was tampered with, is noticed.
std::string seal_of(std::string_view list, std::string_view key) {
  std::string text{"cursor 1 "};
  text += list;
  text += '\0';
  text += key;
  const books::Fingerprint print = books::fingerprint_of(text);
  return {reinterpret_cast<const char*>(print.data()), seal_size};
}

}  // namespace

std::string cursor_text(std::string_view list, const CursorKey& key) {
  std::string joined;
  for (const std::string& part : key) {
    joined += part;
    joined += '\0';
  }
  return base64url(seal_of(list, joined) + joined);
}

CursorKey cursor_key(std::string_view list, std::string_view text, std::size_t parts) {
  const std::string bytes = bytes_from_base64url(text);
  if (bytes.size() < seal_size || bytes.back() != '\0') refuse("the cursor is damaged");
  const std::string_view joined = std::string_view{bytes}.substr(seal_size);
  if (std::string_view{bytes}.substr(0, seal_size) != seal_of(list, joined))
    refuse("the cursor is damaged, or was made by another list or with other filters");
  CursorKey key;
  std::string part;
  for (const char c : joined) {
    if (c != '\0') {
      part += c;
    } else {
      key.push_back(std::move(part));
      part.clear();
    }
  }
  if (parts != any_parts && key.size() != parts) refuse("the cursor belongs to another list");
  return key;
}

std::int64_t cursor_number(const std::string& part) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(part.data(), part.data() + part.size(), number);
  if (failed != std::errc{} || end != part.data() + part.size()) refuse("the cursor is damaged");
  return number;
}

}  // namespace coop::api

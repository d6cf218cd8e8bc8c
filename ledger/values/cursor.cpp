#include "ledger/values/cursor.hpp"

#include <array>
#include <charconv>

#include "ledger/values/base64.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr char field_end = '\x1f';
constexpr std::size_t checksum_size = 8;

[[noreturn]] void refuse_cursor() {
  throw Refused{Refusal::cursor_invalid,
                "the cursor is damaged or was made for another list or other filters", "?cursor"};
}

/// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
std::uint64_t fnv1a(std::uint64_t hash, std::string_view text) {
  for (const char character : text) hash = (hash ^ static_cast<unsigned char>(character)) * 1099511628211u;
  return hash;
}

std::string checksum_of(std::string_view query, std::string_view fields) {
  std::uint64_t hash = fnv1a(14695981039346656037u, query);
  hash = fnv1a(fnv1a(hash, std::string_view{"\0", 1}), fields);
  std::string bytes;
  for (std::size_t i = 0; i < checksum_size; ++i, hash >>= 8) bytes += static_cast<char>(hash & 255);
  return bytes;
}

}  // namespace

Cursor& Cursor::add(std::string_view text) {
  ensure(text.find(field_end) == std::string_view::npos,
         "a cursor's field does not hold the mark that ends it");
  fields_ += text;
  fields_ += field_end;
  return *this;
}

Cursor& Cursor::add(std::int64_t number) { return add(std::string_view{std::to_string(number)}); }

Cursor& Cursor::add(Day day) { return add(std::int64_t{day.count()}); }

std::string Cursor::text() const { return base64url_of(checksum_of(query_, fields_) + fields_); }

OpenedCursor::OpenedCursor(std::string_view query, std::string_view cursor) {
  constexpr std::size_t longest = 4'096;
  if (cursor.size() > longest) refuse_cursor();
  const auto decoded = bytes_from_base64url(cursor);
  if (!decoded) refuse_cursor();
  const std::string& bytes = *decoded;
  if (bytes.size() < checksum_size) refuse_cursor();
  fields_ = bytes.substr(checksum_size);
  if (checksum_of(query, fields_) != bytes.substr(0, checksum_size)) refuse_cursor();
}

std::string OpenedCursor::string() {
  const auto end = fields_.find(field_end, at_);
  if (end == std::string::npos) refuse_cursor();
  const std::string field = fields_.substr(at_, end - at_);
  at_ = end + 1;
  return field;
}

std::int64_t OpenedCursor::number() {
  const std::string field = string();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
  if (error != std::errc{} || end != field.data() + field.size()) refuse_cursor();
  return number;
}

Day OpenedCursor::day() {
  const std::int64_t count = number();
  if (count < Day::parse("0001-01-01").count() || count > Day::parse("9999-12-31").count()) refuse_cursor();
  return Day::of_count(static_cast<std::int32_t>(count));
}

}  // namespace coop

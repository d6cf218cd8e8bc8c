#include "ledger/database/sql_value.hpp"

namespace coop {

void append_bytea(std::string& out, std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  out += "\\x";
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += digits[value >> 4];
    out += digits[value & 15];
  }
}

namespace {

// What stands for itself in the other text form of bytea, which is half as long where bytes are text.
bool stands_for_itself(char byte) {
  return static_cast<unsigned char>(byte) < 0x80 && byte != '\0' && byte != '\\';
}

std::size_t escaped_size(std::string_view bytes) {
  std::size_t size = 0;
  for (const char byte : bytes) size += stands_for_itself(byte) ? 1 : 4;
  return size;
}

// Takes over at once what stands between two places of which `is_plain` is false, and asks `escape` for
// those.
template <class IsPlain, class Escape>
void append_runs(std::string& out, std::string_view text, IsPlain is_plain, Escape escape) {
  const char* run = text.data();
  const char* const end = run + text.size();
  for (const char* at = run; at != end; ++at) {
    if (is_plain(*at)) continue;
    out.append(run, at);
    escape(*at);
    run = at + 1;
  }
  out.append(run, end);
}

void append_escaped(std::string& out, std::string_view bytes) {
  append_runs(out, bytes, stands_for_itself, [&](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    out += '\\';
    for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + (value >> shift & 7));
  });
}

}  // namespace

SqlValue::SqlValue(Bytes bytes) {
  std::string text;
  if (const std::size_t size = escaped_size(bytes.bytes); size < 2 * bytes.bytes.size()) {
    text.reserve(size);
    append_escaped(text, bytes.bytes);
  } else {
    text.reserve(2 * bytes.bytes.size() + 2);
    append_bytea(text, bytes.bytes);
  }
  text_ = std::move(text);
}

void SqlArray::separate() {
  if (text_.size() > 1) text_ += ',';
}

void SqlArray::add(std::int64_t number) {
  separate();
  text_ += std::to_string(number);
}

void SqlArray::add(bool truth) {
  separate();
  text_ += truth ? 't' : 'f';
}

void SqlArray::add(std::string_view text) {
  separate();
  text_ += '"';
  append_runs(
      text_, text, [](char character) { return character != '"' && character != '\\'; },
      [&](char character) { (text_ += '\\') += character; });
  text_ += '"';
}

void SqlArray::add(Day day) {
  separate();
  day.append_to(text_);
}

void SqlArray::add(Instant instant) {
  separate();
  append_instant(text_, instant);
}

void SqlArray::add(Bytes bytes) {
  separate();
  // Inside an array literal the backslash of \x must itself be escaped.
  text_ += "\"\\";
  append_bytea(text_, bytes.bytes);
  text_ += '"';
}

void SqlArray::add_bare(std::string_view text) {
  separate();
  text_ += text;
}

void SqlArray::add_null() {
  separate();
  text_ += "NULL";
}

}  // namespace coop

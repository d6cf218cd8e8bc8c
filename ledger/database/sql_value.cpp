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

SqlValue::SqlValue(Bytes bytes) {
  std::string text;
  append_bytea(text, bytes.bytes);
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
  for (const char character : text) {
    if (character == '"' || character == '\\') text_ += '\\';
    text_ += character;
  }
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

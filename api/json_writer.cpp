#include "api/json_writer.hpp"

#include <charconv>

#include "ledger/values/money.hpp"

namespace coop::api {

void append_json_text(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code >= 0x20) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += "\\u00";
      out += digits[code >> 4];
      out += digits[code & 15];
    }
  }
  out += '"';
}

void JsonWriter::separate() {
  if (!first_) text_ += ',';
  first_ = false;
}

JsonWriter& JsonWriter::open() {
  separate();
  text_ += '{';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::close() {
  text_ += '}';
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  text_ += '[';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  text_ += ']';
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::name(std::string_view name) {
  separate();
  text_ += '"';
  text_ += name;
  text_ += "\":";
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_json_text(text_, text);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return raw({digits, static_cast<std::size_t>(end - digits)});
}

JsonWriter& JsonWriter::value(bool truth) { return raw(truth ? "true" : "false"); }
JsonWriter& JsonWriter::value(std::nullopt_t) { return raw("null"); }

JsonWriter& JsonWriter::value(Day day) {
  separate();
  text_ += '"';
  day.append_to(text_);
  text_ += '"';
  return *this;
}

JsonWriter& JsonWriter::value(Instant instant) {
  separate();
  text_ += '"';
  append_instant(text_, instant);
  text_ += '"';
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
  return *this;
}

JsonWriter& JsonWriter::begin_line() {
  if (!text_.empty()) text_ += '\n';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::amount(std::int64_t minor, int scale) {
  separate();
  text_ += '"';
  append_minor(text_, minor, scale);
  text_ += '"';
  return *this;
}

}  // namespace coop::api

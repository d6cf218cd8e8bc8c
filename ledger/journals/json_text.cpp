#include "ledger/journals/json_text.hpp"

namespace coop::journals {

void append_json_text(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      out += '\\';
      out += character;
    } else if (character == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += character;
    }
  }
  out += '"';
}

void JsonObject::begin_field(std::string_view name) {
  if (!is_first_) out_ += ',';
  is_first_ = false;
  append_json_text(out_, name);
  out_ += ':';
}

JsonObject& JsonObject::text(std::string_view name, std::string_view value) {
  begin_field(name);
  append_json_text(out_, value);
  return *this;
}

JsonObject& JsonObject::text_if_any(std::string_view name, std::string_view value) {
  return value.empty() ? *this : text(name, value);
}

JsonObject& JsonObject::maybe_text(std::string_view name, const std::optional<std::string>& value) {
  return value ? text(name, *value) : *this;
}

JsonObject& JsonObject::number(std::string_view name, std::int64_t value) {
  begin_field(name);
  out_ += std::to_string(value);
  return *this;
}

JsonObject& JsonObject::number_if_any(std::string_view name, const std::optional<std::int64_t>& value) {
  return value ? number(name, *value) : *this;
}

JsonObject& JsonObject::raw(std::string_view name, std::string_view json) {
  begin_field(name);
  out_ += json;
  return *this;
}

JsonObject& JsonObject::fields_of(std::string_view object) {
  if (object.size() <= 2) return *this;
  if (!is_first_) out_ += ',';
  is_first_ = false;
  out_ += object.substr(1, object.size() - 2);
  return *this;
}

}  // namespace coop::journals

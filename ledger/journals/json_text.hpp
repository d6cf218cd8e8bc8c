#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coop::journals {

/// Appends `text` as a JSON string: only quotation marks, backslashes and control characters escaped.
void append_json_text(std::string& out, std::string_view text);

/// Writes one JSON object, field by field, on one line. Absent facts are left out.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_{out} { out_ += '{'; }
  JsonObject& text(std::string_view name, std::string_view value);
  /// Nothing if `value` is empty.
  JsonObject& text_if_any(std::string_view name, std::string_view value);
  JsonObject& maybe_text(std::string_view name, const std::optional<std::string>& value);
  JsonObject& number(std::string_view name, std::int64_t value);
  JsonObject& number_if_any(std::string_view name, const std::optional<std::int64_t>& value);
  /// `json` is JSON already.
  JsonObject& raw(std::string_view name, std::string_view json);
  /// All fields of another object that was written so.
  JsonObject& fields_of(std::string_view object);
  void end() { out_ += '}'; }

 private:
  void begin_field(std::string_view name);
  std::string& out_;
  bool is_first_ = true;
};

}  // namespace coop::journals

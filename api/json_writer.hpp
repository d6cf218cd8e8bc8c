#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::api {

/// Writes JSON into a string, piece by piece, commas by itself:
/// `w.open(); w.field("number", 7); w.array("postings"); … w.end_array(); w.close();`
class JsonWriter {
 public:
  /// Begins an object: the whole value, or an element of an array.
  JsonWriter& open();
  JsonWriter& close();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  /// Begins a field whose value comes next: open(), begin_array(), value().
  JsonWriter& name(std::string_view name);
  JsonWriter& object(std::string_view field) { return name(field).open(); }
  JsonWriter& array(std::string_view field) { return name(field).begin_array(); }

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view{text}); }
  JsonWriter& value(const std::string& text) { return value(std::string_view{text}); }
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(bool truth);
  JsonWriter& value(Day day);
  JsonWriter& value(Instant instant);
  JsonWriter& value(std::nullopt_t);
  template <class Kind, class Number>
  JsonWriter& value(Id<Kind, Number> id) {
    return value(static_cast<std::int64_t>(id.number()));
  }
  template <class Value>
  JsonWriter& value(const std::optional<Value>& maybe) {
    return maybe ? value(*maybe) : value(std::nullopt);
  }
  JsonWriter& value(double) = delete;
  /// JSON that is written already.
  JsonWriter& raw(std::string_view json);
  /// Decimal text of minor units.
  JsonWriter& amount(std::int64_t minor, int scale);

  template <class Value>
  JsonWriter& field(std::string_view of, const Value& content) {
    return name(of).value(content);
  }
  /// Null where the text is empty.
  JsonWriter& text_or_null(std::string_view of, std::string_view text) {
    return text.empty() ? name(of).value(std::nullopt) : name(of).value(text);
  }
  JsonWriter& amount_field(std::string_view of, std::int64_t minor, int scale) {
    return name(of).amount(minor, scale);
  }

  /// Null where there is none.
  JsonWriter& maybe_amount(std::string_view of, const std::optional<std::int64_t>& minor, int scale) {
    return minor ? amount_field(of, *minor, scale) : name(of).value(std::nullopt);
  }
  /// Ends a line, if one was begun: for one value a line (NDJSON).
  JsonWriter& begin_line();
  std::string& text() noexcept { return text_; }
  std::string take() noexcept { return std::move(text_); }

 private:
  void separate();
  std::string text_;
  bool first_ = true;
};

/// Appends `text` as a JSON string in quotation marks.
void append_json_text(std::string& out, std::string_view text);

}  // namespace coop::api

#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "api/json_document.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

/// A value in a document, read as one type. Whatever is wrong with it is refused naming its JSON pointer.
/// Valid while the document lives.
class JsonValue {
 public:
  JsonValue(const JsonDocument& document, const boost::json::value& value) noexcept
      : document_{&document}, value_{&value} {}
  /// The whole document.
  explicit JsonValue(const JsonDocument& document) : JsonValue{document, document.root()} {}

  bool is_null() const noexcept;
  bool is_text() const noexcept;
  /// Throws Refused: field_invalid (no text, or a NUL in it).
  std::string_view text() const;
  /// Text of at most `most` characters. Throws Refused: field_invalid.
  std::string text(std::size_t most) const;
  /// The decimal text of an amount. Throws Refused: amount_not_text, field_invalid.
  std::string_view amount() const;
  bool truth() const;
  /// A whole number from `least` to `most`. Throws Refused: field_invalid.
  std::int64_t number(std::int64_t least, std::int64_t most) const;
  /// Throws Refused: field_invalid, day_malformed.
  Day day() const;
  /// Throws Refused: field_invalid, instant_malformed.
  Instant instant() const;
  /// The elements of an array. Throws Refused: field_invalid.
  std::vector<JsonValue> elements() const;
  std::vector<std::string> texts(std::size_t most_each) const;

  /// Runs `read` on the text; what it refuses is refused naming this field.
  template <class Read>
  auto parsed(Read&& read) const -> std::invoke_result_t<Read, std::string_view> {
    std::optional<std::invoke_result_t<Read, std::string_view>> answer;
    const std::string_view given = text();
    in_place(
        [](void* both) {
          auto& [reader, out, in] = *static_cast<Three<Read, decltype(answer)>*>(both);
          out.emplace(reader(in));
        },
        Three<Read, decltype(answer)>{read, answer, given});
    return std::move(*answer);
  }

  /// Runs `judge` on what was read from this object; what it refuses is refused naming the field in it.
  template <class Judge>
  void judged(Judge&& judge) const {
    in_place([](void* judging) { (*static_cast<std::remove_reference_t<Judge>*>(judging))(); }, judge);
  }

  std::string pointer() const { return document_->pointer_of(*value_); }
  [[noreturn]] void refuse(Refusal refusal, std::string detail) const;

 private:
  friend class JsonObject;
  template <class Read, class Out>
  struct Three {
    Read& read;
    Out& out;
    std::string_view in;
  };
  template <class Context>
  void in_place(void (*work)(void*), Context&& context) const {
    run_in_place(work, &context);
  }
  void run_in_place(void (*work)(void*), void* context) const;

  const JsonDocument* document_;
  const boost::json::value* value_;
};

/// An object whose fields are all known. A field that is null counts as not given.
class JsonObject {
 public:
  /// Throws Refused: field_invalid (no object), field_unknown (a field that is not among `known`).
  JsonObject(JsonValue value, std::initializer_list<std::string_view> known);

  /// Throws Refused: field_missing.
  JsonValue require(std::string_view name) const;
  std::optional<JsonValue> find(std::string_view name) const;
  /// True if the field stands there, be it null.
  bool gives(std::string_view name) const;

  /// Optional text, "" where it is not given.
  std::string text_or_empty(std::string_view name, std::size_t most) const;
  bool truth_or(std::string_view name, bool otherwise) const;
  JsonValue value() const noexcept { return value_; }

 private:
  JsonValue value_;
};

}  // namespace coop::api

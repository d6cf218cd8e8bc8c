#pragma once
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"

namespace coop::journals {

/// Reads the fields of a JSON object by name and type, and knows which were read.
/// Throws Refused: import_unreadable, if a field is missing or of another type, naming it.
class JsonFields {
 public:
  /// Valid while `object` lives.
  explicit JsonFields(const boost::json::object& object) : object_{object} {}
  /// The object that `value` is.
  static JsonFields of(const boost::json::value& value);

  std::string text(std::string_view name);
  /// Nothing if the field is absent or null.
  std::optional<std::string> maybe_text(std::string_view name);
  /// Empty if the field is absent or null.
  std::string text_or_empty(std::string_view name);
  /// A whole number within 64 bits; a fraction is refused.
  std::int64_t number(std::string_view name);
  std::optional<std::int64_t> maybe_number(std::string_view name);
  bool truth(std::string_view name);
  bool truth_or_false(std::string_view name);
  Day day(std::string_view name);
  std::optional<Day> maybe_day(std::string_view name);
  Instant instant(std::string_view name);
  std::optional<Instant> maybe_instant(std::string_view name);
  /// Whether the field is there and not null; does not count as reading it, unless it is null.
  bool has(std::string_view name);
  const boost::json::value& value(std::string_view name) { return require(name); }
  const boost::json::array& array(std::string_view name);
  JsonFields object(std::string_view name);
  /// Nothing if the field is absent or null.
  std::optional<JsonFields> maybe_object(std::string_view name);
  /// Throws Refused: import_unreadable, if there is a field that was not asked for.
  void require_no_more() const;

 private:
  const boost::json::value* find(std::string_view name);
  const boost::json::value& require(std::string_view name);
  const boost::json::object& object_;
  std::size_t read_ = 0;
};

/// Throws Refused: import_unreadable.
[[noreturn]] void refuse_unreadable(std::string detail);

}  // namespace coop::journals

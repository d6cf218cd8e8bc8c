#include "ledger/journals/json_fields.hpp"

#include <boost/json.hpp>

#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

[[noreturn]] void refuse_type(std::string_view name, std::string_view wanted) {
  refuse_unreadable("the field `" + std::string{name} + "` is not " + std::string{wanted});
}

}  // namespace

void refuse_unreadable(std::string detail) { throw Refused{Refusal::import_unreadable, std::move(detail)}; }

JsonFields JsonFields::of(const boost::json::value& value) {
  if (!value.is_object()) refuse_unreadable("a JSON object is expected");
  return JsonFields{value.get_object()};
}

const boost::json::value* JsonFields::find(std::string_view name) {
  const auto* value = object_.if_contains({name.data(), name.size()});
  if (value == nullptr) return nullptr;
  ++read_;
  return value->is_null() ? nullptr : value;
}

const boost::json::value& JsonFields::require(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) refuse_unreadable("the field `" + std::string{name} + "` is missing");
  return *value;
}

std::string JsonFields::text(std::string_view name) {
  const auto& value = require(name);
  if (!value.is_string()) refuse_type(name, "text");
  return std::string{value.get_string()};
}

std::optional<std::string> JsonFields::maybe_text(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) refuse_type(name, "text");
  return std::string{value->get_string()};
}

std::string JsonFields::text_or_empty(std::string_view name) {
  return maybe_text(name).value_or(std::string{});
}

std::int64_t JsonFields::number(std::string_view name) {
  const auto& value = require(name);
  if (!value.is_int64()) refuse_type(name, "a whole number within 64 bits");
  return value.get_int64();
}

std::optional<std::int64_t> JsonFields::maybe_number(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_int64()) refuse_type(name, "a whole number within 64 bits");
  return value->get_int64();
}

bool JsonFields::truth(std::string_view name) {
  const auto& value = require(name);
  if (!value.is_bool()) refuse_type(name, "true or false");
  return value.get_bool();
}

bool JsonFields::has(std::string_view name) {
  const auto* value = object_.if_contains({name.data(), name.size()});
  if (value == nullptr) return false;
  if (value->is_null()) ++read_;
  return !value->is_null();
}

bool JsonFields::truth_or_false(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) refuse_type(name, "true or false");
  return value->get_bool();
}

Day JsonFields::day(std::string_view name) { return Day::parse(text(name)); }

std::optional<Day> JsonFields::maybe_day(std::string_view name) {
  const auto text = maybe_text(name);
  if (!text) return std::nullopt;
  return Day::parse(*text);
}

Instant JsonFields::instant(std::string_view name) { return instant_from_text(text(name)); }

std::optional<Instant> JsonFields::maybe_instant(std::string_view name) {
  const auto text = maybe_text(name);
  if (!text) return std::nullopt;
  return instant_from_text(*text);
}

const boost::json::array& JsonFields::array(std::string_view name) {
  const auto& value = require(name);
  if (!value.is_array()) refuse_type(name, "a list");
  return value.get_array();
}

JsonFields JsonFields::object(std::string_view name) {
  const auto& value = require(name);
  if (!value.is_object()) refuse_type(name, "an object");
  return JsonFields{value.get_object()};
}

std::optional<JsonFields> JsonFields::maybe_object(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_object()) refuse_type(name, "an object");
  return JsonFields{value->get_object()};
}

void JsonFields::require_no_more() const {
  if (read_ < object_.size()) refuse_unreadable("there is a field that this version does not know");
}

}  // namespace coop::journals

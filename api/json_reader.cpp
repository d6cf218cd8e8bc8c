#include "api/json_reader.hpp"

#include <boost/json.hpp>

namespace coop::api {

namespace json = boost::json;

namespace {

std::string_view kind_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "true or false";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
      return "a number";
    case json::kind::string:
      return "text";
    case json::kind::array:
      return "an array";
    case json::kind::object:
      return "an object";
  }
  return "nothing";
}

std::string instead_of(std::string_view wanted, const json::value& value) {
  return std::string{wanted} + " is expected, not " + std::string{kind_of(value)};
}

/// Characters, not bytes; the text is valid UTF-8.
std::size_t characters_in(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  return count;
}

}  // namespace

bool JsonValue::is_null() const noexcept { return value_->is_null(); }
bool JsonValue::is_text() const noexcept { return value_->is_string(); }

std::string_view JsonValue::text() const {
  const auto* text = value_->if_string();
  if (!text) refuse(Refusal::field_invalid, instead_of("text", *value_));
  const std::string_view view{text->data(), text->size()};
  if (view.find('\0') != std::string_view::npos)
    refuse(Refusal::field_invalid, "the text holds the character U+0000");
  return view;
}

std::string JsonValue::text(std::size_t most) const {
  const std::string_view view = text();
  if (view.size() > most && characters_in(view) > most)
    refuse(Refusal::field_invalid, "the text is longer than " + std::to_string(most) + " characters");
  return std::string{view};
}

std::string_view JsonValue::amount() const {
  if (value_->is_number()) refuse(Refusal::amount_not_text, "write the amount as text, in quotation marks");
  return text();
}

bool JsonValue::truth() const {
  if (!value_->is_bool()) refuse(Refusal::field_invalid, instead_of("true or false", *value_));
  return value_->get_bool();
}

std::int64_t JsonValue::number(std::int64_t least, std::int64_t most) const {
  const auto* number = value_->if_int64();
  if (!number && !value_->is_uint64()) refuse(Refusal::field_invalid, instead_of("a whole number", *value_));
  if (!number || *number < least || *number > most)
    refuse(Refusal::field_invalid,
           "the number must be from " + std::to_string(least) + " to " + std::to_string(most));
  return *number;
}

Day JsonValue::day() const { return parsed(Day::parse); }
Instant JsonValue::instant() const { return parsed(instant_from_text); }

std::vector<JsonValue> JsonValue::elements() const {
  const auto* array = value_->if_array();
  if (!array) refuse(Refusal::field_invalid, instead_of("an array", *value_));
  std::vector<JsonValue> all;
  all.reserve(array->size());
  for (const auto& element : *array) all.push_back({*document_, element});
  return all;
}

std::vector<std::string> JsonValue::texts(std::size_t most_each) const {
  std::vector<std::string> all;
  for (const JsonValue& element : elements()) all.push_back(element.text(most_each));
  return all;
}

void JsonValue::refuse(Refusal refusal, std::string detail) const {
  throw Refused{refusal, std::move(detail), pointer()};
}

void JsonValue::run_in_place(void (*work)(void*), void* context) const {
  try {
    work(context);
  } catch (const Refused& refused) {
    if (value_->is_object()) throw refused.below(pointer());
    throw Refused{refused.refusal(), refused.detail(), pointer()};
  }
}

JsonObject::JsonObject(JsonValue value, std::initializer_list<std::string_view> known) : value_{value} {
  const auto* object = value.value_->if_object();
  if (!object) value.refuse(Refusal::field_invalid, instead_of("an object", *value.value_));
  for (const auto& member : *object) {
    const std::string_view name{member.key().data(), member.key().size()};
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string detail = "there is no field '" + std::string{name.substr(0, 60)} + "' here; known are";
    for (const std::string_view field : known) detail += " " + std::string{field};
    throw Refused{Refusal::field_unknown, detail, JsonValue{*value.document_, member.value()}.pointer()};
  }
}

JsonValue JsonObject::require(std::string_view name) const {
  if (const auto found = find(name)) return *found;
  std::string pointer = value_.pointer();
  append_pointer_part(pointer, name);
  throw Refused{Refusal::field_missing, "the field '" + std::string{name} + "' is missing", pointer};
}

std::optional<JsonValue> JsonObject::find(std::string_view name) const {
  const auto* found = value_.value_->get_object().if_contains(json::string_view{name.data(), name.size()});
  if (!found || found->is_null()) return std::nullopt;
  return JsonValue{*value_.document_, *found};
}

bool JsonObject::gives(std::string_view name) const {
  return value_.value_->get_object().contains(json::string_view{name.data(), name.size()});
}

std::string JsonObject::text_or_empty(std::string_view name, std::size_t most) const {
  const auto found = find(name);
  return found ? found->text(most) : std::string{};
}

bool JsonObject::truth_or(std::string_view name, bool otherwise) const {
  const auto found = find(name);
  return found ? found->truth() : otherwise;
}

}  // namespace coop::api

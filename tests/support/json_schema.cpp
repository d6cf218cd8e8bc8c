#include "tests/support/json_schema.hpp"

#include <regex>

namespace coop::test {

namespace json = boost::json;

namespace {

/// Compares one value with one schema, keeping where it is.
class SchemaReader {
 public:
  SchemaReader(const json::value& document, std::vector<std::string>& faults)
      : document_{document}, faults_{faults} {}

  void compare(const json::value& value, const json::value& any_schema, const std::string& place) {
    const json::object& schema = resolved(any_schema).as_object();
    compare_type(value, schema, place);
    if (const auto* allowed = schema.if_contains("enum")) {
      const auto& words = allowed->as_array();
      if (std::find(words.begin(), words.end(), value) == words.end())
        fault(place, "is not one of the allowed words");
    }
    if (const auto* choices = schema.if_contains("oneOf")) compare_choices(value, choices->as_array(), place);
    if (value.is_string()) compare_text(value.as_string(), schema, place);
    if (value.is_int64()) compare_number(value.as_int64(), schema, place);
    if (value.is_object()) compare_object(value.as_object(), schema, place);
    if (const auto* items = schema.if_contains("items"); items && value.is_array())
      for (std::size_t i = 0; i < value.as_array().size(); ++i)
        compare(value.as_array()[i], *items, place + "/" + std::to_string(i));
  }

 private:
  void fault(const std::string& place, const std::string& why) {
    faults_.push_back((place.empty() ? "/" : place) + " " + why);
  }

  const json::value& resolved(const json::value& schema) const {
    const auto* reference = schema.as_object().if_contains("$ref");
    if (!reference) return schema;
    boost::system::error_code failed;
    const json::value* found = document_.find_pointer(reference->as_string().subview(1), failed);
    if (!found) throw std::runtime_error{"the document has no " + std::string{reference->as_string()}};
    return resolved(*found);
  }

  static bool is_of(const json::value& value, std::string_view type) {
    if (type == "null") return value.is_null();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "number") return value.is_number();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
  }

  void compare_type(const json::value& value, const json::object& schema, const std::string& place) {
    const auto* type = schema.if_contains("type");
    if (!type) return;
    bool fits = type->is_string() && is_of(value, std::string_view{type->as_string()});
    if (type->is_array())
      for (const auto& one : type->as_array()) fits = fits || is_of(value, std::string_view{one.as_string()});
    if (!fits)
      fault(place,
            "is not of the type " + json::serialize(*type) + ": " + json::serialize(value).substr(0, 80));
  }

  void compare_choices(const json::value& value, const json::array& choices, const std::string& place) {
    int fitting = 0;
    for (const auto& choice : choices) {
      std::vector<std::string> faults;
      SchemaReader{document_, faults}.compare(value, choice, place);
      fitting += faults.empty();
    }
    if (fitting != 1) fault(place, "fits " + std::to_string(fitting) + " of the choices, not one");
  }

  void compare_text(const json::string& text, const json::object& schema, const std::string& place) {
    const auto* pattern = schema.if_contains("pattern");
    if (pattern && !std::regex_search(std::string{text}, std::regex{std::string{pattern->as_string()}}))
      fault(place, "does not have the form " + std::string{pattern->as_string()});
    const auto* most = schema.if_contains("maxLength");
    if (most && text.size() > static_cast<std::size_t>(most->as_int64())) fault(place, "is too long");
  }

  void compare_number(std::int64_t number, const json::object& schema, const std::string& place) {
    const auto* least = schema.if_contains("minimum");
    const auto* most = schema.if_contains("maximum");
    if ((least && number < least->as_int64()) || (most && number > most->as_int64()))
      fault(place, "is out of range");
  }

  void compare_object(const json::object& object, const json::object& schema, const std::string& place) {
    const auto* properties = schema.if_contains("properties");
    if (const auto* required = schema.if_contains("required"))
      for (const auto& name : required->as_array())
        if (!object.contains(name.as_string())) fault(place, "lacks " + std::string{name.as_string()});
    const auto* more = schema.if_contains("additionalProperties");
    for (const auto& member : object) {
      const auto* known = properties ? properties->as_object().if_contains(member.key()) : nullptr;
      const std::string below = place + "/" + std::string{member.key()};
      if (known) compare(member.value(), *known, below);
      else if (more && more->is_bool() && !more->as_bool()) fault(below, "is not in the schema");
    }
  }

  const json::value& document_;
  std::vector<std::string>& faults_;
};

}  // namespace

std::vector<std::string> schema_faults(const json::value& value, const json::value& schema,
                                       const json::value& document) {
  std::vector<std::string> faults;
  SchemaReader{document, faults}.compare(value, schema, "");
  return faults;
}

}  // namespace coop::test

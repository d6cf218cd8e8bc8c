// Our strict reading of JSON beside the library's own: what we accept it accepts, with the same value, and
// what it accepts we refuse only for keys given twice, for depth, for size, or for numbers without end.
#include "api/json_document.hpp"

#include <boost/json.hpp>

#include "tests/support/fuzz_target.hpp"

namespace coop::api {
namespace {

namespace json = boost::json;

void look_into(const JsonDocument& document, const json::value& value, const std::string& pointer) {
  fuzz::require(document.pointer_of(value) == pointer, "a value's pointer is the way to it");
  if (const auto* object = value.if_object())
    for (const auto& member : *object) {
      std::string inner = pointer;
      append_pointer_part(inner, {member.key().data(), member.key().size()});
      look_into(document, member.value(), inner);
    }
  if (const auto* array = value.if_array())
    for (std::size_t i = 0; i < array->size(); ++i)
      look_into(document, (*array)[i], pointer + "/" + std::to_string(i));
}

void look_at_json_document(std::string_view bytes) {
  if (bytes.size() > 4'000) return;
  json::parse_options options;
  options.max_depth = most_json_depth;
  boost::system::error_code failed;
  const json::value theirs = json::parse({bytes.data(), bytes.size()}, failed, {}, options);
  try {
    const JsonDocument ours{bytes};
    fuzz::require(!failed, "what we accept is JSON");
    fuzz::require(ours.root() == theirs, "it is read as the same value");
    look_into(ours, ours.root(), "");
    const json::value without = json::parse(json_without(bytes, {"password"}));
    fuzz::require(!without.is_object() || !without.get_object().contains("password"), "a member is left out");
  } catch (const Refused& refused) {
    bool is_stricter = false;
    for (const char* reason : {"twice", "key too large", "exponent overflow"})
      is_stricter = is_stricter || refused.detail().find(reason) != std::string::npos;
    fuzz::require(failed || is_stricter, "what is JSON is accepted");
  }
}

const bool added_json_document = fuzz::add_target(
    {"json_document",
     look_at_json_document,
     {R"({"a":[1,-2.5e3,true,null,"\u00e9\n"],"b/~":{"c":{}},"":0})", R"({"name":"ann","password":"secret"})",
      R"([[[[[[[[[[[[[[[["deep"]]]]]]]]]]]]]]]])", R"({"a":1,"a":2})", " \t\r\n 18446744073709551615 ",
      "[1e400]", "\"\xc3\xa9\"", R"({"a":9223372036854775808,"b":-9223372036854775808,"c":0.1})"}});

}  // namespace
}  // namespace coop::api

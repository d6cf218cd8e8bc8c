#include "tests/api/bad_requests/json_places.hpp"

namespace coop::test {

namespace json = boost::json;

namespace {

void collect(const json::value& value, const JsonPlace& here, std::vector<JsonPlace>& places) {
  places.push_back(here);
  if (const auto* object = value.if_object())
    for (const auto& member : *object) {
      const std::string name{member.key()};
      collect(member.value(), {here.pointer + "/" + name, name, false}, places);
    }
  if (const auto* array = value.if_array())
    for (std::size_t i = 0; i < array->size(); ++i)
      collect((*array)[i], {here.pointer + "/" + std::to_string(i), here.name, true}, places);
}

std::string written(const json::value& value, const std::string& here, const std::string& pointer,
                    const std::string& other) {
  if (here == pointer) return other;
  std::string text;
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      const std::string name{member.key()};
      const std::string part = written(member.value(), here + "/" + name, pointer, other);
      if (!part.empty()) text += (text.empty() ? "" : ",") + json::serialize(member.key()) + ":" + part;
    }
    return "{" + text + "}";
  }
  if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      const std::string part = written((*array)[i], here + "/" + std::to_string(i), pointer, other);
      if (!part.empty()) text += (text.empty() ? "" : ",") + part;
    }
    return "[" + text + "]";
  }
  return json::serialize(value);
}

}  // namespace

std::vector<JsonPlace> places_in(const json::value& document) {
  std::vector<JsonPlace> places;
  collect(document, {"", "", false}, places);
  return places;
}

std::string with_value(const json::value& document, const std::string& pointer, const std::string& value) {
  return written(document, "", pointer, value);
}

}  // namespace coop::test

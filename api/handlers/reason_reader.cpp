#include "api/handlers/reason_reader.hpp"

namespace coop::api {

namespace {

constexpr std::size_t longest_reason = 500;

}  // namespace

std::string reason_from(const JsonObject& fields) {
  const JsonValue reason = fields.require("reason");
  std::string text = reason.text(longest_reason);
  if (text.empty()) reason.refuse(Refusal::field_invalid, "a reason is expected");
  return text;
}

std::string asked_reason(const Call& call) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  return reason_from(JsonObject{JsonValue{body}, {"reason"}});
}

}  // namespace coop::api

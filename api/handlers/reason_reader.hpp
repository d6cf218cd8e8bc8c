#pragma once
#include <string>

#include "api/call.hpp"
#include "api/json_reader.hpp"

namespace coop::api {

/// A reason that must be given. Throws Refused: field_missing, field_invalid.
std::string reason_from(const JsonObject& fields);
/// The reason that is all a request says: {"reason":"a mistake"}. Throws Refused naming the field.
std::string asked_reason(const Call& call);

}  // namespace coop::api

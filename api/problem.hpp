#pragma once
#include <exception>
#include <functional>
#include <string>
#include <string_view>

#include "api/answer.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

/// Code of an answer 503: the server or its database cannot do it now; repeat with the same key.
inline constexpr std::string_view unavailable_code = "unavailable";
/// Code of an answer 500: our fault; the incident's number is in the log.
inline constexpr std::string_view internal_error_code = "internal_error";

/// The problem document (RFC 9457) of a refusal, as JSON:
/// {"type","title","status","detail","code","field","instance"}. `instance` names the request ("" leaves it
/// out); `extra` is written JSON members ("\"results\":[…]") or "".
std::string problem_json(const Refused& refused, std::string_view instance, std::string_view extra = {});

/// The answer to a refusal.
Answer problem_of(const Refused& refused, std::string_view instance);

/// The answer to whatever was thrown: Refused as problem_of; Unavailable 503 with Retry-After; anything else
/// is our own fault, 500 with the request's name as incident, the cause in the log only.
Answer problem_of_exception(std::exception_ptr thrown, std::string_view instance);

/// What `work` answers, or the problem of what it threw.
Answer answer_or_problem(std::string_view instance, const std::function<Answer()>& work);

/// 503: too much work is waiting, or the server is stopping.
Answer unavailable(std::string_view detail, std::string_view instance, int retry_after_s);

}  // namespace coop::api

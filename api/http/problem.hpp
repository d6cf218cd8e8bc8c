#pragma once
#include <string_view>

#include "api/http/http_server.hpp"

namespace coop::api {

/// An answer in the form of RFC 9457 (application/problem+json) with a stable `code`, as the rest of the API
/// gives it, for what the door itself refuses:
/// `{"type":"/v1/problems/<code>","title":…,"status":…,"code":…,"detail":…}`.
HttpAnswer problem_answer(int status, std::string_view code, std::string_view title, std::string_view detail);

/// The problem for a request that could not be framed or read: malformed_request or too_large by `status`.
HttpAnswer framing_problem(int status, std::string_view detail);

}  // namespace coop::api

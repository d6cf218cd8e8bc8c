#pragma once
#include <span>

#include "api/route.hpp"

namespace coop::api {

/// The routes of notices and reminders: where dues are paid, references, notices, codes to pay with; levels,
/// pauses, messages; and lists that come in.
std::span<const Route> notice_routes();

}  // namespace coop::api

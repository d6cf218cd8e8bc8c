#pragma once
#include <span>

#include "api/route.hpp"

namespace coop::api {

/// The routes of notices: where dues are paid, references, notices, codes to pay with.
std::span<const Route> notice_routes();

}  // namespace coop::api

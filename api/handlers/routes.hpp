#pragma once
#include <span>

#include "api/route.hpp"

namespace coop::api {

/// Every route of the API, in the order in which the documents list them.
std::span<const Route> routes();

}  // namespace coop::api

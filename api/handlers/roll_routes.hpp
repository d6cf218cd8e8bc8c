#pragma once
#include <span>

#include "api/route.hpp"

namespace coop::api {

/// The routes of rolls and votes: who may vote on a day, what was frozen, what was voted.
std::span<const Route> roll_routes();

}  // namespace coop::api

#pragma once
#include "api/demo/demo.hpp"

namespace coop::api {

/// Loads the demonstration and prints each step, and how to sign in. Loading it again adds nothing.
void load_demo_aloud(Database& database);

}  // namespace coop::api

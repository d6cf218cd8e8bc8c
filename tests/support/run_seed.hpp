#pragma once
#include <cstdint>

namespace coop::test {

/// A number from the environment, for how long or how often a random test runs; `otherwise` if it is not set.
std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise);

/// The seed of this run of the tests: another one each run, printed so that a failure can be replayed with
/// COOP_SEED. The same at each call.
std::uint64_t run_seed();

}  // namespace coop::test

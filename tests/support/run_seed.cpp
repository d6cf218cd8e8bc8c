#include "tests/support/run_seed.hpp"

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

namespace coop::test {

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

std::uint64_t run_seed() {
  // Short enough to type, and far from overflow whatever a test adds to it.
  static const std::uint64_t seed = number_from_environment("COOP_SEED", std::random_device{}() % 1'000'000);
  std::cout << "replay with COOP_SEED=" << seed << std::endl;
  return seed;
}

}  // namespace coop::test

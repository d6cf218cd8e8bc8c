#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/refusal.hpp"

namespace coop::fuzz {

/// What a look found: a promise that does not hold for these bytes.
struct Found : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws Found.
inline void require(bool holds, const char* promise) {
  if (!holds) throw Found{promise};
}

/// Runs `read`; true unless it refused. Anything else that is thrown is found.
template <class Read>
bool is_read(Read&& read) {
  try {
    read();
    return true;
  } catch (const Refused& refused) {
    require(!refused.detail().empty(), "a refusal says what is wrong");
    return false;
  }
}

/// Code that reads what others send. Each x_fuzz.cpp adds one. libFuzzer looks for long, in a program of its
/// own (`./dev fuzz`); the tests look at the seeds and at some thousand mutations of them.
struct Target {
  std::string name;
  void (*look)(std::string_view bytes);  ///< throws, or crashes, if something is found
  std::vector<std::string> seeds;
};

/// Answers true, so that a static constant can add it.
bool add_target(Target target);
/// All targets of this program.
const std::vector<Target>& targets();

}  // namespace coop::fuzz

#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/stubborn_client.hpp"

namespace coop::test {

/// Everything that was ever asked to be recorded, against everything that is recorded.
struct AskedAndRecorded {
  std::vector<std::string> faults;     ///< lost, doubled, other than asked, recorded in part, asked by nobody
  std::int64_t answered = 0;           ///< requests
  std::int64_t entries = 0;            ///< of answered requests
  std::int64_t given_up = 0;           ///< requests that never had an answer
  std::int64_t given_up_recorded = 0;  ///< of these, recorded nevertheless
};

/// Compares the books at `address` (as the owner), whose entries are all to be found in `asked`.
AskedAndRecorded compared_with_books(const std::string& address, const std::vector<AskedEntries>& asked);

}  // namespace coop::test

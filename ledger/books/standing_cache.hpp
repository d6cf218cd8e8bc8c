#pragma once
#include <unordered_map>

#include "ledger/books/judgement.hpp"

namespace coop::books {

/// What one node's accounts were when its books stood at `last_event` and `last_hash`: as long as they still
/// stand there, nothing needs to be read again. Every change of a node's books moves its last event on,
/// whichever process made it.
struct StandingCache {
  std::int64_t last_event = -1;
  Hash last_hash{};
  std::unordered_map<AccountKey, Standing, AccountKeyHash> standings;

  /// Forgets everything: after a database transaction that was not committed, or may not have been.
  void clear() {
    last_event = -1;
    standings.clear();
  }
};

/// A cache with more accounts than this starts anew.
inline constexpr std::size_t most_cached_standings = 200'000;

}  // namespace coop::books

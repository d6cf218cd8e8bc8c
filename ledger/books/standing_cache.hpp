#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "ledger/books/book_head.hpp"
#include "ledger/books/judgement.hpp"

namespace coop::books {

/// What one node's books were when they stood at `head`: as long as they still stand there (the same last
/// event and last hash), nothing needs to be read again. Every change of a node's books moves its last event
/// on, whichever process made it; a checkpoint (event checkpoint_made) changes nothing of this.
struct StandingCache {
  std::optional<BookHead> head;  ///< absent: nothing is known
  std::unordered_map<AccountKey, Standing, AccountKeyHash> standings;
  std::map<std::pair<DimensionKind, std::string>, DimensionId> dimensions;

  /// Whether what is known still holds for books that stand at `now`.
  bool holds_at(const BookHead& now) const {
    return head && head->last_event == now.last_event && head->last_hash == now.last_hash;
  }
  /// Forgets everything: after a database transaction that was not committed, or may not have been.
  void clear() {
    head.reset();
    standings.clear();
    dimensions.clear();
  }
};

/// A cache with more accounts (or dimensions) than this starts anew.
inline constexpr std::size_t most_cached_standings = 200'000;

}  // namespace coop::books

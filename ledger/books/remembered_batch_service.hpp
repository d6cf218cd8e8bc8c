#pragma once
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/books/judged_batch_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/recording_store.hpp"
#include "ledger/books/standing_cache.hpp"
#include "ledger/database/database.hpp"

namespace coop::books {

/// Drafts judged by what a cache remembers of their node's books, to be recorded together in one round trip
/// if the books still stand there: a batch that can be made ready while PostgreSQL is at work on another.
/// Whoever makes it has the cache alone until finish() is done.
class RememberedBatch {
 public:
  /// The cache must know where the books stand.
  explicit RememberedBatch(const StandingCache& cache);

  /// Judges one more draft, which stays where it is as long as the batch lives. False, and the batch is as it
  /// was: something the draft asks for is not remembered, or it is refused and might be a recorded request
  /// that only the database knows. What it throws leaves a batch that is good for nothing.
  bool add(const Draft& draft, StandingCache& cache);
  /// Makes the batch ready to be recorded at `now`, and moves the cache on to where the books will stand.
  /// False, and the cache is as it was: a hold has expired meanwhile. So it is if this throws.
  bool finish(Instant now, StandingCache& cache);
  /// Records what was added. False, and nothing is recorded: the books stand elsewhere, or one of the
  /// requests is on record.
  bool write(Database& database) const;
  /// Moves the cache back to where the books stood before finish(): if write() returned false or threw.
  void undo(StandingCache& cache);
  /// What became of each draft, in their order, if write() recorded them.
  std::vector<Outcome> take_outcomes() { return std::move(outcomes_); }

 private:
  bool remember(const Draft& draft, StandingCache& cache);
  void swap_standings();

  BookHead head_;
  JudgedBatch judged_;
  std::vector<Standing*> remembered_;  ///< in the cache: those on the scene, in its order
  Recording recording_;
  std::vector<Outcome> outcomes_;
};

}  // namespace coop::books

#pragma once
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "ledger/books/book_head.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/books/judgement.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/posting_store.hpp"
#include "ledger/books/recording_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

/// One pass over drafts, each seeing the ones before: who repeats, who is refused, who is accepted with which
/// number; then, once it is known when they are recorded, with which hash. The drafts stay where they are as
/// long as it lives.
class JudgedBatch {
 public:
  /// `head`: where the books stand before. `repeated`: which of the requests are on record.
  JudgedBatch(const BookHead& head, Scene scene, std::map<Fingerprint, RepeatedEntry> repeated);

  /// Judges one more draft.
  void judge(const Draft& draft);
  /// The same, but a draft that is refused leaves no trace. Returns whether it was not.
  bool judge_unless_refused(const Draft& draft);
  /// Makes the chain of what was accepted, recorded at this instant. Returns what became of each draft, in
  /// their order.
  std::vector<Outcome> settle(Instant recorded_at);

  /// In their order; without hashes before settle().
  const std::vector<NewEntry>& accepted() const noexcept { return accepted_; }
  Scene& scene() noexcept { return scene_; }
  const Scene& scene() const noexcept { return scene_; }

 private:
  /// An accepted draft by its position, or a repetition of it.
  struct Accepted {
    std::size_t position;
    bool repeated;
  };
  using Verdict = std::variant<Accepted, Recorded, Refused>;

  Verdict verdict_of(const Draft& draft);

  BookHead head_;
  Scene scene_;
  std::map<Fingerprint, RepeatedEntry> repeated_;
  std::map<Fingerprint, std::size_t> keys_;  ///< of what was accepted, by position
  std::vector<NewEntry> accepted_;
  std::vector<Verdict> verdicts_;
};

}  // namespace coop::books

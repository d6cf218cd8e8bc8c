#include "ledger/books/remembered_batch_service.hpp"

#include "ledger/books/book_head_store.hpp"

namespace coop::books {

namespace {

Scene scene_of(const StandingCache& cache) {
  Scene scene;
  scene.locked_through = cache.head->locked_through;
  return scene;
}

}  // namespace

RememberedBatch::RememberedBatch(const StandingCache& cache)
    : head_{*cache.head}, judged_{head_, scene_of(cache), {}}, recording_{head_} {}

// Puts on the scene what the draft is about and is not there yet.
bool RememberedBatch::remember(const Draft& draft, StandingCache& cache) {
  if (draft.reverses || draft.uses_hold) return false;
  Scene& scene = judged_.scene();
  for (const DraftPosting& posting : draft.postings) {
    AccountKey key{posting.account, posting.amount.unit()};
    if (!scene.by_key.contains(key)) {
      const auto found = cache.standings.find(key);
      if (found == cache.standings.end()) return false;
      scene.by_key.emplace(std::move(key), scene.standings.size());
      scene.standings.push_back(found->second);
      remembered_.push_back(&found->second);
    }
    for (const DimensionKind kind : dimension_kinds) {
      const auto& code = posting.about[static_cast<std::size_t>(kind)];
      if (!code || scene.dimensions.contains({kind, *code})) continue;
      const auto found = cache.dimensions.find({kind, *code});
      if (found == cache.dimensions.end()) return false;
      scene.dimensions.insert(*found);
    }
  }
  return true;
}

bool RememberedBatch::add(const Draft& draft, StandingCache& cache) {
  if (!remember(draft, cache)) return false;
  const std::size_t before = judged_.accepted().size();
  if (!judged_.judge_unless_refused(draft)) return false;
  if (judged_.accepted().size() > before) recording_.add(judged_.accepted().back(), judged_.scene());
  return true;
}

bool RememberedBatch::finish(Instant now, StandingCache& cache) {
  if (head_.next_hold_expiry && *head_.next_hold_expiry <= now) return false;
  const Instant recorded_at = next_recorded_at(head_, now);
  outcomes_ = judged_.settle(recorded_at);
  recording_.finish(recorded_at, judged_.accepted(), judged_.scene());
  cache.head = recording_.head_after();
  swap_standings();
  return true;
}

void RememberedBatch::undo(StandingCache& cache) {
  cache.head = head_;
  swap_standings();
}

// The scene keeps what the cache knew before, and gives it back.
void RememberedBatch::swap_standings() {
  for (std::size_t i = 0; i < remembered_.size(); ++i)
    std::swap(*remembered_[i], judged_.scene().standings[i]);
}

bool RememberedBatch::write(Database& database) const {
  const auto write = [&](Tx& tx) { return recording_.write(tx, Recording::Keys::unknown); };
  return recording_.is_one_statement() ? database.in_autocommit(write) : database.in_tx(write);
}

}  // namespace coop::books

#include "ledger/books/posting_service.hpp"

#include <unordered_set>

#include "ledger/books/event_store.hpp"
#include "ledger/books/hold_store.hpp"
#include "ledger/books/judged_batch_service.hpp"
#include "ledger/books/posting_store.hpp"
#include "ledger/books/recording_store.hpp"
#include "ledger/values/text.hpp"

namespace coop::books {

namespace {

// More events than this between two batches are not looked at.
constexpr std::int64_t most_checkpoints_between = 16;

// What a batch is about, collected once so that each kind of thing is read in one statement.
struct Asked {
  std::vector<AccountKey> accounts;
  std::set<std::pair<DimensionKind, std::string>> dimensions;
  std::set<EntryNumber> reversals;
  std::set<HoldNumber> holds;
  std::vector<Fingerprint> keys;
};

Asked asked_by(std::span<const Draft> drafts) {
  Asked asked;
  std::unordered_set<AccountKey, AccountKeyHash> seen;
  asked.keys.reserve(drafts.size());
  for (const Draft& draft : drafts) {
    asked.keys.push_back(draft.request_key);
    if (draft.reverses) asked.reversals.insert(*draft.reverses);
    if (draft.uses_hold) asked.holds.insert(*draft.uses_hold);
    for (const DraftPosting& posting : draft.postings) {
      AccountKey key{posting.account, posting.amount.unit()};
      if (is_storable_text(key.path) && seen.insert(key).second) asked.accounts.push_back(std::move(key));
      for (const DimensionKind kind : dimension_kinds) {
        const auto& code = posting.about[static_cast<std::size_t>(kind)];
        if (code && is_storable_text(*code)) asked.dimensions.emplace(kind, *code);
      }
    }
  }
  return asked;
}

// Puts the accounts that the cache knows on the scene; returns those it does not.
std::vector<AccountKey> take_standings(const std::vector<AccountKey>& asked, const StandingCache& cache,
                                       Scene& scene) {
  std::vector<AccountKey> missing;
  for (const AccountKey& key : asked) {
    const auto found = cache.standings.find(key);
    if (found == cache.standings.end()) {
      missing.push_back(key);
    } else {
      scene.by_key.emplace(key, scene.standings.size());
      scene.standings.push_back(found->second);
    }
  }
  return missing;
}

using DimensionKeys = std::set<std::pair<DimensionKind, std::string>>;

// The same for dimensions.
DimensionKeys take_dimensions(const DimensionKeys& asked, const StandingCache& cache, Scene& scene) {
  DimensionKeys missing;
  for (const auto& key : asked) {
    const auto found = cache.dimensions.find(key);
    if (found == cache.dimensions.end()) missing.insert(key);
    else scene.dimensions.insert(*found);
  }
  return missing;
}

void put_in_cache(const Scene& scene, const BookHead& head, StandingCache& cache) {
  if (cache.standings.size() + scene.by_key.size() > most_cached_standings) cache.standings.clear();
  if (cache.dimensions.size() + scene.dimensions.size() > most_cached_standings) cache.dimensions.clear();
  for (const auto& [key, position] : scene.by_key)
    cache.standings.insert_or_assign(key, scene.standings[position]);
  cache.dimensions.insert(scene.dimensions.begin(), scene.dimensions.end());
  cache.head = head;
}

// A checkpoint moves the last event on, and nothing that is remembered.
bool only_signed_since(Tx& tx, const StandingCache& cache, const BookHead& head) {
  if (!cache.head || cache.head->last_hash != head.last_hash) return false;
  const std::int64_t since = head.last_event - cache.head->last_event;
  return since <= most_checkpoints_between &&
         count_checkpoint_events(tx, head.node, cache.head->last_event) == since;
}

Scene read_scene(Tx& tx, const BookHead& head, const Asked& asked, StandingCache& cache) {
  if (!cache.holds_at(head) && !only_signed_since(tx, cache, head)) cache.clear();
  Scene scene;
  scene.locked_through = head.locked_through;
  const auto accounts = take_standings(asked.accounts, cache, scene);
  if (!accounts.empty()) read_standings(tx, head.node, accounts, scene);
  read_standings_of_holds(tx, head.node, asked.holds, scene);
  read_dimensions(tx, head.node, take_dimensions(asked.dimensions, cache, scene), scene);
  read_reversal_targets(tx, head.node, asked.reversals, scene);
  read_holds(tx, head.node, asked.holds, scene);
  return scene;
}

void require_batch_size(std::span<const Draft> drafts) {
  if (drafts.size() <= most_drafts) return;
  throw Refused{Refusal::batch_too_large, "a batch has at most " + std::to_string(most_drafts) + " entries",
                "/entries"};
}

bool any_refused(const std::vector<Outcome>& outcomes) {
  return std::any_of(outcomes.begin(), outcomes.end(),
                     [](const Outcome& outcome) { return std::holds_alternative<Refused>(outcome); });
}

// With all_or_none one refusal refuses the rest.
bool refuse_together(std::vector<Outcome>& outcomes, Together together) {
  if (together == Together::each_alone || !any_refused(outcomes)) return false;
  for (Outcome& outcome : outcomes) {
    if (std::holds_alternative<Refused>(outcome)) continue;
    outcome = Refused{Refusal::batch_refused, "another entry of the same batch was refused"};
  }
  return true;
}

std::vector<Outcome> judge_and(Tx& tx, NodeId node, std::span<const Draft> drafts, Together together,
                               Instant now, StandingCache& cache, bool record) {
  require_batch_size(drafts);
  if (drafts.empty()) return {};
  const Asked asked = asked_by(drafts);
  BookHead head = lock_book_head(tx, node);
  expire_due_holds(tx, head, now);
  const Instant recorded_at = next_recorded_at(head, now);
  JudgedBatch batch{head, read_scene(tx, head, asked, cache), find_repeated(tx, node, asked.keys)};
  for (const Draft& draft : drafts) batch.judge(draft);
  std::vector<Outcome> outcomes = batch.settle(recorded_at);
  const bool refused = refuse_together(outcomes, together);
  if (!record || refused) return outcomes;
  if (batch.accepted().empty()) {
    put_in_cache(batch.scene(), head, cache);
    return outcomes;
  }
  Recording recording{head};
  for (const NewEntry& entry : batch.accepted()) recording.add(entry, batch.scene());
  recording.finish(recorded_at, batch.accepted(), batch.scene());
  ensure(recording.write(tx, Recording::Keys::looked_up), "the books stand where their locked head says");
  put_in_cache(batch.scene(), recording.head_after(), cache);
  return outcomes;
}

}  // namespace

std::vector<Outcome> post(Tx& tx, NodeId node, std::span<const Draft> drafts, Together together,
                          Instant now) {
  StandingCache nothing_known;
  return judge_and(tx, node, drafts, together, now, nothing_known, true);
}

std::vector<Outcome> post_cached(Tx& tx, NodeId node, std::span<const Draft> drafts, Together together,
                                 Instant now, StandingCache& cache) {
  return judge_and(tx, node, drafts, together, now, cache, true);
}

std::vector<Outcome> judge_only(Tx& tx, NodeId node, std::span<const Draft> drafts, Together together,
                                Instant now) {
  StandingCache nothing_known;
  return judge_and(tx, node, drafts, together, now, nothing_known, false);
}

const Recorded& recorded_or_throw(const Outcome& outcome) {
  if (const auto* refused = std::get_if<Refused>(&outcome)) throw *refused;
  return std::get<Recorded>(outcome);
}

std::vector<Recorded> all_recorded_or_throw(const std::vector<Outcome>& outcomes) {
  for (const Outcome& outcome : outcomes) {
    const auto* refused = std::get_if<Refused>(&outcome);
    if (refused && refused->refusal() != Refusal::batch_refused) throw *refused;
  }
  std::vector<Recorded> recorded;
  recorded.reserve(outcomes.size());
  for (const Outcome& outcome : outcomes) recorded.push_back(recorded_or_throw(outcome));
  return recorded;
}

}  // namespace coop::books

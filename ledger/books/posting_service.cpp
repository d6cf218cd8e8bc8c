#include "ledger/books/posting_service.hpp"

#include <unordered_set>

#include "ledger/books/chain.hpp"
#include "ledger/books/event_store.hpp"
#include "ledger/books/hold_store.hpp"
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

// The scene of a batch about which the cache knows everything; nothing otherwise.
std::optional<Scene> remembered_scene(const Asked& asked, const StandingCache& cache, Instant now) {
  if (!cache.head || !asked.reversals.empty() || !asked.holds.empty()) return std::nullopt;
  if (cache.head->next_hold_expiry && *cache.head->next_hold_expiry <= now) return std::nullopt;
  Scene scene;
  scene.locked_through = cache.head->locked_through;
  if (!take_standings(asked.accounts, cache, scene).empty()) return std::nullopt;
  if (!take_dimensions(asked.dimensions, cache, scene).empty()) return std::nullopt;
  return scene;
}

// The entry as the hash chain sees it.
Entry entry_of(const Draft& draft, const Judged& judged, EntryNumber number, Instant recorded_at,
               const Scene& scene) {
  Entry entry{number,
              judged.booked_on,
              recorded_at,
              std::nullopt,
              judged.document_on,
              draft.description,
              draft.reference,
              draft.source,
              draft.reverses,
              std::nullopt,
              draft.uses_hold,
              {},
              {}};
  entry.postings.reserve(draft.postings.size());
  for (std::size_t i = 0; i < draft.postings.size(); ++i) {
    const Standing& standing = scene.standings[judged.postings[i].standing];
    entry.postings.push_back(Posting{static_cast<int>(i) + 1, draft.postings[i].account, standing.unit_code,
                                     standing.scale, judged.postings[i].amount_minor, draft.postings[i].about,
                                     draft.postings[i].note});
  }
  return entry;
}

// One pass over the drafts: who repeats, who is refused, who is accepted with which number and hash.
class Batch {
 public:
  Batch(const BookHead& head, std::span<const Draft> drafts, Instant recorded_at, Scene scene,
        std::map<Fingerprint, RepeatedEntry> repeated)
      : head_{head},
        drafts_{drafts},
        recorded_at_{recorded_at},
        repeated_{std::move(repeated)},
        scene_{std::move(scene)},
        next_number_{head.last_number + 1},
        last_hash_{head.last_hash} {}

  std::vector<Outcome> judge_all() {
    std::vector<Outcome> outcomes;
    outcomes.reserve(drafts_.size());
    accepted_.reserve(drafts_.size());
    for (const Draft& draft : drafts_) outcomes.push_back(outcome_of(draft));
    return outcomes;
  }

  const std::vector<NewEntry>& accepted() const { return accepted_; }
  Scene& scene() { return scene_; }

 private:
  Outcome outcome_of(const Draft& draft) {
    if (const auto earlier = repeated_.find(draft.request_key); earlier != repeated_.end()) {
      return repeated_outcome(earlier->second, content_hash_of(draft, unit_codes_of(draft.postings, scene_)));
    }
    auto verdict = judge(draft, scene_);
    if (auto* refused = std::get_if<Refused>(&verdict)) return std::move(*refused);
    Judged judged = std::get<Judged>(std::move(verdict));
    const Fingerprint content_hash = content_hash_of(draft, unit_codes_of(judged, scene_));
    const EntryNumber number{next_number_++};
    canonical_.clear();
    append_canonical(canonical_, head_.node_name, entry_of(draft, judged, number, recorded_at_, scene_));
    last_hash_ = next_link(last_hash_, canonical_);
    repeated_.emplace(draft.request_key, RepeatedEntry{content_hash, number, recorded_at_, judged.booked_on,
                                                       judged.document_on, last_hash_});
    Recorded recorded{number, recorded_at_, judged.booked_on, judged.document_on, last_hash_, false};
    accepted_.push_back(NewEntry{&draft, std::move(judged), content_hash, number, last_hash_});
    return recorded;
  }

  static Outcome repeated_outcome(const RepeatedEntry& earlier, const Fingerprint& content_hash) {
    if (earlier.content_hash != content_hash) {
      return Refused{Refusal::key_reused, "the key was used before for other content"};
    }
    return Recorded{earlier.number,      earlier.recorded_at, earlier.booked_on,
                    earlier.document_on, earlier.hash,        true};
  }

  const BookHead& head_;
  std::span<const Draft> drafts_;
  Instant recorded_at_;
  std::map<Fingerprint, RepeatedEntry> repeated_;
  Scene scene_;
  std::int64_t next_number_;
  Hash last_hash_;
  std::string canonical_;
  std::vector<NewEntry> accepted_;
};

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
  Batch batch{head, drafts, recorded_at, read_scene(tx, head, asked, cache),
              find_repeated(tx, node, asked.keys)};
  std::vector<Outcome> outcomes = batch.judge_all();
  const bool refused = refuse_together(outcomes, together);
  if (!record || refused) return outcomes;
  if (batch.accepted().empty()) {
    put_in_cache(batch.scene(), head, cache);
    return outcomes;
  }
  const Recording recording{head, recorded_at, batch.accepted(), batch.scene()};
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

std::optional<std::vector<Outcome>> post_from_memory(Database& database, std::span<const Draft> drafts,
                                                     Instant now, StandingCache& cache) {
  require_batch_size(drafts);
  const Asked asked = asked_by(drafts);
  std::optional<Scene> scene = remembered_scene(asked, cache, now);
  if (!scene || drafts.empty()) return std::nullopt;
  const BookHead head = *cache.head;
  const Instant recorded_at = next_recorded_at(head, now);
  Batch batch{head, drafts, recorded_at, std::move(*scene), {}};
  std::vector<Outcome> outcomes = batch.judge_all();
  // What is refused might have been recorded before, under the same key: only the database can tell.
  if (any_refused(outcomes)) return std::nullopt;
  const Recording recording{head, recorded_at, batch.accepted(), batch.scene()};
  const auto write = [&](Tx& tx) { return recording.write(tx, Recording::Keys::unknown); };
  const bool written = recording.is_one_statement() ? database.in_autocommit(write) : database.in_tx(write);
  if (!written) return std::nullopt;
  put_in_cache(batch.scene(), recording.head_after(), cache);
  return outcomes;
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

#include "ledger/books/posting_service.hpp"

#include <unordered_set>

#include "ledger/books/chain.hpp"
#include "ledger/books/hold_store.hpp"
#include "ledger/books/posting_store.hpp"
#include "ledger/values/text.hpp"

namespace coop::books {

namespace {

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

// Takes what the cache still knows; returns what it does not.
std::vector<AccountKey> take_cached(const std::vector<AccountKey>& asked, const BookHead& head,
                                    StandingCache& cache, Scene& scene) {
  if (cache.last_event != head.last_event || cache.last_hash != head.last_hash) cache.clear();
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

void put_in_cache(const Scene& scene, const BookHead& head, StandingCache& cache) {
  if (cache.standings.size() + scene.by_key.size() > most_cached_standings) cache.standings.clear();
  for (const auto& [key, position] : scene.by_key)
    cache.standings.insert_or_assign(key, scene.standings[position]);
  cache.last_event = head.last_event;
  cache.last_hash = head.last_hash;
}

Scene read_scene(Tx& tx, const BookHead& head, const Asked& asked, StandingCache& cache) {
  Scene scene;
  scene.locked_through = head.locked_through;
  const auto missing = take_cached(asked.accounts, head, cache, scene);
  if (!missing.empty()) read_standings(tx, head.node, missing, scene);
  read_standings_of_holds(tx, head.node, asked.holds, scene);
  read_dimensions(tx, head.node, asked.dimensions, scene);
  read_reversal_targets(tx, head.node, asked.reversals, scene);
  read_holds(tx, head.node, asked.holds, scene);
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

// One pass over the drafts under the locks: who repeats, who is refused, who is accepted with which number
// and hash.
class Batch {
 public:
  Batch(Tx& tx, BookHead& head, std::span<const Draft> drafts, Instant recorded_at, StandingCache& cache)
      : head_{head}, drafts_{drafts}, recorded_at_{recorded_at} {
    const Asked asked = asked_by(drafts);
    repeated_ = find_repeated(tx, head.node, asked.keys);
    scene_ = read_scene(tx, head, asked, cache);
    next_number_ = head.last_number + 1;
    last_hash_ = head.last_hash;
  }

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
    const Fingerprint content_hash = content_hash_of(draft);
    if (const auto earlier = repeated_.find(draft.request_key); earlier != repeated_.end()) {
      return repeated_outcome(earlier->second, content_hash);
    }
    auto verdict = judge(draft, scene_);
    if (auto* refused = std::get_if<Refused>(&verdict)) return std::move(*refused);
    Judged judged = std::get<Judged>(std::move(verdict));
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

  BookHead& head_;
  std::span<const Draft> drafts_;
  Instant recorded_at_;
  std::map<Fingerprint, RepeatedEntry> repeated_;
  Scene scene_;
  std::int64_t next_number_ = 0;
  Hash last_hash_{};
  std::string canonical_;
  std::vector<NewEntry> accepted_;
};

void require_batch_size(std::span<const Draft> drafts) {
  if (drafts.size() <= most_drafts) return;
  throw Refused{Refusal::batch_too_large, "a batch has at most " + std::to_string(most_drafts) + " entries",
                "/entries"};
}

// With all_or_none one refusal refuses the rest.
bool refuse_together(std::vector<Outcome>& outcomes, Together together) {
  if (together == Together::each_alone) return false;
  const bool any = std::any_of(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) {
    return std::holds_alternative<Refused>(outcome);
  });
  if (!any) return false;
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
  BookHead head = lock_book_head(tx, node);
  expire_due_holds(tx, head, now);
  const Instant recorded_at = next_recorded_at(head, now);
  Batch batch{tx, head, drafts, recorded_at, cache};
  std::vector<Outcome> outcomes = batch.judge_all();
  const bool refused = refuse_together(outcomes, together);
  if (record && !refused && !batch.accepted().empty()) {
    record_entries(tx, head, recorded_at, batch.accepted(), batch.scene());
  }
  if (record && !refused) put_in_cache(batch.scene(), head, cache);
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

}  // namespace coop::books

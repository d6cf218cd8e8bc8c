#include "ledger/books/judged_batch_service.hpp"

#include "ledger/books/chain.hpp"

namespace coop::books {

namespace {

Refused reused_key() { return {Refusal::key_reused, "the key was used before for other content"}; }

// The entry as the hash chain sees it.
Entry entry_of(const NewEntry& accepted, Instant recorded_at, const Scene& scene) {
  const Draft& draft = *accepted.draft;
  Entry entry{accepted.number,
              accepted.judged.booked_on,
              recorded_at,
              std::nullopt,
              accepted.judged.document_on,
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
    const JudgedPosting& judged = accepted.judged.postings[i];
    const Standing& standing = scene.standings[judged.standing];
    entry.postings.push_back(Posting{static_cast<int>(i) + 1, draft.postings[i].account, standing.unit_code,
                                     standing.scale, judged.amount_minor, draft.postings[i].about,
                                     draft.postings[i].note});
  }
  return entry;
}

}  // namespace

JudgedBatch::JudgedBatch(const BookHead& head, Scene scene, std::map<Fingerprint, RepeatedEntry> repeated)
    : head_{head}, scene_{std::move(scene)}, repeated_{std::move(repeated)} {}

void JudgedBatch::judge(const Draft& draft) { verdicts_.push_back(verdict_of(draft)); }

bool JudgedBatch::judge_unless_refused(const Draft& draft) {
  Verdict verdict = verdict_of(draft);
  if (std::holds_alternative<Refused>(verdict)) return false;
  verdicts_.push_back(std::move(verdict));
  return true;
}

JudgedBatch::Verdict JudgedBatch::verdict_of(const Draft& draft) {
  if (const auto earlier = repeated_.find(draft.request_key); earlier != repeated_.end()) {
    const RepeatedEntry& entry = earlier->second;
    if (entry.content_hash != content_hash_of(draft, unit_codes_of(draft.postings, scene_)))
      return reused_key();
    return Recorded{entry.number, entry.recorded_at, entry.booked_on, entry.document_on, entry.hash, true};
  }
  if (const auto earlier = keys_.find(draft.request_key); earlier != keys_.end()) {
    const NewEntry& entry = accepted_[earlier->second];
    if (entry.content_hash != content_hash_of(draft, unit_codes_of(draft.postings, scene_)))
      return reused_key();
    return Accepted{earlier->second, true};
  }
  auto verdict = books::judge(draft, scene_);
  if (auto* refused = std::get_if<Refused>(&verdict)) return std::move(*refused);
  Judged judged = std::get<Judged>(std::move(verdict));
  const Fingerprint content_hash = content_hash_of(draft, unit_codes_of(judged, scene_));
  const std::size_t position = accepted_.size();
  const EntryNumber number{head_.last_number + 1 + static_cast<std::int64_t>(position)};
  accepted_.push_back(NewEntry{&draft, std::move(judged), content_hash, number, {}});
  keys_.emplace(draft.request_key, position);
  return Accepted{position, false};
}

std::vector<Outcome> JudgedBatch::settle(Instant recorded_at) {
  Hash last = head_.last_hash;
  std::string canonical;
  for (NewEntry& entry : accepted_) {
    canonical.clear();
    append_canonical(canonical, head_.node_name, entry_of(entry, recorded_at, scene_));
    last = entry.hash = next_link(last, canonical);
  }
  std::vector<Outcome> outcomes;
  outcomes.reserve(verdicts_.size());
  for (Verdict& verdict : verdicts_) {
    if (const auto* accepted = std::get_if<Accepted>(&verdict)) {
      const NewEntry& entry = accepted_[accepted->position];
      outcomes.emplace_back(Recorded{entry.number, recorded_at, entry.judged.booked_on,
                                     entry.judged.document_on, entry.hash, accepted->repeated});
    } else if (auto* recorded = std::get_if<Recorded>(&verdict)) {
      outcomes.emplace_back(std::move(*recorded));
    } else {
      outcomes.emplace_back(std::move(std::get<Refused>(verdict)));
    }
  }
  return outcomes;
}

}  // namespace coop::books

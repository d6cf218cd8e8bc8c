#include "tests/support/books_model.hpp"

#include <algorithm>

namespace coop::test {

using namespace books;

std::string BooksModel::done(const PostDrafts& asked) {
  if (asked.drafts.empty()) return "";
  expire();
  const BooksModel before = *this;
  std::vector<std::string> outcomes = posted(asked.drafts);
  const auto refused = [](const std::string& outcome) { return !outcome.starts_with("entry "); };
  if (asked.together == Together::all_or_none && std::any_of(outcomes.begin(), outcomes.end(), refused)) {
    *this = before;
    for (std::string& outcome : outcomes) {
      if (!refused(outcome)) outcome = "batch_refused";
    }
  }
  std::string told;
  for (const std::string& outcome : outcomes) told += (told.empty() ? "" : "; ") + outcome;
  return told;
}

std::vector<std::string> BooksModel::posted(const std::vector<ModelDraft>& drafts) {
  std::vector<std::string> outcomes;
  const Instant recorded_at = recording_instant();
  bool any = false;
  for (const ModelDraft& draft : drafts) {
    const auto earlier = std::find_if(entries_.begin(), entries_.end(),
                                      [&](const ModelEntry& entry) { return entry.draft.key == draft.key; });
    if (earlier != entries_.end() && !earlier->draft.asks_the_same(draft)) {
      outcomes.push_back("key_reused");
      continue;
    }
    ModelEntry entry{draft, draft.day, std::nullopt, recorded_at};
    const bool repeated = earlier != entries_.end();
    if (!repeated) {
      const std::string code = broken_rule(draft, false, entry);
      if (!code.empty()) {
        outcomes.push_back(code);
        continue;
      }
      entries_.push_back(entry);
      any = true;
      if (draft.uses_hold) {
        ModelHold& hold = holds_[static_cast<std::size_t>(*draft.uses_hold - 1)];
        hold.state = "posted";
        hold.ended_at = recorded_at;
      }
    }
    const ModelEntry& known = repeated ? *earlier : entry;
    const auto number =
        repeated ? earlier - entries_.begin() + 1 : static_cast<std::ptrdiff_t>(entries_.size());
    outcomes.push_back("entry " + std::to_string(number) + " on " + known.booked_on.text() +
                       (known.document_on ? " of " + known.document_on->text() : "") + " at " +
                       coop::text_of(known.recorded_at) + (repeated ? " repeated" : ""));
  }
  if (any) tell();
  return outcomes;
}

// The documented order: judgement.hpp.
std::string BooksModel::broken_rule(const ModelDraft& draft, bool is_hold, ModelEntry& accepted) const {
  if (const std::string code = broken_content_rule(draft); !code.empty()) return code;
  if (const std::string code = broken_link_rule(draft); !code.empty()) return code;
  const auto closed = is_hold ? std::nullopt : locked_through();
  if (closed && draft.day <= *closed) {
    if (draft.late == LateEntry::refuse) return "period_locked";
    accepted.document_on = draft.day;
    accepted.booked_on = closed->plus_days(1);
  }
  for (const ModelLine& line : draft.lines) {
    const ModelAccount& account = *find(line.path, line.unit);
    if (accepted.booked_on < account.opened_on) return "account_not_open";
    if (account.closed_on && accepted.booked_on > *account.closed_on) return "account_not_open";
  }
  if (is_hold) return "";
  BooksModel after = *this;
  after.entries_.push_back(accepted);
  if (draft.uses_hold) after.holds_[static_cast<std::size_t>(*draft.uses_hold - 1)].state = "posted";
  return after.broken_limit(draft.lines);
}

std::string BooksModel::broken_content_rule(const ModelDraft& draft) const {
  if (draft.lines.size() < 2) return "too_few_postings";
  if (draft.description.size() > 1'000) return "field_invalid";
  for (const ModelLine& line : draft.lines) {
    if (line.minor == 0) return "amount_zero";
  }
  for (const ModelLine& line : draft.lines) {
    if (find(line.path, line.unit) == nullptr) return "account_unknown";
  }
  for (const ModelLine& line : draft.lines) {
    for (const DimensionKind kind : dimension_kinds) {
      const auto& code = line.about[static_cast<std::size_t>(kind)];
      if (code && !dimensions_.contains({kind, *code})) return "dimension_unknown";
    }
  }
  std::map<std::string, std::int64_t> sums;
  for (const ModelLine& line : draft.lines) {
    for (const DimensionKind kind : find(line.path, line.unit)->required) {
      if (!line.about[static_cast<std::size_t>(kind)]) return "dimension_missing";
    }
    sums[line.unit] += line.minor;
  }
  for (const auto& [unit, sum] : sums) {
    if (sum != 0) return "entry_unbalanced";
  }
  return "";
}

std::string BooksModel::broken_link_rule(const ModelDraft& draft) const {
  if (draft.reverses) {
    if (*draft.reverses < 1 || *draft.reverses > last_entry()) return "entry_unknown";
    if (entries_[static_cast<std::size_t>(*draft.reverses - 1)].draft.reverses) return "reversal_of_reversal";
    if (is_reversed(*draft.reverses)) return "entry_reversed_already";
  }
  if (draft.uses_hold) {
    if (*draft.uses_hold < 1 || *draft.uses_hold > last_hold()) return "hold_unknown";
    const ModelHold& hold = holds_[static_cast<std::size_t>(*draft.uses_hold - 1)];
    if (hold.state != "open") return "hold_not_open";
    if (exceeds(hold, draft.lines)) return "hold_exceeded";
  }
  return "";
}

std::string BooksModel::broken_limit(const std::vector<ModelLine>& touched) const {
  for (const ModelLine& line : touched) {
    const ModelAccount& account = *find(line.path, line.unit);
    if (outside(account, account.limits)) return "limit_exceeded";
  }
  return "";
}

bool BooksModel::exceeds(const ModelHold& hold, const std::vector<ModelLine>& lines) const {
  std::map<std::pair<std::string, std::string>, std::int64_t> asked;
  for (const ModelLine& line : lines) asked[{line.path, line.unit}] += line.minor;
  for (const auto& [account, sum] : asked) {
    Held most;
    for (const ModelLine& line : hold.asked.lines) {
      if (!(line.path == account.first && line.unit == account.second)) continue;
      (line.minor > 0 ? most.debit : most.credit) += std::abs(line.minor);
    }
    if (sum > most.debit || -sum > most.credit) return true;
  }
  return false;
}

}  // namespace coop::test

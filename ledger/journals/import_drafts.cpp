#include "ledger/journals/import_drafts.hpp"

#include <algorithm>

#include "ledger/journals/import_comments.hpp"
#include "ledger/journals/import_names.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

/// Makes the postings of one entry.
class Drafting {
 public:
  Drafting(const HledgerEntry& entry, const ImportMeanings& meanings, const ImportOptions& options,
           Doubts& doubts)
      : entry_{entry}, meanings_{meanings}, options_{options}, doubts_{doubts}, place_{place_of(entry)} {}

  std::vector<books::DraftPosting> postings() {
    if (entry_.has_second_day) doubts_.note("second days are left out", place_, "the second day is left out");
    for (const HledgerPosting& posting : entry_.postings) take(posting);
    convert();
    if (postings_.size() > books::most_postings) {
      doubts_.obstacle("too many postings", place_, "an entry has more than a thousand postings");
    }
    return std::move(postings_);
  }
  bool has_failed() const noexcept { return has_failed_; }

 private:
  void take(const HledgerPosting& posting) {
    if (posting.day) {
      doubts_.note("postings' own days are left out", place_,
                   posting.account + " is posted on the entry's day, not on " + posting.day->text());
    }
    if (posting.kind == HledgerPostingKind::unbalanced_virtual) {
      take_virtual(posting);
      return;
    }
    const ImportedComment comment = comment_of(posting);
    for (const HledgerAmount& amount : posting.amounts) take(posting, amount, comment);
  }

  void take_virtual(const HledgerPosting& posting) {
    const std::string text = "(" + posting.account + ") need not balance and books cannot hold it";
    if (options_.skip_virtual) {
      doubts_.note("unbalanced virtual postings are left out", place_, text + "; it is left out");
    } else {
      fail("unbalanced virtual postings", text + "; it can be left out with --skip-virtual");
    }
  }

  void take(const HledgerPosting& posting, const HledgerAmount& amount, const ImportedComment& comment) {
    if (is_zero(amount.quantity)) {
      doubts_.note("postings of zero are left out", place_,
                   posting.account + ": a posting of zero is left out");
      return;
    }
    const Unit& unit = meanings_.units.at(amount.commodity);
    const auto minor = whole_minor(amount.quantity, unit.scale);
    if (!minor) {
      fail("amounts with too many decimals", posting.account + ": " + text_of(amount.quantity) + ' ' +
                                                 unit.code + " has more decimals than " + unit.code +
                                                 " has (" + std::to_string(unit.scale) +
                                                 "); write the amount in full in the journal, or give the "
                                                 "commodity a local unit");
      return;
    }
    std::string note = comment.note;
    if (amount.cost) note = with_cost(note, amount);
    postings_.push_back({meanings_.paths.at(posting.account), Money::of_minor(*minor, unit.id), comment.about,
                         shorter_note(note)});
    add_at_cost(amount);
  }

  static std::string with_cost(const std::string& note, const HledgerAmount& amount) {
    const std::string cost =
        (amount.cost->is_total ? "@@ " : "@ ") + text_of(amount.cost->amount) + ' ' + amount.cost->commodity;
    return note.empty() ? cost : cost + "; " + note;
  }

  std::string shorter_note(const std::string& note) {
    constexpr std::size_t most = 500;
    if (note.size() > most)
      doubts_.note("notes are shortened", place_, "a note longer than 500 letters is shortened");
    return shortened(note, most);
  }

  void add_at_cost(const HledgerAmount& amount) {
    Decimal value = amount.quantity;
    std::string commodity = amount.commodity;
    if (amount.cost) {
      has_cost_ = true;
      commodity = amount.cost->commodity;
      const bool is_negative = amount.quantity.mantissa < 0;
      if (!amount.cost->is_total) value = amount.quantity * amount.cost->amount;
      else value = is_negative ? -amount.cost->amount : amount.cost->amount;
    }
    Decimal& sum = at_cost_[commodity];
    sum = sum + value;
  }

  // What is left of each unit goes through the conversion account: the entry then balances in every unit,
  // exactly.
  void convert() {
    if (has_failed_) return;
    std::vector<std::pair<UnitId, std::int64_t>> left;
    for (const books::DraftPosting& posting : postings_) {
      const auto same = std::find_if(left.begin(), left.end(),
                                     [&](const auto& one) { return one.first == posting.amount.unit(); });
      if (same == left.end()) left.emplace_back(posting.amount.unit(), posting.amount.minor());
      else same->second = checked_add(same->second, posting.amount.minor());
    }
    std::erase_if(left, [](const auto& one) { return one.second == 0; });
    if (left.empty()) return;
    if (!is_exchange(left)) {
      fail("entries that do not balance", "the entry does not balance to the last minor unit");
      return;
    }
    const std::string path = path_of_imported(options_.conversion_account);
    for (const auto& [unit, minor] : left) postings_.push_back({path, -Money::of_minor(minor, unit), {}, ""});
  }

  // With costs the entry balances at cost; without, exactly two units are exchanged for each other.
  bool is_exchange(const std::vector<std::pair<UnitId, std::int64_t>>& left) const {
    if (!has_cost_) return left.size() == 2 && (left[0].second > 0) != (left[1].second > 0);
    return std::all_of(at_cost_.begin(), at_cost_.end(), [&](const auto& one) {
      const auto unit = meanings_.units.find(one.first);
      return rounds_to_zero(one.second, unit == meanings_.units.end() ? 0 : unit->second.scale);
    });
  }

  void fail(const std::string& kind, const std::string& text) {
    has_failed_ = true;
    doubts_.obstacle(kind, place_, text);
  }

  const HledgerEntry& entry_;
  const ImportMeanings& meanings_;
  const ImportOptions& options_;
  Doubts& doubts_;
  std::string place_;
  std::vector<books::DraftPosting> postings_;
  std::map<std::string, Decimal> at_cost_;
  bool has_cost_ = false;
  bool has_failed_ = false;
};

}  // namespace

std::optional<ImportedDraft> imported_draft(const HledgerEntry& entry, const ImportMeanings& meanings,
                                            const ImportOptions& options, const books::Fingerprint& key,
                                            Doubts& doubts) {
  Drafting drafting{entry, meanings, options, doubts};
  auto postings = drafting.postings();
  const std::string place = place_of(entry);
  if (postings.size() < 2) {
    if (!drafting.has_failed()) {
      doubts.note("entries without postings are left out", place,
                  "fewer than two postings are left: left out");
    }
    return std::nullopt;
  }
  const ImportedTexts texts = texts_of(entry);
  if (!texts.note.empty()) {
    std::string& note = postings.front().note;
    note = shortened(note.empty() ? texts.note : texts.note + "; " + note, 500);
  }
  if (texts.description.size() > 1000 || texts.reference.size() > 200) {
    doubts.note("texts are shortened", place, "a description or code is shortened");
  }
  return ImportedDraft{books::Draft{.request_key = key,
                                    .asked_by = {},
                                    .booked_on = entry.day,
                                    .late = books::LateEntry::refuse,
                                    .description = shortened(texts.description, 1000),
                                    .reference = shortened(texts.reference, 200),
                                    .source = shortened(texts.source, 500),
                                    .reverses = {},
                                    .uses_hold = {},
                                    .postings = std::move(postings)},
                       place};
}

}  // namespace coop::journals

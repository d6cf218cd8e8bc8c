#include "ledger/journals/import_postings.hpp"

#include <algorithm>

#include "ledger/journals/import_comments.hpp"
#include "ledger/journals/import_names.hpp"
#include "ledger/journals/import_tags.hpp"

namespace coop::journals {

namespace {

constexpr std::size_t most_letters_of_a_note = 500;

// What a price shows: its digits as far as anybody reads them.
std::string shown_amount(const Decimal& amount) {
  constexpr std::size_t most = 40;
  const std::string text = text_of(amount);
  return text.size() <= most ? text : text.substr(0, most) + "…";
}

/// Makes the postings of one entry.
class Reading {
 public:
  Reading(const HledgerEntry& entry, const books::DimensionCodes& about, const ImportMeanings& meanings,
          const ImportOptions& options, PlacedDoubts& doubts)
      : entry_{entry}, about_{about}, meanings_{meanings}, options_{options}, doubts_{doubts} {}

  std::vector<ExactPosting> postings() {
    for (const HledgerPosting& posting : entry_.postings) take(posting);
    if (!doubts_.has_failed) convert();
    return std::move(postings_);
  }

 private:
  void take(const HledgerPosting& posting) {
    const bool is_virtual = posting.kind == HledgerPostingKind::unbalanced_virtual;
    if (is_virtual && options_.virtual_postings != VirtualPostings::book) {
      leave_out_virtual(posting);
      return;
    }
    const Day day = posting.day.value_or(entry_.day);
    if (day != entry_.day) {
      doubts_.note("postings of other days", posting.account + " is posted on its own day " + day.text() +
                                                 ", through " + options_.clearing_account);
    }
    const ImportedComment comment = commented(posting);
    for (const HledgerAmount& amount : posting.amounts) {
      if (!take(posting, amount, comment, day)) continue;
      if (is_virtual) balance_virtual();
      else add_at_cost(amount);
    }
  }

  // What the posting says, then what its entry says of all.
  ImportedComment commented(const HledgerPosting& posting) {
    const TaggedCodes said = tagged_codes_of(posting.tags);
    for (const HledgerTag& tag : said.no_codes)
      doubts_.tally("tags that are no codes",
                    told_tag(tag) + " is no code of a dimension: it stays in the note");
    for (const HledgerTag& tag : said.passed_over) {
      if (is_own_tag(posting, tag))
        doubts_.note("tags passed over", posting.account + ": a posting has one " + tag.name +
                                             ", the first: " + told_tag(tag) + " stays in the note");
    }
    ImportedComment comment = comment_of(posting);
    for (std::size_t kind = 0; kind < about_.size(); ++kind) {
      if (!comment.about[kind]) comment.about[kind] = about_[kind];
    }
    return comment;
  }

  void leave_out_virtual(const HledgerPosting& posting) {
    const std::string text = "(" + posting.account + ") need not balance and books cannot hold it";
    if (options_.virtual_postings == VirtualPostings::skip) {
      doubts_.note("unbalanced virtual postings are left out", text + "; it is left out");
    } else {
      doubts_.fail(
          "unbalanced virtual postings",
          text + "; --virtual=skip leaves it out, --virtual=book balances it by " + options_.virtual_account);
    }
  }

  bool take(const HledgerPosting& posting, const HledgerAmount& amount, const ImportedComment& comment,
            Day day) {
    if (is_zero(amount.quantity)) {
      doubts_.note("postings of zero are left out", posting.account + ": a posting of zero is left out");
      return false;
    }
    const MeantUnit& meant = meanings_.units.at(amount.commodity);
    postings_.push_back({day, meanings_.paths.at(posting.account), meant.unit,
                         shifted(amount.quantity, meant.shift), comment.about,
                         shorter_note(amount.cost ? with_cost(comment.note, amount) : comment.note)});
    return true;
  }

  static std::string with_cost(const std::string& note, const HledgerAmount& amount) {
    const std::string cost = (amount.cost->is_total ? "@@ " : "@ ") + shown_amount(amount.cost->amount) +
                             ' ' + amount.cost->commodity;
    return note.empty() ? cost : cost + "; " + note;
  }

  std::string shorter_note(const std::string& note) {
    if (note.size() > most_letters_of_a_note)
      doubts_.note("notes are shortened", "a note longer than 500 letters is shortened");
    return shortened(note, most_letters_of_a_note);
  }

  void balance_virtual() {
    const ExactPosting& last = postings_.back();
    ExactPosting against{.day = last.day,
                         .path = path_of_imported(options_.virtual_account),
                         .unit = last.unit,
                         .amount = -last.amount,
                         .about = {},
                         .note = "",
                         .is_added = true};
    postings_.push_back(std::move(against));
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
    std::vector<std::pair<Unit, Decimal>> left;
    for (const ExactPosting& posting : postings_) {
      const auto same = std::find_if(left.begin(), left.end(),
                                     [&](const auto& one) { return one.first.id == posting.unit.id; });
      if (same == left.end()) left.emplace_back(posting.unit, posting.amount);
      else same->second = same->second + posting.amount;
    }
    std::erase_if(left, [](const auto& one) { return is_zero(one.second); });
    if (!is_exchange(left)) {
      require_nearly_nothing(left);
      return;
    }
    const std::string path = path_of_imported(options_.conversion_account);
    for (const auto& [unit, sum] : left) postings_.push_back({entry_.day, path, unit, -sum, {}, "", true});
  }

  // With costs the entry balances at cost; without, exactly two units are exchanged for each other.
  bool is_exchange(const std::vector<std::pair<Unit, Decimal>>& left) {
    if (!has_cost_) return left.size() == 2 && (left[0].second.mantissa > 0) != (left[1].second.mantissa > 0);
    for (const auto& [commodity, sum] : at_cost_) {
      const auto meant = meanings_.units.find(commodity);
      const int scale = meant == meanings_.units.end() ? 0 : meant->second.unit.scale - meant->second.shift;
      if (rounds_to_zero(sum, std::max(scale, 0))) continue;
      if (!rounds_to_zero(sum, 0)) return false;
      doubts_.note("entries that balance at cost as shown",
                   "at cost the entry comes to " + shown_amount(sum) + ' ' + commodity + ", which stays in " +
                       options_.conversion_account);
    }
    return true;
  }

  // hledger lets pass what the decimals that it shows do not show.
  void require_nearly_nothing(const std::vector<std::pair<Unit, Decimal>>& left) {
    for (const auto& [unit, sum] : left) {
      if (!has_cost_ && rounds_to_zero(sum, 0) && options_.rounding_account) continue;
      const std::string hint = rounds_to_zero(sum, 0) ? "; --rounding-account takes such differences" : "";
      doubts_.fail("entries that do not balance",
                   "the entry does not balance: it comes to " + shown_amount(sum) + ' ' + unit.code + hint);
    }
  }

  const HledgerEntry& entry_;
  const books::DimensionCodes& about_;
  const ImportMeanings& meanings_;
  const ImportOptions& options_;
  PlacedDoubts& doubts_;
  std::vector<ExactPosting> postings_;
  std::map<std::string, Decimal> at_cost_;  ///< by commodity
  bool has_cost_ = false;
};

}  // namespace

std::vector<ExactPosting> exact_postings_of(const HledgerEntry& entry, const books::DimensionCodes& about,
                                            const ImportMeanings& meanings, const ImportOptions& options,
                                            PlacedDoubts& doubts) {
  return Reading{entry, about, meanings, options, doubts}.postings();
}

}  // namespace coop::journals

#include "ledger/proof/entry_check.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <span>

#include "ledger/books/draft.hpp"
#include "ledger/values/money.hpp"

namespace coop::proof {

namespace {

using Postings = std::span<const RecordedPosting>;

std::string range_text(std::int64_t first, std::int64_t last) {
  if (first == last) return "entry " + std::to_string(first) + " is missing";
  return "entries " + std::to_string(first) + " to " + std::to_string(last) + " are missing";
}

std::string line_text(const RecordedPosting& posting) { return "line " + std::to_string(posting.line); }

std::string amount_text(WideSum amount, int scale) {
  if (amount > std::numeric_limits<std::int64_t>::max() ||
      amount < std::numeric_limits<std::int64_t>::min()) {
    return "very much";
  }
  return text_from_minor(static_cast<std::int64_t>(amount), scale);
}

// One stretch, entry by entry. What an entry's hash covers is put together while its postings are checked.
class StretchCheck {
 public:
  StretchCheck(const BookFacts& facts, const Stretch& stretch, std::size_t most_flaws)
      : facts_{facts},
        stretch_{stretch},
        checked_{stretch.first, stretch.last, 0, 0, 0, {}, {}, {}, {}, std::nullopt, Flaws{most_flaws}},
        next_posting_{stretch.postings.begin()} {}

  StretchChecked run() {
    checked_.by_month.reserve(stretch_.postings.size());
    const RecordedEntry* previous = stretch_.previous ? &*stretch_.previous : nullptr;
    std::int64_t expected = stretch_.first;
    for (const RecordedEntry& entry : stretch_.entries) {
      if (entry.number > expected) report_missing(expected, entry.number - 1);
      if (entry.number < expected) flaw(Finding::entry_repeated, entry, "is there more than once");
      const bool follows = previous != nullptr ? previous->number == entry.number - 1 : entry.number == 1;
      check_entry(entry, previous, follows);
      expected = entry.number + 1;
      previous = &entry;
    }
    if (expected <= stretch_.last) report_missing(expected, stretch_.last);
    report_orphans(stretch_.last + 1);
    if (!stretch_.entries.empty()) checked_.last_entry = stretch_.entries.back();
    return std::move(checked_);
  }

 private:
  void flaw(Finding finding, const RecordedEntry& entry, std::string_view text) {
    checked_.flaws.add_entry(finding, entry.number, text);
  }

  void report_missing(std::int64_t first, std::int64_t last) {
    checked_.flaws.add(Finding::entry_missing, first, range_text(first, last));
  }

  // Postings of numbers below `number` that no entry has taken.
  void report_orphans(std::int64_t number) {
    while (next_posting_ != stretch_.postings.end() && next_posting_->entry < number) {
      const std::int64_t orphaned = next_posting_->entry;
      checked_.flaws.add(
          Finding::posting_without_entry, orphaned,
          "entry " + std::to_string(orphaned) + " does not exist, but there are postings of it");
      for (; next_posting_ != stretch_.postings.end() && next_posting_->entry == orphaned; ++next_posting_)
        count(*next_posting_, facts_.accounts.find(next_posting_->account));
    }
  }

  Postings take_postings(std::int64_t number) {
    report_orphans(number);
    const auto begin = next_posting_;
    while (next_posting_ != stretch_.postings.end() && next_posting_->entry == number) ++next_posting_;
    return {begin, next_posting_};
  }

  void check_entry(const RecordedEntry& entry, const RecordedEntry* previous, bool follows) {
    const Postings postings = take_postings(entry.number);
    ++checked_.entries;
    if (entry.hold) ++checked_.entries_with_hold;
    const auto booked_on = day_from(entry.booked_on);
    const auto recorded_at = instant_from(entry.recorded_at);
    const auto document_on = entry.document_on ? day_from(*entry.document_on) : std::nullopt;
    if (!booked_on || !recorded_at || document_on.has_value() != entry.document_on.has_value()) {
      flaw(Finding::entry_value_impossible, entry, "has a day or moment that does not exist");
    } else if (document_on && *document_on >= *booked_on) {
      flaw(Finding::entry_value_impossible, entry,
           "has a document of " + document_on->text() + ", not before the day it is booked on");
    }
    if (previous != nullptr && entry.recorded_at < previous->recorded_at) {
      flaw(Finding::recorded_backwards, entry,
           "was recorded at " + instant_text(entry.recorded_at) + ", before the entry before it (" +
               instant_text(previous->recorded_at) + ")");
    }
    extend_runs(entry);
    const bool complete = check_postings(entry, postings);
    check_balance(entry);
    check_locks(entry);
    if (entry.reverses) check_reversal(entry, postings);
    if (booked_on && recorded_at && complete && (follows || entry.number == 1)) {
      check_hash(entry, previous, {booked_on, recorded_at, document_on});
    }
  }

  void extend_runs(const RecordedEntry& entry) {
    auto& runs = checked_.runs;
    if (!runs.empty() && runs.back().recorded_at == entry.recorded_at &&
        runs.back().last == entry.number - 1) {
      runs.back().last = entry.number;
    } else {
      runs.push_back({entry.number, entry.number, entry.recorded_at});
    }
  }

  // Sums are taken of all postings there are, whatever is wrong with them: that is what totals were to
  // follow.
  void count(const RecordedPosting& posting, const KnownAccount* account) {
    ++checked_.postings;
    const auto day = day_from(posting.booked_on);
    if (!day) return;
    if (posting.booked_on != month_day_) {
      const auto ymd = day->ymd();
      month_day_ = posting.booked_on;
      month_ = static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
    }
    checked_.by_month.push_back({account_period(posting.account, month_), posting.amount_minor});
    if (account == nullptr) return;
    if (account->by_day) {
      checked_.by_day.push_back({account_period(posting.account, posting.booked_on), posting.amount_minor});
    }
    if (account->watched) {
      checked_.watched.push_back({posting.account, posting.entry, month_, posting.amount_minor});
    }
  }

  // False if something that the hash covers is not to be had.
  bool check_postings(const RecordedEntry& entry, Postings postings) {
    chained_.clear();
    sums_.clear();
    const auto found = static_cast<std::int64_t>(postings.size());
    bool in_line = found == entry.posting_count && found >= 2;
    for (std::int64_t i = 0; i < found; ++i)
      in_line = in_line && postings[static_cast<std::size_t>(i)].line == i + 1;
    if (!in_line) {
      flaw(Finding::postings_incomplete, entry,
           "should have the postings 1 to " + std::to_string(entry.posting_count) + ", but has " +
               std::to_string(found));
    }
    bool known = true;
    for (const RecordedPosting& posting : postings) {
      const KnownAccount* account = facts_.accounts.find(posting.account);
      count(posting, account);
      if (account != nullptr) add_to_balance(*account, posting.amount_minor);
      if (posting.amount_minor == 0) {
        flaw(Finding::posting_amount_zero, entry, "has an amount of zero in " + line_text(posting));
      } else if (!books::is_within_one_posting(posting.amount_minor)) {
        flaw(Finding::posting_amount_too_large, entry,
             "has more in its " + line_text(posting) + " than one posting moves");
      }
      if (posting.booked_on != entry.booked_on) {
        flaw(Finding::posting_day_differs, entry,
             "is booked on " + day_text(entry.booked_on) + ", but its " + line_text(posting) + " on " +
                 day_text(posting.booked_on));
      }
      known = check_names(entry, posting, account) && known;
    }
    return known;
  }

  bool check_names(const RecordedEntry& entry, const RecordedPosting& posting, const KnownAccount* account) {
    if (account == nullptr) {
      flaw(Finding::account_unknown, entry,
           "has an account that does not exist in its node (id " + std::to_string(posting.account) + ") in " +
               line_text(posting));
      return false;
    }
    if (posting.booked_on < account->opened_on ||
        (account->closed_on && posting.booked_on > *account->closed_on)) {
      flaw(Finding::account_not_open, entry,
           "has a posting on '" + account->path + "', which was not open on " + day_text(posting.booked_on));
    }
    books::ChainedPosting& chained = chained_.emplace_back(books::ChainedPosting{
        account->path, account->unit, account->scale, posting.amount_minor, {}, posting.note});
    for (std::size_t kind = 0; kind < posting.about.size(); ++kind) {
      if (posting.about[kind] == 0) continue;
      const KnownDimension* dimension = facts_.dimensions.find(posting.about[kind]);
      if (dimension == nullptr || dimension->kind != kind) {
        flaw(Finding::dimension_unknown, entry,
             "is about a " + std::string{books::text_of(books::dimension_kinds[kind])} +
                 " that does not exist in its node (id " + std::to_string(posting.about[kind]) + ") in " +
                 line_text(posting));
        return false;
      }
      chained.about[kind] = dimension->code;
    }
    return true;
  }

  void add_to_balance(const KnownAccount& account, std::int64_t amount_minor) {
    auto sum = sums_.begin();
    while (sum != sums_.end() && sum->first->unit_id != account.unit_id) ++sum;
    if (sum == sums_.end()) sum = sums_.insert(sum, {&account, 0});
    sum->second += amount_minor;
  }

  void check_balance(const RecordedEntry& entry) {
    for (const auto& [account, sum] : sums_) {
      if (sum == 0) continue;
      flaw(Finding::entry_unbalanced, entry,
           "is off by " + amount_text(sum, account->scale) + " " + account->unit);
    }
  }

  // Equal moments prove nothing: what was recorded in the lock's own microsecond may have come before it.
  void check_locks(const RecordedEntry& entry) {
    for (const KnownLock& lock : facts_.locks) {
      const bool held =
          lock.locked_at < entry.recorded_at && (!lock.lifted_at || entry.recorded_at < *lock.lifted_at);
      if (!held || entry.booked_on > lock.through_on) continue;
      flaw(Finding::period_was_locked, entry,
           "was recorded at " + instant_text(entry.recorded_at) + " with the day " +
               day_text(entry.booked_on) + ", which lock " + std::to_string(lock.number) + " had closed");
      return;
    }
  }

  Postings reversed_postings(std::int64_t number) const {
    const auto [begin, end] = std::equal_range(
        stretch_.reversed_postings.begin(), stretch_.reversed_postings.end(),
        RecordedPosting{number, 0, 0, 0, 0, {}, {}},
        [](const RecordedPosting& a, const RecordedPosting& b) { return a.entry < b.entry; });
    return {begin, end};
  }

  void check_reversal(const RecordedEntry& entry, Postings postings) {
    const std::string target = "entry " + std::to_string(*entry.reverses);
    const auto reversed =
        std::find_if(stretch_.reversed.begin(), stretch_.reversed.end(),
                     [&](const RecordedEntry& one) { return one.number == *entry.reverses; });
    if (*entry.reverses >= entry.number || reversed == stretch_.reversed.end()) {
      return flaw(Finding::reversal_differs, entry, "reverses " + target + ", which was not there before it");
    }
    if (reversed->reverses) {
      return flaw(Finding::reversal_differs, entry, "reverses " + target + ", which is a reversal itself");
    }
    const Postings originals = reversed_postings(*entry.reverses);
    const bool opposite = std::equal(postings.begin(), postings.end(), originals.begin(), originals.end(),
                                     [](const RecordedPosting& a, const RecordedPosting& b) {
                                       return a.account == b.account && a.about == b.about &&
                                              WideSum{a.amount_minor} == -WideSum{b.amount_minor};
                                     });
    if (!opposite)
      flaw(Finding::reversal_differs, entry, "is not the opposite of " + target + ", which it reverses");
  }

  struct Times {
    std::optional<Day> booked_on;
    std::optional<Instant> recorded_at;
    std::optional<Day> document_on;
  };

  void check_hash(const RecordedEntry& entry, const RecordedEntry* previous, const Times& times) {
    canonical_.clear();
    books::append_canonical(
        canonical_, {facts_.node, entry.number, *times.booked_on, *times.recorded_at, times.document_on,
                     entry.description, entry.reference, entry.source, entry.reverses, entry.hold, chained_});
    const Hash before = entry.number == 1 ? books::first_link_of(facts_.node) : previous->hash;
    if (books::next_link(before, canonical_) == entry.hash) return;
    flaw(Finding::entry_changed, entry,
         entry.number == 1
             ? "was changed: its hash is not that of its content"
             : "was changed, or its hash or the one before it was: its hash does not follow from "
               "its content and the hash of entry " +
                   std::to_string(entry.number - 1));
  }

  const BookFacts& facts_;
  const Stretch& stretch_;
  StretchChecked checked_;
  std::vector<RecordedPosting>::const_iterator next_posting_;
  FoundDay month_day_ = std::numeric_limits<FoundDay>::min();
  std::int64_t month_ = 0;
  std::vector<books::ChainedPosting> chained_;
  boost::container::small_vector<std::pair<const KnownAccount*, WideSum>, 4> sums_;
  std::string canonical_;
};

}  // namespace

StretchChecked check_stretch(const BookFacts& facts, const Stretch& stretch, std::size_t most_flaws) {
  return StretchCheck{facts, stretch, most_flaws}.run();
}

}  // namespace coop::proof

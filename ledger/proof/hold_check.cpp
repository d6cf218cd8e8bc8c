#include "ledger/proof/hold_check.hpp"

#include <algorithm>
#include <span>

namespace coop::proof {

namespace {

using Postings = std::span<const RecordedPosting>;

void flaw_of(const RecordedHold& hold, std::string_view text, Flaws& flaws) {
  flaws.add(Finding::hold_inconsistent, hold.entry,
            "hold " + std::to_string(hold.number) + " " + std::string{text});
}

bool is_balanced(const BookFacts& facts, Postings postings) {
  std::map<std::int64_t, WideSum> by_unit;
  for (const RecordedPosting& posting : postings) {
    const KnownAccount* account = facts.accounts.find(posting.account);
    if (account == nullptr) return false;
    by_unit[account->unit_id] += posting.amount_minor;
  }
  return std::all_of(by_unit.begin(), by_unit.end(), [](const auto& sum) { return sum.second == 0; });
}

// What was reserved of an account, each side for itself.
struct BothSides {
  WideSum debit = 0;
  WideSum credit = 0;
};

// What was posted of each account, debits less credits, lies within what was reserved on that side.
bool lies_within(Postings posted, Postings reserved) {
  std::map<std::int64_t, BothSides> most;
  for (const RecordedPosting& posting : reserved) {
    BothSides& of_account = most[posting.account];
    if (posting.amount_minor > 0) of_account.debit += posting.amount_minor;
    else of_account.credit -= posting.amount_minor;
  }
  std::map<std::int64_t, WideSum> sums;
  for (const RecordedPosting& posting : posted) sums[posting.account] += posting.amount_minor;
  return std::all_of(sums.begin(), sums.end(), [&](const auto& sum) {
    const BothSides& of_account = most[sum.first];
    return sum.second >= -of_account.credit && sum.second <= of_account.debit;
  });
}

bool is_about_known_rows(const BookFacts& facts, const RecordedPosting& posting) {
  for (std::size_t kind = 0; kind < posting.about.size(); ++kind) {
    if (posting.about[kind] == 0) continue;
    const KnownDimension* dimension = facts.dimensions.find(posting.about[kind]);
    if (dimension == nullptr || dimension->kind != kind) return false;
  }
  return true;
}

Postings take(std::vector<RecordedPosting>::const_iterator& next, const std::vector<RecordedPosting>& all,
              std::int64_t number) {
  while (next != all.end() && next->entry < number) ++next;
  const auto begin = next;
  while (next != all.end() && next->entry == number) ++next;
  return {begin, next};
}

Postings postings_of(const std::vector<RecordedPosting>& all, std::int64_t entry) {
  const auto [begin, end] =
      std::equal_range(all.begin(), all.end(), RecordedPosting{entry, 0, 0, 0, 0, {}, {}},
                       [](const RecordedPosting& a, const RecordedPosting& b) { return a.entry < b.entry; });
  return {begin, end};
}

}  // namespace

void HoldCheck::add(const HoldPage& page, Flaws& flaws) {
  auto next = page.postings.begin();
  for (const RecordedHold& hold : page.holds) {
    if (hold.number != next_number_) {
      const std::string first = std::to_string(next_number_);
      flaws.add(Finding::hold_missing, std::nullopt,
                hold.number == next_number_ + 1
                    ? "hold " + first + " is missing"
                    : "holds " + first + " to " + std::to_string(hold.number - 1) + " are missing");
    }
    next_number_ = hold.number + 1;
    const Postings postings = take(next, page.postings, hold.number);
    check_hold(hold, postings, hold.entry ? postings_of(page.posted, *hold.entry) : Postings{}, flaws);
  }
}

void HoldCheck::check_hold(const RecordedHold& hold, Postings postings, Postings posted, Flaws& flaws) {
  const auto lines = static_cast<std::int64_t>(postings.size());
  if (lines != hold.posting_count || lines < 2) {
    flaw_of(
        hold,
        "should have " + std::to_string(hold.posting_count) + " postings, but has " + std::to_string(lines),
        flaws);
  }
  if (!is_balanced(facts_, postings)) flaw_of(hold, "does not balance in accounts of its node", flaws);
  if (!std::all_of(postings.begin(), postings.end(),
                   [&](const RecordedPosting& posting) { return is_about_known_rows(facts_, posting); })) {
    flaw_of(hold, "is about a row that does not exist in its node, or of another kind", flaws);
  }
  check_end(hold, flaws);
  if (hold.end.empty()) reserve(hold, postings);
  if (hold.end == "posted" && !lies_within(posted, postings)) {
    flaw_of(hold, "reserved less than entry " + std::to_string(hold.entry.value_or(0)) + " posted of it",
            flaws);
  }
}

void HoldCheck::check_end(const RecordedHold& hold, Flaws& flaws) {
  if (hold.end.empty()) return;
  if (hold.ended_at < hold.made_at) flaw_of(hold, "ended before it was made", flaws);
  if (hold.end == "voided") ++voided_;
  if (hold.end == "expired") {
    ++expired_;
    if (!hold.expires_at || hold.ended_at < *hold.expires_at) flaw_of(hold, "expired before its time", flaws);
  }
  if (hold.end != "posted") return;
  ++posted_;
  if (hold.hold_of_entry != hold.number) {
    flaw_of(hold, "was posted as entry " + std::to_string(hold.entry.value_or(0)) + ", which does not use it",
            flaws);
  } else if (hold.entry_recorded_at != hold.ended_at) {
    flaw_of(hold, "ended at another moment than entry " + std::to_string(*hold.entry) + " was recorded",
            flaws);
  }
}

void HoldCheck::reserve(const RecordedHold& hold, Postings postings) {
  for (const RecordedPosting& posting : postings) {
    Reserved& reserved = reserved_[posting.account];
    if (posting.amount_minor > 0) reserved.debit += posting.amount_minor;
    else reserved.credit -= posting.amount_minor;
  }
  if (hold.expires_at && (!first_expiry_ || *hold.expires_at < *first_expiry_))
    first_expiry_ = hold.expires_at;
}

bool HoldCheck::finish(const Told& told, std::int64_t entries_with_hold, Flaws& flaws) {
  if (next_number_ - 1 != head_.last_hold) {
    flaws.add(Finding::hold_missing, std::nullopt,
              "the head says that the last hold is " + std::to_string(head_.last_hold) + ", but it is " +
                  std::to_string(next_number_ - 1));
  }
  if (first_expiry_ && (!head_.next_hold_expiry || *head_.next_hold_expiry > *first_expiry_)) {
    flaws.add(Finding::head_differs, std::nullopt,
              "the head does not know that a hold expires at " + instant_text(*first_expiry_));
  }
  const auto tell = [&](std::int64_t there, std::int64_t said, const char* what) {
    if (there == said) return;
    flaws.add(Finding::event_inconsistent, std::nullopt,
              "the outbox tells of " + std::to_string(said) + " holds " + what + ", but there are " +
                  std::to_string(there));
  };
  tell(next_number_ - 1, told.holds, "made");
  tell(voided_, told.voided, "voided");
  tell(expired_, told.expired, "expired");
  return posted_ == entries_with_hold;
}

void check_locks(const BookFacts& facts, const KeptHead& head, const Told& told, Flaws& flaws) {
  std::optional<FoundDay> through;
  std::int64_t next_number = 1;
  std::int64_t lifted = 0;
  const auto flaw = [&](std::string text) {
    flaws.add(Finding::lock_inconsistent, std::nullopt, std::move(text));
  };
  for (const KnownLock& lock : facts.locks) {
    if (lock.number != next_number) flaw("lock " + std::to_string(next_number) + " is missing");
    next_number = lock.number + 1;
    if (!lock.lifted_at) {
      through = std::max(through.value_or(lock.through_on), lock.through_on);
      continue;
    }
    ++lifted;
    if (lock.hard) flaw("lock " + std::to_string(lock.number) + " is hard, but was lifted");
    if (*lock.lifted_at < lock.locked_at)
      flaw("lock " + std::to_string(lock.number) + " was lifted before it was made");
  }
  if (through != head.locked_through) {
    const auto text = [](const std::optional<FoundDay>& day) {
      return day ? "closed through " + day_text(*day) : "open";
    };
    flaw("the locks say that the books are " + text(through) + ", but the head says " +
         text(head.locked_through));
  }
  if (next_number - 1 != told.locks) {
    flaw("the outbox tells of " + std::to_string(told.locks) + " locks, but there are " +
         std::to_string(next_number - 1));
  }
  if (lifted != told.unlocks) {
    flaw("the outbox tells of " + std::to_string(told.unlocks) + " lifted locks, but there are " +
         std::to_string(lifted));
  }
}

}  // namespace coop::proof

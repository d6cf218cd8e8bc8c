#include "ledger/proof/derived_check.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>

#include "ledger/proof/figure_text.hpp"

namespace coop::proof {

namespace {

bool equal(const Turnover& turnover, std::int64_t debit_minor, std::int64_t credit_minor) {
  return turnover.debit == debit_minor && turnover.credit == credit_minor;
}

std::string sides_text(const KnownAccount* account, WideSum debit, WideSum credit) {
  return "debit " + amount_text(account, debit) + ", credit " + amount_text(account, credit);
}

struct PeriodWords {
  Finding finding;
  const char* what;
  std::string (*when)(std::int64_t period);
};

// Rows that are kept against turnovers that were computed; both ways.
void compare_totals(const BookFacts& facts, const std::vector<KeptTotal>& kept, const Turnovers& computed,
                    const PeriodWords& words, Flaws& flaws) {
  std::size_t matched = 0;
  for (const KeptTotal& row : kept) {
    const auto found = computed.find(account_period(row.account, row.period));
    const Turnover turnover = found == computed.end() ? Turnover{} : found->second;
    if (found != computed.end()) ++matched;
    if (found != computed.end() && equal(turnover, row.debit_minor, row.credit_minor)) continue;
    const KnownAccount* account = facts.accounts.find(row.account);
    flaws.add(words.finding, std::nullopt,
              std::string{words.what} + " of " + account_text(account, row.account) + " in " +
                  words.when(row.period) + " is kept as " +
                  sides_text(account, row.debit_minor, row.credit_minor) + ", but the entries come to " +
                  sides_text(account, turnover.debit, turnover.credit));
  }
  if (matched == computed.size()) return;
  boost::unordered_flat_set<AccountPeriod> known;
  for (const KeptTotal& row : kept) known.insert(account_period(row.account, row.period));
  for (const auto& [key, turnover] : computed) {
    if (known.contains(key)) continue;
    const KnownAccount* account = facts.accounts.find(account_of(key));
    flaws.add(words.finding, std::nullopt,
              std::string{words.what} + " of " + account_text(account, account_of(key)) + " in " +
                  words.when(period_of(key)) + " is missing: the entries come to " +
                  sides_text(account, turnover.debit, turnover.credit));
  }
}

void add_each(Turnovers& into, const std::vector<Movement>& movements) {
  for (const Movement& movement : movements) into[movement.key].add(movement.amount_minor);
}

}  // namespace

DerivedCheck::DerivedCheck(const BookFacts& facts, const KeptFigures& kept) : facts_{facts}, kept_{kept} {
  by_month_.reserve(kept.by_month.size());
  by_day_.reserve(kept.by_day.size());
}

void DerivedCheck::add(const StretchChecked& stretch, const std::vector<RecordedTogether>& batches,
                       Flaws& flaws) {
  add_each(by_month_, stretch.by_month);
  add_each(by_day_, stretch.by_day);
  if (stretch.last_entry) last_entry_ = stretch.last_entry;
  std::vector<WatchedPosting> crossings;
  for (const WatchedPosting& posting : stretch.watched) watch(posting, crossings, flaws);
  auto batch = batches.begin();
  for (const WatchedPosting& crossing : crossings) {
    while (batch != batches.end() && batch->last < crossing.entry) ++batch;
    const bool known = batch != batches.end() && batch->first <= crossing.entry;
    expected_marks_.push_back({crossing.account, crossing.entry, known ? batch->last : crossing.entry});
  }
}

DerivedCheck::Watched& DerivedCheck::watched(std::int64_t account) {
  const auto [found, is_new] = watched_.try_emplace(account);
  if (is_new) {
    const auto [begin, end] =
        std::equal_range(kept_.marks.begin(), kept_.marks.end(), KeptMark{account, 0, 0, 0, 0},
                         [](const KeptMark& a, const KeptMark& b) { return a.account < b.account; });
    found->second.next_mark = static_cast<std::size_t>(begin - kept_.marks.begin());
    found->second.end_mark = static_cast<std::size_t>(end - kept_.marks.begin());
  }
  return found->second;
}

void DerivedCheck::watch(const WatchedPosting& posting, std::vector<WatchedPosting>& crossings,
                         Flaws& flaws) {
  Watched& state = watched(posting.account);
  compare_marks(posting.account, state, posting.entry, flaws);
  state.months[posting.month].add(posting.amount_minor);
  ++state.postings;
  if (state.postings % kept_.mark_step == 0) crossings.push_back(posting);
}

// Compares the account's marks after entries below `before_entry` with what it has turned over so far.
void DerivedCheck::compare_marks(std::int64_t account, Watched& state, std::int64_t before_entry,
                                 Flaws& flaws) {
  while (state.next_mark < state.end_mark && kept_.marks[state.next_mark].entry < before_entry) {
    const std::int64_t entry = kept_.marks[state.next_mark].entry;
    bool right = true;
    std::size_t months = 0;
    for (; state.next_mark < state.end_mark && kept_.marks[state.next_mark].entry == entry;
         ++state.next_mark, ++months) {
      const KeptMark& mark = kept_.marks[state.next_mark];
      const auto month = state.months.find(mark.month);
      right =
          right && month != state.months.end() && equal(month->second, mark.debit_minor, mark.credit_minor);
    }
    if (right && months == state.months.size()) continue;
    flaws.add(Finding::account_mark_differs, entry,
              "the mark of " + account_text(facts_.accounts.find(account), account) + " after entry " +
                  std::to_string(entry) + " does not tell what the account had turned over by then");
  }
}

void DerivedCheck::finish_marks(Flaws& flaws) {
  std::set<std::pair<std::int64_t, std::int64_t>> kept;
  for (const KeptMark& mark : kept_.marks) kept.emplace(mark.account, mark.entry);
  for (const auto& [account, entry] : kept) watched(account);
  for (auto& [account, state] : watched_) {
    compare_marks(account, state, std::numeric_limits<std::int64_t>::max(), flaws);
  }
  const auto tell = [&](const auto& mark, const char* fault) {
    flaws.add(Finding::account_mark_differs, mark.second,
              "the mark of " + account_text(facts_.accounts.find(mark.first), mark.first) + " after entry " +
                  std::to_string(mark.second) + fault);
  };
  std::set<std::pair<std::int64_t, std::int64_t>> placed;
  for (const ExpectedMark& expected : expected_marks_) {
    auto mark = kept.lower_bound({expected.account, expected.first});
    const auto end = kept.upper_bound({expected.account, expected.last});
    if (mark == end) tell(std::pair{expected.account, expected.last}, " is missing");
    placed.insert(mark, end);
  }
  for (const auto& mark : kept) {
    if (!placed.contains(mark)) tell(mark, " has no place there");
  }
}

void DerivedCheck::finish_head(Flaws& flaws) const {
  const KeptHead& head = kept_.head;
  const Hash last_hash = last_entry_ ? last_entry_->hash : books::first_link_of(facts_.node);
  const std::int64_t last_number = last_entry_ ? last_entry_->number : 0;
  if (last_number != head.last_number) {
    flaws.add(Finding::head_differs, std::nullopt,
              "the head says that the last entry is " + std::to_string(head.last_number) + ", but it is " +
                  std::to_string(last_number));
  } else if (last_hash != head.last_hash) {
    flaws.add(Finding::head_differs, std::nullopt,
              "the head's hash is not that of the last entry, " + std::to_string(last_number));
  }
  if (last_entry_ && last_entry_->recorded_at > head.last_recorded_at) {
    flaws.add(Finding::head_differs, std::nullopt,
              "the head says that nothing was recorded after " + instant_text(head.last_recorded_at) +
                  ", but the last entry was");
  }
}

void DerivedCheck::check_balance(const KeptBalance& kept, const Moved& moved, const Reserved& reserved,
                                 Flaws& flaws) const {
  const auto& [turnover, newest] = moved;
  const KnownAccount* account = facts_.accounts.find(kept.account);
  const std::string name = account_text(account, kept.account);
  const WideSum balance = turnover.debit - turnover.credit;
  if (balance != kept.balance_minor || turnover.postings != kept.posting_count) {
    flaws.add(Finding::balance_differs, std::nullopt,
              "the balance of " + name + " is kept as " + amount_text(account, kept.balance_minor) +
                  " after " + std::to_string(kept.posting_count) + " postings, but the entries come to " +
                  amount_text(account, balance) + " after " + std::to_string(turnover.postings));
  }
  if (kept.newest_month != newest) {
    flaws.add(Finding::period_total_differs, std::nullopt,
              "the newest month of " + name + " is not the one that is kept");
  }
  if (kept.has_day_totals != (turnover.postings >= kept_.day_totals_from)) {
    flaws.add(Finding::day_total_differs, std::nullopt,
              name + (kept.has_day_totals ? " has totals by day too early" : " should have totals by day"));
  }
  if (reserved.debit != kept.held_debit_minor || reserved.credit != kept.held_credit_minor) {
    flaws.add(Finding::held_differs, std::nullopt,
              "what is held of " + name + " is kept as " +
                  sides_text(account, kept.held_debit_minor, kept.held_credit_minor) +
                  ", but the open holds come to " + sides_text(account, reserved.debit, reserved.credit));
  }
  const bool below = kept.lower_limit && balance - reserved.credit < *kept.lower_limit;
  const bool above = kept.upper_limit && balance + reserved.debit > *kept.upper_limit;
  if (below || above) {
    flaws.add(Finding::limit_broken, std::nullopt,
              name + " stands at " + amount_text(account, balance) + " with " +
                  sides_text(account, reserved.debit, reserved.credit) + " held, beyond its limit of " +
                  amount_text(account, below ? *kept.lower_limit : *kept.upper_limit));
  }
}

std::map<std::int64_t, DerivedCheck::Moved> DerivedCheck::moved_by_account() const {
  std::map<std::int64_t, Moved> by_account;
  for (const auto& [key, turnover] : by_month_) {
    Moved& moved = by_account[account_of(key)];
    moved.turnover.add(turnover);
    moved.newest_month = std::max(moved.newest_month.value_or(period_of(key)), period_of(key));
  }
  return by_account;
}

// An account's newest month is kept in its balance row until a newer one begins, and in no year.
Turnovers DerivedCheck::by_year(const std::map<std::int64_t, Moved>& by_account) const {
  Turnovers years;
  for (const auto& [key, turnover] : by_month_) {
    if (by_account.at(account_of(key)).newest_month == period_of(key)) continue;
    years[account_period(account_of(key), period_of(key) / 12)].add(turnover);
  }
  return years;
}

void DerivedCheck::finish_balances(const std::map<std::int64_t, Moved>& by_account,
                                   const std::map<std::int64_t, Reserved>& reserved, Flaws& flaws) const {
  std::set<std::int64_t> seen;
  for (const KeptBalance& kept : kept_.balances) {
    const auto moved = by_account.find(kept.account);
    const auto held = reserved.find(kept.account);
    seen.insert(kept.account);
    check_balance(kept, moved == by_account.end() ? Moved{} : moved->second,
                  held == reserved.end() ? Reserved{} : held->second, flaws);
  }
  std::set<std::int64_t> needed{kept_.accounts.begin(), kept_.accounts.end()};
  for (const auto& [account, moved] : by_account) needed.insert(account);
  for (const auto& [account, held] : reserved) needed.insert(account);
  for (const std::int64_t account : needed) {
    if (seen.contains(account)) continue;
    flaws.add(Finding::balance_differs, std::nullopt,
              "the balance of " + account_text(facts_.accounts.find(account), account) + " is missing");
  }
}

void DerivedCheck::finish(const std::map<std::int64_t, Reserved>& reserved, Flaws& of_head, Flaws& flaws) {
  finish_head(of_head);
  const std::map<std::int64_t, Moved> by_account = moved_by_account();
  finish_balances(by_account, reserved, flaws);
  compare_totals(facts_, kept_.by_month, by_month_,
                 {Finding::period_total_differs, "the month's total", month_text}, flaws);
  compare_totals(facts_, kept_.by_year, by_year(by_account),
                 {Finding::period_total_differs, "the year's total", year_text}, flaws);
  compare_totals(facts_, kept_.by_day, by_day_, {Finding::day_total_differs, "the day's total", day_text},
                 flaws);
  finish_marks(flaws);
}

}  // namespace coop::proof

#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "ledger/proof/entry_check.hpp"

namespace coop::proof {

/// Where the books stand, as kept in `book_head`.
struct KeptHead {
  std::int64_t last_number;
  Hash last_hash;
  FoundInstant last_recorded_at;
  std::int64_t last_hold;
  std::int64_t last_event;
  std::optional<FoundInstant> next_hold_expiry;
  std::optional<FoundDay> locked_through;
};

/// A row of `account_balance`.
struct KeptBalance {
  std::int64_t account;
  std::int64_t balance_minor;
  std::int64_t held_debit_minor;
  std::int64_t held_credit_minor;
  std::int64_t posting_count;
  bool has_day_totals;
  std::optional<std::int64_t>
      newest_month;  ///< whose total stands in this row; earlier ones in `period_total`
  std::optional<std::int64_t> lower_limit;
  std::optional<std::int64_t> upper_limit;
};

/// A row of `account_month`, `year_total` or `day_total`.
struct KeptTotal {
  std::int64_t account;
  std::int64_t period;
  std::int64_t debit_minor;
  std::int64_t credit_minor;
};

/// A row of `account_mark`.
struct KeptMark {
  std::int64_t account;
  std::int64_t entry;
  std::int64_t month;
  std::int64_t debit_minor;
  std::int64_t credit_minor;
};

/// Everything that is kept of a node's entries but could be recomputed from them, as of one moment.
struct KeptFigures {
  KeptHead head;
  std::vector<KeptBalance> balances;   ///< by account
  std::vector<KeptTotal> by_month;     ///< by account and month
  std::vector<KeptTotal> by_year;      ///< by account and year, without each account's newest month
  std::vector<KeptTotal> by_day;       ///< by account and day
  std::vector<KeptMark> marks;         ///< by account, entry and month
  std::vector<std::int64_t> accounts;  ///< all accounts of the node
  std::int64_t mark_step;              ///< an account is marked each time it took so many more postings
  std::int64_t day_totals_from;        ///< it has totals by day from so many postings on
};

/// What open holds reserve of an account.
struct Reserved {
  WideSum debit = 0;
  WideSum credit = 0;
};

/// Recomputes what is kept from checked stretches, which must come in the order of their numbers.
class DerivedCheck {
 public:
  DerivedCheck(const BookFacts& facts, const KeptFigures& kept);

  /// Takes a stretch's sums. `batches` are the entries that were recorded together, as the outbox tells,
  /// and must cover the stretch: marks are kept where a batch ends.
  void add(const StretchChecked& stretch, const std::vector<RecordedTogether>& batches, Flaws& flaws);
  /// Compares, when all stretches were taken: head_differs, balance_differs, period_total_differs,
  /// day_total_differs, account_mark_differs, held_differs, limit_broken.
  void finish(const std::map<std::int64_t, Reserved>& reserved, Flaws& of_head, Flaws& of_figures);

 private:
  struct Watched {
    std::map<std::int64_t, Turnover> months;
    std::int64_t postings = 0;
    std::size_t next_mark = 0;  ///< position in kept_.marks of the account's next mark
    std::size_t end_mark = 0;
  };
  // A mark is kept after the entry with which the account took another `mark_step` postings, or after the
  // last one recorded together with it.
  struct ExpectedMark {
    std::int64_t account;
    std::int64_t first;
    std::int64_t last;
  };
  Watched& watched(std::int64_t account);
  void watch(const WatchedPosting& posting, std::vector<WatchedPosting>& crossings, Flaws& flaws);
  void compare_marks(std::int64_t account, Watched& state, std::int64_t before_entry, Flaws& flaws);
  void finish_marks(Flaws& flaws);
  void finish_head(Flaws& flaws) const;
  struct Moved {
    Turnover turnover;
    std::optional<std::int64_t> newest_month;
  };
  std::map<std::int64_t, Moved> moved_by_account() const;
  void finish_balances(const std::map<std::int64_t, Moved>& by_account,
                       const std::map<std::int64_t, Reserved>& reserved, Flaws& flaws) const;
  Turnovers by_year(const std::map<std::int64_t, Moved>& by_account) const;
  void check_balance(const KeptBalance& kept, const Moved& moved, const Reserved& reserved,
                     Flaws& flaws) const;

  const BookFacts& facts_;
  const KeptFigures& kept_;
  Turnovers by_month_;
  Turnovers by_day_;
  std::map<std::int64_t, Watched> watched_;
  std::vector<ExpectedMark> expected_marks_;
  std::optional<RecordedEntry> last_entry_;
};

}  // namespace coop::proof

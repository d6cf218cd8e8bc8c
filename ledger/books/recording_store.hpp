#pragma once
#include <array>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "ledger/books/book_head.hpp"
#include "ledger/books/chain.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/books/judgement.hpp"
#include "ledger/database/binary_array.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// An accepted draft with its number, and with its hash once it is known when it is recorded.
struct NewEntry {
  const Draft* draft;
  Judged judged;
  Fingerprint content_hash;
  EntryNumber number;
  Hash hash{};
};

/// Debits and credits, in minor units; neither is negative.
struct Turnover {
  std::int64_t debit = 0;
  std::int64_t credit = 0;
};

/// Accepted entries made ready to be written: all columns are laid out once, then written as often as the
/// database transaction has to be tried.
class Recording {
 public:
  /// `head`: where the books stand before; they must still stand there when the entries are written.
  explicit Recording(const BookHead& head) : before_{head}, after_{head} {}

  /// Lays out one more entry, all of it but its hash.
  void add(const NewEntry& entry, const Scene& scene);
  /// Lays out the hashes of `entries`, all that were added, and what they change. The standings on the scene
  /// move on with it (counts, newest months). Nothing is added afterwards. Throws Refused: amount_overflow.
  void finish(Instant recorded_at, std::span<const NewEntry> entries, Scene& scene);

  /// True if write() is a single statement, and so needs no database transaction around it.
  bool is_one_statement() const noexcept;
  /// Whether the caller holds the head's lock and knows that none of the requests is on record.
  enum class Keys { unknown, looked_up };
  /// Writes entries, postings, the balances and totals they change, the ends of used holds, the outbox row
  /// and the head. False, and nothing is written: the books stand elsewhere by now, or one of the requests is
  /// on record already.
  bool write(Tx& tx, Keys keys) const;
  /// Where the books stand once the entries are written.
  const BookHead& head_after() const noexcept { return after_; }

 private:
  using Of = BinaryArray::Of;
  struct EntryColumns {
    BinaryArray number{Of::int4}, booked_on{Of::date}, document_on{Of::date}, posting_count{Of::int2},
        recorded_by{Of::int4}, request_key{Of::uuid}, content_hash{Of::uuid}, hash{Of::bytea},
        description{Of::text}, reference{Of::text}, source{Of::text}, reverses{Of::int4}, hold{Of::int8};
  };
  struct PostingColumns {
    BinaryArray entry_number{Of::int4}, line{Of::int2}, account{Of::int4}, amount{Of::int8},
        booked_on{Of::date}, note{Of::text};
    std::array<BinaryArray, 4> about{BinaryArray{Of::int4}, BinaryArray{Of::int4}, BinaryArray{Of::int4},
                                     BinaryArray{Of::int4}};
  };
  struct BalanceColumns {
    BinaryArray account{Of::int4}, balance{Of::int8}, held_debit{Of::int8}, held_credit{Of::int8},
        posting_count{Of::int8}, month{Of::int4}, debit{Of::int8}, credit{Of::int8};
  };
  using TurnoverByPeriod = std::map<std::pair<AccountId, int>, Turnover>;

  void add_entry(const NewEntry& entry);
  void add_postings(const NewEntry& entry, const Scene& scene);
  void add_used_hold(const NewEntry& entry, const Scene& scene);
  void move_months_on(Scene& scene);
  void find_busy_accounts(Scene& scene);
  void lay_out_balances(const Scene& scene);
  bool write_entries(Tx& tx, Keys keys) const;
  void write_totals(Tx& tx) const;

  BookHead before_;
  BookHead after_;
  EntryNumber first_{0};
  EntryColumns entries_;
  PostingColumns postings_;
  BalanceColumns balances_;
  std::map<std::size_t, std::int64_t> touched_;             ///< standings, and how many postings each takes
  std::map<std::pair<std::size_t, int>, Turnover> months_;  ///< by standing and month
  TurnoverByPeriod totals_;  ///< what goes to period_total, by month, and to year_total
  std::map<std::pair<AccountId, Day>, Turnover> days_;  ///< of accounts with totals by day
  SqlArray ended_hold_, ended_entry_, ended_by_;
  bool ends_holds_ = false;
  std::vector<AccountId> marked_;        ///< busy accounts that are due for a mark
  std::vector<AccountId> newly_by_day_;  ///< busy accounts that have totals by day from now on
};

}  // namespace coop::books

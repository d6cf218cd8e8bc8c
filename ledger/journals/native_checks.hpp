#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/journals/native_allocation_checks.hpp"
#include "ledger/journals/native_budget_checks.hpp"
#include "ledger/journals/native_capital_checks.hpp"
#include "ledger/journals/native_collecting_checks.hpp"
#include "ledger/journals/native_cost_checks.hpp"
#include "ledger/journals/native_count_checks.hpp"
#include "ledger/journals/native_disbursement_checks.hpp"
#include "ledger/journals/native_dues_checks.hpp"
#include "ledger/journals/native_fund_checks.hpp"
#include "ledger/journals/native_key_checks.hpp"
#include "ledger/journals/native_line.hpp"
#include "ledger/journals/native_match_checks.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/journals/native_obligation_checks.hpp"
#include "ledger/journals/native_outbox_checks.hpp"
#include "ledger/journals/native_pay_checks.hpp"
#include "ledger/journals/native_reminder_checks.hpp"
#include "ledger/journals/native_roll_checks.hpp"
#include "ledger/journals/native_rule_checks.hpp"
#include "ledger/journals/native_sharing_checks.hpp"
#include "ledger/journals/native_signoff_checks.hpp"
#include "ledger/journals/native_told_checks.hpp"
#include "ledger/journals/native_work_checks.hpp"

namespace coop::journals {

/// What an account's postings and open holds come to.
struct NativeStanding {
  NativeAccount account;
  std::int64_t balance_minor = 0;
  std::int64_t posting_count = 0;
  std::int64_t held_debit_minor = 0;
  std::int64_t held_credit_minor = 0;
};

/// Follows the lines of a complete export and refuses the first that contradicts the ones before it: order of
/// kinds, gaps in numbers, unknown or closed accounts, entries that do not balance or whose hash does not
/// follow, reversals that are not the opposite of one entry, holds that end twice, limits that do not hold,
/// counts. Keeps accounts, dimensions and holds in memory, of each entry two dozen bytes, of each posting
/// sixteen.
class NativeChecks {
 public:
  /// Throws Refused: import_contradicts, and what a value refuses.
  void take(const NativeLine& line);

  const Scales& scales() const noexcept { return scales_; }
  /// By account id.
  const std::map<int, NativeStanding>& standings() const noexcept { return standings_; }
  /// The account of this path in this unit. Throws Refused: import_contradicts.
  int account_id(const std::string& path, const std::string& unit) const;
  /// The dimension row of this kind and code. Throws Refused: import_contradicts.
  int dimension_id(books::DimensionKind kind, const std::string& code) const;
  /// True after the last line.
  bool is_complete() const noexcept { return is_complete_; }

 private:
  struct OpenHold {
    std::vector<std::pair<int, std::int64_t>> reserved;  ///< account id and amount
    std::optional<std::int64_t> posted_by;               ///< the entry that uses it
    bool has_ended = false;
  };
  void check_order(const NativeLine& line);
  void check(const NativeHead& head);
  void check(const NativeUnit& unit);
  void check(const NativeDimension& row);
  void check(const NativeAccount& account);
  void check(const NativeHold& hold);
  void check(const NativeEntry& native);
  void check(const NativeCheckpoint& checkpoint) const;
  void check(const NativeHoldEnd& end);
  void check(const NativeLock& lock);
  void check(const NativeUnlock& unlock);
  void check(const NativeEvent& event);
  void check(const NativeAnswer& answer);
  void check(const NativeRow& row);
  void check_in_room(const NativeRow& row);
  void check(const NativeEnd& end);
  void check_postings(const std::vector<books::Posting>& postings) const;
  void check_links(const books::Entry& entry);
  void check_reversal(const books::Entry& entry);
  books::Fingerprint lines_of(const books::Entry& entry, int sign) const;
  void apply(const books::Entry& entry);
  std::int64_t moved(std::int64_t entry, const std::string& member, const std::string& unit) const;
  void check_limits() const;

  MemberChecks members_;
  DuesChecks dues_;
  RollChecks rolls_;
  CollectingChecks collecting_;
  ReminderChecks reminders_;
  BankChecks bank_;
  DisbursementChecks disbursements_;
  CapitalChecks capital_;
  MatchChecks matches_;
  SignoffChecks signoffs_;
  CountChecks counts_;
  RuleChecks rules_;
  WorkChecks work_;
  ObligationChecks obligations_;
  FundChecks funds_;
  BudgetChecks budgets_;
  AllocationChecks allocations_;
  FundSpending spending_;
  SharingChecks sharing_;
  CostChecks costs_;
  PayChecks pay_;
  ToldChecks told_;
  OutboxChecks outbox_;
  KeyChecks keys_;
  PostedAmounts posted_;
  Scales scales_;
  std::map<int, NativeStanding> standings_;
  std::map<std::pair<std::string, std::string>, int> accounts_;             ///< ids by path and unit
  std::map<std::pair<books::DimensionKind, std::string>, int> dimensions_;  ///< ids by kind and code
  std::set<int> dimension_ids_;
  std::map<std::int64_t, OpenHold> holds_;
  std::vector<books::Fingerprint> opposites_;  ///< of each entry, what its reversal's lines must be
  std::map<int, books::LockKind> locks_;
  std::set<int> lifted_;
  std::set<std::string> answered_;
  std::map<std::string, std::int64_t> lines_;
  std::optional<NativeHead> head_;
  std::size_t stage_ = 0;
  std::int64_t last_number_ = 0;
  std::int64_t last_event_ = 0;
  std::optional<Instant> last_recorded_at_;
  Hash last_hash_{};
  bool is_complete_ = false;
};

}  // namespace coop::journals

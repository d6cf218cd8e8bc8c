#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/native_bank_checks.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/journals/native_posted.hpp"
#include "ledger/journals/native_row.hpp"
#include "ledger/journals/native_sharing_checks.hpp"
#include "ledger/sharing/division.hpp"

namespace coop::journals {

/// Follows the rows of shared costs in a complete export, and refuses the first that contradicts the lines
/// before it: unknown accounts, members, rules and entries, numbers that have a gap, terms that do not
/// follow, bills that their entry does not cover, usage of nobody who shares, corrections of something else,
/// a bill or usage that is taken twice, shares that do not add up to the bills or are not what the rule gives
/// when it is worked out again, steps out of order, by whom they may not be, or whose entry says otherwise.
class CostChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const std::string& node;
    const Scales& scales;
    const BankChecks::Accounts& accounts;
    const MemberChecks& members;
    const PostedAmounts& posted;
    const SharingChecks& sharing;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts, and what divide() refuses.
  void finish(const PostedAmounts& posted, const SharingChecks& sharing) const;

 private:
  /// Somebody: as what, and under which code.
  using Somebody = std::pair<std::string, std::string>;
  struct KnownSharer {
    Somebody who;
    std::optional<std::int64_t> weight;
    std::optional<std::int64_t> fixed;
  };
  struct KnownTerm {
    Day from_on;
    std::optional<Day> until_on;
    std::string rule;
    Instant recorded_at;
    std::int64_t participants;
    std::vector<KnownSharer> known = {};
  };
  struct KnownPool {
    std::string unit;
    int scale;
    int expense;  ///< an account's id
    int claims;
    std::vector<KnownTerm> terms = {};
  };
  struct KnownBill {
    std::int64_t pool;
    bool is_paid;
    Day billed_on;
    std::int64_t amount;
    Somebody payer;
    std::optional<std::int64_t> entry;
    Instant recorded_at;
    bool is_ended = false;
    std::set<std::int64_t> taken = {};  ///< by which divisions
  };
  struct KnownUsage {
    std::string of;  ///< pool, participant, measure and days
    std::int64_t pool;
    std::string who;
    std::string measure;
    Day until_on;
    std::int64_t difference;  ///< to what it corrects
    std::int64_t millionths;
    Instant recorded_at;
    bool is_corrected = false;
    std::set<std::int64_t> taken = {};
  };
  struct KnownAllocation {
    std::string written_by;
    std::int64_t pool;
    std::int64_t term;
    std::int64_t version;
    Day to_on;
    Instant recorded_at;
    std::int64_t values_known;
    std::int64_t bills;
    std::int64_t usages;
    std::int64_t shares;
    std::int64_t amount;
    std::int64_t to_share;
    std::int64_t to_pay;
    std::int64_t to_give;
    sharing::Figures figures;
    std::map<Somebody, std::pair<std::int64_t, std::int64_t>> billed = {};  ///< paid and given
    std::map<std::string, std::map<std::string, std::int64_t, std::less<>>> used =
        {};                                         ///< by who and measure
    std::map<std::string, std::int64_t> told = {};  ///< the shares of those who take part
    std::int64_t places = 0;
    std::int64_t inside = 0;   ///< what its entry books on the pool's account for costs
    std::int64_t outside = 0;  ///< and on that for claims
    bool moves = false;
    std::string state = "proposed";
    std::optional<std::int64_t> entry = {};
  };
  void take_pool(JsonFields& row, const Before& before);
  void take_term(JsonFields& row, const Before& before);
  void take_participant(JsonFields& row, const Before& before);
  void take_bill(JsonFields& row, const Before& before);
  void take_bill_end(JsonFields& row);
  void take_usage(JsonFields& row);
  void take_allocation(JsonFields& row, const Before& before);
  void take_taken_bill(JsonFields& row);
  void take_taken_usage(JsonFields& row);
  void take_share(JsonFields& row, const Before& before);
  void take_step(JsonFields& row, const Before& before);
  KnownPool& pool_of(JsonFields& row);
  KnownAllocation& allocation_of(JsonFields& row);
  const KnownPool& pool(std::int64_t number) const { return pools_[static_cast<std::size_t>(number - 1)]; }
  const KnownTerm& term_of(const KnownAllocation& allocation) const;
  static Somebody somebody_of(JsonFields& row, const MemberChecks* members);
  static bool is_named(const KnownPool& pool, const Somebody& who);
  static const KnownTerm* term_on(const KnownPool& pool, Day day);
  void require_term_held(const KnownAllocation& allocation) const;
  static void require_entry_says(const PostedAmounts& posted, const KnownPool& pool,
                                 const KnownAllocation& allocation, std::int64_t entry, std::int64_t sign);
  bool is_live(std::int64_t allocation) const;
  void require_taken_once(const std::set<std::int64_t>& by) const;
  void require_bills_covered(const PostedAmounts& posted) const;
  void require_comes_out(const KnownAllocation& allocation, const SharingChecks& sharing) const;

  std::vector<KnownPool> pools_;
  std::set<std::string> codes_;
  std::vector<KnownBill> bills_;
  std::vector<KnownUsage> usages_;
  std::map<std::string, std::vector<std::pair<Day, Day>>> measured_;  ///< days by pool, who and measure
  std::vector<KnownAllocation> allocations_;
  std::set<std::int64_t> entries_;  ///< of steps
};

}  // namespace coop::journals

#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/native_bank_checks.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/journals/native_work_checks.hpp"

namespace coop::journals {

/// Follows the rows of tariffs and pay runs in a complete export, and refuses the first that contradicts the
/// lines before it: unknown accounts, units, members and entries, numbers that have a gap, hours that two
/// runs have, shares, lots, costs, pots and local parts that do not come to their run, more settled than was
/// deferred, steps out of order or by too few people.
class PayChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const BankChecks::Accounts& accounts;
    const Scales& scales;
    const MemberChecks& members;
    const WorkChecks& work;
    const std::vector<std::pair<std::string, std::int64_t>>& mandates;  ///< fund and amount
    std::int64_t last_entry;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;
  /// "PR7" …: what an order rests on that pays a run which drew a spending mandate.
  const std::set<std::string>& drawing_runs() const { return drawing_runs_; }

 private:
  struct KnownLot {
    std::int64_t claim_run;
    std::string member;
    std::int64_t settled;
  };
  struct KnownRun {
    std::string kind;
    std::string written_by;
    std::int64_t members;
    std::int64_t lots;
    std::int64_t paid;      ///< what the shares have to add up to, less those that came
    std::int64_t deferred;  ///< the same
    std::int64_t costs;     ///< how many it has, less those that came
    std::string unit;
    bool is_part_local;
    std::int64_t amount;
    std::int64_t pots;
    std::int64_t known_pots = 0;
    std::int64_t pot_sum = 0;  ///< what its pots paid, and what stays in them
    std::int64_t shares = 0;
    bool has_local = false;
    std::int64_t local_shares = 0;
    std::vector<KnownLot> known_lots = {};
    std::map<std::string, std::int64_t> deferred_of = {};  ///< by member
    std::vector<std::int64_t> hours = {};
    std::set<std::string> approvers = {};
    std::string state = "proposed";
    std::int64_t steps = 0;
    bool is_live() const { return state != "cancelled" && state != "undone"; }
  };
  void take_tariff(JsonFields& row, const Before& before);
  void take_run(JsonFields& row, const Before& before);
  void take_share(JsonFields& row, const Before& before);
  void take_lot(JsonFields& row);
  void take_cost(JsonFields& row);
  void take_pot(JsonFields& row, const Before& before);
  void take_local(JsonFields& row, const Before& before);
  void take_local_share(JsonFields& row);
  void take_step(JsonFields& row, const Before& before);
  void finish_lots(const KnownRun& run,
                   std::map<std::pair<std::int64_t, std::string>, std::int64_t>& sums) const;
  KnownRun& run_of(JsonFields& row);
  void take_mandate(JsonFields& row, const Before& before);

  std::int64_t tariffs_ = 0;
  std::vector<KnownRun> runs_;
  std::set<std::string> drawing_runs_;
};

}  // namespace coop::journals

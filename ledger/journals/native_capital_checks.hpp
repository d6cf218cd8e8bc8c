#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/native_bank_checks.hpp"
#include "ledger/journals/native_member_checks.hpp"

namespace coop::journals {

/// Follows the rows of shares and of surplus that is divided in a complete export, and refuses the first that
/// contradicts the lines before it: unknown accounts, members and entries, numbers that have a gap, more that
/// leaves than there is, shares that do not add up to their run, steps out of order or by too few people.
class CapitalChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const BankChecks::Accounts& accounts;
    const MemberChecks& members;
    std::int64_t last_entry;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct KnownHolding {
    std::int64_t holding = 0;
    std::int64_t unpaid = 0;
    std::int64_t waiting = 0;
    std::int64_t subscribed = 0;
    std::int64_t reserve = 0;
  };
  struct KnownMovement {
    std::string movement;
    std::string class_code;
    std::string member;
    std::int64_t amount;
    std::int64_t reserve;
    std::int64_t version;
    std::int64_t follows = 0;   ///< 0: on nothing
    std::int64_t answered = 0;  ///< of an ask: withdrawn or taken back; of a gift: received
    bool is_undone = false;
  };
  struct KnownRun {
    std::string written_by;
    std::int64_t members;
    std::int64_t members_minor;
    std::int64_t interest;
    std::int64_t cash;
    std::int64_t shares = 0;
    std::set<std::string> approvers = {};
    std::string state = "proposed";
    std::int64_t steps = 0;
  };
  void take_class(JsonFields& row, const Before& before);
  void take_movement(JsonFields& row, const Before& before);
  void take_follower(KnownMovement& known);
  void take_undoing(KnownMovement& first, const KnownMovement& known);
  void move(const KnownMovement& known, std::int64_t sign);
  void take_rule(JsonFields& row, const Before& before);
  void take_run(JsonFields& row);
  void take_share(JsonFields& row, const Before& before);
  void take_step(JsonFields& row, const Before& before);
  KnownRun& run_of(JsonFields& row);

  std::map<std::string, std::vector<Day>> classes_;  ///< the first days of the versions
  std::vector<KnownMovement> movements_;
  std::map<std::pair<std::string, std::string>, KnownHolding> holdings_;  ///< by class and member
  std::int64_t rules_ = 0;
  std::set<std::pair<std::string, std::string>> indivisible_;  ///< reserves that a rule called so, with units
  std::vector<KnownRun> runs_;
};

}  // namespace coop::journals

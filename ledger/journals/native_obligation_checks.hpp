#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/journals/native_row.hpp"
#include "ledger/journals/native_work_checks.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/wide_integer.hpp"

namespace coop::journals {

/// Follows the rows of obligations and of tables of hours that came in, in a complete export, and refuses the
/// first that contradicts the lines before it: unknown members, circles, units, entries and hours, numbers
/// that have a gap, obligations that are not whole or overlap, settlements in another way, beyond what is
/// owed, or of entries that do not move as much of the member, rows of tables that came in twice.
class ObligationChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const Scales& scales;
    const MemberChecks& members;
    const WorkChecks& work;
    std::int64_t last_entry;
    std::function<bool(std::int64_t entry)> is_reversed;
    /// What an entry debits or credits of a member in a unit, whichever is more; minor units.
    std::function<std::int64_t(std::int64_t entry, const std::string& member, const std::string& unit)> moved;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct KnownObligation {
    std::string circle;
    Day from_on;
    Day until_on;
    bool in_minutes;
    std::string unit;
    std::int64_t rate;  ///< 1: hours are not compared with money
    Wide owed;          ///< in sixtieths of minor units, without a unit in minutes
    bool by_hours;
    bool by_money;
    bool by_kind;
    std::set<std::string> members = {};
    std::optional<Instant> withdrawn_at = {};
  };
  struct KnownSettlement {
    std::string how;
    std::string member;
    Wide worth;
    std::int64_t minor;
    std::int64_t entry;  ///< 0: none
    bool is_live;
  };
  struct KnownImport {
    std::int64_t recorded;
    std::int64_t rows = 0;
    std::set<std::int64_t> lines = {};
  };
  void take_obligation(JsonFields& row, const Before& before);
  void take_member(JsonFields& row, const Before& before);
  void take_withdrawal(JsonFields& row);
  void take_settlement(JsonFields& row, const Before& before);
  void take_reversal(JsonFields& row, const std::string& member);
  void settle(const KnownObligation& obligation, std::int64_t number, const KnownSettlement& one,
              const Before& before);
  void take_import(JsonFields& row);
  void take_import_row(JsonFields& row, const Before& before);
  KnownObligation& obligation_of(JsonFields& row);
  void require_no_overlap() const;

  std::vector<KnownObligation> obligations_;
  std::map<std::int64_t, std::vector<KnownSettlement>> settlements_;
  std::map<std::pair<std::int64_t, std::string>, Wide> live_of_;  ///< by obligation and member
  /// By entry, member and unit.
  std::map<std::tuple<std::int64_t, std::string, std::string>, std::int64_t> settled_of_;
  std::vector<KnownImport> imports_;
  std::set<std::string> row_keys_;
  std::set<std::int64_t> imported_hours_;
};

}  // namespace coop::journals

#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/journals/native_row.hpp"

namespace coop::journals {

/// Follows the rows of rounds of allocation in a complete export, and refuses the first that contradicts the
/// lines before it: numbers that have a gap, unknown units, funds, cost objects and members, shares that are
/// not equal or do not add up, more given than a share has or a proposal needs, steps after the closing, and
/// what is funded without its goal or a mandate of so much.
class AllocationChecks {
 public:
  /// What the lines before have told: the amounts of the mandates in the order of their numbers, too.
  struct Before {
    const Scales& scales;
    const std::map<std::pair<books::DimensionKind, std::string>, int>& dimensions;
    const MemberChecks& members;
    const std::vector<std::pair<std::string, std::int64_t>>& mandates;  ///< fund and amount
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct KnownProposal {
    std::int64_t goal;
    std::int64_t given = 0;
    std::map<std::string, std::int64_t> by_member = {};
    bool is_funded = false;
  };
  struct KnownRound {
    std::string fund;
    std::int64_t pot;
    std::int64_t participants;
    std::int64_t lines = 0;
    std::map<std::string, std::int64_t> left = {};
    std::int64_t steps = 0;
    bool is_closed = false;
    bool is_given_up = false;
    std::map<std::int64_t, KnownProposal> proposals = {};
  };
  void take_round(JsonFields& row, const Before& before);
  void take_share(JsonFields& row, const Before& before);
  void take_step(JsonFields& row, const Before& before);
  static void move(JsonFields& row, KnownRound& round, KnownProposal& proposal, int sign);
  KnownRound& round_of(JsonFields& row);

  std::vector<KnownRound> rounds_;
  std::set<std::int64_t> mandates_;  ///< that came of a proposal
};

}  // namespace coop::journals

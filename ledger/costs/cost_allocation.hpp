#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/costs/cost_bill.hpp"
#include "ledger/costs/cost_pool.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/rule_version.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/unit.hpp"

namespace coop::costs {

/// What each bears, paid and gave. Minor units.
struct CostShare {
  CostParty who;
  bool takes_part;     ///< false: paid or gave something, and does not share the pool
  std::int64_t share;  ///< what they bear; of a refund below zero: what they get
  std::int64_t paid;   ///< what they paid for all
  std::int64_t given;  ///< what they gave: shown, neither charged nor credited
  /// What they owe; below zero: what they are owed.
  std::int64_t net() const { return share - paid; }
};

/// What happened to a division.
enum class CostStepKind { posted, cancelled, reversed };
/// "posted" …
std::string_view text_of(CostStepKind kind);
/// Throws Refused: field_invalid.
CostStepKind cost_step_kind_from(std::string_view text);

/// A step on record.
struct CostStep {
  CostStepKind kind;
  std::optional<EntryNumber> entry;  ///< none where everybody had paid just what they bear
  std::string reason;
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorded_by_name;
};

/// The costs of a pool that were divided.
struct CostAllocation {
  CostAllocationNumber number;
  CostPool pool;
  int term;                   ///< that held on the last day
  sharing::RuleVersion rule;  ///< the version that divided them
  Day from_on;
  Day to_on;
  Day booked_on;
  std::int64_t minor;        ///< of all bills that were paid; below zero, a refund
  std::int64_t given;        ///< what gifts in kind and waived fees were worth
  int values_known;          ///< the last value of a place that there was: what comes later changes nothing
  sharing::Figures figures;  ///< what the rule was given with the period
  std::vector<CostShare> shares;
  int bills;
  int usages;
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorded_by_name;
  std::vector<CostStep> steps;
};

/// How a division stands: "proposed", "posted", "cancelled" or "reversed".
std::string_view state_of(const CostAllocation& allocation);

/// What was used, by participant and measure, in millionths. May be below zero, where usage that was divided
/// before was corrected.
using UsageSums = std::map<std::string, std::map<std::string, std::int64_t>, std::less<>>;
/// What was paid and given by somebody.
struct CostPaid {
  CostParty who;
  std::int64_t paid;
  std::int64_t given;
};

/// Those who share a pool as the rule wants them: their ids are their codes, their places too; their measures
/// are what they used, and "weight" and "fixed" of the term, where they are given.
std::vector<sharing::Participant> participants_of(const CostTerm& term, const UsageSums& used, int scale);

/// What is unusual about a division of this sum, in plain words: a refund, or nothing at all. Empty, if
/// nothing is. Minor units of the unit.
std::string note_on(std::int64_t minor, const Unit& unit);

/// Refuses a refund that the rule cannot divide: cost_allocation_impossible.
void require_divisible(const sharing::SharingRule& rule, std::int64_t minor);

/// Refuses a measure that the rule asks for: field_missing, if it was not recorded of somebody (zero is
/// recorded as zero); cost_allocation_impossible, if corrections bring it below zero.
void require_measured(const sharing::SharingRule& rule, const std::vector<sharing::Participant>& participants,
                      Day through);

/// Each share of a division, in the order of the term, then those who paid or gave and do not share, in the
/// order of kind and code. Throws Refused: cost_allocation_impossible, if the rule divides not all, or
/// somebody's share goes against the sum: below zero, or of a refund above it.
std::vector<CostShare> shares_of(const CostTerm& term, const sharing::Division& division, std::int64_t minor,
                                 std::span<const CostPaid> paid);

}  // namespace coop::costs

#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/sharing/sharing_rule.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::capital {

/// A surplus that is divided; counted from 1 within the node.
using SurplusRunNumber = Id<struct SurplusRunKindTag, std::int32_t>;

/// By what members' parts are measured: hours worked, what they bought, or all alike.
enum class Patronage { hours, purchases, equal };
/// "hours" …
std::string_view text_of(Patronage patronage);
/// Throws Refused: field_invalid.
Patronage patronage_from(std::string_view text);

/// What is divided: the result of the period, or what the reserve holds.
enum class SurplusSource { result, reserve };
/// "result" …
std::string_view text_of(SurplusSource source);
/// Throws Refused: field_invalid.
SurplusSource surplus_source_from(std::string_view text);

/// How a surplus or a loss is divided, from a day on. Weights are whole numbers: 45, 45 and 10.
struct SurplusRule {
  int number;
  Day from_on;
  std::string title;
  std::string decision;
  std::string unit;  ///< a unit's code
  UnitId unit_id;
  int reserve_weight;
  int members_weight;
  int other_weight;
  int loss_reserve_weight;
  int loss_members_weight;
  Patronage patronage;
  int interest_millionths;       ///< on what each member's capital account held on the last day
  int interest_most_millionths;  ///< of the members' part: interest takes no more
  int cash_millionths;           ///< what of the patronage is paid out; the rest stays in the capital account
  bool is_indivisible;           ///< the reserve is never divided among members
  std::string result;            ///< the path of what was divided before: equity
  std::string reserve;           ///< equity
  std::string capital;           ///< the members' capital accounts: equity
  std::string payable;           ///< what is to be paid to members: a liability
  std::string other;             ///< where the third part goes, or empty: a liability or equity
  Instant recorded_at;
  std::optional<std::string> sharing_code = {};  ///< a rule of sharing says how; then all weights are 0
  std::optional<std::string> loss_code = {};     ///< the same of a loss; both or neither
};
/// Whether one of these rules calls an account an indivisible reserve: it stays one.
bool is_indivisible_reserve(const std::vector<SurplusRule>& rules, UnitId unit, const std::string& path);
/// The rule in plain words, a sentence a line.
std::vector<std::string> words_of(const SurplusRule& rule);

/// A member who takes part.
struct SurplusMember {
  std::string member;
  std::int64_t measure;        ///< hours or purchases, in millionths
  std::int64_t capital_minor;  ///< the capital account on the last day, in minor units; 0 if it was below
  /// Where approved hours divide: these minutes do, exactly, and the measure is their hours, rounded.
  std::optional<std::int64_t> minutes = {};
};
/// What a member gets; of a loss, bears: then patronage is negative. Minor units.
struct SurplusShare {
  SurplusMember of;
  std::int64_t interest_minor;
  std::int64_t patronage_minor;
  std::int64_t cash_minor;            ///< of the patronage
  std::vector<std::string> why = {};  ///< each figure, step by step, with what it comes from
  /// What stays in the member's capital account.
  std::int64_t retained_minor() const { return interest_minor + patronage_minor - cash_minor; }
};
/// A surplus (positive) or loss, divided. Minor units.
struct Division {
  std::int64_t reserve_minor;
  std::int64_t members_minor;
  std::int64_t other_minor;
  std::int64_t interest_minor;
  std::int64_t cash_minor;
  std::vector<SurplusShare> shares;  ///< in the order of the members
};

/// What happened to a run.
enum class SurplusStepKind { approved, booked, cancelled, undone };
/// "approved" …
std::string_view text_of(SurplusStepKind kind);
/// Throws Refused: field_invalid.
SurplusStepKind surplus_step_kind_from(std::string_view text);

/// A step on record.
struct SurplusStep {
  int number;
  SurplusStepKind kind;
  std::optional<EntryNumber> entry;  ///< the first of its entries
  std::string reason;
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorded_by_name;
  int entries = 1;  ///< in so many it stands in the books, from the first one without a gap
};

/// By which rule of sharing a run was divided.
struct DividedBy {
  sharing::SharingRule steps;
  std::optional<std::string> code = {};  ///< of the version on record; nothing where weights said it
  std::optional<int> version = {};
};

/// A run as it is on record.
struct SurplusRun {
  SurplusRunNumber number;
  SurplusRule rule;
  int scale;  ///< of the rule's unit
  SurplusSource source;
  Day from_on;
  Day to_on;
  Day booked_on;
  std::string decision;
  std::int64_t amount_minor;
  Division division;
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorded_by_name;
  std::vector<SurplusStep> steps;
  std::optional<DividedBy> by = {};  ///< nothing in runs that are older than rules of sharing
};

/// How a run stands: "proposed", "booked", "cancelled" or "undone".
std::string_view state_of(const SurplusRun& run);
/// The step of this kind, or null.
const SurplusStep* step_of(const SurplusRun& run, SurplusStepKind kind);

/// What whoever approves a run should know, in plain words: a loss that takes members' capital accounts, as
/// they were on its last day, below zero, with who and by how much (the first ten of them).
std::vector<std::string> warnings_of(const SurplusRun& run);

/// How many people must approve.
inline constexpr std::size_t approvals_needed = 2;

}  // namespace coop::capital

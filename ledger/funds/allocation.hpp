#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/funds/spending_mandate.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::funds {

/// A round of allocation of a node, counted from 1.
using RoundNumber = Id<struct RoundKindTag, std::int32_t>;

/// What happens in a round. `proposed` names what could be funded, `given` and `given_back` move a part of
/// somebody's share, `closed` ends the round, `funded` names the mandate that came of a proposal then;
/// `given_up` ends the round without any.
enum class AllocationStepKind { proposed, given, given_back, funded, closed, given_up };
/// "proposed" …
std::string_view text_of(AllocationStepKind kind);
/// Throws Refused: field_invalid.
AllocationStepKind allocation_step_kind_from(std::string_view text);

/// A step on record; the fields that its kind does not use are empty.
struct AllocationStep {
  int number;
  AllocationStepKind kind;
  std::optional<int> proposal;  ///< the step that proposed
  std::string title;
  std::string cost_object;
  std::string member;
  std::int64_t minor;  ///< of a proposal its goal
  std::optional<SpendingMandateNumber> mandate;
  Instant recorded_at;
  std::optional<std::string> recorded_by_name = {};
  std::string reason = {};  ///< why it was given up
};

/// A participant, and with how much. Minor units.
struct AllocationShare {
  std::string member;
  std::int64_t minor;
};

/// A part of a fund that participants allocate.
struct AllocationRound {
  RoundNumber number;
  std::string title;
  std::string body;
  BodyLevel level;
  std::string fund;
  UnitId unit;
  std::int64_t pot_minor;
  Day from_on;  ///< of the mandates that come of it
  Day until_on;
  std::string decision;
  Instant recorded_at;
  std::optional<std::string> recorded_by_name = {};
  std::vector<AllocationShare> shares = {};
  std::vector<AllocationStep> steps = {};
};

/// The pot in equal parts, exactly: the first have a minor unit more where it does not divide. Throws
/// Refused: field_invalid (nobody takes part).
std::vector<std::int64_t> equal_shares(std::int64_t pot_minor, std::size_t participants);

/// How a round stands: participants allocate, it was closed, or it was given up.
enum class RoundState { open, closed, given_up };
/// "open" …
std::string_view text_of(RoundState state);
/// How it stands.
RoundState state_of(const AllocationRound& round);
/// The proposal of this number, or null.
const AllocationStep* find_proposal(const AllocationRound& round, int proposal);
/// What a proposal got, less what was given back: of one member, or ("") of all. Of a round that was given up
/// everything is back. Minor units.
std::int64_t given_to(const AllocationRound& round, int proposal, std::string_view member = {});
/// What a member has left of their share; nothing if they take no part. Minor units.
std::optional<std::int64_t> left_of(const AllocationRound& round, std::string_view member);
/// The proposals that got their goal, in their order.
std::vector<const AllocationStep*> full_proposals(const AllocationRound& round);

/// What became of all shares and proposals of a round; of one that was given up everything is back. Minor
/// units.
struct AllocationSums {
  std::map<std::string, std::int64_t> left_of;      ///< of each member's share
  std::map<int, std::int64_t> given_to;             ///< to each proposal
  std::map<int, SpendingMandateNumber> mandate_of;  ///< that came of a proposal
};
/// In one pass over its steps.
AllocationSums sums_of(const AllocationRound& round);

}  // namespace coop::funds

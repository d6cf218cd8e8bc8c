#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/allocation.hpp"

namespace coop::funds {

/// A round that is asked for. Minor units of the unit.
struct RoundDraft {
  std::string title;
  std::string body;  ///< that grants the mandates which come of it
  BodyLevel level = BodyLevel::node;
  std::string fund;
  UnitId unit;
  std::int64_t pot_minor;
  std::vector<std::string> members;  ///< who take part
  Day from_on;                       ///< of the mandates
  Day until_on;
  std::string decision;
};
/// Begins a round: its pot is set aside in the fund, and divided equally. `today` is the day where the node
/// is. Throws Refused, the first of: field_invalid (title, body, decision; a pot that is not above zero;
/// nobody takes part, or more than 5,000), day_malformed (the mandates end before they begin),
/// dimension_unknown (fund), fund_without_terms, unit_mismatch, party_unknown, field_invalid (somebody takes
/// part twice), fund_below_buffer, naming the field.
AllocationRound begin_round(Tx& tx, NodeId node, const RoundDraft& draft, Day today,
                            const books::Author& author);
/// The round. Throws Refused: round_unknown.
AllocationRound read_round(Tx& tx, NodeId node, RoundNumber number);

/// What could be funded.
struct ProposalDraft {
  std::string title;  ///< names nobody
  std::int64_t goal_minor;
  std::optional<std::string> cost_object = {};
};
/// Adds a proposal to a round. `today` is the day where the node is. Throws Refused, the first of:
/// round_unknown, round_not_open, field_invalid (title; a goal that is not above zero), dimension_unknown
/// (cost object), round_impossible (the goal is more than the pot), beyond_authority (the body of the round
/// could not grant the goal).
AllocationRound propose(Tx& tx, NodeId node, RoundNumber number, const ProposalDraft& draft, Day today,
                        const books::Author& author);

/// A part of somebody's share, for a proposal.
struct Contribution {
  int proposal;
  std::string member;
  std::int64_t minor;
};
/// Gives it. Throws Refused, the first of: round_unknown (the proposal too), round_not_open, field_invalid
/// (an amount that is not above zero), round_impossible (the member takes no part, has not so much left, or
/// the proposal does not need so much).
AllocationRound give(Tx& tx, NodeId node, RoundNumber number, const Contribution& contribution,
                     const books::Author& author);
/// Gives it back to the member's share. Throws Refused, as give(); round_impossible where the member did not
/// give so much.
AllocationRound give_back(Tx& tx, NodeId node, RoundNumber number, const Contribution& contribution,
                          const books::Author& author);
/// Closes a round: proposals that got their goal become mandates, in their order; what others got goes back,
/// and what is left of the pot is free again. Throws Refused: round_unknown, round_not_open, and what grant()
/// refuses of a mandate.
AllocationRound close_round(Tx& tx, NodeId node, RoundNumber number, Day today, const books::Author& author);
/// Gives a round up that cannot be closed, or shall not: nothing is funded, and the pot is free again. Throws
/// Refused: round_unknown, round_not_open, field_invalid (reason).
AllocationRound give_up_round(Tx& tx, NodeId node, RoundNumber number, const std::string& reason,
                              const books::Author& author);

}  // namespace coop::funds

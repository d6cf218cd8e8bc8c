#pragma once
#include <optional>
#include <span>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/rolls/frozen_roll.hpp"

namespace coop::rolls {

/// The number of the node's next roll. The head must be locked.
RollNumber next_roll_number(Tx& tx, NodeId node);
/// Writes a roll with its lines, in their order. The head must be locked.
void insert_roll(Tx& tx, NodeId node, const FrozenRoll& roll, std::span<const RollLine> lines,
                 std::optional<UserId> by);

/// Up to `limit` rolls, the newest first; those before `before`.
std::vector<FrozenRoll> list_rolls(Tx& tx, NodeId node, std::optional<RollNumber> before, int limit);
/// The roll of this number. Throws Refused: roll_unknown.
FrozenRoll read_frozen_roll(Tx& tx, NodeId node, RollNumber number);

/// Which lines are asked for; all where empty.
struct RollLineFilter {
  std::optional<std::string> class_code = {};
  std::optional<bool> eligible = {};
  std::optional<std::string> member = {};
};
/// A line with its place on the roll, from 1.
struct PlacedLine {
  int place;
  RollLine line;
};
/// Up to `limit` lines after a place, in their order.
std::vector<PlacedLine> read_roll_lines(Tx& tx, NodeId node, RollNumber number, const RollLineFilter& wanted,
                                        int after, int limit);

}  // namespace coop::rolls

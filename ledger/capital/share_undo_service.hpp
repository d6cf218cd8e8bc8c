#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/capital/share.hpp"
#include "ledger/database/tx.hpp"

namespace coop::capital {

/// Undoes a subscription, a payment, a cancellation or a withdrawal that was wrong: its entry is reversed,
/// and the register says so. Returns the movement that undoes. Throws Refused in this order:
/// share_movement_unknown, field_invalid (reason), share_movement_impossible (another kind; undone already;
/// what it brought was needed since; a withdrawal that was paid or that a live order pays),
/// share_limit_exceeded, what a reversal refuses, and share_movement_impossible (it is needed on some day
/// from that of the reversal on).
Movement undo_movement(Tx& tx, NodeId node, MovementNumber number, const std::string& reason,
                       const books::Author& author);

/// An ask that is taken back.
struct TakeBackDraft {
  MovementNumber ask;
  std::optional<std::int64_t> minor = {};  ///< all that waits, where it is not given
  std::optional<UnitId> unit = {};         ///< of minor
  Day on;
  std::string reason;
};
/// Takes back what was asked and waits in the queue, or a part of it. Returns the movement. Throws Refused in
/// this order: share_movement_unknown, field_invalid (reason, day before the ask),
/// share_movement_impossible (no ask), unit_mismatch, field_invalid (amount), share_movement_impossible (less
/// waits, or on the day).
Movement take_back_ask(Tx& tx, NodeId node, const TakeBackDraft& draft, const books::Author& author);

}  // namespace coop::capital

#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/capital/share.hpp"
#include "ledger/database/tx.hpp"

namespace coop::capital {

/// A movement that is asked for; amounts in minor units.
struct MovementDraft {
  MovementKind kind;  ///< never receive, withdraw, take_back or undo: those follow on another movement
  std::string class_code;
  std::string member;
  std::int64_t minor;
  UnitId unit;
  Day on;
  std::string reason;
  std::string paid_into = {};  ///< pay_in: the path of an asset
  std::string to = {};         ///< give: the member who receives
  bool in_part = false;        ///< subscribe: accept what fits below the highest holding
};
/// Moves shares, with the entry in the books. Returns what is on record, a gift with its receipt. Throws
/// Refused in this order: share_class_unknown, party_unknown, party_erased, unit_mismatch, field_invalid,
/// share_limit_exceeded, share_movement_impossible, what the posting engine refuses, and once more
/// share_movement_impossible (on its day, or on a later one, there is not so much).
std::vector<Movement> move_shares(Tx& tx, NodeId node, const MovementDraft& draft,
                                  const books::Author& author);

/// The queue of withdrawals that is to be paid.
struct WithdrawalDraft {
  std::string class_code;
  Day on;                      ///< today or before
  std::int64_t surplus_minor;  ///< what withdrawals of the fiscal year may use, as it was decided
  UnitId unit;
  std::string reason;
};
/// What became of it. Minor units.
struct WithdrawalRun {
  ShareClass of;
  Day year_from;                              ///< the first day of the fiscal year
  std::int64_t earned_minor;                  ///< the surplus of the fiscal year before, by the books
  std::int64_t already_out_minor;             ///< withdrawn in the fiscal year, of all classes of the unit
  std::int64_t net_assets_minor;              ///< assets less liabilities before it
  std::optional<std::int64_t> of_fund_minor;  ///< what is free in the class's fund; nothing without one
  std::int64_t available_minor;               ///< the least of what is left of the surplus, and of these
  std::vector<Movement> paid;
  std::vector<Waiting> queue;  ///< what waits on
};
/// Turns what is due in the queue into debts to be paid, the oldest first, while last: the surplus that was
/// decided, no more than the books show for the fiscal year before; net assets; and what is free in the
/// class's fund. No money leaves by it: payments that leave settle the debts. Throws Refused:
/// share_class_unknown, unit_mismatch, field_invalid, fund_indivisible, approval_of_own (it pays you), what
/// the posting engine refuses, and share_movement_impossible (on the day, or on a later one, less is held).
WithdrawalRun withdraw_in_order(Tx& tx, NodeId node, const WithdrawalDraft& draft,
                                const books::Author& author);

}  // namespace coop::capital

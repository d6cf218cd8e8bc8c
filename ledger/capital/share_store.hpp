#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/author.hpp"
#include "ledger/capital/share.hpp"
#include "ledger/database/tx.hpp"

namespace coop::capital {

/// Every version of the node's classes of shares, by code and version.
std::vector<ShareClass> read_share_classes(Tx& tx, NodeId node);
/// Writes a version; its accounts must exist.
void insert_share_class(Tx& tx, NodeId node, const ShareClass& version, const books::Author& author);

/// What a member holds of a class by every movement on record.
Holding read_holding(Tx& tx, NodeId node, const std::string& code, PartyId party);
/// What a movement is written with.
struct NewMovement {
  MovementKind kind;
  const ShareClass& of;
  PartyId party;
  std::int64_t minor;
  std::int64_t reserve_minor;
  Day moved_on;
  std::optional<MovementNumber> follows;
  std::optional<EntryNumber> entry;
  std::string reason;
};
/// Writes it under the next number. The head must be locked.
MovementNumber insert_movement(Tx& tx, NodeId node, const NewMovement& movement, const books::Author& author);
/// The number that the next movement gets. The head must be locked.
MovementNumber next_movement(Tx& tx, NodeId node);

/// Refuses a movement on record that takes what its member does not have on its day, or on a later one by
/// what is recorded. Throws Refused: share_movement_impossible, with the first such day.
void require_every_day(Tx& tx, NodeId node, const Movement& movement);

/// Which movements are listed; all, where nothing is said.
struct MovementFilter {
  std::optional<std::string> class_code = {};
  std::optional<std::string> member = {};
  std::optional<MovementNumber> at_least = {};
  std::optional<MovementKind> kind = {};
  std::optional<Day> from = {};
  std::optional<Day> to = {};
};
/// Up to `limit` movements below `before`, the newest first.
std::vector<Movement> list_movements(Tx& tx, NodeId node, const MovementFilter& filter,
                                     std::optional<MovementNumber> before, int limit);

/// Which asks are listed; all, where nothing is said.
struct AskFilter {
  std::optional<std::string> class_code = {};
  std::optional<std::string> member = {};
  std::optional<bool> is_waiting = {};
};
/// Up to `limit` asks below `before`, the newest first; all of them, where no limit is given.
std::vector<Ask> list_asks(Tx& tx, NodeId node, const AskFilter& filter, std::optional<MovementNumber> before,
                           std::optional<int> limit);
/// Whether a movement was undone.
bool is_undone(Tx& tx, NodeId node, MovementNumber movement);
/// What is owed to a member on the class's account of what is to be paid. Minor units.
std::int64_t read_payable(Tx& tx, NodeId node, const ShareClass& of, const std::string& member);

/// What was asked back and neither withdrawn nor taken back, by the day of asking, then by number.
std::vector<Waiting> read_queue(Tx& tx, NodeId node, const ShareClass& of);
/// An order to pay the member what the class's account owes, which the bank may still pay, in words.
std::optional<std::string> find_live_order(Tx& tx, NodeId node, const ShareClass& of, PartyId party);
/// What the withdrawals of a fiscal year may use. Minor units.
struct WithdrawalYear {
  Day first;                     ///< of the fiscal year
  Day today;                     ///< where the node is
  std::int64_t earned_minor;     ///< the surplus of the fiscal year before, as the books show it
  std::int64_t withdrawn_minor;  ///< in the whole fiscal year, of all classes of the unit
};
/// The fiscal year that holds a day.
WithdrawalYear read_withdrawal_year(Tx& tx, NodeId node, UnitId unit, Day on, Instant now);
/// Assets less liabilities in a unit, of everything booked. Minor units.
std::int64_t read_net_assets(Tx& tx, NodeId node, UnitId unit);
/// Whether one of these asks is of a member whose sign-in is this user, or was since the ask was recorded.
bool is_one_who_asked(Tx& tx, NodeId node, UserId user, const std::vector<MovementNumber>& asks);

/// An account of this path, unit and type. Throws Refused naming the field: account_unknown, field_invalid.
books::Account require_account(Tx& tx, NodeId node, const std::string& path, UnitId unit,
                               std::initializer_list<books::AccountType> types, const std::string& field);

}  // namespace coop::capital

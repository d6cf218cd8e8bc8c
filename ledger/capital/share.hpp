#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::capital {

/// A movement of shares; counted from 1 within the node.
using MovementNumber = Id<struct ShareMovementKindTag, std::int32_t>;

/// Whether members get back what they hold: yes, if the co-operative agrees, or never.
enum class Withdrawable { yes, by_discretion, no };
/// "yes" …
std::string_view text_of(Withdrawable withdrawable);
/// Throws Refused: field_invalid.
Withdrawable withdrawable_from(std::string_view text);

/// What happens to shares: subscribed (owed to the co-operative), paid in, a subscription cancelled before it
/// is paid, given to and received from another member, asked back, and withdrawn; an ask that is taken back,
/// and a movement that is undone by the reversal of its entry.
enum class MovementKind { subscribe, pay_in, cancel, give, receive, ask, withdraw, take_back, undo };
/// "subscribe" …
std::string_view text_of(MovementKind kind);
/// Throws Refused: field_invalid.
MovementKind movement_kind_from(std::string_view text);

/// Whether it is asked for by naming the movement it follows on, or comes with it: a receipt, a withdrawal,
/// an ask taken back, an undoing.
bool follows_another(MovementKind kind);

/// The terms of a class of shares from a day on. Amounts are minor units of its accounts' unit.
struct ShareClass {
  std::string code;
  int number;  ///< of the version, from 1
  Day from_on;
  std::string title;
  std::int64_t nominal_minor;  ///< what is subscribed is a multiple of it
  std::int64_t lowest_minor;   ///< who holds any holds so much, after subscribing
  std::optional<std::int64_t> highest_minor;
  Withdrawable withdrawable;
  int notice_days;
  bool is_transferable;
  int reserve_millionths;  ///< what of a subscription goes to the reserve, not to the member
  std::string unit;        ///< a unit's code
  std::string capital;     ///< the path of the members' capital: equity
  std::string reserve;     ///< equity
  std::string receivable;  ///< what was subscribed and not paid yet: an asset
  std::string payable;     ///< what was withdrawn and is to be paid: a liability
  std::optional<std::string> fund;
  std::string decision;
  UnitId unit_id;
  Instant recorded_at;
};

/// A movement on record. Minor units of the class's unit.
struct Movement {
  MovementNumber number;
  MovementKind kind;
  std::string class_code;
  int class_version;
  std::string member;
  std::int64_t minor;
  std::int64_t reserve_minor;  ///< what of it is the reserve's
  Day moved_on;
  std::optional<MovementNumber> follows;  ///< what was given, asked, or is undone
  std::optional<EntryNumber> entry;
  std::string reason;
  std::string unit;
  int scale;
  Instant recorded_at;
  std::optional<std::string> recorded_by;
};

/// What a member holds of a class. Minor units.
struct Holding {
  std::int64_t holding_minor;     ///< subscribed, received, less what left; without the reserve's part
  std::int64_t unpaid_minor;      ///< subscribed and not paid, with the reserve's part
  std::int64_t waiting_minor;     ///< asked back and not withdrawn
  std::int64_t subscribed_minor;  ///< less what was cancelled, with the reserve's part
  std::int64_t reserve_minor;     ///< what of that is the reserve's
  /// What may leave: held, paid in and not asked back.
  std::int64_t free_minor() const;
};

/// What a member would hold if a movement of these amounts were undone. `kind`: subscribe, pay_in, cancel or
/// withdraw.
Holding holding_without(Holding holding, MovementKind kind, std::int64_t minor, std::int64_t reserve_minor);
/// Whether nothing is below zero, what is owed and asked back is still held, and the reserve has no more than
/// was subscribed.
bool is_possible(const Holding& holding);

/// The reserve's part of a subscription, divided by largest remainder.
std::int64_t reserve_part(std::int64_t minor, int reserve_millionths);
/// The reserve's part of what is cancelled of a subscription: in proportion, and all of it with the last.
std::int64_t cancelled_reserve(const Holding& holding, std::int64_t minor);
/// How much of what is asked fits below the most that one member may hold: a multiple of the nominal, 0 if
/// nothing fits.
std::int64_t acceptable_minor(const ShareClass& of, std::int64_t held_minor, std::int64_t asked_minor);

/// What somebody asked back, and what became of it. Minor units of the class's unit.
struct Ask {
  MovementNumber number;
  std::string class_code;
  std::string member;
  Day asked_on;
  Day due_on;  ///< after the notice
  std::int64_t minor;
  std::int64_t withdrawn_minor;
  std::int64_t taken_back_minor;
  std::string reason;
  std::string unit;
  int scale;
  /// What waits on.
  std::int64_t waiting_minor() const { return minor - withdrawn_minor - taken_back_minor; }
};

/// What somebody asked back and did not get yet.
struct Waiting {
  MovementNumber ask;
  std::string member;
  Day asked_on;
  Day due_on;  ///< after the notice
  std::int64_t waiting_minor;
};
/// What of each is paid, in their order, until nothing is left: the last one in part.
std::vector<std::int64_t> paid_in_order(const std::vector<Waiting>& queue, std::int64_t available_minor);

/// Reads "20%", "0.2" or "1/5" as millionths. Throws Refused: field_invalid, if it is none, negative, above
/// `most`, or no whole number of millionths.
int millionths_from(std::string_view text, int most);
/// "20%", "2.5%".
std::string percent_text_of(int millionths);

}  // namespace coop::capital

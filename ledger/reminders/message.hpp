#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::reminders {

/// Where a message is.
enum class MessageState { waiting, sent, failed, dropped };
/// "waiting" …
std::string_view text_of(MessageState state);
/// Throws Refused: field_invalid.
MessageState message_state_from(std::string_view text);

/// A reminder in the outbox. Holds no name, address or text.
struct Message {
  std::int32_t number;
  PartyId party;
  std::string member;  ///< the member number of whom it goes to
  UnitId unit;
  int level;
  int level_number;  ///< which of what was ever set of the level
  Day as_of;
  std::int64_t owed_minor;                 ///< what was overdue then
  std::optional<ChargeNumber> fee_charge;  ///< what was charged for it
  Instant made_at;
  std::optional<std::string> made_by;  ///< a user's name; empty: at the command line
  MessageState state;
  std::optional<Instant> ended_at;
  std::string reason;                                 ///< why it was dropped or given up; or empty
  int failures;                                       ///< attempts that failed, of one that waits
  std::optional<Instant> next_attempt_at;             ///< of one that waits
  std::string last_outcome;                           ///< of the last attempt of one that waits; or empty
  std::map<ChargeNumber, std::int64_t> charges = {};  ///< what it is about: what was open of each then
};

/// How long to wait after so many attempts in a row: a minute, doubled each time, at most six hours.
std::chrono::seconds wait_after(int failures);
/// After so many failed attempts (about two days) a message is given up.
inline constexpr int most_failures = 16;

}  // namespace coop::reminders

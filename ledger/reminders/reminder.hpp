#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/dues/dues_state.hpp"

namespace coop::reminders {

/// What a reminder says in one language, with {placeholders} (letter.hpp).
struct ReminderText {
  std::string language;  ///< "ca", "pt-BR"
  std::string subject;
  std::string body;
};

/// What a reminder costs the member.
struct ReminderFee {
  UnitId unit;
  std::int64_t minor;
  bool is_charged;  ///< false: it is not switched on
};

/// A level of reminders, as it holds from a day on.
struct ReminderLevel {
  int level;   ///< 1 to 9: reminders come in this order
  int number;  ///< counts what was set of this level
  Day from_on;
  bool closed = false;  ///< from that day on there is no such level
  int after_days;       ///< so many days after the oldest unpaid charge was due
  std::optional<ReminderFee> fee = {};
  std::string decision = {};
  std::vector<ReminderText> texts = {};
};
/// Refuses what cannot be, naming the field: field_invalid, field_missing (texts).
void require_level(const ReminderLevel& level);
/// The levels in force on a day, the first one first.
std::vector<const ReminderLevel*> levels_on(std::span<const ReminderLevel> levels, Day day);

/// Why somebody who owes something is not reminded now.
enum class Because { erased, paid_meanwhile, paused, payment_waits, below_minimum, sent_already, not_yet };
/// "erased" …
std::string_view text_of(Because because);
/// The same in words, as the reason for which a message is dropped: "the member was erased" …
std::string words_of(Because because);

/// A reminder that was written and neither dropped nor given up: it left or waits.
struct WrittenReminder {
  std::int32_t message;
  PartyId party;
  UnitId unit;
  int level;
  Day as_of;
  bool waits;
  std::set<ChargeNumber> charges;
};

/// Everything that decides who is reminded on a day.
struct ReminderFacts {
  const dues::DuesState& state;
  std::vector<ReminderLevel> levels;
  std::vector<WrittenReminder> written;
  std::set<PartyId> paused;
  std::set<PartyId> erased;
  std::set<std::pair<PartyId, UnitId>> payments_wait;
  UnitId base_unit;
  std::int64_t minimum_minor;  ///< of the base unit
};

/// A debtor in a unit: the reminder they get, or why they get none.
struct Proposal {
  PartyId party;
  UnitId unit;
  std::int64_t overdue_minor = 0;
  std::optional<Day> overdue_since = {};
  const ReminderLevel* level = nullptr;         ///< of the facts; null: none
  std::optional<Because> because_not = {};      ///< why there is none
  std::vector<dues::ChargeState> charges = {};  ///< what is overdue, the oldest first
  std::optional<std::int32_t> to_drop = {};     ///< a message that waits and should not leave any more
  std::optional<Because> drop_because = {};     ///< why it should not
};

/// Who is reminded on a day and who is not, by party and unit: everybody with something overdue, and those
/// for whom a message waits. A level is due when its days have passed, and as many days after the reminder
/// before as lie between the two levels; none is while a reminder of theirs in that unit still waits to
/// leave.
std::vector<Proposal> proposals_of(const ReminderFacts& facts, Day day);

}  // namespace coop::reminders

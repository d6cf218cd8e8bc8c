#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::books {

/// A soft lock may be lifted with a reason, a hard lock never.
enum class LockKind { soft, hard };
/// "soft" or "hard".
std::string_view text_of(LockKind kind);
/// Throws Refused: field_invalid.
LockKind lock_kind_from(std::string_view text);

/// How a soft lock was lifted.
struct LiftedLock {
  std::string reason;
  Instant lifted_at;
  std::optional<std::string> lifted_by;  ///< a user's name; empty: at the command line
};

/// A period lock: everything booked on or before `through_on` is closed.
struct PeriodLock {
  int number;
  LockKind kind;
  Day through_on;
  std::string reason;
  Instant locked_at;
  std::optional<std::string> locked_by;  ///< a user's name; empty: at the command line
  std::optional<LiftedLock> lifted;
};

/// Refuses a day that is closed: period_locked, naming `/booked_on`. Where a proposal is booked later, by the
/// approval of others, it is asked when it is proposed as well. `locked_through` is the books' last closed
/// day.
void require_day_open(const std::optional<Day>& locked_through, Day booked_on);

}  // namespace coop::books

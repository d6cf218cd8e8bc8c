#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/dues/due.hpp"

namespace coop::dues {

/// A due that was charged. Amounts are minor units.
struct Charge {
  ChargeNumber number;
  std::optional<int> run;
  std::optional<MembershipId> membership;
  std::string member;  ///< the number of whom it is for
  std::string debtor;  ///< the number of who owes it
  Due due;
  int version;                 ///< how often this due was charged
  std::int64_t prepaid_minor;  ///< what of it money paid ahead covered when it was booked
  std::optional<EntryNumber> entry;
  Instant recorded_at;
  std::optional<Day> reversed_on;
  std::optional<EntryNumber> reversal;
};

/// What a membership's charges lack: those to take back, and the dues to charge.
struct ChargePlan {
  std::vector<Charge> wrong;  ///< by number
  std::vector<Due> missing;
  int unchanged = 0;
};

/// Compares what is owed with what is charged and not reversed. A charge stays if a due is the same in
/// everything but its words.
ChargePlan plan_of(std::span<const Due> dues, std::span<const Charge> charged);

/// The version that a due gets when it is charged: one more than the last of the same membership, kind, first
/// day, unit and instalment, reversed ones included.
int next_version(const Due& due, std::span<const Charge> charged);

}  // namespace coop::dues

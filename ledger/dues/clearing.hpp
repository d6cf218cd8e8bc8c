#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::dues {

/// Something that somebody owes, in minor units of one unit: a charge, or money given back to them.
struct Owed {
  ChargeNumber charge;
  Day due_on;
  std::int64_t minor;  ///< what is owed, not negative
};

/// Something that was given towards it: a payment, or a part of one.
struct Given {
  PaymentNumber payment;
  Day on;
  std::int64_t minor;                   ///< above zero
  std::optional<ChargeNumber> towards;  ///< what the payer said it is for
};

/// A part of a payment that clears a part of a charge.
struct Cleared {
  std::size_t owed;   ///< an index into what is owed
  std::size_t given;  ///< an index into what was given
  std::int64_t minor;
};

/// How a charge stands. Amounts are minor units.
struct Standing {
  std::int64_t open_minor;        ///< what is still owed of it
  std::optional<Day> cleared_on;  ///< when the last of it came; the day it was due, if nothing is owed
};

/// What was given, set against what is owed.
struct Clearing {
  std::vector<Standing> charges;  ///< in the order of what is owed
  std::vector<Cleared> parts;     ///< in the order in which they were found
  std::int64_t open_minor = 0;    ///< owed in all, and not given
  std::int64_t credit_minor = 0;  ///< given and not yet owed: the payer's, never a gift
};

/// Sets what was given against what is owed: first each part towards the charge that it was meant for, what
/// is left over of it with the rest; then, in the order of their days (of one day by number), the oldest
/// charge first. Depends on nothing but its arguments, in any order: days alone decide. Never both open and
/// credit, unless a part was meant for a charge that is not owed yet.
Clearing clearing_of(std::span<const Owed> owed, std::span<const Given> given);

}  // namespace coop::dues

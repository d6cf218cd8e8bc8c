#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/period.hpp"

namespace coop::dues {

/// What happened to what somebody owes.
enum class StatementKind { charge, charge_reversed, payment, payment_returned, refund, refund_returned };
/// "charge" …
std::string_view text_of(StatementKind kind);

/// One thing that happened, as a member reads it. Amounts are minor units.
struct StatementLine {
  Day on;
  UnitId unit;
  StatementKind kind;
  std::int64_t number;  ///< the charge's or the payment's
  std::string words;
  std::optional<Period> period;    ///< the days that a charge is for
  std::int64_t minor;              ///< more owed if positive, less if negative
  std::int64_t balance_minor = 0;  ///< owed after it in this unit; paid ahead if negative
};

/// What somebody owed before a day, and what happened from then on.
struct DuesStatement {
  std::map<UnitId, std::int64_t> before_minor;  ///< by unit, where anything happened before
  std::vector<StatementLine> lines;
};

/// The statement of the lines from `from` on; each line gets the balance after it. Lines come by unit, day
/// and order of recording.
DuesStatement statement_of(std::vector<StatementLine> lines, Day from);

}  // namespace coop::dues

#pragma once
#include <map>
#include <string>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/dues/due.hpp"

namespace coop::dues {

/// A charge for days of more than one month: its income belongs to those days. Amounts are minor units.
struct SpreadCharge {
  ChargeNumber number;
  std::string member;
  UnitId unit;
  Period period;
  Day booked_on;
  std::int64_t owed_minor;
  std::optional<Day> reversed_on;
  std::string income;                       ///< the account in which the charge was booked as income
  std::map<Day, std::int64_t> moved_minor;  ///< what was moved so far, by the day that it is for
  std::map<Day, int> moves;                 ///< how often
};

/// Income put off on a day (below zero) or earned by it.
struct Deferral {
  ChargeNumber charge;
  Day on;
  int number;  ///< counts those of the charge and day from 1
  std::int64_t minor;
};

/// What of the charge belongs to days up to `day`: `owed × days ÷ days of the period`, half up.
std::int64_t earned_minor(const SpreadCharge& charge, Day day);

/// What is missing up to `through`: on the day the charge was booked all that is not earned yet is put off;
/// at the end of each month what the month earned comes back; from the day a charge was reversed nothing of
/// it is left. What was moved already counts, so done again it finds nothing to do.
std::vector<Deferral> missing_deferrals(const SpreadCharge& charge, Day through);

/// A deferral with the charge that it is of.
struct DeferralOf {
  const SpreadCharge* charge;
  Deferral deferral;
};
/// One entry for deferrals of one day, unit and income account, all put off or all earned; not empty. Every
/// posting names the member.
books::Draft deferral_draft(const std::string& deferred_account, std::span<const DeferralOf> deferrals,
                            std::optional<UserId> by);

}  // namespace coop::dues

#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::dues {

/// What a membership pays from a day on: the tier, the amount that the member chose, and who pays. A later
/// one ends it; one without a tier ends the dues.
struct Subscription {
  int number;  ///< counted from 1 within the membership; of two from the same day the later number counts
  Day from_on;
  std::optional<TierId> tier;
  std::optional<std::int64_t> chosen_minor = std::nullopt;  ///< a whole period; nothing: what is suggested
  PartyId payer;                                            ///< who owes it
  int instalments = 1;                                      ///< a period's dues in so many equal parts
};

/// Days on which one subscription is in force, both included; without an end where `last` is the last day
/// there is.
struct SubscribedDays {
  Day first;
  Day last;
  Subscription subscription;
};

/// Which subscription is in force when, in order; days without a tier are left out.
std::vector<SubscribedDays> subscribed_days(std::span<const Subscription> subscriptions);

/// Dues that a member need not pay, for a reason: a share of them is waived and booked as the co-operative's
/// solidarity, not as a debt.
struct Concession {
  int number;  ///< counted from 1 within the membership
  Day from_on;
  std::optional<Day> until_on;  ///< the last day
  Ratio share;                  ///< what is waived of a due, above 0 and at most 1
  std::string reason;
  std::optional<Day> review_on;  ///< when somebody should ask whether it still holds
  std::string decision = {};
};

/// The concession in force on `day`: the last of them that was granted.
std::optional<Concession> concession_on(std::span<const Concession> concessions, Day day);

}  // namespace coop::dues

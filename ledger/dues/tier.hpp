#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::dues {

/// How long the periods are for which a tier is charged. Flexible: nothing is charged; every payment is
/// welcome.
enum class Interval { month, quarter, year, flexible };
/// "month" …
std::string_view text_of(Interval interval);
/// Throws Refused: field_invalid.
Interval interval_from(std::string_view text);
/// Months in one period; 0 for flexible.
int months_of(Interval interval);

/// What a member pays for part of a period. by_days: the exact share of its days; whole_periods: all of it as
/// soon as one day is covered.
enum class Proration { by_days, whole_periods };
/// "by_days" …
std::string_view text_of(Proration proration);
/// Throws Refused: field_invalid.
Proration proration_from(std::string_view text);

/// A level of dues: what members pay for how long. Its prices are dated.
struct Tier {
  TierId id;
  std::string code;  ///< "standard"
  std::string title;
  Interval interval;
  Proration proration;
  int due_after_days;  ///< dues are payable so many days after their period begins
  UnitId unit;
};

/// The part of a due that is payable in another unit, usually a local one.
struct LocalPart {
  UnitId unit;
  Ratio share;  ///< of the amount, from 0 to 1
};

/// What a tier costs a whole period from a day on. A later price ends it; one that is closed ends the tier.
/// Amounts are minor units of the tier's unit.
struct TierPrice {
  int number;  ///< counted from 1 within the tier; of two from the same day the later number counts
  Day from_on;
  bool closed = false;               ///< from this day the tier has no price
  std::int64_t minimum_minor = 0;    ///< the least that a member may choose
  std::int64_t suggested_minor = 0;  ///< what is charged unless the member chose another amount
  std::int64_t joining_minor = 0;    ///< charged once, when a membership begins
  std::optional<LocalPart> local = std::nullopt;
  std::string decision = {};  ///< the decision that adopted it, in words or as a link
};

/// The price in force on `day`; nothing before the first and where the tier is closed.
std::optional<TierPrice> price_on(std::span<const TierPrice> prices, Day day);

/// Refuses a price that cannot be: minimum above suggested, negative amounts, a local share that is no share.
/// Throws Refused: field_invalid, with the field's name below "/".
void require_price(const TierPrice& price);

/// Units of one unit for one of another, from a day on.
struct UnitRate {
  UnitId from;
  UnitId to;
  Day from_on;
  int number;  ///< of two from the same day the later number counts
  Ratio rate;  ///< units of `to` for one unit of `from`
  std::string decision = {};
};

/// The rate in force on `day`, if there is one.
std::optional<UnitRate> rate_on(std::span<const UnitRate> rates, UnitId from, UnitId to, Day day);

}  // namespace coop::dues

#include "ledger/dues/tier.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

// The one that came last of those in force on the day.
template <class Dated, class Concerns>
std::optional<Dated> in_force_on(std::span<const Dated> all, Day day, const Concerns& concerns) {
  const Dated* found = nullptr;
  for (const Dated& one : all) {
    if (one.from_on > day || !concerns(one)) continue;
    if (!found || std::pair{found->from_on, found->number} < std::pair{one.from_on, one.number}) found = &one;
  }
  return found ? std::optional{*found} : std::nullopt;
}

void require_amount(std::int64_t minor, const char* field) {
  if (minor < 0) throw Refused{Refusal::field_invalid, "a price is not negative", field};
}

}  // namespace

std::string_view text_of(Interval interval) {
  switch (interval) {
    case Interval::month:
      return "month";
    case Interval::quarter:
      return "quarter";
    case Interval::year:
      return "year";
    case Interval::flexible:
      return "flexible";
  }
  throw InvariantBroken{"an interval is one of four"};
}

Interval interval_from(std::string_view text) {
  for (const Interval interval : {Interval::month, Interval::quarter, Interval::year, Interval::flexible})
    if (text_of(interval) == text) return interval;
  throw Refused{Refusal::field_invalid, "one of these is expected: month quarter year flexible"};
}

int months_of(Interval interval) {
  switch (interval) {
    case Interval::month:
      return 1;
    case Interval::quarter:
      return 3;
    case Interval::year:
      return 12;
    case Interval::flexible:
      break;
  }
  return 0;
}

std::string_view text_of(Proration proration) {
  return proration == Proration::by_days ? "by_days" : "whole_periods";
}

Proration proration_from(std::string_view text) {
  for (const Proration proration : {Proration::by_days, Proration::whole_periods})
    if (text_of(proration) == text) return proration;
  throw Refused{Refusal::field_invalid, "one of these is expected: by_days whole_periods"};
}

std::optional<TierPrice> price_on(std::span<const TierPrice> prices, Day day) {
  const auto price = in_force_on(prices, day, [](const TierPrice&) { return true; });
  return price && price->closed ? std::nullopt : price;
}

void require_price(const TierPrice& price) {
  require_amount(price.minimum_minor, "/minimum");
  require_amount(price.suggested_minor, "/suggested");
  require_amount(price.joining_minor, "/joining_fee");
  if (price.minimum_minor > price.suggested_minor)
    throw Refused{Refusal::field_invalid, "the minimum is above what is suggested", "/minimum"};
  if (!price.local) return;
  const Ratio share = price.local->share;
  if (share.numerator() <= 0 || share.numerator() > share.denominator())
    throw Refused{Refusal::field_invalid, "the local share is above 0 and at most 1", "/local/share"};
}

std::optional<UnitRate> rate_on(std::span<const UnitRate> rates, UnitId from, UnitId to, Day day) {
  return in_force_on(rates, day, [&](const UnitRate& rate) { return rate.from == from && rate.to == to; });
}

}  // namespace coop::dues

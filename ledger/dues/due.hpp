#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/dues/subscription.hpp"
#include "ledger/dues/tier.hpp"
#include "ledger/members/class_rule.hpp"
#include "ledger/values/period.hpp"
#include "ledger/values/unit.hpp"

namespace coop::dues {

/// What a charge is for.
enum class DueKind { dues, joining, obligation, other };
/// "dues" …
std::string_view text_of(DueKind kind);
/// Throws Refused: field_invalid.
DueKind due_kind_from(std::string_view text);

/// The days of a due in words: "2026-02", a day, or "2026-01-15 to 2026-03-31".
std::string text_of(const Period& period);

/// What a membership owes for one period, in one unit: worked out, not yet charged. Amounts are minor units.
struct Due {
  DueKind kind;
  Period period;  ///< the days that it covers
  Day due_on;
  int part;   ///< the instalment, from 1
  int parts;  ///< how many there are
  UnitId unit;
  PartyId payer;
  std::int64_t gross_minor;   ///< before the concession
  std::int64_t waived_minor;  ///< the concession: solidarity, not debt
  std::string why;            ///< how the amount came about, in plain words
  std::int64_t owed_minor() const { return gross_minor - waived_minor; }
};

/// Everything that decides what one membership owes.
struct DuesFacts {
  std::vector<Period> active;  ///< days on which the membership runs and is not paused, in order
  std::vector<Subscription> subscriptions;
  std::vector<Concession> concessions;
  PartyId member{0};
  ClassId of_class{0};
};

/// A tier with all its prices.
struct PricedTier {
  Tier tier;
  std::vector<TierPrice> prices;
};

/// The prices and rates of a node.
struct PriceList {
  std::vector<PricedTier> tiers;
  std::vector<UnitRate> rates;
  std::vector<Unit> units;  ///< the units of the tiers, of their local parts and of obligations
  std::vector<members::MemberClass> classes = {};

  const PricedTier& tier(TierId id) const;
  const Unit& unit(UnitId id) const;
  /// The rule of the class in force on that day, or null.
  const members::ClassRule* find_rule(ClassId of_class, Day day) const;
};

/// What the membership owes for every period that begins in `window`, oldest first. Periods are months,
/// calendar quarters and years, as the tier says; what is covered of one in part is charged by days
/// (`amount × covered days ÷ days`, half up) or whole. The price is the one in force on the first day
/// covered. The joining fee and what the class's rule obliges to come once, on the membership's first day.
/// While the class is free of dues nothing is owed. Each amount has its words. Throws Refused:
/// tier_without_price (naming tier and day), rate_missing.
std::vector<Due> dues_of(const DuesFacts& facts, const PriceList& prices, const Period& window);

}  // namespace coop::dues

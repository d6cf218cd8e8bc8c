#include "ledger/dues/due.hpp"

#include <gtest/gtest.h>

#include "ledger/values/money.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::dues {
namespace {

constexpr UnitId eur{1};
constexpr UnitId gmc{2};
constexpr PartyId ana{7};

Day day(const char* text) { return Day::parse(text); }
Period period(const char* first, const char* last) { return {day(first), day(last)}; }

Tier tier(int id, Interval interval) {
  return {TierId{id}, "standard", "Standard", interval, Proration::by_days, 0, eur};
}
TierPrice price(const char* from, std::int64_t suggested, std::int64_t minimum = 0) {
  return {.number = 1, .from_on = day(from), .minimum_minor = minimum, .suggested_minor = suggested};
}
Subscription subscription(const char* from, int tier_id = 1) {
  return {.number = 1, .from_on = day(from), .tier = TierId{tier_id}, .payer = ana};
}

/// A monthly, a quarterly and a yearly tier at 20, 60 and 240 EUR.
PriceList price_list() {
  return {{{tier(1, Interval::month), {price("2025-01-01", 2'000, 1'000)}},
           {tier(2, Interval::quarter), {price("2025-01-01", 6'000)}},
           {tier(3, Interval::year), {price("2025-01-01", 24'000)}},
           {tier(4, Interval::flexible), {price("2025-01-01", 0)}}},
          {{gmc, gmc, day("2025-01-01"), 1, Ratio{1, 1}}, {eur, gmc, day("2026-01-01"), 1, Ratio{5, 4}}},
          {{eur, "EUR", 2}, {gmc, "GMC", 2}}};
}

DuesFacts member_since(const char* from, int tier_id = 1) {
  return {{period(from, "9999-12-31")}, {subscription(from, tier_id)}, {}};
}

/// "2026-01-01..2026-01-31 20.00 EUR" a due, what is waived in brackets.
std::string text(const std::vector<Due>& dues) {
  std::string all;
  for (const Due& due : dues) {
    all += due.period.first().text() + ".." + due.period.last().text() + " " +
           text_from_minor(due.owed_minor(), 2) + (due.unit == eur ? " EUR" : " GMC");
    if (due.waived_minor != 0) all += " (" + text_from_minor(due.waived_minor, 2) + ")";
    if (due.kind == DueKind::joining) all += " joining";
    all += "\n";
  }
  return all;
}

const Period january = Period::parse("2026-01");

TEST(Dues, AreTheTiersSuggestedPriceForEachPeriod) {
  EXPECT_EQ(text(dues_of(member_since("2025-06-01"), price_list(), january)),
            "2026-01-01..2026-01-31 20.00 EUR\n");
  EXPECT_EQ(text(dues_of(member_since("2025-01-01", 2), price_list(), Period::parse("2026"))),
            "2026-01-01..2026-03-31 60.00 EUR\n2026-04-01..2026-06-30 60.00 EUR\n"
            "2026-07-01..2026-09-30 60.00 EUR\n2026-10-01..2026-12-31 60.00 EUR\n");
  EXPECT_EQ(text(dues_of(member_since("2025-01-01", 3), price_list(), Period::parse("2026-02"))), "");
  EXPECT_EQ(text(dues_of(member_since("2025-01-01", 4), price_list(), Period::parse("2026"))), "");
}

TEST(Dues, OfAPartAreItsShareOfTheDays) {
  EXPECT_EQ(text(dues_of(member_since("2026-01-15"), price_list(), january)),
            "2026-01-15..2026-01-31 10.97 EUR\n")
      << "17 of 31 days of 20.00 are 10.9677…";
  DuesFacts leaves = member_since("2025-01-01");
  leaves.active = {period("2025-01-01", "2026-01-10")};
  EXPECT_EQ(text(dues_of(leaves, price_list(), january)), "2026-01-01..2026-01-10 6.45 EUR\n");
  EXPECT_EQ(text(dues_of(leaves, price_list(), Period::parse("2026-02"))), "");
  DuesFacts pauses = member_since("2025-01-01");
  pauses.active = {period("2025-01-01", "2026-01-10"), period("2026-01-21", "9999-12-31")};
  EXPECT_EQ(text(dues_of(pauses, price_list(), january)), "2026-01-01..2026-01-31 13.55 EUR\n")
      << "21 of 31 days";
  PriceList whole = price_list();
  whole.tiers[0].tier.proration = Proration::whole_periods;
  EXPECT_EQ(text(dues_of(member_since("2026-01-15"), whole, january)), "2026-01-15..2026-01-31 20.00 EUR\n");
  EXPECT_EQ(text(dues_of(member_since("2026-03-01", 3), price_list(), Period::parse("2026-03"))),
            "2026-03-01..2026-12-31 201.21 EUR\n")
      << "306 of 365 days of a year, charged when they begin";
}

TEST(Dues, ChangeWithTierPriceAndChoice) {
  DuesFacts changes = member_since("2025-01-01");
  changes.subscriptions.push_back(
      {.number = 2, .from_on = day("2026-01-11"), .tier = TierId{1}, .chosen_minor = 3'100, .payer = ana});
  EXPECT_EQ(text(dues_of(changes, price_list(), january)),
            "2026-01-01..2026-01-10 6.45 EUR\n2026-01-11..2026-01-31 21.00 EUR\n");
  changes.subscriptions.push_back({.number = 3, .from_on = day("2026-02-01"), .tier = {}, .payer = ana});
  EXPECT_EQ(text(dues_of(changes, price_list(), Period::parse("2026-02"))), "");

  DuesFacts little = member_since("2025-01-01");
  little.subscriptions[0].chosen_minor = 800;
  const auto least = dues_of(little, price_list(), january);
  EXPECT_EQ(text(least), "2026-01-01..2026-01-31 10.00 EUR\n");
  EXPECT_EQ(least[0].why, "Standard: 10.00 EUR a month, the least since 2025-01-01 (chosen: 8.00 EUR)");

  PriceList dearer = price_list();
  dearer.tiers[0].prices.push_back({.number = 2, .from_on = day("2026-02-01"), .suggested_minor = 2'200});
  EXPECT_EQ(text(dues_of(member_since("2025-01-01"), dearer, Period::parse("2026-01-01..2026-02-28"))),
            "2026-01-01..2026-01-31 20.00 EUR\n2026-02-01..2026-02-28 22.00 EUR\n");
}

TEST(Dues, ThatAreWaivedAreSolidarityAndNoDebt) {
  DuesFacts waived = member_since("2025-01-01");
  waived.concessions = {{.number = 1,
                         .from_on = day("2025-07-01"),
                         .until_on = day("2026-01-31"),
                         .share = Ratio{1, 3},
                         .reason = "between jobs",
                         .review_on = {}}};
  const auto dues = dues_of(waived, price_list(), Period::parse("2026-01-01..2026-02-28"));
  EXPECT_EQ(text(dues), "2026-01-01..2026-01-31 13.33 EUR (6.67)\n2026-02-01..2026-02-28 20.00 EUR\n");
  EXPECT_EQ(dues[0].why, "Standard: 20.00 EUR a month; 1/3 waived (concession 1): 6.67 EUR")
      << "never the reason, which is personal";
  waived.concessions[0].share = Ratio{1, 1};
  EXPECT_EQ(text(dues_of(waived, price_list(), january)), "2026-01-01..2026-01-31 0.00 EUR (20.00)\n");
}

TEST(Dues, ArePayableInPartInALocalUnit) {
  PriceList local = price_list();
  local.tiers[0].prices[0].local = LocalPart{gmc, Ratio{3, 10}};
  local.tiers[0].prices[0].suggested_minor = 4'500;
  EXPECT_EQ(text(dues_of(member_since("2025-01-01"), local, january)),
            "2026-01-01..2026-01-31 31.50 EUR\n2026-01-01..2026-01-31 16.88 GMC\n");
  local.tiers[0].prices[0].suggested_minor = 2'000;
  EXPECT_EQ(text(dues_of(member_since("2025-01-01"), local, january)),
            "2026-01-01..2026-01-31 14.00 EUR\n2026-01-01..2026-01-31 7.50 GMC\n");
  EXPECT_EQ(test::refusal_code([&] { dues_of(member_since("2025-01-01"), local, Period::parse("2025-12")); }),
            "rate_missing");
}

TEST(Dues, ComeInInstalmentsThatAddUp) {
  DuesFacts parts = member_since("2026-01-01", 2);
  parts.subscriptions[0].instalments = 3;
  PriceList odd = price_list();
  odd.tiers[1].prices[0].suggested_minor = 10'000;
  const auto dues = dues_of(parts, odd, january);
  ASSERT_EQ(dues.size(), 3u);
  EXPECT_EQ(dues[0].gross_minor, 3'334);
  EXPECT_EQ(dues[1].gross_minor, 3'333);
  EXPECT_EQ(dues[2].gross_minor, 3'333);
  EXPECT_EQ(dues[2].due_on, day("2026-03-01"));
  EXPECT_EQ(dues[2].why, "Standard: 100.00 EUR a quarter; instalment 3 of 3");
}

TEST(Dues, BeginWithAJoiningFee) {
  PriceList joining = price_list();
  joining.tiers[0].prices[0].joining_minor = 1'500;
  EXPECT_EQ(text(dues_of(member_since("2026-01-01"), joining, january)),
            "2026-01-01..2026-01-31 20.00 EUR\n2026-01-01..2026-01-01 15.00 EUR joining\n");
  EXPECT_EQ(text(dues_of(member_since("2026-01-01"), joining, Period::parse("2026-02"))),
            "2026-02-01..2026-02-28 20.00 EUR\n");
}

TEST(Dues, AreRefusedWhereTheTierHasNoPrice) {
  PriceList closed = price_list();
  closed.tiers[0].prices.push_back({.number = 2, .from_on = day("2026-01-01"), .closed = true});
  EXPECT_EQ(test::refusal_code([&] { dues_of(member_since("2025-01-01"), closed, january); }),
            "tier_without_price");
  EXPECT_EQ(test::refusal_code(
                [&] { dues_of(member_since("2024-12-01"), price_list(), Period::parse("2024-12")); }),
            "tier_without_price");
}

}  // namespace
}  // namespace coop::dues

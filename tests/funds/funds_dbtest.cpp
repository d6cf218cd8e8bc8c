// Funds and mandates in the database: what counts as committed, and what PostgreSQL refuses whoever asks.
#include "tests/support/test_funds.hpp"

namespace coop::funds {
namespace {

class Funds : public test::FundTest {};
class FundSchema : public test::FundTest {
 protected:
  FundSchema() { fill(); }
};

TEST_F(Funds, AreRefusedInThisOrder) {
  const Unit euro = units().at("EUR");
  const auto code = [&](const SpendingMandateDraft& draft) {
    return test::refusal_of([&] { grant(draft); });
  };
  SpendingMandateDraft all = mandate("0.00", "nowhere");
  all.body.clear();
  all.until_on = Day::parse("2025-12-31");
  all.unit = units().at("GBP").id;
  EXPECT_EQ(code(all), "field_invalid");
  all.body = "Circle";
  EXPECT_EQ(code(all), "field_invalid") << "an amount of nothing";
  all.minor = 900'000'00;
  EXPECT_EQ(code(all), "day_malformed");
  all.until_on = Day::parse("2026-12-31");
  EXPECT_EQ(code(all), "dimension_unknown");
  all.fund = "media";
  EXPECT_EQ(code(all), "fund_without_terms");
  adopt("media", terms(euro));
  EXPECT_EQ(code(all), "unit_mismatch");
  all.unit = euro.id;
  EXPECT_EQ(code(all), "fund_below_buffer");
  give("media", "900000.00");
  EXPECT_EQ(code(all), "");
}

TEST_F(Funds, KeepTheirUnitAndWhoseTheyAre) {
  adopt("media", terms(units().at("EUR")));
  EXPECT_EQ(test::refusal_of([&] { adopt("media", terms(units().at("GBP"))); }), "unit_mismatch");
  EXPECT_EQ(test::refusal_of([&] { adopt("media", terms(units().at("EUR"), FundPurpose::held)); }),
            "field_invalid");
  FundTermDraft grant_terms = terms(units().at("EUR"), FundPurpose::grant);
  grant_terms.is_indivisible = true;
  EXPECT_EQ(test::refusal_of([&] { adopt("media", grant_terms); }), "field_invalid");
  FundTermDraft elsewhere = terms(units().at("EUR"));
  elsewhere.accounts = {"income:dues"};
  EXPECT_EQ(test::refusal_of([&] { adopt("media", elsewhere); }), "account_unknown");
}

TEST_F(Funds, SetNothingAsideOnceAMandateIsOver) {
  adopt("media", terms(units().at("EUR")));
  give("media", "100.00");
  SpendingMandateDraft over = mandate("80.00");
  over.until_on = Day::parse("2026-03-09");
  grant(over);
  EXPECT_EQ(figures("media").mandates_minor, 0);
  EXPECT_EQ(free_minor(figures("media")), 100'00);
  grant(mandate("50.00"));
  EXPECT_EQ(test::refusal_of([&] { draw(1, drawn("60.00")); }), "fund_below_buffer");
  draw(1, drawn("50.00"));
  EXPECT_EQ(free_minor(figures("media")), 0);
  EXPECT_EQ(figures("media").unbooked_minor, 50'00);
}

TEST_F(Funds, CountNothingThatIsBookedOnADayToCome) {
  adopt("media", terms(units().at("EUR")));
  give("media", "100.00");
  give("media", "900.00", "2026-03-11");
  EXPECT_EQ(figures("media").balance_minor, 100'00);
}

TEST_F(Funds, AreMoneyOfOthersWithWhatIsOwedToThem) {
  adopt("held", terms(units().at("EUR"), FundPurpose::held));
  record("2026-03-01", {{"assets:held", "30.00"}, {"liabilities:held", "-30.00", {"held", {}, {}, {}}}});
  EXPECT_EQ(figures("held").balance_minor, 30'00);
  adopt("media", terms(units().at("EUR")));
  record("2026-03-01", {{"assets:held", "30.00"}, {"liabilities:held", "-30.00", {"media", {}, {}, {}}}});
  EXPECT_EQ(figures("media").balance_minor, 0) << "what is owed is not the fund's";
}

TEST_F(FundSchema, RefusesWhatTheServiceWouldNot) {
  const std::string step =
      "INSERT INTO spending_step (node_id, mandate_number, number, kind, on_day, amount_minor, minutes, "
      "entry_number, party_id, draw, words, recorded_at, recorded_by) SELECT 1, ";
  const std::string end = ", now(), (SELECT id FROM user_account WHERE name = 'tom')";
  const char* integrity = "23000";
  EXPECT_EQ(state_of(step + "1, 7, 'drawn', '2026-03-01', 50000, NULL, NULL, NULL, NULL, NULL" + end),
            integrity)
      << "beyond the mandate";
  EXPECT_EQ(state_of(step + "1, 8, 'drawn', '2026-03-01', 1, NULL, NULL, NULL, NULL, NULL" + end), integrity)
      << "a gap";
  EXPECT_EQ(state_of(step + "1, 7, 'drawn', '2027-01-01', 1, NULL, NULL, NULL, NULL, NULL" + end), integrity)
      << "out of its time";
  EXPECT_EQ(state_of(step + "1, 7, 'drawn', '2026-03-01', 1, 60, NULL, NULL, NULL, NULL" + end), integrity)
      << "hours that were not granted";
  EXPECT_EQ(state_of(step + "2, 3, 'drawn', '2026-03-01', 1, 1, NULL, NULL, NULL, NULL" + end), integrity)
      << "after the recall";
  EXPECT_EQ(state_of(step + "1, 7, 'paid', '2026-03-01', NULL, NULL, 2, NULL, 6, NULL" + end), integrity)
      << "an entry that is drawn already";
  EXPECT_EQ(state_of(step + "1, 7, 'taken_back', '2026-03-01', NULL, NULL, NULL, NULL, 4, 'x'" + end),
            "23505")
      << "twice";
  EXPECT_EQ(state_of(step + "1, 7, 'drawn', '2026-03-01', 1, NULL, NULL, NULL, NULL, NULL" + end),
            "accepted");
  EXPECT_EQ(state_of("UPDATE spending_mandate SET amount_minor = 1"), "23001");
  EXPECT_EQ(state_of("DELETE FROM fund_term"), "23001");
  for (const std::string& table : fund_tables()) {
    EXPECT_FALSE(service_may("UPDATE " + table + " SET node_id = node_id")) << table;
    EXPECT_FALSE(service_may("DELETE FROM " + table)) << table;
  }
}

}  // namespace
}  // namespace coop::funds

// Buffers that are worked out from the books, and what PostgreSQL refuses that would leave less than them.
#include <chrono>

#include "ledger/funds/allocation_service.hpp"
#include "ledger/values/ratio.hpp"
#include "tests/support/test_funds.hpp"

namespace coop::funds {
namespace {

/// It is 10 March 2026: the last whole month is February.
class Buffers : public test::FundTest {
 protected:
  Buffers() {
    open("expenses:servers");
    open("expenses:servers:mail");
  }
  static BufferRule rule_over(int months, int keep, BufferScope whose = BufferScope::node) {
    return {.flow = BufferFlow::expense, .whose = whose, .over_months = months, .keep_months = keep};
  }
  void keep(const std::vector<FundBuffer>& buffers, const std::string& fund = "media") {
    FundTermDraft draft = terms(units().at("EUR"));
    draft.from_on = Day::parse("2020-01-01");
    draft.buffers = buffers;
    adopt(fund, draft);
  }
  void keep(const BufferRule& rule) { keep({{"measured", 0, rule}}); }
  void pay(const std::string& account, const std::string& amount, std::string_view day,
           const std::optional<std::string>& fund = {}) {
    record(day, {{account, amount, {fund, {}, {}, {}}}, {"assets:bank", "-" + amount}});
  }
  std::int64_t buffer() { return figures("media").buffer_minor; }
  std::vector<MeasuredBuffer> measured(std::optional<Instant> known_at = {}) {
    return db().in_tx([&](Tx& tx) {
      const Fund fund = read_fund(tx, node(), "media");
      return read_measured_buffers(tx, node(), fund.dimension.id, fund.terms.back(), {today(), known_at, {}});
    });
  }
};

TEST_F(Buffers, AddUpWholeMonthsBeforeTheDaysOwn) {
  keep(rule_over(12, 3));
  EXPECT_EQ(buffer(), 0) << "nothing was spent";
  pay("expenses:media", "1000.00", "2025-02-28");
  EXPECT_EQ(buffer(), 0) << "before them";
  pay("expenses:media", "1080.00", "2025-03-01");
  EXPECT_EQ(buffer(), 270'00);
  pay("expenses:servers", "120.00", "2026-02-28");
  EXPECT_EQ(buffer(), 300'00);
  pay("expenses:servers", "900.00", "2026-03-01");
  EXPECT_EQ(buffer(), 300'00) << "the month that is not over";
  const auto one = measured().at(0);
  EXPECT_EQ(one.period->first(), Day::parse("2025-03-01"));
  EXPECT_EQ(one.period->last(), Day::parse("2026-02-28"));
  EXPECT_EQ(one.found_minor, 1'200'00);
  EXPECT_EQ(one.minor, 300'00);
}

TEST_F(Buffers, AddUpOneAccountAndThoseBelowIt) {
  open("expenses:serverroom");
  BufferRule servers = rule_over(1, 2);
  servers.account = "expenses:servers";
  keep(servers);
  pay("expenses:servers", "10.00", "2026-02-01");
  pay("expenses:servers:mail", "2.00", "2026-02-01");
  pay("expenses:serverroom", "500.00", "2026-02-01");
  pay("expenses:media", "500.00", "2026-02-01");
  EXPECT_EQ(buffer(), 24'00);
  servers.account = "expenses:nowhere";
  EXPECT_EQ(test::refusal_of([&] { keep(servers); }), "account_unknown");
  servers.account = "income:dues";
  EXPECT_EQ(test::refusal_of([&] { keep(servers); }), "account_unknown") << "no expense";
}

TEST_F(Buffers, AddUpTheFundsOwnOrTheNodesWithoutMoneyOfOthers) {
  adopt("held", terms(units().at("EUR"), FundPurpose::held));
  pay("expenses:media", "100.00", "2026-02-01", "media");
  pay("expenses:media", "40.00", "2026-02-01", "venue");
  pay("expenses:media", "5.00", "2026-02-01");
  pay("expenses:media", "700.00", "2026-02-01", "held");
  keep(rule_over(1, 1, BufferScope::fund));
  EXPECT_EQ(buffer(), 100'00);
  keep(rule_over(1, 1));
  EXPECT_EQ(buffer(), 145'00);
}

TEST_F(Buffers, KeepAShareOfWhatCameIn) {
  keep(BufferRule{.flow = BufferFlow::income, .over_months = 12, .share_millionths = 100'000});
  give("media", "11800.00", "2026-01-05");
  EXPECT_EQ(buffer(), 1'180'00);
  record("2026-02-01", {{"income:dues", "12000.00"}, {"assets:bank", "-12000.00"}});
  EXPECT_EQ(buffer(), 0) << "more was given back than came in: never below zero";
}

TEST_F(Buffers, AreTheHighestOfAllMeasures) {
  give("media", "11800.00", "2026-01-05");
  pay("expenses:servers", "1080.00", "2026-02-01");
  const BufferRule tenth{.flow = BufferFlow::income, .over_months = 12, .share_millionths = 100'000};
  keep({{"a quarter of the fixed costs", 0, rule_over(12, 3)}, {"a tenth", 0, tenth}, {"at least", 500'00}});
  EXPECT_EQ(buffer(), 1'180'00);
  const auto all = measured();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].minor, 270'00);
  EXPECT_EQ(all[1].minor, 1'180'00);
  EXPECT_EQ(all[2].minor, 500'00);
  EXPECT_FALSE(all[2].period);
}

TEST_F(Buffers, AreReadAsTheyWereKnown) {
  keep(rule_over(1, 1));
  pay("expenses:media", "10.00", "2026-02-01");
  const Instant before = now;
  now += std::chrono::seconds{1};
  pay("expenses:media", "90.00", "2026-02-01");
  EXPECT_EQ(measured()[0].minor, 100'00);
  EXPECT_EQ(measured(before)[0].minor, 10'00);
}

TEST_F(Buffers, RoundAHalfUpWhateverTheMonths) {
  keep(rule_over(7, 3));
  pay("expenses:media", "0.01", "2026-02-01");
  for (std::int64_t found = 1; found <= 40; ++found) {
    EXPECT_EQ(buffer(), times_half_up(found, Ratio{3, 7})) << found;
    pay("expenses:media", "0.01", "2026-02-02");
  }
}

TEST_F(Buffers, ThatAreWorkedOutRefuseWhatWouldLeaveLess) {
  give("media", "1000.00", "2026-01-05");
  pay("expenses:servers", "1200.00", "2026-02-01");
  keep(rule_over(12, 6));
  EXPECT_EQ(free_minor(figures("media")), 400'00);
  EXPECT_EQ(test::refusal_of([&] { grant(mandate("400.01")); }), "fund_below_buffer");
  const RoundDraft round{.title = "Spring",
                         .body = "Circle",
                         .fund = "media",
                         .unit = units().at("EUR").id,
                         .pot_minor = 400'01,
                         .members = {"M0007"},
                         .from_on = Day::parse("2026-01-01"),
                         .until_on = Day::parse("2026-12-31"),
                         .decision = "d/6"};
  EXPECT_EQ(test::refusal_of(
                [&] { db().in_tx([&](Tx& tx) { begin_round(tx, node(), round, today(), as("tom")); }); }),
            "fund_below_buffer");
  grant(mandate("400.00"));
  EXPECT_EQ(free_minor(figures("media")), 0);
}

TEST_F(Buffers, AreKeptByTheSchemaToo) {
  const char* integrity = "23000";
  give("media", "1000.00", "2026-01-05");
  pay("expenses:servers", "1200.00", "2026-02-01");
  keep(rule_over(12, 6));
  const std::string mandate =
      "INSERT INTO spending_mandate (node_id, number, body, level, purpose, fund_id, unit_id, amount_minor, "
      "from_on, until_on, decision, recorded_at) SELECT 1, 1, 'x', 'node', 'x', t.fund_id, t.unit_id, ";
  const std::string end = ", '2026-01-01', '2026-12-31', 'd', '2026-03-10T12:00:00Z' FROM fund_term t";
  EXPECT_EQ(state_of(mandate + "40001" + end), integrity);
  EXPECT_EQ(state_of("SET session_replication_role = replica; " + mandate + "40001" + end), "accepted")
      << "only its guard kept it";
  superuser_sql("SET session_replication_role = replica; DELETE FROM spending_mandate");
  EXPECT_EQ(state_of(mandate + "40000" + end), "accepted");
  EXPECT_EQ(state_of("INSERT INTO fund_buffer (node_id, fund_id, term, line, measure, flow, whose, "
                     "over_months) SELECT node_id, fund_id, term, 2, 'x', 'expense', 'node', 12 FROM "
                     "fund_buffer"),
            "23514")
      << "a rule by which nothing stays";
}

TEST_F(Buffers, AreKeptWhenAMandateIsOver) {
  give("media", "100.00", "2026-01-05");
  keep({{"set", 50'00}});
  SpendingMandateDraft over = mandate("50.00");
  over.until_on = Day::parse("2026-03-09");
  grant(over);
  record("2026-01-06", {{"income:dues", "40.00", {"media", {}, {}, {}}}, {"assets:bank", "-40.00"}});
  const std::string drawn =
      "INSERT INTO spending_step (node_id, mandate_number, number, kind, on_day, amount_minor, recorded_at) "
      "SELECT 1, 1, 1, 'drawn', '2026-03-01', ";
  const std::string end = ", '2026-03-10T12:00:00Z'";
  EXPECT_EQ(state_of(drawn + "1001" + end), "23000");
  EXPECT_EQ(state_of(drawn + "1000" + end), "accepted");
}

}  // namespace
}  // namespace coop::funds

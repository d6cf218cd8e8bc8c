// What is committed on a day that is past, entries of another time than their mandate's, and rounds that
// cannot be closed.
#include "ledger/disbursements/approving_service.hpp"
#include "tests/support/test_budgets.hpp"

namespace coop::funds {
namespace {

/// It is 10 June 2026 when things begin, 20 June when they end.
class SpendingDays : public test::BudgetTest {
 protected:
  void begin() { now = instant_from_text("2026-06-10T12:00:00Z"); }
  void end() { now = instant_from_text("2026-06-20T12:00:00Z"); }
  FundFigures media_on(std::string_view day) {
    return db().in_tx(
        [&](Tx& tx) { return read_figures_of(tx, node(), read_fund(tx, node(), "media"), Day::parse(day)); });
  }
  std::int64_t committed_on(std::string_view day) { return committed_minor(media_on(day)); }
  std::int64_t budget_committed_on(std::string_view day) {
    const BudgetView view{Day::parse(day), Day::parse("2026-12-31"), {}};
    std::int64_t sum = 0;
    db().in_tx([&](Tx& tx) {
      for (const auto& line : read_budget_figures(tx, node(), read_budget(tx, node(), BudgetNumber{1}), view))
        sum += line.committed_minor;
    });
    return sum;
  }
  SpendingMandate grant_on(std::string_view day, const std::string& amount) {
    return db().in_tx(
        [&](Tx& tx) { return funds::grant(tx, node(), mandate(amount), Day::parse(day), as("tom")); });
  }
};

TEST_F(SpendingDays, CommitAnOrderFromItsProposalToItsEnd) {
  budget("4000.00", BeyondBudget::warns);
  begin();
  const auto proposed = propose(draft({order("500.00"), order("20.00")}, "2026-06-22"));
  end();
  leave_out(proposed, 2);
  EXPECT_EQ(committed_on("2026-03-31"), 0) << "nobody had ordered anything";
  EXPECT_EQ(free_minor(media_on("2026-03-31")), 5'000'00);
  EXPECT_EQ(budget_committed_on("2026-03-31"), 0);
  EXPECT_EQ(committed_on("2026-06-10"), 520'00);
  EXPECT_EQ(committed_on("2026-06-19"), 520'00) << "it was left out on the day after";
  EXPECT_EQ(committed_on("2026-06-20"), 500'00);
  EXPECT_EQ(budget_committed_on("2026-06-20"), 500'00);
  cancel(proposed);
  EXPECT_EQ(committed_on("2026-06-19"), 520'00);
  EXPECT_EQ(committed_on("2026-06-20"), 0);
}

TEST_F(SpendingDays, CommitAMandateFromItsGrantAndADrawFromItsDay) {
  budget("4000.00", BeyondBudget::warns);
  begin();
  grant_on("2026-06-10", "300.00");
  end();
  db().in_tx([&](Tx& tx) {
    funds::draw(tx, node(), SpendingMandateNumber{1}, {.on_day = Day::parse("2026-06-15"), .minor = 100'00},
                Day::parse("2026-06-20"), as("tom"));
    take_draw_back(tx, node(), SpendingMandateNumber{1}, 1, "not made", Day::parse("2026-06-20"), as("tom"));
    funds::recall(tx, node(), SpendingMandateNumber{1}, "it is off", Day::parse("2026-06-20"), as("tom"));
  });
  EXPECT_EQ(committed_on("2026-03-31"), 0);
  EXPECT_EQ(budget_committed_on("2026-03-31"), 0);
  EXPECT_EQ(media_on("2026-06-10").mandates_minor, 300'00);
  EXPECT_EQ(media_on("2026-06-10").unbooked_minor, 0) << "it was drawn later";
  EXPECT_EQ(media_on("2026-06-15").mandates_minor, 200'00);
  EXPECT_EQ(media_on("2026-06-15").unbooked_minor, 100'00);
  EXPECT_EQ(committed_on("2026-06-20"), 0);
}

TEST_F(SpendingDays, CommitAPotUntilItsRoundIsClosedOrGivenUp) {
  begin();
  const RoundDraft draft{.title = "Spring",
                         .body = "Media circle",
                         .fund = "media",
                         .unit = units().at("EUR").id,
                         .pot_minor = 90'00,
                         .members = {"M0001"},
                         .from_on = Day::parse("2026-01-01"),
                         .until_on = Day::parse("2026-12-31"),
                         .decision = "d/6"};
  db().in_tx([&](Tx& tx) { funds::begin_round(tx, node(), draft, Day::parse("2026-06-10"), as("tom")); });
  end();
  give_up_round(1);
  EXPECT_EQ(committed_on("2026-06-09"), 0);
  EXPECT_EQ(committed_on("2026-06-19"), 90'00);
  EXPECT_EQ(committed_on("2026-06-20"), 0);
}

TEST_F(SpendingDays, CommitAnOrderUntilTwoSayThatTheBankDidNotTakeIt) {
  const auto sent = at_bank({order("40.00")});
  now = instant_from_text("2026-02-10T12:00:00Z");
  not_taken(sent, 1, "ann");
  now = instant_from_text("2026-02-12T12:00:00Z");
  not_taken(sent, 1, "ben");
  EXPECT_EQ(committed_on("2026-02-11"), 40'00);
  EXPECT_EQ(committed_on("2026-02-12"), 0);
}

TEST_F(SpendingDays, AreThoseOfTheMandateWhereAnEntrySpendsIt) {
  SpendingMandateDraft short_one = mandate("100.00");
  short_one.until_on = Day::parse("2026-06-30");
  short_one.from_on = Day::parse("2026-01-10");
  grant(short_one);
  const auto spend = [&](std::string_view day) {
    return record(day, {{"expenses:media", "10.00", {"media", {}, {}, {}}}, {"assets:cash", "-10.00"}})
        .number;
  };
  const EntryNumber before = spend("2026-01-09");
  now = instant_from_text("2026-06-30T12:00:00Z");
  draw(1, "10.00");
  now = instant_from_text("2026-08-15T12:00:00Z");
  const EntryNumber after = spend("2026-08-10");
  const EntryNumber within = spend("2026-06-30");
  const Day today = Day::parse("2026-08-15");
  const auto draw_of = [&](std::optional<EntryNumber> entry) {
    return test::refusal_of([&] {
      db().in_tx([&](Tx& tx) {
        funds::draw(tx, node(), SpendingMandateNumber{1},
                    {.on_day = Day::parse("2026-06-30"), .minor = 10'00, .entry = entry}, today, as("tom"));
      });
    });
  };
  const auto pay = [&](int number, EntryNumber entry) {
    return test::refusal_of([&] {
      db().in_tx([&](Tx& tx) {
        funds::pay_draw(tx, node(), SpendingMandateNumber{1}, number, entry, today, as("tom"));
      });
    });
  };
  EXPECT_EQ(draw_of(after), "draw_impossible");
  EXPECT_EQ(draw_of(before), "draw_impossible");
  EXPECT_EQ(draw_of(within), "");
  EXPECT_EQ(draw_of({}), "") << "it is free";
  EXPECT_EQ(pay(3, after), "draw_impossible") << "it was drawn after its time";
  EXPECT_EQ(pay(1, before), "draw_impossible");
  const std::string step =
      "INSERT INTO spending_step (node_id, mandate_number, number, kind, on_day, amount_minor, entry_number, "
      "draw, recorded_at) SELECT 1, 1, 4, ";
  const std::string number = std::to_string(after.number());
  EXPECT_EQ(state_of(step + "'drawn', '2026-06-30', 1000, " + number + ", NULL, '2026-08-15'"), "23000");
  EXPECT_EQ(state_of(step + "'paid', '2026-08-15', NULL, " + number + ", 3, '2026-08-15'"), "23000");
  EXPECT_EQ(pay(1, after), "") << "it was drawn in its time, and spent later";
}

TEST_F(SpendingDays, LetNoRoundAskForWhatItsBodyCannotGrant) {
  rule({.kind = SpendingRuleKind::authority,
        .from_on = Day::parse("2026-01-01"),
        .unit = UnitId{1},
        .body = "Media circle",
        .level = BodyLevel::node,
        .up_to = 1'000'00,
        .decision = "d"});
  begin_round("2000.00", {"M0001", "M0002"});
  EXPECT_EQ(test::refusal_of([&] { propose_goal(1, "1500.00"); }), "beyond_authority");
  propose_goal(1, "1000.00");
  give(1, 1, "M0001", "1000.00");
  close_round(1);
  EXPECT_EQ(granted(1).minor, 1'000'00);
}

TEST_F(SpendingDays, GiveAPotBackWhenARoundIsGivenUp) {
  begin_round("100.00", {"M0001"});
  propose_goal(1, "60.00");
  give(1, 1, "M0001", "60.00");
  EXPECT_EQ(committed_minor(figures("media")), 100'00);
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) { funds::give_up_round(tx, node(), RoundNumber{1}, "", as("tom")); });
            }),
            "field_invalid");
  const AllocationRound after = give_up_round(1);
  EXPECT_EQ(funds::state_of(after), RoundState::given_up);
  EXPECT_EQ(after.steps.back().reason, "nobody gave");
  EXPECT_EQ(committed_minor(figures("media")), 0);
  EXPECT_EQ(test::refusal_of([&] { give_up_round(1); }), "round_not_open");
  EXPECT_EQ(test::refusal_of([&] { close_round(1); }), "round_not_open");
  EXPECT_EQ(test::refusal_of([&] { give_up_round(7); }), "round_unknown");
  const std::string step =
      "INSERT INTO allocation_step (node_id, round, number, kind, title, amount_minor, reason, recorded_at) "
      "SELECT 1, 1, 4, ";
  EXPECT_EQ(MembersTest::state_of(step + "'proposed', 'x', 1, NULL, now()"), "23000") << "it is over";
  EXPECT_EQ(MembersTest::state_of(step + "'closed', NULL, NULL, NULL, now()"), "23505") << "it ended";
}

TEST_F(SpendingDays, JudgeARoundOnceHoweverManyStepsComeTogether) {
  begin_round("100.00", {"M0001"});
  const std::string told_at_once = "SELECT pg_stat_force_next_flush()";
  const std::string calls = "SELECT coalesce(sum(calls), 0) FROM pg_stat_user_functions WHERE funcname = ";
  superuser_sql(
      "SET track_functions = 'all'; INSERT INTO allocation_step (node_id, round, number, kind, title, "
      "amount_minor, recorded_at) SELECT 1, 1, n, 'proposed', 'x', 1, now() FROM generate_series(1, 50) n; " +
      told_at_once);
  EXPECT_EQ(superuser_value(calls + "'allocation_fault'"), "1");
  superuser_sql(
      "SET track_functions = 'all'; INSERT INTO allocation_round (node_id, number, title, body, level, "
      "fund_id, unit_id, pot_minor, participants, from_on, until_on, decision, recorded_at) SELECT node_id, "
      "2, title, body, level, fund_id, unit_id, 3, 3, from_on, until_on, decision, recorded_at FROM "
      "allocation_round; INSERT INTO allocation_share (node_id, round, line, party_id, amount_minor) SELECT "
      "1, 2, n, p.id, 1 FROM generate_series(1, 3) n JOIN party p ON p.number = 'M000' || n; " +
      told_at_once);
  EXPECT_EQ(superuser_value(calls + "'check_allocation_round'"), "1");
  EXPECT_EQ(superuser_value(calls + "'check_allocation_share'"), "1");
  const std::string share =
      "INSERT INTO allocation_share (node_id, round, line, party_id, amount_minor) SELECT 1, 1, 2, p.id, ";
  EXPECT_EQ(MembersTest::state_of(share + "0 FROM party p WHERE p.number = 'M0002'"), "23000")
      << "one too many";
}

}  // namespace
}  // namespace coop::funds

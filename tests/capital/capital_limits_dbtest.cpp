// What shares, reserves and surpluses may not become: what the code refuses, the schema refuses as well.
#include "tests/capital/capital_limits.hpp"

#include "ledger/capital/surplus_entries.hpp"

namespace coop::capital {
namespace {

// A rule copied from rule 1 in raw SQL, with other values.
std::string rule_sql(const std::string& from_on, const std::string& reserve, const std::string& result,
                     const std::string& indivisible, const std::string& recorded_at = "recorded_at") {
  return "INSERT INTO surplus_rule SELECT node_id, 2, '" + from_on +
         "', title, decision, unit_id, reserve_weight, members_weight, other_weight, loss_reserve_weight, "
         "loss_members_weight, patronage, interest_millionths, interest_most, cash_millionths, " +
         indivisible + ", " + result + ", " + reserve +
         ", capital_account_id, payable_account_id, other_account_id, " + recorded_at +
         ", recorded_by FROM surplus_rule WHERE number = 1";
}

TEST_F(CapitalLimits, KeepAnIndivisibleReserveWhateverLaterRulesSay) {
  open("equity:other");
  const auto refused = [&](auto change) { return test::refusal_code([&] { adopt_rule(change); }); };
  EXPECT_EQ(refused([](SurplusRule& rule) {
              rule.result = "equity:reserve";
              rule.reserve = "equity:other";
            }),
            "reserve_indivisible");
  EXPECT_EQ(refused([](SurplusRule& rule) {
              rule.capital = "equity:reserve";
              rule.reserve = "equity:other";
            }),
            "reserve_indivisible");
  EXPECT_EQ(refused([](SurplusRule& rule) { rule.is_indivisible = false; }), "reserve_indivisible");
  EXPECT_EQ(refused([](SurplusRule& rule) { rule.result = "equity:other"; }), "field_invalid")
      << "what was divided would count once more";
  EXPECT_EQ(refused([](SurplusRule& rule) { rule.reserve = "equity:members"; }), "field_invalid");
  ShareClass of = hundreds();
  of.capital = "equity:reserve";
  of.reserve = "equity:other";
  EXPECT_EQ(test::refusal_code([&] { adopt(of); }), "reserve_indivisible");

  const std::string other = "(SELECT id FROM account WHERE path = 'equity:other')";
  EXPECT_NE(tried(rule_sql("2027-01-01", other, "reserve_account_id", "true")), "accepted");
  EXPECT_NE(tried(rule_sql("2027-01-01", "reserve_account_id", "result_account_id", "false")), "accepted");
  EXPECT_NE(tried(rule_sql("2027-01-01", "reserve_account_id", other, "true")), "accepted");
  EXPECT_EQ(tried(rule_sql("2027-01-01", other, "result_account_id", "false")), "accepted");
  EXPECT_NE(tried("INSERT INTO share_class SELECT node_id, 'gold', 1, from_on, title, nominal_minor, "
                  "lowest_minor, highest_minor, withdrawable, notice_days, transferable, "
                  "reserve_millionths, reserve_account_id, " +
                  other +
                  ", receivable_account_id, payable_account_id, fund, decision, recorded_at, recorded_by "
                  "FROM share_class"),
            "accepted");
  // With the guard off it goes through, and is found.
  superuser_sql("SET session_replication_role = replica; " +
                rule_sql("2027-01-01", "reserve_account_id", "result_account_id", "false"));
  EXPECT_NE(first_flaw().find("rule 2 for surplus: what was called an indivisible reserve stays one"),
            std::string::npos)
      << first_flaw();
  superuser_sql("SET session_replication_role = replica; DELETE FROM surplus_rule WHERE number = 2");
}

TEST_F(CapitalLimits, DivideByTheRuleThatWasTheLastWhenItWasProposed) {
  earn("10.00");
  divide(1'000, {{"M0001", 1'000'000}}, false);
  open("equity:other");
  const std::string other = "(SELECT id FROM account WHERE path = 'equity:other')";
  const std::string run =
      "INSERT INTO surplus_run SELECT node_id, 2, rule_number, source, from_on, to_on, booked_on, decision, "
      "amount_minor, reserve_minor, members_minor, other_minor, interest_minor, cash_minor, members, "
      "recorded_at, recorded_by, sharing_code, sharing_version, steps FROM surplus_run WHERE number = 1; "
      "INSERT INTO surplus_share SELECT node_id, 2, number, party_id, measure, capital_minor, "
      "interest_minor, patronage_minor, cash_minor FROM surplus_share WHERE run_number = 1";
  EXPECT_EQ(tried(run), "accepted");
  EXPECT_NE(tried(rule_sql("2026-01-15", other, "result_account_id", "true", "timestamptz '2026-01-30'") +
                  "; " + run),
            "accepted")
      << "another rule was in force on the last day";
  EXPECT_EQ(tried(rule_sql("2026-01-15", other, "result_account_id", "true", "timestamptz '2026-02-01'") +
                  "; " + run),
            "accepted")
      << "nobody knew it then";
  EXPECT_EQ(tried(rule_sql("2026-02-01", other, "result_account_id", "true", "timestamptz '2026-01-30'") +
                  "; " + run),
            "accepted")
      << "it begins later";
}

TEST_F(CapitalLimits, DivideWhatWasClosedAfterwardsOnce) {
  earn("48000.00");
  record("2026-02-01", {{"income:dues", "48000.00"}, {"equity:result", "-48000.00"}});
  EXPECT_EQ(test::refusal_code([&] { divide(4'800'001, {{"M0001", 1'000'000}}); }), "surplus_not_there");
  divide(4'800'000, {{"M0001", 1'000'000}});
  EXPECT_EQ(test::refusal_code([&] { divide(1, {{"M0001", 1'000'000}}); }), "surplus_not_there");
  EXPECT_EQ(amount_of("Result not divided yet"), 0);
  EXPECT_EQ(first_flaw(), "");
}

// Booked by the second approval as the service does it, but for its look at what there is.
TEST_F(CapitalLimits, AreKeptByTheSchemaWhereMoreIsDividedThanThereWas) {
  earn("100.00");
  const SurplusRun run = divide(10'000, {{"M0001", 1'000'000}}, false);
  db().in_tx([&](Tx& tx) { return approve_surplus_run(tx, node(), run.number, by("ann")); });
  lose("0.01");
  const auto approve = [&] {
    db().in_tx([&](Tx& tx) { return approve_surplus_run(tx, node(), run.number, by("ben")); });
  };
  EXPECT_EQ(test::refusal_code(approve), "surplus_not_there");
  const auto book = [&] {
    db().in_tx([&](Tx& tx) {
      SurplusStep step{0, SurplusStepKind::approved, {}, {}, now, {}, {}};
      insert_surplus_step(tx, node(), run.number, step, by("ben"));
      step.kind = SurplusStepKind::booked;
      step.entry = books::all_recorded_or_throw(
                       books::post(tx, node(), drafts_of(run, by("ben")), books::Together::all_or_none, now))
                       .front()
                       .number;
      insert_surplus_step(tx, node(), run.number, step, by("ben"));
      return 0;
    });
  };
  EXPECT_THROW(book(), RefusedBySchema);
  earn("0.01");
  EXPECT_NO_THROW(book());
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalLimits, LeaveWhatBoundFundsHaveLeftOutOfASurplus) {
  add(books::DimensionKind::fund, {"grant", "own", "hall", "quiet"});
  say_of_fund("grant", terms(funds::FundPurpose::grant));
  say_of_fund("own", terms(funds::FundPurpose::other));
  funds::FundTermDraft hall = terms(funds::FundPurpose::venue);
  hall.conditions = "for the roof";
  say_of_fund("hall", hall);
  const auto earn_for = [&](const char* fund, const std::string& amount) {
    record("2026-01-10", {{"assets:bank", amount}, {"income:dues", "-" + amount, {fund}}});
  };
  earn("100.00");
  for (const char* fund : {"grant", "own", "hall", "quiet"}) earn_for(fund, "10.00");
  const auto refused = [&](std::int64_t minor) {
    return test::refusal_code([&] { divide(minor, {{"M0001", 1'000'000}}, false); });
  };
  EXPECT_EQ(refused(12'001), "surplus_not_there");
  EXPECT_EQ(refused(12'000), "accepted");
  // What is spent beyond the grant is everybody's loss; a fund set free counts.
  record("2026-01-11", {{"expenses:rent", "15.00", {"grant"}}, {"assets:bank", "-15.00"}});
  EXPECT_EQ(refused(11'501), "surplus_not_there");
  funds::FundTermDraft free = terms(funds::FundPurpose::venue);
  free.from_on = Day::parse("2026-01-20");
  say_of_fund("hall", free);
  EXPECT_EQ(refused(12'500), "accepted");
}

TEST_F(CapitalLimits, RefuseToUndoWhatTheReserveWouldPayBack) {
  move_of("member", MovementKind::subscribe, 1'600'000);  // 12,000.00 and 4,000.00 for the reserve
  ShareClass second = db().in_snapshot([&](Tx& tx) { return read_share_classes(tx, node()).front(); });
  second.from_on = Day::parse("2026-01-06");
  second.reserve_millionths = 0;
  adopt(second);
  move_of("member", MovementKind::subscribe, 1'600'000, {}, "2026-01-07");
  move_of("member", MovementKind::cancel, 1'600'000, {}, "2026-01-07");
  EXPECT_EQ(held_of("member").reserve_minor, 200'000);
  EXPECT_EQ(test::refusal_code([&] { undo(1); }), "share_movement_impossible");
  EXPECT_THROW(undo_unasked(1), RefusedBySchema);
  EXPECT_EQ(held_of("member").holding_minor, 1'400'000);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalLimits, LetTheLastPartOfAHoldingGo) {
  adopt(hundreds());
  EXPECT_EQ(refused_move("hundred", MovementKind::subscribe, 5'000), "field_invalid");
  move_of("hundred", MovementKind::subscribe, 10'000);
  EXPECT_EQ(refused_move("hundred", MovementKind::pay_in, 10'001), "share_movement_impossible");
  move_of("hundred", MovementKind::pay_in, 5'000);
  EXPECT_EQ(refused_move("hundred", MovementKind::cancel, 2'500), "field_invalid");
  EXPECT_EQ(refused_move("hundred", MovementKind::ask, 2'000), "field_invalid");
  move_of("hundred", MovementKind::pay_in, 5'000);
  EXPECT_EQ(held_of("hundred").free_minor(), 7'500);
  EXPECT_EQ(refused_move("hundred", MovementKind::ask, 10'000), "share_movement_impossible");
  EXPECT_EQ(refused_move("hundred", MovementKind::give, 2'500), "field_invalid");
  move_of("hundred", MovementKind::ask, 7'500);
  take_back(4, 33);
  move_of("hundred", MovementKind::give, 33, "M0002", "2026-01-07");
  EXPECT_EQ(held_of("hundred").holding_minor, 7'467);
  move_of("hundred", MovementKind::subscribe, 10'000);
  move_of("hundred", MovementKind::pay_in, 3'000);
  move_of("hundred", MovementKind::cancel, 7'000);
  EXPECT_EQ(held_of("hundred").unpaid_minor, 0);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalLimits, LeaveTheLeastOfTheClassWhenASubscriptionIsCancelled) {
  ShareClass of = hundreds();
  of.lowest_minor = 100'000;
  of.reserve_millionths = 0;
  adopt(of);
  move_of("hundred", MovementKind::subscribe, 100'000);
  EXPECT_EQ(refused_move("hundred", MovementKind::cancel, 90'000), "share_movement_impossible");
  superuser_sql(
      "ALTER TABLE share_class DISABLE TRIGGER ALL; UPDATE share_class SET lowest_minor = 0 WHERE "
      "code = 'hundred'");
  move_of("hundred", MovementKind::cancel, 90'000);
  superuser_sql(
      "UPDATE share_class SET lowest_minor = 100000 WHERE code = 'hundred'; ALTER TABLE share_class "
      "ENABLE TRIGGER ALL");
  EXPECT_NE(first_flaw().find("movement 2 of shares: who holds any holds the least of the class"),
            std::string::npos)
      << first_flaw();
  move_of("hundred", MovementKind::cancel, 10'000);
  EXPECT_EQ(held_of("hundred").holding_minor, 0);
  superuser_sql("SET session_replication_role = replica; UPDATE share_class SET lowest_minor = 0");
}

TEST_F(CapitalLimits, WithdrawInAYearWhatTheYearBeforeBroughtAndNoMore) {
  adopt(hundreds());
  for (const char* code : {"member", "hundred"}) {
    move_of(code, MovementKind::subscribe, 1'000'000);
    move_of(code, MovementKind::pay_in, 1'000'000);
    move_of(code, MovementKind::ask, 500'000);
  }
  earn("9000.00");  // of this year: for the next one
  earn_before("3200.00");
  record("2025-12-31", {{"income:dues", "3200.00"}, {"equity:result", "-3200.00"}});
  EXPECT_EQ(test::refusal_code([&] { withdraw_of("member", 320'000, "2026-02-01"); }), "field_invalid")
      << "tomorrow";
  const WithdrawalRun first = withdraw_of("member", 100'000, "2026-01-20");
  EXPECT_EQ(first.year_from, Day::parse("2026-01-01"));
  EXPECT_EQ(first.earned_minor, 320'000) << "closing it changes nothing";
  EXPECT_EQ(first.paid.front().minor, 100'000);
  const WithdrawalRun second = withdraw_of("hundred", 999'999, "2026-01-10");
  EXPECT_EQ(second.already_out_minor, 100'000) << "of the other class, on a later day";
  EXPECT_EQ(second.available_minor, 220'000);
  EXPECT_EQ(second.queue.front().waiting_minor, 280'000);
  EXPECT_EQ(withdraw_of("member", 999'999, "2026-01-20").available_minor, 0);
  EXPECT_EQ(withdraw_of("member", 999'999, "2025-12-31").available_minor, 0) << "2024 brought nothing";
  EXPECT_EQ(first_flaw(), "");
  // What is written past the service is found.
  const auto add_cents = [&](const std::string& cents) {
    superuser_sql(
        "SET session_replication_role = replica; UPDATE posting SET amount_minor = amount_minor + " + cents +
        " * sign(amount_minor) WHERE entry_number = " + std::to_string(entry_of(8).number()) +
        "; UPDATE share_movement SET amount_minor = amount_minor + " + cents + " WHERE number = 8");
  };
  add_cents("1");
  EXPECT_NE(all_flaws().find(
                "movement 8 of shares: more is withdrawn in a year than the surplus of the year before"),
            std::string::npos);
  add_cents("-1");
}

TEST_F(CapitalLimits, WithdrawFromASpecialPurposeOnlyWhatIsFreeInItsFund) {
  add(books::DimensionKind::fund, {"roof", "ours"});
  for (const char* path : {"equity:roof", "liabilities:roof"}) open(path);
  ShareClass of = hundreds();
  of.capital = "equity:roof";
  of.payable = "liabilities:roof";
  of.reserve_millionths = 0;
  of.fund = "nowhere";
  EXPECT_EQ(test::refusal_code([&] { adopt(of); }), "dimension_unknown");
  of.fund = "ours";
  say_of_fund("ours", terms(funds::FundPurpose::reserve, true));
  EXPECT_EQ(test::refusal_code([&] { adopt(of); }), "fund_indivisible");
  of.fund = "roof";
  funds::FundTermDraft roof = terms(funds::FundPurpose::venue);
  roof.buffers = {{"a quarter", 70'000}};
  say_of_fund("roof", roof);
  adopt(of);
  EXPECT_NE(tried("INSERT INTO share_class SELECT node_id, 'tin', 1, from_on, title, nominal_minor, "
                  "lowest_minor, highest_minor, withdrawable, notice_days, transferable, "
                  "reserve_millionths, capital_account_id, reserve_account_id, receivable_account_id, "
                  "payable_account_id, 'ours', decision, recorded_at, recorded_by FROM share_class WHERE "
                  "code = 'hundred'"),
            "accepted");
  earn_before("5000.00");
  move_of("hundred", MovementKind::subscribe, 100'000);
  move_of("hundred", MovementKind::pay_in, 100'000);
  move_of("hundred", MovementKind::ask, 100'000);
  EXPECT_EQ(withdraw_of("member", 500'000, "2026-01-06").of_fund_minor, std::nullopt);
  const WithdrawalRun run = withdraw_of("hundred", 500'000, "2026-01-06");
  EXPECT_EQ(run.of_fund_minor, 30'000);
  EXPECT_EQ(run.paid.front().minor, 30'000);
  EXPECT_EQ(withdraw_of("hundred", 500'000, "2026-01-06").available_minor, 0);
  // From the day on which the fund is called indivisible nothing leaves it, whatever day is written.
  funds::FundTermDraft kept = roof;
  kept.from_on = Day::parse("2026-01-30");
  kept.is_indivisible = true;
  kept.buffers = {};
  say_of_fund("roof", kept);
  EXPECT_EQ(test::refusal_code([&] { withdraw_of("hundred", 500'000, "2026-01-06"); }), "fund_indivisible");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalLimits, AreFoundWhereTheBooksDriftFromTheRegister) {
  move_of("member", MovementKind::subscribe, 10'000);
  record("2026-01-06", {{"assets:bank", "40.00"}, {"assets:shares-due", "-40.00", {std::nullopt, "M0001"}}});
  EXPECT_NE(
      first_flaw().find("shares of M0001: the books of assets:shares-due are not what the register says"),
      std::string::npos)
      << first_flaw();
  record("2026-01-07", {{"assets:bank", "-40.00"}, {"assets:shares-due", "40.00", {std::nullopt, "M0001"}}});
  EXPECT_EQ(first_flaw(), "");
  record("2026-01-08", {{"assets:bank", "1.00"}, {"equity:members", "-1.00"}});
  EXPECT_NE(first_flaw().find("shares of nobody: the books of equity:members"), std::string::npos)
      << first_flaw();
  record("2026-01-09", {{"assets:bank", "-1.00"}, {"equity:members", "1.00"}});
}

}  // namespace
}  // namespace coop::capital

// What members hold on each day: nothing is paid in, given, asked back or withdrawn before it is there.
#include "tests/capital/capital_limits.hpp"

namespace coop::capital {
namespace {

class CapitalDays : public CapitalLimits {
 protected:
  CapitalDays() {
    ShareClass of = test::share_class();
    of.code = "m";
    of.from_on = Day::parse("2024-01-01");
    of.nominal_minor = 1'000;
    adopt(of);
    record("2024-06-30", {{"assets:bank", "1000.00"}, {"income:dues", "-1000.00"}});
  }
  void move_on(const char* day, MovementKind kind, std::int64_t minor, const char* to = "") {
    move_of("m", kind, minor, to, day);
  }
  // What is said of it, with the day.
  std::string refused_on(const char* day, MovementKind kind, std::int64_t minor, const char* to = "") {
    try {
      move_on(day, kind, minor, to);
    } catch (const Refused& refused) {
      EXPECT_EQ(refused.refusal(), Refusal::share_movement_impossible);
      return refused.detail();
    }
    return "accepted";
  }
  void undo_on(int movement) {
    db().in_tx([&](Tx& tx) { return undo_movement(tx, node(), MovementNumber{movement}, "x", author()); });
  }
};

TEST_F(CapitalDays, TakeNoPaymentBeforeTheSubscription) {
  move_on("2027-01-01", MovementKind::subscribe, 10'000);
  EXPECT_EQ(refused_on("2025-01-01", MovementKind::pay_in, 10'000),
            "M0001: on 2025-01-01 more is paid in or cancelled than was subscribed");
  EXPECT_NE(refused_on("2025-02-01", MovementKind::ask, 10'000), "accepted");
  EXPECT_TRUE(withdraw_of("m", 100'000, "2025-03-03").paid.empty());
  move_on("2027-01-01", MovementKind::pay_in, 10'000);
  EXPECT_EQ(refused_on("2025-02-01", MovementKind::ask, 10'000),
            "M0001: on 2025-02-01 more is asked back than is held");
  EXPECT_EQ(refused_on("2026-12-31", MovementKind::give, 10'000, "M0002"),
            "M0001: on 2026-12-31 more leaves than is held");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalDays, TakeNoPaymentAMonthBeforeTheSubscription) {
  move_on("2025-06-01", MovementKind::subscribe, 10'000);
  EXPECT_EQ(refused_on("2025-01-05", MovementKind::pay_in, 10'000),
            "M0001: on 2025-01-05 more is paid in or cancelled than was subscribed");
  EXPECT_EQ(refused_on("2025-05-31", MovementKind::cancel, 10'000),
            "M0001: on 2025-05-31 more is paid in or cancelled than was subscribed");
  move_on("2025-06-01", MovementKind::pay_in, 10'000);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalDays, GiveNothingBeforeItIsHeld) {
  move_on("2025-01-01", MovementKind::subscribe, 1'000);
  move_on("2025-01-01", MovementKind::pay_in, 1'000);
  EXPECT_EQ(refused_on("2024-06-01", MovementKind::give, 1'000, "M0002"),
            "M0001: on 2024-06-01 more leaves than is held");
  move_on("2025-01-01", MovementKind::give, 1'000, "M0002");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalDays, LookAtLaterDaysToo) {
  move_on("2025-01-01", MovementKind::subscribe, 2'000);
  move_on("2025-01-01", MovementKind::pay_in, 2'000);
  move_on("2025-03-01", MovementKind::give, 2'000, "M0002");
  move_on("2025-05-01", MovementKind::subscribe, 1'000);
  move_on("2025-05-01", MovementKind::pay_in, 1'000);
  EXPECT_EQ(refused_on("2025-02-01", MovementKind::ask, 1'000),
            "M0001: on 2025-03-01 more is asked back than is held")
      << "1,000 is free in the end, and 2,000 was in February";
  move_on("2025-05-01", MovementKind::ask, 1'000);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalDays, TellWhatWasPaidInFromWhatWasSubscribed) {
  move_on("2025-01-01", MovementKind::subscribe, 2'000);
  move_on("2025-06-01", MovementKind::pay_in, 2'000);
  EXPECT_EQ(refused_on("2025-05-31", MovementKind::ask, 1'000),
            "M0001: on 2025-05-31 only what was paid in, and is not asked back, leaves");
  move_on("2025-06-01", MovementKind::ask, 1'000);
  EXPECT_EQ(test::refusal_code([&] { undo_on(2); }), "share_movement_impossible");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalDays, DivideAPeriodOnceItHasEnded) {
  earn("100.00");
  const auto proposed = [&](const char* to_on, const char* decision) {
    return test::refusal_code([&] {
      db().in_tx([&](Tx& tx) {
        return propose_surplus_run(tx, node(),
                                   {.unit = euro(),
                                    .scale = 2,
                                    .source = SurplusSource::result,
                                    .from_on = Day::parse("2026-01-01"),
                                    .to_on = Day::parse(to_on),
                                    .booked_on = Day::parse("2026-12-31"),
                                    .amount_minor = 100,
                                    .decision = decision,
                                    .members = {{"M0001", 1'000'000}}},
                                   by("tom"));
      });
    });
  };
  EXPECT_EQ(proposed("2026-12-31", "Assembly"), "field_invalid");
  EXPECT_EQ(proposed("2026-02-01", "Assembly"), "field_invalid") << "today is 31 January";
  EXPECT_EQ(proposed("2026-01-31", " "), "decision_missing");
  EXPECT_EQ(proposed("2026-01-31", "Assembly"), "accepted");
}

TEST_F(CapitalDays, RestOnADecision) {
  ShareClass of = test::share_class();
  of.code = "gold";
  of.decision = "";
  EXPECT_EQ(test::refusal_code([&] { adopt(of); }), "decision_missing");
  EXPECT_EQ(test::refusal_code([&] { adopt_rule([](SurplusRule& rule) { rule.decision = ""; }); }),
            "decision_missing");
}

// Who took an ask back has asked for nothing: the payment was another's, and is undone on its own day.
TEST_F(CapitalDays, LetAPaymentBeUndoneOnceNothingIsAskedBack) {
  for (const MovementKind kind : {MovementKind::subscribe, MovementKind::pay_in, MovementKind::ask})
    move_on("2025-01-05", kind, 1'000);
  EXPECT_EQ(test::refusal_code([&] { undo_on(2); }), "share_movement_impossible");
  take_back(3);
  undo_on(2);
  EXPECT_EQ(first_flaw(), "");
}

// What was recorded before there was this rule is found, and can be mended.
TEST_F(CapitalDays, AreMendedWhereTheyWereWrong) {
  move_on("2027-01-01", MovementKind::subscribe, 10'000);
  move_on("2027-01-01", MovementKind::pay_in, 10'000);
  superuser_sql("ALTER TABLE share_movement DISABLE TRIGGER stands");
  db().in_tx([&](Tx& tx) {
    const ShareClass of = read_share_class(tx, node(), "m", Day::parse("2025-02-01"));
    return insert_movement(tx, node(),
                           {MovementKind::ask,
                            of,
                            members::read_party(tx, node(), "M0001").id,
                            10'000,
                            0,
                            Day::parse("2025-02-01"),
                            {},
                            {},
                            "x"},
                           author());
  });
  superuser_sql("ALTER TABLE share_movement ENABLE TRIGGER stands");
  EXPECT_NE(all_flaws().find("shares of M0001: on 2025-02-01 more is asked back than is held"),
            std::string::npos)
      << all_flaws();
  EXPECT_NE(test::refusal_code([&] { withdraw_of("m", 100'000, "2025-03-03"); }), "accepted");
  db().in_tx([&](Tx& tx) {
    return take_back_ask(tx, node(),
                         {.ask = MovementNumber{3}, .on = Day::parse("2025-02-01"), .reason = "too early"},
                         author());
  });
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::capital

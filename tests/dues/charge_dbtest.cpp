// Charge runs: what they raise, what they take back, and that they do it once.
#include "tests/support/test_dues.hpp"

namespace coop::dues {
namespace {

class Charges : public test::DuesTest {};

TEST_F(Charges, AreRaisedOnceHoweverOftenTheRunIsRepeated) {
  for (int i = 1; i <= 8; ++i) member("M000" + std::to_string(i), "2025-12-01");
  EXPECT_EQ(run("2026-01", Day::parse("2026-01-01")), "8/0");
  EXPECT_EQ(run("2026-01", Day::parse("2026-01-01")), "0/0");
  EXPECT_EQ(balance("assets:receivable:dues"), "160.00");
  EXPECT_EQ(balance("income:dues"), "-160.00");
  EXPECT_EQ(run("2026-01"), "8/0") << "December too, which nobody had charged";
  EXPECT_EQ(run("2026-02"), "8/0");
  EXPECT_EQ(run("2026-02"), "0/0");
}

TEST_F(Charges, AreMendedWhenAFeeOrALeavingDateChanges) {
  member("M0001", "2025-12-01");
  member("M0002", "2025-12-01");
  EXPECT_EQ(run("2025-12"), "2/0");
  EXPECT_EQ(run("2026-01"), "2/0");
  EXPECT_EQ(run("2026-02"), "2/0");
  set_price("standard", "2026-02-01", "22.00");
  end_membership("M0002", "2026-01-10");
  EXPECT_EQ(run("2026-02"), "2/3") << "M0001's February, M0002's January in part, its February not at all";
  EXPECT_EQ(run("2026-02"), "0/0");
  EXPECT_EQ(stands("M0001", "2026-02-01"), "62.00/0.00");
  EXPECT_EQ(stands("M0002", "2026-02-01"), "26.45/0.00") << "20.00 and 10 of 31 days";
}

TEST_F(Charges, UseWhatWasPaidAheadAndGiveItBackWhenReversed) {
  member("M0001", "2026-01-01");
  pay("M0001", "30.00", "2026-01-02");
  EXPECT_EQ(balance("liabilities:deferred:dues"), "-30.00");
  run("2026-01");
  EXPECT_EQ(balance("liabilities:deferred:dues"), "-10.00");
  EXPECT_EQ(balance("assets:receivable:dues"), "0.00");
  run("2026-02");
  EXPECT_EQ(balance("liabilities:deferred:dues"), "0.00");
  EXPECT_EQ(balance("assets:receivable:dues"), "10.00");
  const Charge january = charges_of("M0001").front();
  db().in_tx([&](Tx& tx) { reverse_charge(tx, node(), january.number, "a free month", author()); });
  EXPECT_EQ(balance("liabilities:deferred:dues"), "-10.00");
  EXPECT_EQ(balance("assets:receivable:dues"), "0.00");
  EXPECT_EQ(stands("M0001", "2026-02-01"), "0.00/10.00");
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) { reverse_charge(tx, node(), january.number, "again", author()); });
            }),
            "charge_reversed_already");
}

TEST_F(Charges, ThatAreWaivedAreACostAndNoDebt) {
  member("M0001", "2026-01-01");
  waive("M0001", "2026-01-01", Ratio{1, 4});
  member("M0002", "2026-01-01");
  waive("M0002", "2026-01-01", Ratio{1, 1}, Day::parse("2026-01-31"));
  EXPECT_EQ(run("2026-01"), "2/0");
  EXPECT_EQ(balance("expenses:solidarity"), "25.00");
  EXPECT_EQ(balance("income:dues"), "-40.00");
  EXPECT_EQ(stands("M0001", "2026-01-31"), "15.00/0.00");
  EXPECT_EQ(stands("M0002", "2026-01-31"), "0.00/0.00");
  EXPECT_EQ(covered("M0002", "2026-01-31"), "2026-01-31") << "solidarity covers too";
}

TEST_F(Charges, AreOwedByWhoeverPaysForTheMember) {
  member("M0001", "2026-01-01");
  member("M0002", "2026-01-01");
  subscribe("M0002",
            {.from_on = Day::parse("2026-01-01"), .tier = "standard", .chosen_minor = {}, .payer = "M0001"});
  EXPECT_EQ(run("2026-01"), "2/0");
  EXPECT_EQ(stands("M0001", "2026-01-31"), "40.00/0.00");
  EXPECT_EQ(stands("M0002", "2026-01-31"), "0.00/0.00");
  pay("M0001", "40.00", "2026-01-20");
  EXPECT_EQ(covered("M0002", "2026-01-20"), "2026-01-31");
  EXPECT_EQ(covered("M0002", "2026-01-19"), "");
}

TEST_F(Charges, ByHandAreChargedAndTakenBack) {
  member("M0001", "2026-01-01");
  const Charge charge = db().in_tx([&](Tx& tx) {
    return raise_charge(tx, node(),
                        {.member = "M0001",
                         .payer = {},
                         .kind = DueKind::obligation,
                         .unit = money("0").unit(),
                         .minor = 100'000,
                         .on = Day::parse("2026-01-05"),
                         .due_on = {},
                         .why = "Entry obligation: 1,000.00 EUR or 40 hours",
                         .income = {}},
                        author());
  });
  EXPECT_EQ(stands("M0001", "2026-01-31"), "1000.00/0.00");
  pay("M0001", "250.00", "2026-01-06", {}, PaymentKind::hours);
  EXPECT_EQ(stands("M0001", "2026-01-31"), "750.00/0.00") << "the remainder stays in sight";
  db().in_tx([&](Tx& tx) { reverse_charge(tx, node(), charge.number, "never agreed", author()); });
  EXPECT_EQ(stands("M0001", "2026-01-31"), "0.00/250.00");
}

TEST_F(Charges, AreRefusedAndNothingIsRecorded) {
  member("M0001", "2025-01-01");
  const auto raise = [&](const ChargeDraft& draft) {
    return test::refusal_of([&] { db().in_tx([&](Tx& tx) { raise_charge(tx, node(), draft, author()); }); });
  };
  ChargeDraft draft{.member = "M0001",
                    .payer = {},
                    .kind = DueKind::other,
                    .unit = money("0").unit(),
                    .minor = 100,
                    .on = Day::parse("2026-01-05"),
                    .due_on = {},
                    .why = "A key",
                    .income = {}};
  ChargeDraft bad = draft;
  bad.minor = -1;
  EXPECT_EQ(raise(bad), "field_invalid");
  bad = draft;
  bad.why = "";
  EXPECT_EQ(raise(bad), "field_invalid");
  bad = draft;
  bad.member = "M9999";
  EXPECT_EQ(raise(bad), "party_unknown");
  bad = draft;
  bad.income = "income:nothing";
  EXPECT_EQ(raise(bad), "account_unknown");
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) { reverse_charge(tx, node(), ChargeNumber{7}, "x", author()); });
            }),
            "charge_unknown");
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) { run_stretch(tx, node(), 9, MembershipId{0}, 10, author()); });
            }),
            "charge_run_unknown");
  db().in_tx([&](Tx& tx) {
    add_price(tx, node(), "standard", {.number = 0, .from_on = Day::parse("2026-01-01"), .closed = true},
              author());
  });
  EXPECT_EQ(test::refusal_of([&] { run("2026-01", Day::parse("2026-01-01")); }), "tier_without_price");
  EXPECT_EQ(count("charge"), 0);
  EXPECT_EQ(count("entry"), 0);
}

TEST_F(Charges, AreKeptByTheSchemaItself) {
  member("M0001", "2026-01-01");
  run("2026-01");
  member("M0002", "2026-01-01");
  pay("M0001", "5.00", "2026-01-10");
  for (const char* attack :
       {"UPDATE charge SET gross_minor = 1", "DELETE FROM charge", "TRUNCATE charge CASCADE",
        "UPDATE payment SET amount_minor = 1", "DELETE FROM payment_share",
        "UPDATE tier_price SET decision = ''", "UPDATE subscription SET chosen_minor = 1", "DELETE FROM tier",
        "UPDATE tier SET code = 'other'",
        "INSERT INTO charge SELECT node_id, number + 1, run_number, kind, membership_id, member_id, "
        "debtor_id, "
        "unit_id, period_first, period_last, due_on, part, parts, version, gross_minor, waived_minor, "
        "prepaid_minor, why, entry_number, recorded_at, recorded_by FROM charge",
        "INSERT INTO payment_share SELECT node_id, payment_number, 2, debtor_id, 1, 0, NULL FROM "
        "payment_share",
        "INSERT INTO payment SELECT node_id, number + 1, kind, payer_id, unit_id, amount_minor, received_on, "
        "account, reference, note, entry_number, recorded_at, recorded_by FROM payment"})
    EXPECT_NE(state_of(attack), "accepted") << attack;
  // A second charge like the first, but for what one column refers to.
  const auto copy_with = [](const std::string& column, const std::string& value) {
    const std::map<std::string, std::string> changed{
        {"number", "number + 1"}, {"version", "version + 1"}, {column, value}};
    std::string list;
    for (const char* name :
         {"node_id",      "number",      "run_number",   "kind",         "membership_id", "member_id",
          "debtor_id",    "unit_id",     "period_first", "period_last",  "due_on",        "part",
          "parts",        "version",     "gross_minor",  "waived_minor", "prepaid_minor", "why",
          "entry_number", "recorded_at", "recorded_by"})
      list += (list.empty() ? "" : ", ") + (changed.contains(name) ? changed.at(name) : name);
    return "INSERT INTO charge SELECT " + list + " FROM charge";
  };
  for (const auto& [column, other] : {std::pair{"node_id", "9"},
                                      {"run_number", "9"},
                                      {"membership_id", "9"},
                                      {"membership_id", "2"},
                                      {"member_id", "9"},
                                      {"debtor_id", "9"},
                                      {"unit_id", "9999"},
                                      {"entry_number", "999"},
                                      {"recorded_by", "999"}})
    EXPECT_EQ(state_of(copy_with(column, other)), "23503") << column << " " << other;
  EXPECT_FALSE(service_may("UPDATE charge SET why = 'x'"));
  EXPECT_FALSE(service_may("DELETE FROM payment"));
}

}  // namespace
}  // namespace coop::dues

// Shared costs in the database: E1's report to the cent, what is taken once, what corrections come to, who
// may approve, and that the books say the same.
#include "ledger/books/period_lock_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/costs/cost_allocation_store.hpp"
#include "ledger/costs/cost_bill_store.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/costs/cost_usage_store.hpp"
#include "ledger/intake/usage_intake_service.hpp"
#include "ledger/sharing/division_words.hpp"
#include "reports/cost_tables.hpp"
#include "tests/support/test_costs.hpp"

namespace coop::costs {
namespace {

class Costs : public test::CostTest {
 protected:
  void reverse_by_hand(EntryNumber entry) {
    db().in_tx([&](Tx& tx) {
      books::reverse(tx, node(),
                     {.request_key = books::fingerprint_of("x" + std::to_string(entry.number())),
                      .reverses = entry,
                      .booked_on = {},
                      .late = books::LateEntry::first_open_day,
                      .description = {}},
                     author());
    });
  }
  CostAllocation reverse(const CostAllocation& allocation) {
    return db().in_tx(
        [&](Tx& tx) { return reverse_cost_allocation(tx, node(), allocation.number, "wrong", user("tom")); });
  }
  intake::IntakeReport import(const std::string& table, intake::Doubtful doubtful = intake::Doubtful::stop) {
    return db().in_tx(
        [&](Tx& tx) { return intake::import_usage(tx, node(), "server", table, doubtful, author()); });
  }
};

TEST_F(Costs, OfE1AreDividedAndPostedToTheCent) {
  fill_month();
  const auto proposed = divide();
  EXPECT_EQ(shares_of(proposed), "138.43 132.58 61.92 99.53 51.29");
  EXPECT_EQ(nets_of(proposed), "-47.97 75.23 61.92 -140.47 51.29");
  EXPECT_EQ(costs::state_of(proposed), "proposed");
  EXPECT_EQ(balance("expenses:servers"), "186.40");
  const auto posted = approve(proposed);
  EXPECT_EQ(costs::state_of(posted), "posted");
  EXPECT_EQ(balance("expenses:servers"), "138.43");
  EXPECT_EQ(balance("assets:claims"), "47.97");
  // Each figure can be worked out by hand.
  const auto explained = db().in_tx([&](Tx& tx) { return explain_cost_allocation(tx, node(), posted); });
  EXPECT_EQ(explained.pot.minor, 48'375);
  const auto words = sharing::words_of(explained.division.participants.at(0).why, explained.pot.unit);
  EXPECT_EQ(explained.division.participants.at(0).id, "bcn");
  EXPECT_FALSE(words.empty());
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(Costs, AreTakenOnceAndLateOnesComeWithTheNext) {
  fill_month();
  const auto first = divide();
  EXPECT_EQ(test::refusal_of([&] { divide(); }), "cost_allocation_impossible");
  approve(first);
  // A bill of January that comes late, and February's minutes.
  record(bill("got", "10.00", "2026-01-15"));
  EXPECT_EQ(test::refusal_of([&] { divide("2026-02-28"); }), "field_missing");
  for (const char* name : {"bcn", "mcr", "got", "mtl", "nrt"}) {
    auto used = minutes(name, 100);
    used.from_on = Day::parse("2026-02-01");
    used.until_on = Day::parse("2026-02-28");
    use(used);
  }
  const auto second = divide("2026-02-28");
  EXPECT_EQ(second.bills, 1);
  EXPECT_EQ(shares_of(second), "2.00 2.00 2.00 2.00 2.00");
  // A cancelled one gives its bills back.
  db().in_tx([&](Tx& tx) { cancel_cost_allocation(tx, node(), second.number, "again", user("tom")); });
  const auto third = divide("2026-02-28");
  EXPECT_EQ(third.bills, 1);
  const auto reversed = reverse(approve(third));
  EXPECT_EQ(costs::state_of(reversed), "reversed");
  EXPECT_EQ(balance("assets:claims"), "47.97");
  EXPECT_EQ(divide("2026-02-28").bills, 1);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(Costs, CountCorrectionsAsTheDifference) {
  fill_month();
  EXPECT_EQ(use(minutes("nrt", 52'050)), UsageFate::known);
  EXPECT_EQ(use(minutes("nrt", 52'100)), UsageFate::corrected);
  const auto before = divide();
  const auto used = db().in_tx([&](Tx& tx) { return read_allocated_usage(tx, node(), before.number); });
  EXPECT_EQ(used.at("nrt").at("minutes"), 52'100'000'000);
  approve(before);
  // What was divided is not divided again: a correction after that counts in the next division.
  EXPECT_EQ(use(minutes("nrt", 52'000)), UsageFate::corrected);
  record(bill("got", "10.00", "2026-02-10"));
  for (const char* name : {"bcn", "mcr", "got", "mtl"}) {
    auto next = minutes(name, 100);
    next.from_on = Day::parse("2026-02-01");
    next.until_on = Day::parse("2026-02-28");
    use(next);
  }
  EXPECT_EQ(test::refusal_of([&] { divide("2026-02-28"); }), "cost_allocation_impossible");
  auto next = minutes("nrt", 300);
  next.from_on = Day::parse("2026-02-01");
  next.until_on = Day::parse("2026-02-28");
  use(next);
  const auto after = divide("2026-02-28");
  // 300 less the 100 that were too many: 4.00 equally, 6.00 by 100, 100, 100, 100 and 200.
  EXPECT_EQ(shares_of(after), "1.80 1.80 1.80 1.80 2.80");
  auto other_days = minutes("nrt", 1);
  other_days.until_on = Day::parse("2026-01-30");
  EXPECT_EQ(test::refusal_of([&] { use(other_days); }), "field_invalid");
  auto nobody = minutes("xyz", 1);
  EXPECT_EQ(test::refusal_of([&] { use(nobody); }), "field_invalid");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(Costs, AreNotProposedForAClosedDay) {
  fill_month();
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::soft, Day::parse("2026-01-30"), "reported", author());
  });
  EXPECT_EQ(test::refusal_of([&] { divide("2026-01-30"); }), "period_locked");
  const auto proposed = divide("2026-01-31");
  // What is closed meanwhile is refused when it would be booked.
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::soft, Day::parse("2026-01-31"), "reported", author());
  });
  EXPECT_EQ(test::refusal_of([&] { approve(proposed); }), "period_locked");
}

TEST_F(Costs, OfABillAreCoveredByItsEntry) {
  const auto entry =
      BooksTest::record("2026-01-20", {{"expenses:servers", "100.00"}, {"assets:bank", "-100.00"}});
  auto draft = bill("bcn", "60.00");
  draft.entry = entry.number;
  const auto first = record(draft);
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "cost_bill_uncovered");
  draft.minor = 4'000;
  record(draft);
  draft.minor = 1;
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "cost_bill_uncovered");
  draft.entry = EntryNumber{999};
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "entry_unknown");
  draft.entry = {};
  draft.payer.code = "nowhere";
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "node_unknown");
  draft.payer = {CostPartyKind::member, "M9"};
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "party_unknown");
  draft.payer = {CostPartyKind::circle, "none"};
  draft.entry = entry.number;
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "circle_unknown");
  draft = bill("mcr", "1.00", "2025-12-31");
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "field_invalid");
  draft.pool = "office";
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "cost_pool_unknown");
  draft = bill("mcr", "1.00");
  draft.unit = units().at("GBP").id;
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "unit_mismatch");
  // An entry that is reversed pays nothing.
  reverse_by_hand(entry.number);
  draft = bill("bcn", "1.00");
  draft.entry = entry.number;
  EXPECT_EQ(test::refusal_of([&] { record(draft); }), "cost_bill_uncovered");
  EXPECT_EQ(test::refusal_of([&] { divide(); }), "cost_bill_uncovered");
  db().in_tx([&](Tx& tx) {
    EXPECT_EQ(withdraw_cost_bill(tx, node(), first.number, "not ours", author()).state,
              CostBillState::withdrawn);
  });
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) { withdraw_cost_bill(tx, node(), first.number, "again", author()); });
            }),
            "cost_bill_not_open");
}

TEST_F(Costs, AreApprovedBySomebodyElseWhomTheyDoNotCredit) {
  adopt_rule("equal_parts");
  auto next = server();
  next.from_on = Day::parse("2026-01-02");
  next.rule = "equal_parts";
  next.participants.push_back({{CostPartyKind::member, "m1"}});
  adopt(next);
  auto paid = bill("M1", "60.00");
  paid.payer.kind = CostPartyKind::member;
  record(paid);
  const auto proposed = divide();
  EXPECT_EQ(nets_of(proposed), "10.00 10.00 10.00 10.00 10.00 -50.00");
  EXPECT_EQ(test::refusal_of([&] { approve(proposed, "tom"); }), "approval_of_own");
  EXPECT_EQ(test::refusal_of([&] { approve(proposed, "ann"); }), "approval_of_own");
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) { approve_cost_allocation(tx, node(), proposed.number, author()); });
            }),
            "approval_repeated");
  EXPECT_EQ(test::refusal_of([&] { reverse(proposed); }), "cost_allocation_not_open");
  const auto posted = approve(proposed);
  EXPECT_EQ(test::refusal_of([&] { approve(posted); }), "cost_allocation_not_open");
  EXPECT_EQ(
      test::refusal_of([&] {
        db().in_tx([&](Tx& tx) { cancel_cost_allocation(tx, node(), posted.number, "late", author()); });
      }),
      "cost_allocation_not_open");
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) { read_cost_allocation(tx, node(), CostAllocationNumber{9}); });
            }),
            "cost_allocation_unknown");
  EXPECT_EQ(balance("assets:claims"), "-10.00");
  EXPECT_EQ(balance("expenses:servers"), "10.00");
  EXPECT_EQ(test::refusal_of([&] { reverse_by_hand(*posted.steps.front().entry); }),
            "entry_kept_by_register");
  db().in_tx([&](Tx& tx) {
    for (const CostShare& share : read_cost_allocation(tx, node(), posted.number).shares)
      EXPECT_EQ(share.share, 1'000);
  });
}

TEST_F(Costs, OfAnOfficeAreSharedByDeskDaysWithAWaivedFeeShown) {
  adopt_rule("desk_days",
             R"({"steps":[{"step":"weight","factors":["desk_days"]},{"step":"pro_rata","to":"weights"}]})");
  auto office = server();
  office.code = "office";
  office.title = "The office";
  office.rule = "desk_days";
  office.participants = {
      {{CostPartyKind::circle, "tech"}}, {{CostPartyKind::member, "M1"}}, {{CostPartyKind::node, "mcr"}}};
  adopt(office);
  auto rent = bill("bcn", "500.00");
  rent.pool = "office";
  record(rent);
  auto waived = bill("mcr", "80.00");
  waived.pool = "office";
  waived.kind = CostBillKind::waived;
  record(waived);
  const std::pair<const char*, int> days[] = {{"tech", 20}, {"M1", 4}, {"mcr", 6}};
  for (const auto& [who, count] : days) {
    auto used = minutes(who, count);
    used.pool = "office";
    used.measure = "desk_days";
    use(used);
  }
  const books::Author tom = user("tom");
  const auto proposed = db().in_tx([&](Tx& tx) {
    const Day to = Day::parse("2026-01-31");
    return propose_cost_allocation(tx, node(), {"office", Day::parse("2026-01-01"), to, to}, tom);
  });
  EXPECT_EQ(proposed.given, 8'000);
  // tech, M1, mcr; then bcn, who paid and does not share.
  EXPECT_EQ(shares_of(proposed), "333.33 66.67 100.00 0.00");
  EXPECT_EQ(nets_of(proposed), "333.33 66.67 100.00 -500.00");
  approve(proposed);
  EXPECT_EQ(balance("expenses:servers"), "333.33");
  EXPECT_EQ(balance("assets:claims"), "166.67");
  const auto table =
      db().in_tx([&](Tx& tx) { return reports::read_cost_pool_statement(tx, node(), "office", {}, {}); });
  const std::string csv = reports::csv_text(table);
  EXPECT_NE(csv.find("given,mcr,Server of mcr,2026-01-20,waived,,,80.00,"), std::string::npos) << csv;
  const auto claims =
      reports::csv_text(db().in_tx([&](Tx& tx) { return reports::read_cost_claims(tx, node(), {}); }));
  EXPECT_NE(claims.find("member,M1,office,66.67,EUR"), std::string::npos) << claims;
  EXPECT_NE(claims.find("node,mcr,office,100.00,EUR"), std::string::npos) << claims;
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(Costs, OfUsageComeFromATableTwiceWithoutHarm) {
  const std::string table =
      "participant,measure,from_on,until_on,value\n"
      "bcn,minutes,2026-01-01,2026-01-31,412300\n"
      "mcr,minutes,2026-01-01,2026-01-31,388150\n";
  auto report = import(table);
  EXPECT_EQ(report.recorded, 2);
  report = import(table);
  EXPECT_EQ(report.recorded, 0);
  EXPECT_EQ(report.known, 2);
  const std::string other =
      "participant;measure;from_on;until_on;value\n"
      "bcn;minutes;2026-01-01;2026-01-31;412301\n"
      "xyz;minutes;2026-01-01;2026-01-31;1\n"
      "got;minutes;2026-01-32;2026-01-31;1\n"
      "got;minutes;2026-01-01;2026-01-31;\n";
  report = import(other);
  EXPECT_FALSE(report.is_complete);
  ASSERT_EQ(report.doubts.size(), 3u);
  EXPECT_EQ(report.doubts[0].line, 3);
  EXPECT_EQ(report.doubts[0].column, "participant");
  EXPECT_EQ(report.doubts[1].column, "from_on");
  EXPECT_EQ(report.doubts[2].column, "value");
  EXPECT_EQ(count("cost_usage"), 2);
  report = import(other, intake::Doubtful::skip);
  EXPECT_EQ(report.recorded, 1);
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes[0].line, 2);
  EXPECT_EQ(count("cost_usage"), 3);
}

TEST_F(Costs, CountMembersFromTheRegister) {
  add_class("user");
  superuser_sql("SELECT 1");
  members::ClassRule rule{.from_on = Day::parse("2020-01-01"), .decision = "Assembly"};
  MembersTest::adopt("user", rule);
  add_person("Other", "M2");
  join("M1", "user", "2026-01-10");
  join("M2", "user", "2026-02-10");
  const auto counted = db().in_tx([&](Tx& tx) {
    return count_cost_members(
        tx, node(), {"server", Day::parse("2026-01-31"), Day::parse("2026-01-01"), Day::parse("2026-01-31")},
        author());
  });
  EXPECT_EQ(counted.is.participant, "bcn");
  EXPECT_EQ(counted.is.measure, "members");
  EXPECT_EQ(counted.is.millionths, 1'000'000);
}

TEST_F(Costs, OfAPoolKeepItsUnitAndAccountsAndFollowByTerms) {
  auto next = server();
  EXPECT_EQ(test::refusal_of([&] { adopt(next); }), "field_invalid");
  next.from_on = Day::parse("2026-03-01");
  next.rule = "unknown_rule";
  EXPECT_EQ(test::refusal_of([&] { adopt(next); }), "sharing_rule_unknown");
  next.rule = "server_bill";
  next.claims = "liabilities:rent";
  EXPECT_EQ(test::refusal_of([&] { adopt(next); }), "field_invalid");
  next.claims = "assets:nowhere";
  EXPECT_EQ(test::refusal_of([&] { adopt(next); }), "account_unknown");
  next.claims = "expenses:servers";
  EXPECT_EQ(test::refusal_of([&] { adopt(next); }), "field_invalid");
  next.claims = "assets:claims";
  next.unit = "XYZ";
  EXPECT_EQ(test::refusal_of([&] { adopt(next); }), "unit_unknown");
  next.unit = "EUR";
  EXPECT_EQ(adopt(next).terms.size(), 2u);
}

// Random bills: whatever was paid by whom, the parts of each division add up to it, claims and expense too.
TEST_F(Costs, AddUpForRandomBills) {
  adopt_rule("equal_parts");
  auto next = server();
  next.rule = "equal_parts";
  next.from_on = Day::parse("2026-01-02");
  adopt(next);
  expect_random_bills_add_up(1, 100'000);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(Costs, OfEveryStateVerify) {
  fill();
  EXPECT_EQ(first_flaw(), "");
  db().in_tx([&](Tx& tx) {
    EXPECT_EQ(read_cost_bills(tx, node(), {.state = CostBillState::divided}).size(), 4u);
    EXPECT_EQ(read_cost_bills(tx, node(), {.state = CostBillState::withdrawn}).size(), 1u);
    EXPECT_EQ(read_cost_bills(tx, node(), {.state = CostBillState::proposed}).size(), 2u);
    EXPECT_EQ(list_cost_allocations(tx, node(), {.state = "reversed"}, 10).size(), 1u);
    EXPECT_EQ(list_cost_allocations(tx, node(), {.pool = "server"}, 10).size(), 4u);
    EXPECT_EQ(read_cost_usage(tx, node(), {.participant = "nrt"}).size(), 2u);
    EXPECT_EQ(read_cost_pools(tx, node(), {}).size(), 1u);
  });
}

}  // namespace
}  // namespace coop::costs

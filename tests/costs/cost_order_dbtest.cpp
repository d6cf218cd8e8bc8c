// What a division of costs knew is decided by the order in which things were recorded, not by when somebody
// asked for them; and what is divided is what the books say, now and on a day.
#include "ledger/books/period_lock_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/costs/cost_allocation_store.hpp"
#include "ledger/sharing/place_value_service.hpp"
#include "reports/cost_tables.hpp"
#include "tests/support/test_costs.hpp"

namespace coop::costs {
namespace {

class CostsInOrder : public test::CostTest {
 protected:
  std::string flaw() const { return first_flaw(); }
  void adopt_by_place() {
    adopt_rule("by_place", R"({"steps":[{"step":"weight","factors":["place:size"]},)"
                           R"({"step":"pro_rata","to":"weights"}]})");
    auto next = server();
    next.from_on = Day::parse("2026-01-02");
    next.rule = "by_place";
    next.participants.resize(2);
    adopt(next);
    for (const char* name : {"bcn", "mcr"}) value(name, 1, now);
  }
  void value(const std::string& place, int size, Instant asked_at) {
    db().in_tx([&](Tx& tx) {
      sharing::record_place_value(tx, node(),
                                  {.name = "size",
                                   .place = place,
                                   .valid_from = Day::parse("2026-01-01"),
                                   .value = Fraction{size},
                                   .source = "the assembly",
                                   .published_on = Day::parse("2026-01-01")},
                                  {{}, asked_at});
    });
  }
  CostAllocation divide_at(Instant asked_at) {
    const books::Author by{user("tom").user, asked_at};
    return db().in_tx([&](Tx& tx) {
      const Day to = Day::parse("2026-01-31");
      return propose_cost_allocation(tx, node(), {"server", Day::parse("2026-01-01"), to, to}, by);
    });
  }
  CostAllocation reverse(const CostAllocation& allocation, Instant at) {
    const books::Author by{user("tom").user, at};
    return db().in_tx(
        [&](Tx& tx) { return reverse_cost_allocation(tx, node(), allocation.number, "wrong", by); });
  }
  std::string statement() {
    return reports::csv_text(
        db().in_tx([&](Tx& tx) { return reports::read_cost_pool_statement(tx, node(), "server", {}, {}); }));
  }
  std::string claims(std::optional<Day> as_of, std::optional<Instant> known_at = {}) {
    return reports::csv_text(
        db().in_tx([&](Tx& tx) { return reports::read_cost_claims(tx, node(), {as_of, known_at}); }));
  }
};

TEST_F(CostsInOrder, KnowNoValueThatCameAfterThemHoweverEarlyItWasAskedFor) {
  adopt_by_place();
  record(bill("mcr", "100.00"));
  const auto divided = divide_at(now + std::chrono::seconds{5});
  EXPECT_EQ(shares_of(divided), "50.00 50.00");
  value("mcr", 3, now + std::chrono::seconds{1});  // asked for before, and stood in line
  const auto explained = db().in_tx([&](Tx& tx) { return explain_cost_allocation(tx, node(), divided); });
  EXPECT_EQ(explained.division.participants.at(0).amount, 5'000);
  EXPECT_EQ(flaw(), "");
  EXPECT_EQ(state_of("UPDATE cost_allocation SET values_known = 3"), "23001");
  superuser_sql("SET session_replication_role = replica; UPDATE cost_allocation SET values_known = 3");
  EXPECT_NE(flaw().find("division 1 of shared costs is not what its rule gives"), std::string::npos)
      << flaw();
  superuser_sql("SET session_replication_role = replica; UPDATE cost_allocation SET values_known = 4");
  EXPECT_NE(flaw().find("it knows values of places that there are not"), std::string::npos) << flaw();
  superuser_sql("SET session_replication_role = replica; UPDATE cost_allocation SET values_known = 2");
}

TEST_F(CostsInOrder, TakeABillThatWasRecordedBeforeThemHoweverLateItWasAskedFor) {
  adopt_by_place();
  CostBillDraft draft = bill("mcr", "100.00");
  draft.unit = units().at("EUR").id;
  db().in_tx([&](Tx& tx) { record_cost_bill(tx, node(), draft, {{}, now + std::chrono::seconds{9}}); });
  const auto divided = divide_at(now + std::chrono::seconds{1});  // asked for before, and stood in line
  EXPECT_EQ(divided.bills, 1);
  EXPECT_GE(divided.recorded_at, now + std::chrono::seconds{9});
  EXPECT_EQ(flaw(), "");
}

TEST_F(CostsInOrder, AreDividedByTheNewestVersionThatWasRecordedByThen) {
  adopt_rule("equal_parts", R"({"steps":[{"step":"equal"}]})");
  auto next = server();
  next.from_on = Day::parse("2026-01-02");
  next.rule = "equal_parts";
  adopt(next);
  const std::string second =
      "INSERT INTO sharing_version (node_id, number, code, version, title, valid_from, rule, rule_hash, "
      "decision, adopted_on, recorded_at) SELECT node_id, number + 1, code, 2, title, '2026-01-15', rule, "
      "rule_hash, decision, adopted_on, ";
  const std::string version = " FROM sharing_version WHERE code = 'equal_parts' AND version = 1";
  record(bill("mcr", "100.00"));
  const auto divided = divide_at(now + std::chrono::seconds{5});
  superuser_sql(second + "(SELECT recorded_at FROM cost_allocation)" + version);
  EXPECT_EQ(flaw(), "") << "recorded since then";
  superuser_sql(
      "SET session_replication_role = replica; UPDATE sharing_version SET recorded_at = recorded_at - "
      "interval '1 s' WHERE version = 2");
  EXPECT_NE(flaw().find("its rule was replaced before that"), std::string::npos) << flaw();
  superuser_sql(
      "SET session_replication_role = replica; UPDATE sharing_version SET recorded_at = recorded_at + "
      "interval '1 s' WHERE version = 2");
  EXPECT_EQ(divided.number, CostAllocationNumber{1});
}

TEST_F(CostsInOrder, OfAProposalAreNotDividedYet) {
  adopt_by_place();
  record(bill("mcr", "100.00"));
  const auto proposed = divide_at(now);
  EXPECT_NE(statement().find("not_divided,mcr,Server of mcr"), std::string::npos) << statement();
  EXPECT_EQ(statement().find("bills,mcr"), std::string::npos) << statement();
  EXPECT_EQ(statement().find("shares,bcn"), std::string::npos) << statement();
  approve(proposed);
  EXPECT_EQ(statement().find("not_divided,mcr"), std::string::npos) << statement();
  EXPECT_NE(statement().find("bills,mcr,Server of mcr"), std::string::npos) << statement();
  EXPECT_NE(statement().find("shares,bcn,,,,50.00"), std::string::npos) << statement();
}

TEST_F(CostsInOrder, AreClaimedOnADayAsTheBooksSay) {
  adopt_by_place();
  record(bill("bcn", "100.00"));
  const auto posted = approve(divide_at(now));
  const std::string claimed = "node,mcr,server,50.00,EUR";
  EXPECT_NE(claims({}).find(claimed), std::string::npos) << claims({});
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::soft, Day::parse("2026-02-28"), "closed",
                       {{}, instant_from_text("2026-03-10T11:00:00Z")});
  });
  reverse(posted, instant_from_text("2026-03-10T12:00:00Z"));
  const std::string booked = superuser_value("SELECT max(booked_on) FROM entry WHERE reverses IS NOT NULL");
  EXPECT_EQ(booked, "2026-03-01");
  EXPECT_EQ(claims({}).find(claimed), std::string::npos) << claims({});
  EXPECT_EQ(claims(Day::parse("2026-01-30")).find(claimed), std::string::npos);
  EXPECT_NE(claims(Day::parse("2026-01-31")).find(claimed), std::string::npos);
  EXPECT_NE(claims(Day::parse("2026-02-28")).find(claimed), std::string::npos);
  EXPECT_EQ(claims(Day::parse("2026-03-01")).find(claimed), std::string::npos);
}

TEST_F(CostsInOrder, AreClaimedAtAnInstantAsWasKnownThen) {
  adopt_by_place();
  record(bill("bcn", "100.00"));
  const auto posted = approve(divide_at(now));
  const std::string claimed = "node,mcr,server,50.00,EUR";
  const Instant posted_at =
      instant_from_text(superuser_value("SELECT to_char(recorded_at AT TIME ZONE 'UTC', "
                                        "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM cost_step"));
  const Instant reversed_at = posted_at + std::chrono::hours{48};
  reverse(posted, reversed_at);
  const auto is_claimed = [&](std::optional<Day> as_of, std::optional<Instant> known_at) {
    return claims(as_of, known_at).find(claimed) != std::string::npos;
  };
  constexpr std::chrono::microseconds moment{1};
  EXPECT_FALSE(is_claimed({}, posted_at - moment)) << "nobody had approved it";
  EXPECT_TRUE(is_claimed({}, posted_at));
  EXPECT_TRUE(is_claimed({}, reversed_at - moment)) << "the reversal came later";
  EXPECT_FALSE(is_claimed({}, reversed_at));
  EXPECT_FALSE(is_claimed(Day::parse("2026-01-31"), posted_at - moment)) << "booked then, recorded later";
  EXPECT_TRUE(is_claimed(Day::parse("2026-12-31"), reversed_at - moment));
  EXPECT_FALSE(is_claimed(Day::parse("2026-01-30"), posted_at)) << "both at once";
}

TEST_F(CostsInOrder, CountWhatADivisionTookOnceForEachStatement) {
  EXPECT_EQ(superuser_value("SELECT count(*) FROM pg_trigger t WHERE t.tgname = 'comes_whole' AND t.tgrelid::"
                            "regclass::text IN ('cost_allocation_bill', 'cost_allocation_usage', "
                            "'cost_share') AND t.tgtype & 1 = 0"),
            "3");
  fill_month();
  divide();
  const auto late = bill("got", "1.00");
  record(late);
  EXPECT_EQ(
      state_of("INSERT INTO cost_allocation_bill SELECT node_id, 1, max(number) FROM cost_bill GROUP BY "
               "node_id"),
      "23000");
}

TEST_F(CostsInOrder, KeepTheirEntry) {
  fill_month();
  const auto posted = approve(divide());
  const EntryNumber entry = *posted.steps.front().entry;
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) {
                books::reverse(tx, node(), {books::fingerprint_of("by hand"), entry, {}, {}, {}}, author());
              });
            }),
            "entry_kept_by_register");
  reverse(posted, now);
  EXPECT_EQ(flaw(), "");
}

}  // namespace
}  // namespace coop::costs

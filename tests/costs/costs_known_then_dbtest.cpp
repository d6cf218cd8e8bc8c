// What was known of shared costs at an instant: what happens is looked at when it happens, and all of it
// again at the end, as it was known then.
#include "ledger/costs/cost_allocation_store.hpp"
#include "reports/cost_evidence.hpp"
#include "reports/cost_tables.hpp"
#include "tests/support/seen_then.hpp"
#include "tests/support/test_costs.hpp"

namespace coop::costs {
namespace {

class CostsKnownThen : public test::SeenThen<test::CostTest> {
 protected:
  std::string reports_of(std::optional<Instant> known_at) override {
    std::string all;
    const auto add = [&](const std::function<reports::Table(Tx&)>& read) {
      all += test::refusal_of([&] {
        reports::Table table = db().in_snapshot(read);
        std::erase_if(table.facts, [](const reports::Fact& fact) { return fact.name == "known_at"; });
        all += reports::json_text(table) + "\n";
      });
    };
    const auto end = Day::parse("2026-01-31");
    for (const std::optional<Day> to : {std::optional<Day>{}, std::optional{end}}) {
      add([&](Tx& tx) { return reports::read_cost_pool_statement(tx, node(), "server", {}, to, known_at); });
      add([&](Tx& tx) { return reports::read_cost_claims(tx, node(), {to, known_at}); });
      for (const char* who : {"mcr", "meet.example/mtl"})
        add([&](Tx& tx) { return reports::read_cost_account(tx, node(), who, {}, to, known_at); });
    }
    return all;
  }
};

TEST_F(CostsKnownThen, EveryReportIsWhatItWasThen) {
  now = instant_from_text("2026-03-01T12:00:00Z");
  look("a pool");
  fill_month();
  look("bills and minutes");
  CostBillDraft late = bill("got", "10.00", "2026-01-15");
  const CostBill wrong = record(late);
  look("a bill");
  db().in_tx([&](Tx& tx) { withdraw_cost_bill(tx, node(), wrong.number, "by mistake", author()); });
  look("which is withdrawn");
  const auto first = divide();
  look("a division is proposed", false);
  db().in_tx([&](Tx& tx) { cancel_cost_allocation(tx, node(), first.number, "again", user("tom")); });
  look("and cancelled", false);
  use(minutes("nrt", 52'100));
  look("a correction of usage", false);
  const auto second = divide();
  look("another is proposed", false);
  approve(second);
  look("and posted");
  MembersTest::record("2026-01-31", {{"assets:bank", "70.00"}, {"assets:claims", "-70.00"}});
  look("an entry that is nobody's", false);
  CostPoolDraft next = server();
  next.from_on = Day::parse("2026-02-01");
  next.title = "A larger server";
  next.participants.push_back({{CostPartyKind::neighbour, "meet.example/mtl"}, {}, {}});
  adopt(next);
  look("another term, with somebody new");
  db().in_tx([&](Tx& tx) { reverse_cost_allocation(tx, node(), second.number, "wrong", user("tom")); });
  look("the division is reversed");
  approve(divide());
  look("and made anew");
  expect_all_as_seen();
  EXPECT_EQ(test::refusal_of([&] {
              db().in_tx([&](Tx& tx) {
                reports::read_cost_pool_statement(tx, node(), "server", {}, {},
                                                  instant_from_text("2020-01-01T00:00:00Z"));
              });
            }),
            "cost_pool_unknown")
      << "nobody had adopted it";
}

}  // namespace
}  // namespace coop::costs

// What the guide to a shared server bill shows is typed here as a treasurer would type it, into the
// demonstration: a month with curl, the next one at the command line.
#include "tests/support/demo_page.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::test {
namespace {

constexpr const char* costs_guide = "docs/guides/share-a-server-bill.md";

class CostsPage : public DemoPage {
 protected:
  CostsPage() { before_each(asking_and_telling); }

  // A command that the bookkeeper signs.
  static std::string by_biel(const std::string& words) {
    return "echo demo-password-biel | coopledger costs " + words + " --user biel";
  }

  void show_the_approval() {
    const std::string approved =
        typed({R"(tell cost-allocations/1/approval '' | only state | head -1)"}, "carla");
    EXPECT_TRUE(
        region_is(costs_guide, "approval", approved + typed({"ask 'reports/cost-claims?format=text'"})));
    EXPECT_TRUE(
        region_is(costs_guide, "statement", typed({"ask 'reports/cost-pool?pool=server&format=text'"})));
  }

  void show_the_next_month() {
    EXPECT_TRUE(region_is(costs_guide, "march",
                          typed({R"(cat > bill.json <<'END'
{"pool":"server","billed_on":"2026-03-20","amount":"200.00","unit":"EUR",
 "payer":{"kind":"node","code":"mtl"},"title":"Server"}
END)",
                                 by_biel("bill bcn --file bill.json") + " | tail -n 3",
                                 R"(cat > march.csv <<'END'
participant,measure,from_on,until_on,value
bcn,minutes,2026-03-01,2026-03-31,300000
mcr,minutes,2026-03-01,2026-03-31,200000
got,minutes,2026-03-01,2026-03-31,100000
mtl,minutes,2026-03-01,2026-03-31,300000
nrt,minutes,2026-03-01,2026-03-31,100000
END)",
                                 by_biel("usage bcn server march.csv")})));
    EXPECT_TRUE(region_is(
        costs_guide, "march-divided",
        typed({R"(echo '{"pool":"server","from_on":"2026-03-01","to_on":"2026-03-31"}' > divide.json)",
               "coopledger costs preview bcn --file divide.json",
               by_biel("propose bcn --file divide.json") + " | grep '^Division\\|^Stands'",
               "echo demo-password-aina | coopledger costs approve bcn 2 --user aina | grep '^Stands'",
               "coopledger costs claims bcn"})));
  }
};

TEST_F(CostsPage, ShowsAServerBillShared) {
  EXPECT_TRUE(
      region_is(costs_guide, "sign-in", fenced("sh", sign_in_of("aina") + "\n" + asking_and_telling)));
  EXPECT_TRUE(region_is(
      costs_guide, "rule",
      typed({R"(tell sharing-rules '{"code":"server_bill","title":"40 % equally, 60 % by room minutes",
  "valid_from":"2026-01-01","decision":"Assembly of 10 December 2025","adopted_on":"2025-12-10",
  "rule":{"steps":[
  {"step":"percentage","percent":"100%","of":"total","to":[
    {"name":"equal_part","weight":"40"},{"name":"usage_part","weight":"60"}]},
  {"step":"equal","pot":"equal_part"},
  {"step":"weight","pot":"usage_part","factors":["minutes"]},
  {"step":"pro_rata","pot":"usage_part","to":"weights"}]}}' | grep -o '"words":\[[^]]*\]')"})));
  EXPECT_TRUE(
      region_is(costs_guide, "pool",
                typed({R"(tell accounts '{"path":"expenses:shared:server","unit":"EUR","type":"expense",
  "opened_on":"2026-01-01"}' | only path)",
                       R"(tell accounts '{"path":"assets:claims:shared","unit":"EUR","type":"asset",
  "opened_on":"2026-01-01"}' | only path)",
                       R"(tell cost-pools '{"code":"server","unit":"EUR","expense":"expenses:shared:server",
  "claims":"assets:claims:shared","from_on":"2026-01-01","title":"The meeting server","rule":"server_bill",
  "decision":"Assembly of 10 December 2025","participants":[{"kind":"node","code":"bcn"},
  {"kind":"node","code":"mcr"},{"kind":"node","code":"got"},{"kind":"node","code":"mtl"},
  {"kind":"node","code":"nrt"}]}' | only 'title\|rule')"})));
  EXPECT_TRUE(region_is(
      costs_guide, "bills",
      typed({R"(ENTRY=$(tell entries '{"booked_on":"2026-02-20","description":"Server","postings":[
  {"account":"expenses:shared:server","amount":"186.40","unit":"EUR"},
  {"account":"assets:bank:main","amount":"-186.40","unit":"EUR"}]}' |
  only number | grep -o '[0-9]*')
tell cost-bills '{"pool":"server","billed_on":"2026-02-20","amount":"186.40","unit":"EUR",
  "payer":{"kind":"node","code":"bcn"},"title":"Server in Barcelona",
  "entry":'$ENTRY'}' | only 'number\|state')",
             R"(for bill in 'mcr 57.35' 'mtl 240.00'; do set -- $bill
tell cost-bills '{"pool":"server","billed_on":"2026-02-20","amount":"'$2'","unit":"EUR",
  "payer":{"kind":"node","code":"'$1'"},"title":"Server"}' | only 'number\|state'; done)",
             R"(tell cost-bills '{"pool":"server","bill":"waived","billed_on":"2026-02-20","amount":"30.00",
  "unit":"EUR","payer":{"kind":"node","code":"got"},"title":"Set-up, not charged"}' |
  only 'number\|bill')"})));
  EXPECT_TRUE(region_is(costs_guide, "usage",
                        typed({R"(curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: text/csv' \
  -H 'Idempotency-Key: february' "$BCN/cost-pools/server/usage-imports" --data-binary @- <<'END'
participant,measure,from_on,until_on,value
bcn,minutes,2026-02-01,2026-02-28,412300
mcr,minutes,2026-02-01,2026-02-28,388150
got,minutes,2026-02-01,2026-02-28,96020
mtl,minutes,2026-02-01,2026-02-28,251480
nrt,minutes,2026-02-01,2026-02-28,52050
END)"})));
  EXPECT_TRUE(region_is(
      costs_guide, "proposal",
      typed({R"(tell cost-allocations '{"pool":"server","from_on":"2026-02-01","to_on":"2026-02-28"}' |
  only 'number\|state' | head -2)",
             "ask 'cost-allocations/1?format=text'"})));
  show_the_approval();
  show_the_next_month();
}

}  // namespace
}  // namespace coop::test

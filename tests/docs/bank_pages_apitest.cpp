// What the guide to the bank shows is typed here as a treasurer would type it, into the demonstration.
#include <thread>

#include "tests/support/demo_page.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::test {
namespace {

constexpr const char* page = "docs/guides/reconcile-a-month.md";

const std::string helpers = R"sh(BCN=http://127.0.0.1:8080/v1/nodes/bcn
ask() { curl -s -H "Authorization: Bearer $TOKEN" "$BCN/$1"; }
tell() { curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
  -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" "$BCN/$1" -d "$2" -X "${3:-POST}"; }
bring() { curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/octet-stream' \
  -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" \
  "$BCN/bank/imports?name=$1" --data-binary @-; })sh";

const std::string march = R"sh(bring march.sta <<'END'
:20:MARCH
:25:ES9121000418450200051332
:28C:3/1
:60F:C260228EUR5465,00
:61:2603030303C20,00NTRFNONREF//B1
:86:166?00TRANSFER?20RF63M0001?32AINA A.
:61:2603050305C45,00NTRFNONREF//B2
:86:166?00TRANSFER?20DUES OF FEBRUARY?32CIRCLE OF EMMA J.
:61:2603090309C60,00NTRFNONREF//B3
:86:166?00TRANSFER?20RF46M0016?32PAU B.
:61:2603120312D12,00NTRFNONREF//B4
:86:116?00TRANSFER?20DOMAIN?32GREEN SERVER
:61:2603200320D200,00NTRFNONREF//B5
:86:116?00TRANSFER?20TO SAVINGS?32BARCELONA NODE
:61:2603310331D4,50NCHGNONREF//B6
:86:808?00CHARGES?20MARCH
:62F:C260331EUR5373,50
-
END)sh";

class BankPage : public DemoPage {
 protected:
  BankPage() { before_each(helpers); }

  // A file is read, and lines are matched, by themselves: waits until nothing is being worked on.
  static bool has_job(const std::string& jobs, const std::string& state) {
    return jobs.find("\"state\":\"" + state + "\"") != std::string::npos;
  }
  void wait_for_jobs() {
    for (int i = 0; i < 600; ++i) {
      const std::string jobs = answer_of("ask jobs");
      if (jobs.starts_with("{\"items\":[") && !has_job(jobs, "waiting") && !has_job(jobs, "running")) return;
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    FAIL() << "a job does not end";
  }

  void show_the_file() {
    EXPECT_TRUE(region_is(page, "sign-in", fenced("sh", sign_in_of("aina") + "\n" + helpers)));
    EXPECT_TRUE(region_is(page, "accounts",
                          typed({R"(tell bank/accounts '{"account":"assets:bank:main","unit":"EUR",
  "identifier":"ES91 2100 0418 4502 0005 1332","title":"Current account"}')",
                                 R"(tell bank/accounts '{"account":"assets:bank:savings","unit":"EUR",
  "identifier":"DE89 3704 0044 0532 0130 00","title":"Savings"}')"})));
    EXPECT_TRUE(region_is(page, "file", typed({march})));
    wait_for_jobs();
    EXPECT_TRUE(region_is(page, "look", typed({"ask bank/imports/1"})));
  }

  void show_the_lines() {
    const std::string taken = typed({"tell bank/imports/1/taking-in '{}'"});
    wait_for_jobs();
    EXPECT_TRUE(region_is(page, "taken", taken + typed({"ask 'bank/lines?import=1&format=text'"})));
    EXPECT_TRUE(
        region_is(page, "proposals", typed({"ask bank/lines/2/proposals", "ask bank/lines/3/proposals"})));
    EXPECT_TRUE(region_is(page, "accepted",
                          typed({R"(tell bank/lines/2/match '{"proposal":1}')",
                                 R"(tell bank/lines/3/match '{"proposal":1}')"})));
  }

  void show_a_count() {
    EXPECT_TRUE(region_is(
        page, "counted",
        typed(
            {R"(tell entries '{"booked_on":"2026-03-20","description":"Donations at the meeting","postings":[
  {"account":"assets:cash","amount":"31.70","unit":"EUR"},
  {"account":"income:donations","amount":"-31.70","unit":"EUR"}]}' | grep -o '"number":[0-9]*' | head -1)",
             R"(tell bank/accounts '{"account":"assets:cash","unit":"EUR","kind":"cash",
  "title":"Cash box"}')",
             R"(tell bank/accounts/3/cash-counts '{"counted_on":"2026-03-31","coins":[
  {"value":"20.00","pieces":1},{"value":"5.00","pieces":2},{"value":"0.50","pieces":3}]}')"})));
    EXPECT_TRUE(region_is(page, "witnessed", typed({"tell bank/cash-counts/1/witness ''"}, "biel")));
    EXPECT_TRUE(region_is(page, "difference",
                          typed({R"(tell bank/cash-counts/1/difference '{"account":"expenses:other",
  "description":"Cash box, difference of March"}')",
                                 "ask 'bank/cash-counts/1?format=text'",
                                 "ask 'bank/accounts/3/reconciliation?as_of=2026-03-31&format=text'"})));
  }

  // A file may not ask for a day that is over: which day it is, the page does not show.
  void show_payments_out() {
    EXPECT_TRUE(
        region_is(page, "proposed",
                  typed({R"(tell disbursements '{"bank_account":1,"requested_on":"'$(date -d tomorrow +%F)'",
  "title":"Bills of March","orders":[
  {"amount":"120.00","purpose":"supplier_bill","account":"liabilities:payable:suppliers",
   "name":"Müller & Söhne","iban":"DE02120300000000202051","text":"Invoice 117","source":"2026-117"},
  {"amount":"30.00","purpose":"supplier_bill","account":"liabilities:payable:suppliers",
   "name":"Imprenta Núñez","iban":"BE68539007547034","reference":"RF18539007547034"}]}' |
  grep -o '"state":"[a-z]*"\|"amount":"[0-9.]*"' | sort -u)"},
                        "biel")));
    const std::string approve = R"(tell disbursements/1/approval '' | grep -o '"state":"[a-z]*"' | head -1)";
    EXPECT_TRUE(region_is(page, "approved", typed({approve})));
    EXPECT_TRUE(region_is(page, "approved-again", typed({approve}, "carla")));
    EXPECT_TRUE(region_is(
        page, "payment-file",
        typed({R"(tell disbursements/1/file '' | grep -o '"state":"[a-z]*"' | head -1)",
               R"(ask disbursements/1 | grep -o '"from":"[^"]*","to":"[^"]*"')",
               R"(ask disbursements/1/file | grep -o '<Nm>[^<]*<\|<EndToEndId>[^<]*<\|<CtrlSum>[^<]*<')"})));
  }

  void show_a_rule() {
    const std::string rule =
        R"('{"name":"Domain","note":"Green Server sends it each March","unit":"EUR",
  "when":{"direction":"out","counterparty":"green server"},"parts":[{"account":"expenses:domains"}]}')";
    EXPECT_TRUE(region_is(
        page, "rule", typed({"tell 'bank/rules/replay?format=text' " + rule, "tell bank/rules " + rule})));
  }
};

TEST_F(BankPage, ShowsATreasurersMonth) {
  show_the_file();
  show_the_lines();
  EXPECT_TRUE(region_is(page, "by-hand",
                        typed({R"(tell bank/lines/4/match '{"parts":[{"made":"entry","amount":"-12.00",
  "account":"expenses:domains","description":"Domain"}]}')",
                               R"(tell bank/lines/5/match '{"parts":[{"made":"entry","amount":"-200.00",
  "account":"assets:bank:savings","description":"To savings"}]}')",
                               R"(tell bank/lines/6/match '{"parts":[{"made":"entry","amount":"-4.50",
  "account":"expenses:other","description":"Charges of March"}]}')"})));
  EXPECT_TRUE(
      region_is(page, "undone",
                typed({R"(tell bank/matches/6/undoing '{"reason":"charges have an account of their own"}')",
                       R"(tell bank/lines/6/match '{"parts":[{"made":"entry","amount":"-4.50",
  "account":"expenses:bank-fees","description":"Charges of March"}]}')",
                       R"(tell 'bank/imports/1/undoing?dry_run=true' '{"reason":"a rehearsal"}')"})));
  show_a_rule();
  EXPECT_TRUE(region_is(page, "reconciliation",
                        typed({"ask 'bank/accounts/1/reconciliation?as_of=2026-03-31&format=text'"})));
  EXPECT_TRUE(region_is(page, "proof", typed({"ask 'bank/proof?as_of=2026-03-31&format=text'"})));
  EXPECT_TRUE(region_is(page, "signed",
                        typed({R"(tell bank/accounts/1/signoffs '{"as_of":"2026-03-31"}')",
                               "ask 'bank/signoffs/1?format=text'"})));
  show_a_count();
  show_payments_out();
}

}  // namespace
}  // namespace coop::test

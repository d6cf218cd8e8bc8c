// What the guide to a month's pay shows is typed here as treasurers would type it, into the demonstration:
// partly at the command line, partly with curl.
#include "tests/support/demo_page.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::test {
namespace {

constexpr const char* pay_guide = "docs/guides/pay-a-month.md";

const std::string pay_helpers = R"sh(BCN=http://127.0.0.1:8080/v1/nodes/bcn
ask() { curl -s -H "Authorization: Bearer $TOKEN" "$BCN/$1"; }
tell() { curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
  -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" "$BCN/$1" -d "$2" -X "${3:-POST}"; }
only() { grep -o "\"\($1\)\":\(\"[^\"]*\"\|[^,}]*\)"; })sh";

class PayPage : public DemoPage {
 protected:
  PayPage() { before_each(pay_helpers); }

  void show_the_hours() {
    EXPECT_TRUE(region_is(pay_guide, "sign-in", fenced("sh", sign_in_of("aina") + "\n" + pay_helpers)));
    EXPECT_TRUE(
        region_is(pay_guide, "circle",
                  typed({"echo demo-password-biel | coopledger circle found bcn tech --title Technology \\\n"
                         "  --on 2026-01-01 --user biel",
                         "for n in 2 3 4 5 6 7 8; do\n"
                         "  echo demo-password-biel | coopledger circle join bcn tech M000$n --on 2026-01-01 "
                         "--user biel\n"
                         "done | tail -1"})));
    EXPECT_TRUE(
        region_is(pay_guide, "hours",
                  typed({R"(cat > january.csv <<'END'
member,circle,worked_on,minutes,work,intent
M0002,tech,2026-01-05,600,livelihood,paid
M0002,tech,2026-01-06,600,livelihood,paid
M0002,tech,2026-01-07,150,livelihood,paid
M0003,tech,2026-01-08,855,livelihood,paid
M0004,tech,2026-01-09,660,livelihood,paid
M0005,tech,2026-01-12,480,livelihood,paid
M0006,tech,2026-01-13,405,livelihood,paid
M0007,tech,2026-01-14,270,livelihood,paid
END)",
                         "echo demo-password-biel | coopledger hours import bcn january.csv --user biel"})));
    EXPECT_TRUE(region_is(pay_guide, "hours-approved",
                          typed({"echo demo-password-gemma | coopledger hours approve bcn 1 2 3 4 5 6 7 8 "
                                 "--user gemma | tail -4"})));
  }

  void show_the_decisions() {
    const std::string decided = " \\\n  --decision 'Assembly of 10 December 2025' --user aina";
    EXPECT_TRUE(region_is(
        pay_guide, "tariff",
        typed({"echo demo-password-aina | coopledger payrun tariff bcn --amount 25.00 --from 2026-01-01" +
               decided})));
    EXPECT_TRUE(
        region_is(pay_guide, "rule",
                  typed({"echo demo-password-aina | coopledger rules adopt bcn --example own_rates \\\n"
                         "  --from 2026-01-01 --adopted-on 2025-12-10" +
                         decided})));
  }

  void show_the_run() {
    EXPECT_TRUE(region_is(pay_guide, "preview",
                          typed({"coopledger payrun preview bcn --from 2026-01-01 --to 2026-01-31 \\\n"
                                 "  --amount 804.25 --rule own_rates"})));
    EXPECT_TRUE(region_is(
        pay_guide, "proposed",
        typed({R"(tell pay-runs '{"from_on":"2026-01-01","to_on":"2026-01-31","amount":"804.25","unit":"EUR",
  "rule":"own_rates","deferred_as":"debt","wages":"expenses:wages",
  "payable":"liabilities:payable:wages","deferred":"liabilities:deferred:wages"}' |
  only 'number\|state\|paid\|deferred' | head -4)",
               R"(tell hours/1/reversal '{"reason":"a slip"}' | only 'code\|detail')"},
              "biel")));
    const std::string approve = "echo demo-password-aina | coopledger payrun approve bcn 1 --user aina";
    EXPECT_TRUE(
        region_is(pay_guide, "approved", typed({approve + " | grep '^Stands\\|^Approved'", approve})));
    EXPECT_TRUE(region_is(pay_guide, "approved-again",
                          typed({"tell pay-runs/1/approval '' | only state | head -1"}, "carla")));
    EXPECT_TRUE(
        region_is(pay_guide, "posted",
                  typed({"tell pay-runs/1/posting '' | only state | head -1",
                         "ask 'accounts/liabilities:payable:wages/balance?unit=EUR' | only balance"})));
  }

  // Which day the file asks for, the page does not show: it may not be over.
  void show_the_payment() {
    EXPECT_TRUE(
        region_is(pay_guide, "accounts",
                  typed({R"(tell bank/accounts '{"account":"assets:bank:main","unit":"EUR",
  "identifier":"ES91 2100 0418 4502 0005 1332","title":"Current account"}' | only number)",
                         R"(tell members/M0002 '{"iban":"DE02120300000000202051"}' PATCH | only number)",
                         R"(tell members/M0003 '{"iban":"BE68539007547034"}' PATCH | only number)"})));
    EXPECT_TRUE(region_is(
        pay_guide, "ordered",
        typed({R"(echo '{"bank_account":1,"requested_on":"'$(date -d tomorrow +%F)'"}' > payment.json)",
               "echo demo-password-biel | coopledger payrun pay bcn 1 --file payment.json --user biel | "
               "tail -n +7"})));
    const auto approved_by = [](const std::string& user) {
      return "echo demo-password-" + user + " | coopledger pay approve bcn 1 --user " + user +
             " | grep '^approved'";
    };
    EXPECT_TRUE(region_is(pay_guide, "payment-approved", typed({approved_by("aina"), approved_by("carla")})));
    EXPECT_TRUE(
        region_is(pay_guide, "file",
                  typed({"echo demo-password-biel | coopledger pay export bcn 1 --user biel > bcn-D1.xml",
                         "grep -o '<NbOfTxs>[^<]*\\|<CtrlSum>[^<]*\\|<Nm>[^<]*' bcn-D1.xml"})));
  }
};

TEST_F(PayPage, ShowsAMonthPaid) {
  show_the_hours();
  show_the_decisions();
  show_the_run();
  show_the_payment();
  EXPECT_TRUE(region_is(pay_guide, "slip", typed({"coopledger payrun payslip bcn 1 M0002"})));
  EXPECT_TRUE(region_is(pay_guide, "deferred", typed({"ask 'reports/deferred-claims?format=text'"})));
  EXPECT_TRUE(region_is(
      pay_guide, "undone",
      typed({"echo demo-password-biel | coopledger payrun undo bcn 1 --reason 'wrong pot' --user biel"})));
}

}  // namespace
}  // namespace coop::test

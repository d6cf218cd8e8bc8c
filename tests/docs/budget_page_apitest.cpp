// What the guide to a circle's budget shows is typed here as a treasurer would type it, into the
// demonstration: partly at the command line, partly with curl.
#include "tests/support/demo_page.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::test {
namespace {

constexpr const char* budget_guide = "docs/guides/give-a-circle-a-budget.md";

class BudgetPage : public DemoPage {
 protected:
  BudgetPage() { before_each(asking_and_telling); }

  // A command that the treasurer signs.
  static std::string by_aina(const std::string& words) {
    return "echo demo-password-aina | coopledger " + words + " --user aina";
  }

  void show_the_fund() {
    EXPECT_TRUE(
        region_is(budget_guide, "sign-in", fenced("sh", sign_in_of("aina") + "\n" + asking_and_telling)));
    EXPECT_TRUE(region_is(
        budget_guide, "fund",
        typed({"ask dimensions/fund | only code",
               R"(tell entries '{"booked_on":"2026-02-20","description":"A grant for media","postings":[
  {"account":"assets:bank:main","amount":"4120.00","unit":"EUR"},
  {"account":"income:grants","amount":"-4120.00","unit":"EUR","fund":"media"}]}' | only number)"})));
    EXPECT_TRUE(region_is(budget_guide, "terms",
                          typed({R"(cat > media.json <<'END'
{"from_on":"2026-01-01","purpose":"media","unit":"EUR","decision":"https://example.org/d/1",
 "buffers":[{"measure":"a quarter","amount":"1500.00"},{"measure":"a tenth","amount":"1180.00"}]}
END)",
                                 by_aina("fund terms bcn media --file media.json")})));
  }

  static std::string granted(const std::string& purpose, const std::string& amount,
                             const std::string& decision) {
    return by_aina("mandate grant bcn --fund media \\\n  --body 'Media circle' --purpose " + purpose +
                   " --amount " + amount + " \\\n  --from 2026-01-01 --to 2029-12-31 --decision " +
                   "https://example.org/d/" + decision);
  }

  void show_the_mandate() {
    answer_of(granted("Workshops", "1180.00", "2"));
    EXPECT_TRUE(region_is(budget_guide, "free",
                          typed({"coopledger fund list bcn | grep '^Fund \\|^media'",
                                 "ask funds/media | only 'balance\\|buffer\\|committed\\|free'"})));
    EXPECT_TRUE(region_is(budget_guide, "beyond", typed({granted("Films", "1500.00", "3")})));
    EXPECT_TRUE(
        region_is(budget_guide, "tried",
                  typed({R"(tell 'spending-mandates?dry_run=true' '{"body":"Media circle","purpose":"Films",
  "fund":"media","unit":"EUR","amount":"1440.00","from_on":"2026-01-01","until_on":"2029-12-31",
  "decision":"https://example.org/d/3"}' | only 'dry_run\|state\|left')"})));
    EXPECT_TRUE(region_is(budget_guide, "granted", typed({granted("Films", "1440.00", "3")})));
  }

  void show_what_is_spent() {
    EXPECT_TRUE(region_is(
        budget_guide, "drawn",
        typed({R"(ENTRY=$(tell entries '{"booked_on":"2026-03-01","description":"Camera","postings":[
  {"account":"expenses:other","amount":"400.00","unit":"EUR","fund":"media"},
  {"account":"assets:bank:main","amount":"-400.00","unit":"EUR"}]}' | only number | grep -o '[0-9]*')
echo demo-password-biel | coopledger mandate draw bcn 2 --amount 400.00 --entry $ENTRY \
  --on 2026-03-01 --words Camera --user biel | tail -n 3)",
               R"(tell spending-mandates/2/draws '{"on":"2026-03-01","amount":"1040.01"}' |
  only 'code\|detail')"})));
    EXPECT_TRUE(
        region_is(budget_guide, "ordered",
                  typed({R"(tell bank/accounts '{"account":"assets:bank:main","unit":"EUR",
  "identifier":"ES91 2100 0418 4502 0005 1332","title":"Current account"}' | only number)",
                         R"(tell disbursements '{"bank_account":1,"requested_on":"'$(date -d tomorrow +%F)'",
  "title":"Film","orders":[{"amount":"240.00","purpose":"supplier_bill","account":"expenses:other",
  "mandate":2,"name":"Cutting Room","iban":"DE02120300000000202051","text":"Invoice 7"}]}' |
  only state | head -1)",
                         "coopledger mandate list bcn"})));
    EXPECT_TRUE(region_is(
        budget_guide, "recalled",
        typed({"tell disbursements/1/cancelling '{\"reason\":\"the film is off\"}' | only state | head -1",
               by_aina("mandate recall bcn 2 --reason 'the film is off'") + " | tail -n 3",
               R"(tell spending-mandates/2/draws '{"on":"2026-03-01","amount":"1.00"}' | only code)"})));
  }
};

TEST_F(BudgetPage, ShowsACirclesBudget) {
  show_the_fund();
  show_the_mandate();
  show_what_is_spent();
  EXPECT_TRUE(region_is(budget_guide, "budget",
                        typed({R"(cat > films.json <<'END'
{"title":"Films","unit":"EUR","from_on":"2026-01-01","until_on":"2029-12-31","beyond":"refuses",
 "lines":[{"title":"Films","fund":"media","amount":"3000.00"}],"decision":"https://example.org/d/4"}
END)",
                               by_aina("budget adopt bcn --file films.json") + " | tail -n 5"})));
  EXPECT_TRUE(region_is(budget_guide, "beyond-budget", typed({granted("Festival", "1420.01", "5")})));
}

}  // namespace
}  // namespace coop::test

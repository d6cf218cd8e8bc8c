// Pay that is taken from a fund, all of which spending mandates reserve (over HTTP): the run draws the
// mandate.
#include "tests/support/test_pay_story.hpp"

namespace coop::test {
namespace {

class PayOnAMandate : public PayStoryTest {};

// A fund of 100.00 is all reserved by a mandate, without which nobody pays anything. A run of 60.00 names it
// and draws it once: not again when it is paid.
TEST_F(PayOnAMandate, TakeFromAFundWhatAMandateReserves) {
  make("bank/accounts",
       R"({"account":"assets:bank","unit":"EUR","identifier":"DE89 3704 0044 0532 0130 00","title":"Bank"})");
  for (const auto& [member, iban] : {std::pair{"A", "BE68539007547034"}, {"B", "BE71096123456769"}})
    send("PATCH", at(std::string{"members/"} + member), {.body = R"({"iban":")" + std::string{iban} + "\"}"});
  make("funds/media/terms", R"({"from_on":"2026-01-01","unit":"EUR","purpose":"media","decision":"d/1"})");
  make("entries",
       R"({"booked_on":"2026-01-05","description":"x","postings":[{"account":"assets:bank",)"
       R"("amount":"100.00","unit":"EUR"},{"account":"income:dues","amount":"-100.00","unit":"EUR",)"
       R"("fund":"media"}]})");
  for (const char* amount : {"70.00", "30.00"})
    make("spending-mandates", R"({"body":"Assembly","purpose":"Pay","fund":"media","unit":"EUR",)"
                              R"("cost_object":"hosting","from_on":"2026-01-01","until_on":"2026-12-31",)"
                              R"("decision":"d/2","amount":")" +
                                  std::string{amount} + "\"}");
  make("spending-rules", R"({"from_on":"2026-01-01","unit":"EUR","decision":"d/3","rule":"mandate",)"
                         R"("needed_from":"10.00"})");
  worked("A", "2026-01-10", 120, "hosting");
  worked("B", "2026-01-12", 60);
  const auto pot = [](const std::string& amount, const std::string& more) {
    return R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":")" + amount +
           R"(","unit":"EUR","rule":"own_rates","wages":"expenses:wages","payable":"liabilities:wages",)"
           R"("deferred_as":"debt","deferred":"liabilities:deferred-wages")" +
           more + "}";
  };
  EXPECT_EQ(make("pay-runs", pot("60.00", R"(,"fund":"media")"), 409).code(), "fund_below_buffer");
  const ApiAnswer beyond = make("pay-runs?dry_run=true", pot("70.01", R"(,"mandate":1)"), 409);
  EXPECT_EQ(beyond.code() + " " + beyond.text("field"), "spending_mandate_exceeded /amount");
  const auto mandate = [&] {
    const ApiAnswer one = get(at("spending-mandates/1"));
    return one.text("ordered") + " " + one.text("drawn") + " " + one.text("left");
  };
  const ApiAnswer run = make("pay-runs", pot("60.00", R"(,"mandate":1)"));
  EXPECT_EQ(run.text("fund") + " " + run.text("mandate"), "media 1");
  EXPECT_EQ(mandate(), "60.00 0.00 10.00");
  posted("1");
  EXPECT_EQ(mandate(), "0.00 60.00 10.00");
  EXPECT_NE(get(at("spending-mandates/1"))
                .body.find(R"("pay_runs":[{"run":1,"amount":"60.00","minutes":null,)"
                           R"("posted":true,"entry":2}])"),
            std::string::npos);
  EXPECT_NE(get(at("reports/funds?format=csv")).body.find("40.00"), std::string::npos);
  EXPECT_NE(get(at("pay-runs/1?format=text")).body.find("Spending mandate"), std::string::npos);
  const auto payment = [](const std::string& more) {
    return R"({"bank_account":1,"requested_on":"2027-01-11")" + more + "}";
  };
  const ApiAnswer other = make("pay-runs/1/payment", payment(R"(,"mandate":2)"), 422);
  EXPECT_EQ(other.code() + " " + other.text("field"), "field_invalid /mandate");
  EXPECT_EQ(make("pay-runs/1/payment", payment(R"(,"mandate":1,"members":["A"])")).text("amount"), "40.00");
  EXPECT_EQ(make("pay-runs/1/payment", payment("")).text("amount"), "20.00")
      << "the rule wants no other mandate";
  EXPECT_EQ(mandate(), "0.00 60.00 10.00") << "drawn once";
  for (const char* payments : {"1", "2"})
    done("disbursements/" + std::string{payments} + "/cancelling", R"({"reason":"too early"})");
  done("pay-runs/1/undoing", R"({"reason":"a wrong pot"})");
  EXPECT_EQ(mandate(), "0.00 0.00 70.00");
  make("pay-runs", pot("10.00", R"(,"mandate":1)"));
  done("spending-mandates/1/recalling", R"({"reason":"the project ended"})");
  EXPECT_EQ(make("pay-runs/2/approval", "", 409, pia_).code(), "spending_mandate_recalled");
}

// A budget of 50.00 for hosting that refuses: a run whose hours for it come to 50.00 is proposed, one of more
// is not, in its dry run either.
TEST_F(PayOnAMandate, AsksBudgetsWhereNoMandateReservesIt) {
  make("budgets", R"({"title":"Servers","unit":"EUR","from_on":"2026-01-01","until_on":"2026-12-31",)"
                  R"("beyond":"refuses","decision":"d/4",)"
                  R"("lines":[{"title":"Hosting","cost_object":"hosting","amount":"50.00"}]})");
  worked("A", "2026-01-10", 120, "hosting");
  worked("B", "2026-01-11", 60);
  const std::string all = R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":"75.00","unit":"EUR",)"
                          R"("rule":"own_rates","wages":"expenses:wages","payable":"liabilities:wages",)"
                          R"("deferred_as":"gift"})";
  EXPECT_EQ(make("pay-runs?dry_run=true", all, 200).text("paid"), "75.00");
  worked("B", "2026-01-12", 1, "hosting");
  const ApiAnswer beyond = make("pay-runs?dry_run=true", all, 409);
  EXPECT_EQ(beyond.code() + " " + beyond.text("field"), "budget_exceeded /amount");
  EXPECT_NE(beyond.body.find("budget 1, Hosting: 50.00 are left"), std::string::npos) << beyond.body;
  EXPECT_EQ(make("pay-runs", all, 409).code(), "budget_exceeded");
}

}  // namespace
}  // namespace coop::test

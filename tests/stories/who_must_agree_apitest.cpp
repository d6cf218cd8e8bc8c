// Who must agree before money leaves, over HTTP as a treasurer and two approvers do it. Of 4,120.00 of the
// fund, 1,500.00 stay and 1,180.00 are granted: 1,500.00 more are refused, 1,440.00 are accepted. A role is
// paid by the hour: 12 hours a month at 20.00 for 12 months are 2,880.00, and hour 145 is refused. Whoever is
// paid may not approve, and while a second approver is missing a payment stays as it was proposed. A circle
// has a budget that refuses what is beyond it.
#include "tests/support/test_bank.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class WhoMustAgree : public StoryTest {
 protected:
  WhoMustAgree() : StoryTest{{}, clock_at("2026-01-30T10:00:00Z")} {
    open("expenses:media", "expense");
    make("dimensions/fund", R"({"items":[{"code":"media","name":"Media"}]})", 200);
    make("dimensions/cost_object", R"({"items":[{"code":"film","name":"The film"}]})", 200);
    make("bank/accounts",
         R"({"account":"assets:bank","unit":"EUR","identifier":"DE89 3704 0044 0532 0130 00",)"
         R"("title":"Current"})");
    make("members", R"({"kind":"person","number":"M7","profile":{"name":"Zoë Ruiz"}})");
    ben_ = token_of_new_user("ben", {access::Role::approver});
    cleo_ = token_of_new_user("cleo", {access::Role::approver});
    make("funds/media/terms", R"({"from_on":"2026-01-01","unit":"EUR","purpose":"media","decision":"d/1",)"
                              R"("buffers":[{"measure":"three months","amount":"1500.00"}]})");
  }
  void give(const std::string& amount) {
    make("entries", R"({"booked_on":"2026-01-05","description":"x","postings":[)"
                    R"({"account":"assets:bank","amount":")" +
                        amount + R"(","unit":"EUR"},{"account":"income:dues","amount":"-)" + amount +
                        R"(","unit":"EUR","fund":"media"}]})");
  }
  static std::string grant(const std::string& what, const std::string& body = "Media circle") {
    return R"({"body":")" + body +
           R"(","purpose":"Films","fund":"media","unit":"EUR","from_on":"2026-01-01",)"
           R"("until_on":"2026-12-31","decision":"https://example.org/d/2",)" +
           what + "}";
  }
  static std::string rule(const std::string& what) {
    return R"({"from_on":"2026-01-01","unit":"EUR","decision":"https://example.org/d/3",)" + what + "}";
  }
  // A proposal of one order of an expense.
  static std::string pay(const std::string& amount, const std::string& more) {
    return R"({"bank_account":1,"requested_on":"2026-02-02","title":"Films","orders":[{"amount":")" + amount +
           R"(","purpose":"supplier_bill","account":"expenses:media","name":"Bo","iban":"BE68539007547034")" +
           more + "}]}";
  }
  std::string mandate(const std::string& number, const std::string& field) {
    return get(at("spending-mandates/" + number)).text(field);
  }
  std::string ben_;
  std::string cleo_;
};

TEST_F(WhoMustAgree, IsAskedOfAFundAboveItsBuffer) {
  give("4120.00");
  make("spending-mandates", grant(R"("amount":"1180.00")"));
  EXPECT_EQ(refused("spending-mandates", grant(R"("amount":"1500.00")")), "fund_below_buffer");
  EXPECT_EQ(refused("disbursements", pay("1500.00", R"(,"fund":"media")")), "fund_below_buffer");
  make("disbursements?dry_run=true", pay("1440.00", R"(,"fund":"media")"), 200);
  make("spending-mandates", grant(R"("amount":"1440.00")"));
  EXPECT_EQ(refused("disbursements", pay("0.01", R"(,"fund":"media")")), "fund_below_buffer");
  const ApiAnswer ordered = make("disbursements", pay("440.00", R"(,"mandate":2)"));
  EXPECT_EQ(ordered.json().at("orders").at(0).at("fund").as_string(), "media");
  EXPECT_EQ(mandate("2", "ordered"), "440.00");
  EXPECT_EQ(mandate("2", "left"), "1000.00");
  EXPECT_EQ(refused("disbursements", pay("1000.01", R"(,"mandate":2)")), "spending_mandate_exceeded");
  make("disbursements/1/cancelling", R"({"reason":"a mistake"})", 200);
  EXPECT_EQ(mandate("2", "left"), "1440.00");
}

TEST_F(WhoMustAgree, IsPaidByTheHour) {
  give("9000.00");
  const ApiAnswer granted = make(
      "spending-mandates", grant(R"("hours":{"minutes_a_month":720,"rate_an_hour":"20.00","months":12})"));
  EXPECT_EQ(granted.text("amount"), "2880.00");
  for (int month = 0; month < 12; ++month)
    make("disbursements", pay("240.00", R"(,"mandate":1,"minutes":720)"));
  EXPECT_EQ(mandate("1", "ordered"), "2880.00");
  EXPECT_EQ(refused("disbursements", pay("20.00", R"(,"mandate":1,"minutes":60)")),
            "spending_mandate_exceeded");
}

TEST_F(WhoMustAgree, StaysPendingWhileASecondApproverIsMissing) {
  give("9000.00");
  make("spending-rules", rule(R"("rule":"approvals","one_from":"0.00","two_from":"100.00")"));
  make("spending-rules", rule(R"("rule":"mandate","needed_from":"50.00")"));
  EXPECT_EQ(refused("disbursements", pay("50.00", R"(,"fund":"media")")), "spending_mandate_missing");
  make("spending-mandates", grant(R"("amount":"1000.00")"));
  EXPECT_EQ(mandate("1", "state"), "pending");
  EXPECT_EQ(refused("disbursements", pay("50.00", R"(,"mandate":1)")), "spending_mandate_pending");
  EXPECT_EQ(refused("spending-mandates/1/draws", R"({"on":"2026-01-30","amount":"1.00"})"),
            "spending_mandate_pending");
  make("spending-mandates/1/approval", "", 200, ben_);
  EXPECT_EQ(refused("spending-mandates/1/approval", "", ben_), "approval_repeated");
  EXPECT_EQ(mandate("1", "state"), "pending");
  make("spending-mandates/1/approval", "", 200, cleo_);
  EXPECT_EQ(mandate("1", "state"), "open");
  // Zoë is ben: she may not approve what pays her.
  EXPECT_EQ(send("PUT", at("members/M7/users/ben")).status, 200);
  make("disbursements", pay("99.99", R"(,"mandate":1,"member":"M7")"));
  EXPECT_EQ(refused("disbursements/1/approval", ""), "approval_of_own");
  EXPECT_EQ(refused("disbursements/1/approval", "", ben_), "approval_of_own");
  EXPECT_EQ(make("disbursements/1/approval", "", 200, cleo_).text("state"), "approved");
  make("disbursements", pay("100.00", R"(,"mandate":1)"));
  EXPECT_EQ(make("disbursements/2/approval", "", 200, cleo_).text("state"), "proposed");
  EXPECT_EQ(refused("disbursements/2/file", ""), "disbursement_not_open");
  EXPECT_EQ(get(at("disbursements/2")).text("approvals_needed"), "2");
  make("spending-mandates/1/recalling", R"({"reason":"the film is off"})", 200);
  EXPECT_EQ(refused("disbursements/2/approval", "", ben_), "spending_mandate_recalled");
  EXPECT_EQ(refused("disbursements/1/file", ""), "spending_mandate_recalled");
  EXPECT_EQ(refused("disbursements", pay("60.00", R"(,"mandate":1)")), "spending_mandate_recalled");
  EXPECT_NE(get(at("spending-rules?format=csv")).body.find("0.00,100.00"), std::string::npos);
  EXPECT_EQ(get(at("spending-rules?limit=1")).json().at("items").as_array().size(), 1u);
}

TEST_F(WhoMustAgree, IsTheBodyThatMayAndTheBudgetThatHas) {
  give("9000.00");
  make("spending-rules", rule(R"("rule":"authority","body":"Media circle","level":"node","up_to":"500.00")"));
  make("spending-rules", rule(R"("rule":"authority","body":"Assembly","level":"node")"));
  EXPECT_EQ(refused("spending-mandates", grant(R"("amount":"500.01")")), "beyond_authority");
  EXPECT_EQ(refused("spending-mandates", grant(R"("amount":"1.00")", "Board")), "beyond_authority");
  make("budgets", R"({"title":"Films 2026","unit":"EUR","from_on":"2026-01-01","until_on":"2026-12-31",)"
                  R"("beyond":"refuses","decision":"https://example.org/d/4","lines":[)"
                  R"({"title":"The film","fund":"media","cost_object":"film","amount":"300.00"},)"
                  R"({"title":"Other","fund":"media","amount":"1000.00"}]})");
  make("spending-mandates", grant(R"("amount":"300.00","cost_object":"film")"));
  EXPECT_EQ(refused("spending-mandates", grant(R"("amount":"0.01","cost_object":"film")")),
            "budget_exceeded");
  const ApiAnswer beyond = make("spending-mandates", grant(R"("amount":"1000.01")", "Assembly"), 409);
  EXPECT_EQ(beyond.code(), "budget_exceeded");
  EXPECT_NE(beyond.body.find("1000.00 are left: 1000.00 less 0.00 spent, less 0.00 committed"),
            std::string::npos)
      << beyond.body;
  make("entries", R"({"booked_on":"2026-01-20","description":"x","postings":[)"
                  R"({"account":"expenses:media","amount":"250.00","unit":"EUR","fund":"media"},)"
                  R"({"account":"assets:bank","amount":"-250.00","unit":"EUR"}]})");
  make("disbursements", pay("100.00", R"(,"fund":"media")"));
  EXPECT_EQ(refused("disbursements", pay("650.01", R"(,"fund":"media")")), "budget_exceeded");
  const std::string report = get(at("reports/budgets/1?format=csv")).body;
  EXPECT_NE(report.find("The film,media,film,EUR,300.00,0.00,300.00,0.00"), std::string::npos) << report;
  EXPECT_NE(report.find("Other,media,,EUR,1000.00,250.00,100.00,650.00"), std::string::npos) << report;
  EXPECT_NE(report.find("Sum,,,EUR,1300.00,250.00,400.00,650.00"), std::string::npos) << report;
  make("budgets/1/revisions",
       R"({"from_on":"2026-01-30","decision":"https://example.org/d/5","lines":[)"
       R"({"title":"All","fund":"media","amount":"600.00"}]})",
       200);
  make("spending-mandates", grant(R"("amount":"100.00")"));
  const std::string after = get(at("reports/budgets/1?format=text")).body;
  EXPECT_NE(after.find("Warning: beyond the budget"), std::string::npos) << after;
  EXPECT_EQ(get(at("reports/budgets/1?as_of=2026-01-29&format=csv")).body.find("Warning"), std::string::npos);
  EXPECT_EQ(get(at("reports/budgets/9")).code(), "budget_unknown");
  EXPECT_EQ(get(at("budgets")).json().at("items").as_array().size(), 1u);
  EXPECT_EQ(get(at("budgets?circle=nobody")).code(), "circle_unknown");
}

TEST_F(WhoMustAgree, AllocatesASumInEqualShares) {
  give("30000.00");
  std::string members;
  for (int i = 1; i <= 13; ++i) {
    const std::string number = "P" + std::to_string(i);
    make("members", R"({"kind":"person","number":")" + number + R"(","profile":{"name":"P"}})");
    members += (i > 1 ? ",\"" : "\"") + number + "\"";
  }
  const ApiAnswer begun =
      make("allocation-rounds",
           R"({"title":"Spring","body":"Assembly","fund":"media","unit":"EUR","pot":"20000.00","members":[)" +
               members +
               R"(],"from_on":"2026-02-01","until_on":"2026-12-31","decision":"https://example.org/d/6"})");
  const boost::json::value round = begun.json();
  for (std::size_t i = 0; i < 13; ++i)
    EXPECT_EQ(round.at("shares").at(i).at("amount").as_string(), i < 2 ? "1538.47" : "1538.46") << i;
  EXPECT_EQ(get(at("funds/media")).json().at("figures").at("free").as_string(), "8500.00");
  make("allocation-rounds/1/proposals", R"({"title":"Subtitles","goal":"3000.00","cost_object":"film"})",
       200);
  make("allocation-rounds/1/proposals", R"({"title":"A tent","goal":"9000.00"})", 200);
  const auto give_to = [&](const std::string& proposal, const std::string& member,
                           const std::string& amount) {
    return send("POST", at("allocation-rounds/1/proposals/" + proposal + "/contributions"),
                {.body = R"({"member":")" + member + R"(","amount":")" + amount + "\"}"});
  };
  EXPECT_EQ(give_to("1", "P1", "1538.48").code(), "round_impossible");
  EXPECT_EQ(give_to("1", "P1", "1538.47").status, 200);
  EXPECT_EQ(give_to("1", "P3", "1461.54").code(), "round_impossible");
  EXPECT_EQ(give_to("1", "P3", "1461.53").status, 200);
  // P4 gives for themselves, and for nobody else.
  const std::string mia = token_of_new_user("mia", {access::Role::member});
  EXPECT_EQ(send("PUT", at("members/P4/users/mia")).status, 200);
  const auto own = [&](const std::string& member, const std::string& what, const std::string& amount) {
    return send("POST", at("own-members/" + member + "/allocation-rounds/1/proposals/2/" + what),
                {.body = R"({"amount":")" + amount + "\"}", .token = mia});
  };
  EXPECT_EQ(own("P5", "contributions", "1.00").code(), "party_unknown");
  EXPECT_EQ(own("P4", "contributions", "1538.47").code(), "round_impossible");
  EXPECT_EQ(own("P4", "contributions", "1500.00").text("left"), "38.46");
  EXPECT_EQ(own("P4", "giving-back", "500.00").json().at("proposals").at(1).at("given_by_you").as_string(),
            "1000.00");
  const auto rounds = send("GET", at("own-members/P4/allocation-rounds"), {.token = mia}).json();
  EXPECT_EQ(rounds.at("items").at(0).at("share").as_string(), "1538.46");
  EXPECT_EQ(rounds.at("items").at(0).at("left").as_string(), "538.46");
  make("allocation-rounds/1/proposals/2/giving-back", R"({"member":"P4","amount":"400.00"})", 200);
  const boost::json::value closed = make("allocation-rounds/1/closing", "", 200).json();
  EXPECT_EQ(closed.at("state").as_string(), "closed");
  EXPECT_EQ(closed.at("proposals").at(0).at("mandate").as_int64(), 1);
  EXPECT_TRUE(closed.at("proposals").at(1).at("mandate").is_null()) << "all or nothing";
  EXPECT_EQ(mandate("1", "amount"), "3000.00");
  EXPECT_EQ(mandate("1", "purpose"), "Subtitles");
  // 30,000 less 1,500 that stay, less the mandate: what was not funded is free again.
  EXPECT_EQ(get(at("funds/media")).json().at("figures").at("free").as_string(), "25500.00");
  EXPECT_EQ(give_to("2", "P5", "1.00").code(), "round_not_open");
  EXPECT_NE(get(at("allocation-rounds?format=csv")).body.find("3000.00,3000.00,0.00,1"), std::string::npos);
}

TEST_F(WhoMustAgree, GivesARoundUpAndEverybodyHasTheirShareBack) {
  give("30000.00");
  make("members", R"({"kind":"person","number":"P1","profile":{"name":"P"}})");
  make("allocation-rounds",
       R"({"title":"Spring","body":"Assembly","fund":"media","unit":"EUR","pot":"20000.00","members":["P1"],)"
       R"("from_on":"2026-02-01","until_on":"2026-12-31","decision":"https://example.org/d/6"})");
  make("allocation-rounds/1/proposals", R"({"title":"Subtitles","goal":"3000.00"})", 200);
  make("allocation-rounds/1/proposals/1/contributions", R"({"member":"P1","amount":"1200.00"})", 200);
  const auto free_now = [&] { return get(at("funds/media")).json().at("figures").at("free").as_string(); };
  EXPECT_EQ(free_now(), "8500.00");
  const std::string up = at("allocation-rounds/1/giving-up");
  const std::string reason = R"({"reason":"The grant was refused"})";
  EXPECT_EQ(send("POST", up, {.body = "{}"}).code(), "field_missing");
  EXPECT_EQ(send("POST", up, {.body = R"({"reason":""})"}).code(), "field_invalid");
  const std::string bookkeeper = token_of_new_user("bea", {access::Role::bookkeeper});
  EXPECT_EQ(send("POST", up, {.body = reason, .token = bookkeeper}).code(), "role_missing");
  EXPECT_EQ(send("POST", up + "?dry_run=true", {.body = reason}).text("state"), "given_up");
  EXPECT_EQ(get(at("allocation-rounds/1")).text("state"), "open") << "it was only looked at";
  const ApiAnswer first = send("POST", up, {.body = reason, .key = "once"});
  ASSERT_EQ(first.status, 200) << first.body;
  const boost::json::value round = first.json();
  EXPECT_EQ(round.at("state").as_string(), "given_up");
  EXPECT_EQ(round.at("shares").at(0).at("left").as_string(), "20000.00");
  EXPECT_EQ(round.at("proposals").at(0).at("given").as_string(), "0.00");
  EXPECT_EQ(round.at("steps").as_array().back().at("reason").as_string(), "The grant was refused");
  EXPECT_EQ(send("POST", up, {.body = reason, .key = "once"}).body, first.body);
  EXPECT_EQ(send("POST", up, {.body = reason}).code(), "round_not_open");
  EXPECT_EQ(send("POST", at("allocation-rounds/1/closing")).code(), "round_not_open");
  EXPECT_EQ(free_now(), "28500.00");
  EXPECT_NE(get(at("allocation-rounds?format=csv")).body.find("1,Spring,given_up,media"), std::string::npos);
  EXPECT_NE(get(at("events?limit=500")).body.find("given_up"), std::string::npos);
}

}  // namespace
}  // namespace coop::test

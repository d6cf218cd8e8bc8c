// Pay over HTTP that goes to cost objects, comes out of a fund and is partly paid in a local unit; claims
// that a spreadsheet brought (E6); and what a member who is only a member may see of it.
#include "tests/support/test_pay_story.hpp"

namespace coop::test {
namespace {

class PayInParts : public PayStoryTest {
 protected:
  PayInParts() {
    open("liabilities:wages", "liability", "GBP");
    for (const char* unit : {"EUR", "GBP"}) open("equity:conversion", "equity", unit);
    open("equity:before", "equity");
    adopt("oldest_first");
    ana_ = linked("ana", "A");
  }
  // Run 4, at a tariff of 26.00, does not come to a mandate of 20.00 an hour.
  void is_refused_at_another_rate(const std::string& run, const std::string& payment) {
    make("tariffs", R"({"work":"livelihood","circle":"tech","from_on":"2026-04-01","amount":"26.00",)"
                    R"("unit":"EUR","decision":"Assembly"})");
    worked("A", "2026-04-10", 60);
    make("pay-runs", run);
    posted("4");
    const ApiAnswer other = make("pay-runs/4/payment", payment, 422);
    EXPECT_EQ(other.code(), "field_invalid");
    EXPECT_NE(other.body.find("come to another amount"), std::string::npos) << other.body;
  }
  std::string balance(const std::string& path, const std::string& unit = "EUR") {
    const ApiAnswer answer = get(at("accounts/" + path + "/balance?unit=" + unit));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.text("balance");
  }
  static std::string month(const std::string& more) {
    return R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":"100.00",)"
           R"("unit":"EUR","rule":"own_rates","wages":"expenses:wages","payable":"liabilities:wages",)"
           R"("deferred_as":"debt","deferred":"liabilities:deferred-wages")" +
           more + "}";
  }
  std::string ana_;
};

// A works four hours, of which one is for hosting; B two. 100.00 pay 150.00 in proportion; A wants a fifth of
// it in the local unit, B nothing.
TEST_F(PayInParts, PayForCostObjectsOutOfAFundAndPartlyInALocalUnit) {
  make("dues/rates", R"({"from":"EUR","to":"GBP","from_on":"2026-01-01","rate":"0.85"})");
  worked("A", "2026-01-10", 180);
  worked("A", "2026-01-11", 60, "hosting");
  worked("B", "2026-01-12", 120);
  const std::string body =
      month(R"(,"fund":"media","local":{"unit":"GBP","share":"20%","payable":"liabilities:wages"},)"
            R"("members":[{"member":"B","local_share":"0"}])");
  const ApiAnswer run = make("pay-runs", body);
  // 66.67 and 33.33; a quarter of A's is for hosting; a fifth of A's 66.67 is 13.33, at 0.85 11.33 GBP.
  EXPECT_NE(run.body.find(R"("cost_objects":[{"cost_object":null,"paid":"50.00","deferred":"25.00"},)"
                          R"({"cost_object":"hosting","paid":"16.67","deferred":"8.33"}])"),
            std::string::npos)
      << run.body;
  EXPECT_NE(run.body.find(R"("local":{"share":"1/5","chosen":false,"converted":"13.33","amount":"11.33",)"
                          R"("unit":"GBP","rate":"0.85"})"),
            std::string::npos)
      << run.body;
  posted("1");
  EXPECT_EQ(balance("expenses:wages"), "150.00");
  EXPECT_EQ(balance("liabilities:wages"), "-86.67");
  EXPECT_EQ(balance("liabilities:wages", "GBP"), "-11.33");
  EXPECT_EQ(balance("equity:conversion"), "-13.33");
  EXPECT_EQ(balance("equity:conversion", "GBP"), "11.33");
  const std::string slip = send("GET", at("own-members/A/payslips/1?format=text"), {.token = ana_}).body;
  EXPECT_NE(slip.find("13.33 EUR of it (20.00%) at 0.85 are 11.33 GBP"), std::string::npos) << slip;
  EXPECT_NE(slip.find("hosting"), std::string::npos) << slip;
}

// A pay run is paid to whoever has an account, and the others are named; a part of it on a mandate that a
// rule of spending wants. Nothing is ordered twice.
TEST_F(PayInParts, OrderWhatIsPayableAndNameWhoIsLeftOut) {
  make("bank/accounts",
       R"({"account":"assets:bank","unit":"EUR","identifier":"DE89 3704 0044 0532 0130 00","title":"Bank"})");
  worked("A", "2026-01-10", 180);
  worked("B", "2026-01-12", 120);
  make("pay-runs", month(""));
  posted("1");
  const auto payment = [](const std::string& more) {
    return R"({"bank_account":1,"requested_on":"2027-01-11")" + more + "}";
  };
  const std::string path = "pay-runs/1/payment";
  const ApiAnswer nobody = make(path, payment(""), 422);
  EXPECT_EQ(nobody.code(), "field_missing");
  EXPECT_NE(nobody.body.find("no IBAN of A, B"), std::string::npos) << nobody.body;
  EXPECT_EQ(send("PATCH", at("members/A"), {.body = R"({"iban":"BE68539007547034"})"}).status, 200);
  const std::string left_out = R"("not_ordered":[{"member":"B","amount":"40.00","why":"no_iban"}])";
  const ApiAnswer dry = make(path + "?dry_run=true", payment(""), 200);
  EXPECT_NE(dry.body.find(left_out), std::string::npos) << dry.body;
  const ApiAnswer ordered = make(path, payment(""));
  EXPECT_NE(ordered.body.find(left_out), std::string::npos) << ordered.body;
  EXPECT_EQ(ordered.text("amount"), "60.00");
  EXPECT_EQ(make(path, payment(R"(,"members":["A"])"), 409).code(), "pay_run_not_open") << "A is ordered";
  EXPECT_EQ(make(path, payment(R"(,"members":["C"])"), 404).code(), "party_unknown") << "C is not in it";
  EXPECT_EQ(send("PATCH", at("members/B"), {.body = R"({"iban":"BE71096123456769"})"}).status, 200);
  make("funds/media/terms", R"({"from_on":"2026-01-01","unit":"EUR","purpose":"media","decision":"d/1"})");
  make("entries",
       R"({"booked_on":"2026-01-05","description":"x","postings":[{"account":"assets:bank",)"
       R"("amount":"100.00","unit":"EUR"},{"account":"income:dues","amount":"-100.00","unit":"EUR",)"
       R"("fund":"media"}]})");
  make("spending-rules", R"({"from_on":"2026-01-01","unit":"EUR","decision":"d/3","rule":"mandate",)"
                         R"("needed_from":"10.00"})");
  EXPECT_EQ(make(path, payment(""), 409).code(), "spending_mandate_missing");
  make("spending-mandates", R"({"body":"Assembly","purpose":"Pay","fund":"media","unit":"EUR",)"
                            R"("from_on":"2026-01-01","until_on":"2027-12-31","decision":"d/2",)"
                            R"("amount":"50.00"})");
  const ApiAnswer rest = make(path, payment(R"(,"mandate":1,"members":["B"])"));
  EXPECT_EQ(rest.text("amount"), "40.00");
  EXPECT_EQ(get(at("spending-mandates/1")).text("ordered"), "40.00");
  EXPECT_EQ(make(path, payment(R"(,"mandate":1)"), 409).code(), "pay_run_not_open") << "nothing is left";
  EXPECT_EQ(make("pay-runs/1/undoing", R"({"reason":"a wrong pot"})", 409).code(), "pay_run_not_open");
}

// A mandate grants 12 h a month at 20.00 for a year. What it pays of a run draws the minutes that were
// worked; where the pot paid a part of them, that part.
TEST_F(PayInParts, SpendAMandateOfHoursByTheHoursOfTheRun) {
  make("bank/accounts",
       R"({"account":"assets:bank","unit":"EUR","identifier":"DE89 3704 0044 0532 0130 00","title":"Bank"})");
  for (const auto& [member, iban] : {std::pair{"A", "BE68539007547034"}, {"B", "BE71096123456769"}})
    send("PATCH", at(std::string{"members/"} + member), {.body = R"({"iban":")" + std::string{iban} + "\"}"});
  make("tariffs", R"({"work":"livelihood","circle":"tech","from_on":"2026-01-01","amount":"20.00",)"
                  R"("unit":"EUR","decision":"Assembly"})");
  make("funds/media/terms", R"({"from_on":"2026-01-01","unit":"EUR","purpose":"media","decision":"d/1"})");
  make("entries",
       R"({"booked_on":"2026-01-05","description":"x","postings":[{"account":"assets:bank",)"
       R"("amount":"3000.00","unit":"EUR"},{"account":"income:dues","amount":"-3000.00","unit":"EUR",)"
       R"("fund":"media"}]})");
  make("spending-mandates", R"({"body":"Assembly","purpose":"Pay","fund":"media","unit":"EUR",)"
                            R"("from_on":"2026-01-01","until_on":"2027-12-31","decision":"d/2",)"
                            R"("hours":{"minutes_a_month":720,"rate_an_hour":"20.00","months":12}})");
  const auto pot = [](const std::string& amount, const std::string& from, const std::string& to) {
    return R"({"from_on":")" + from + R"(","to_on":")" + to + R"(","amount":")" + amount +
           R"(","unit":"EUR","rule":"own_rates","wages":"expenses:wages","payable":"liabilities:wages",)"
           R"("deferred_as":"debt","deferred":"liabilities:deferred-wages"})";
  };
  const auto payment = [](const std::string& more) {
    return R"({"bank_account":1,"requested_on":"2027-01-11","mandate":1)" + more + "}";
  };
  const auto minutes_left = [&] {
    const boost::json::value mandate = get(at("spending-mandates/1")).json();
    return boost::json::serialize(mandate.at("hours").at("minutes_left"));
  };
  worked("A", "2026-01-10", 720);
  worked("B", "2026-01-12", 90);
  make("pay-runs", pot("270.00", "2026-01-01", "2026-01-31"));
  posted("1");
  EXPECT_EQ(make("pay-runs/1/payment", payment(R"(,"members":["A"])")).text("amount"), "240.00");
  EXPECT_EQ(minutes_left(), "7920") << "12 h of 144 h";
  EXPECT_EQ(make("pay-runs/1/payment", payment("")).text("amount"), "30.00");
  EXPECT_EQ(minutes_left(), "7830");
  EXPECT_EQ(get(at("spending-mandates/1")).text("left"), "2610.00");
  // An hour claims 20.00, of which the pot pays 10.00: half an hour is drawn.
  worked("A", "2026-02-10", 60);
  make("pay-runs", pot("10.00", "2026-02-01", "2026-02-28"));
  posted("2");
  make("pay-runs/2/payment", payment(""));
  EXPECT_EQ(minutes_left(), "7800");
  // Of 20.00 it pays 7.77: that is 23 minutes, to the whole one, though they come to 7.67.
  worked("A", "2026-03-10", 60);
  make("pay-runs", pot("7.77", "2026-03-01", "2026-03-31"));
  posted("3");
  EXPECT_EQ(make("pay-runs/3/payment", payment("")).text("amount"), "7.77");
  EXPECT_EQ(minutes_left(), "7777");
  EXPECT_EQ(get(at("spending-mandates/1")).text("left"), "2592.23");
  is_refused_at_another_rate(pot("26.00", "2026-04-01", "2026-04-30"), payment(""));
  make("claim-settlements",
       R"({"booked_on":"2026-12-31","amount":"5.00","unit":"EUR","rule":"oldest_first",)"
       R"("deferred_as":"debt","wages":"expenses:wages","payable":"liabilities:wages"})");
  posted("5");
  EXPECT_NE(make("pay-runs/5/payment", payment(""), 422).body.find("this run pays claims"),
            std::string::npos);
}

// The garden pays its hours alike, by a rule of its own; those for tech wait for another run.
TEST_F(PayInParts, PayOneCircleByItsOwnRule) {
  adopt("equal_hour");
  make("circles", R"({"circle":"garden","title":"Garden","from_on":"2026-01-01"})");
  for (const char* member : {"A", "C"})
    done("circles/garden/joining", R"({"member":")" + std::string{member} + R"(","from_on":"2026-01-01"})");
  worked("A", "2026-01-10", 180);
  done("hours", R"({"mode":"atomic","hours":[{"member":"A","circle":"garden","worked_on":"2026-01-11",)"
                R"("minutes":120,"work":"livelihood","intent":"paid"}]})");
  make("hours-approvals", R"({"mode":"atomic","hours":[)" + std::to_string(++last_hours_) + "]}", 200, cas_);
  const auto of = [](const std::string& circle) {
    return R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":"30.00","unit":"EUR",)"
           R"("rule":"equal_hour","wages":"expenses:wages","payable":"liabilities:wages",)"
           R"("deferred_as":"gift","circle":")" +
           circle + "\"}";
  };
  EXPECT_EQ(make("pay-runs", of("nowhere"), 404).code(), "circle_unknown");
  const ApiAnswer run = make("pay-runs", of("garden"));
  EXPECT_EQ(run.text("circle") + " " + run.text("hours") + " " + run.text("paid"), "garden 2 30.00");
  EXPECT_NE(get(at("pay-runs/1?format=text")).body.find("garden"), std::string::npos);
  EXPECT_EQ(make("pay-runs", of("garden"), 409).code(), "pay_run_empty");
  EXPECT_EQ(get(at("pay-runs?circle=garden")).json().at("items").as_array().size(), 1u);
  EXPECT_EQ(get(at("pay-runs?circle=tech")).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(get(at("pay-runs?circle=none")).code(), "circle_unknown");
  EXPECT_EQ(make("pay-runs", month("")).text("hours"), "3") << "those for tech";
  // The garden alone is tried: two hours, and the 30.00 that were paid for them.
  const auto tried = [&](const std::string& more, int status) {
    return make("sharing-tries",
                R"({"rule":{"steps":[{"step":"equal"}]},"unit":"EUR","past":{"from_on":"2026-01-01",)"
                R"("to_on":"2026-01-31")" +
                    more + "}}",
                status);
  };
  const ApiAnswer garden = tried(R"(,"circle":"garden")", 200);
  EXPECT_EQ(garden.text("amount"), "30.00");
  EXPECT_EQ(garden.json().at("given").as_array().size(), 1u);
  EXPECT_EQ(tried("", 200).text("amount"), "130.00") << "all of it";
  EXPECT_EQ(tried(R"(,"circle":"none")", 404).code(), "circle_unknown");
}

// A rule that nobody adopted yet is tried on a month that was paid: what each would have got beside what they
// were given.
TEST_F(PayInParts, TryARuleOnWhatWasPaid) {
  worked("A", "2026-01-10", 180);
  worked("B", "2026-01-12", 120);
  make("pay-runs", month(""));
  posted("1");
  worked("B", "2026-01-13", 60);
  const std::string equal = R"({"rule":{"steps":[{"step":"equal"}]},"unit":"EUR","past":)";
  const auto told = [](const ApiAnswer& answer, const char* list, const char* field) {
    std::string text;
    const boost::json::value json = answer.json();
    for (const auto& one : json.at(list).as_array())
      text += std::string{one.at("id").as_string()} + " " + std::string{one.at(field).as_string()} + " ";
    return text;
  };
  const ApiAnswer tried = done("sharing-tries", equal + R"({"pay_run":1}})");
  EXPECT_EQ(told(tried, "participants", "amount"), "A 50.00 B 50.00 ");
  EXPECT_EQ(told(tried, "given", "paid"), "A 60.00 B 40.00 ");
  EXPECT_EQ(told(tried, "given", "deferred"), "A 15.00 B 10.00 ");
  EXPECT_EQ(tried.text("on"), "2026-01-31");
  const ApiAnswer same = done("sharing-rules/own_rates/try", R"({"unit":"EUR","past":{"pay_run":1}})");
  EXPECT_EQ(told(same, "participants", "amount"), told(same, "given", "paid"));
  // B's hour of the 13th was approved later: three hours each, and 100.00 that the run divided.
  const std::string january = R"({"unit":"EUR","past":{"from_on":"2026-01-01","to_on":"2026-01-31"})";
  EXPECT_EQ(told(done("sharing-rules/own_rates/try", january + "}"), "participants", "amount"),
            "A 50.00 B 50.00 ");
  EXPECT_EQ(
      told(done("sharing-rules/own_rates/try", january + R"(,"amount":"150.00"})"), "participants", "amount"),
      "A 75.00 B 75.00 ");
  const std::string needs =
      R"({"rule":{"steps":[{"step":"first","amount":["figure:rent","need"]},{"step":"equal"}]},"unit":"EUR",)"
      R"("figures":[{"name":"rent","value":"20"}],"participants":[{"id":"A","measures":[{"name":"need",)"
      R"("value":"1"}]},{"id":"B","measures":[{"name":"need","value":"0"}]}],"past":{"pay_run":1}})";
  EXPECT_EQ(told(done("sharing-tries", needs), "participants", "amount"), "A 60.00 B 40.00 ");
  const std::string table = make("sharing-tries?format=csv", equal + R"({"pay_run":1}})", 200).body;
  EXPECT_NE(table.find("participant,A,50.00"), std::string::npos) << table;
  EXPECT_NE(table.find("60.00,-10.00"), std::string::npos) << table;
  EXPECT_EQ(get(at("pay-runs")).json().at("items").as_array().size(), 1u) << "nothing is recorded";
  EXPECT_EQ(make("sharing-tries", equal + R"({"pay_run":9}})", 404).code(), "pay_run_unknown");
  EXPECT_EQ(make("sharing-tries", equal + R"({"from_on":"2026-02-01","to_on":"2026-02-28"}})", 409).code(),
            "pay_run_empty");
  EXPECT_EQ(make("sharing-tries", equal + R"({"from_on":"2026-02-01"}})", 422).code(), "field_missing");
  EXPECT_EQ(make("sharing-tries", equal + R"({"pay_run":1}})", 403, ana_).code(), "role_missing")
      << "a member sees no pay of others";
}

// What a plain member sees: what they got. Nothing of the others, no sums, no runs, no proposals.
TEST_F(PayInParts, ShowAMemberTheirOwnAlone) {
  worked("A", "2026-01-10", 180);
  worked("B", "2026-01-12", 120);
  make("pay-runs", month(""));
  for (const char* path : {"pay-runs", "pay-runs/1", "pay-runs/1?format=csv", "pay-runs/1/payslips/A",
                           "pay-runs/1/payslips/B", "deferred-claims", "deferred-claims?member=A"})
    EXPECT_EQ(send("GET", at(path), {.token = ana_}).status, 403) << path;
  for (const char* path : {"pay-runs", "claim-settlements", "claim-lapses", "old-claims"})
    EXPECT_EQ(send("POST", at(path), {.body = "{}", .token = ana_}).status, 403) << path;
  EXPECT_EQ(send("GET", at("own-members/B/payslips/1"), {.token = ana_}).code(), "party_unknown");
  EXPECT_EQ(send("GET", at("own-members/B/payslips"), {.token = ana_}).code(), "party_unknown");
  EXPECT_EQ(send("GET", at("own-members/B/deferred-claims"), {.token = ana_}).code(), "party_unknown");
  EXPECT_EQ(send("GET", at("own-members/C/payslips/1"), {.token = cas_}).code(), "party_unknown")
      << "C is not in it";
  const std::string own = send("GET", at("own-members/A/payslips"), {.token = ana_}).body;
  EXPECT_EQ(own, R"({"items":[{"run":1,"kind":"wages","state":"proposed","from_on":"2026-01-01",)"
                 R"("to_on":"2026-01-31","hours":"3","claim":"75.00","paid":"60.00","deferred":"15.00",)"
                 R"("unit":"EUR","deferred_as":"debt"}],"next":null})")
      << "neither 100.00 nor 125.00";
  EXPECT_EQ(send("GET", at("own-members/C/payslips"), {.token = cas_}).body, R"({"items":[],"next":null})");
}

// E6: 2,000.00 from three quarters before these books; 1,100.00 can be paid, the oldest first.
TEST_F(PayInParts, TakeInWhatASpreadsheetBrought) {
  const std::string claims =
      R"({"booked_on":"2026-01-01","unit":"EUR","deferred_as":"debt","against":"equity:before",)"
      R"("deferred":"liabilities:deferred-wages","decision":"Assembly of 10 December 2025","claims":[)"
      R"({"member":"A","since":"2025-03-31","amount":"600.00"},)"
      R"({"member":"B","since":"2025-03-31","amount":"300.00"},)"
      R"({"member":"A","since":"2025-06-30","amount":"200.00"},)"
      R"({"member":"C","since":"2025-06-30","amount":"400.00"},)"
      R"({"member":"B","since":"2025-09-30","amount":"500.00"}]})";
  EXPECT_EQ(make("old-claims?dry_run=true", claims, 200).json().at("items").as_array().size(), 3u);
  EXPECT_EQ(get(at("pay-runs")).json().at("items").as_array().size(), 0u);
  make("old-claims", claims);
  for (const char* run : {"1", "2", "3"}) posted(run);
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-2000.00");
  EXPECT_EQ(balance("equity:before"), "2000.00");
  const ApiAnswer paid =
      make("claim-settlements",
           R"({"booked_on":"2026-12-31","amount":"1100.00","unit":"EUR","rule":"oldest_first",)"
           R"("deferred_as":"debt","wages":"expenses:wages","payable":"liabilities:wages"})");
  std::string parts;
  const boost::json::value json = paid.json();
  for (const auto& one : json.at("members").as_array())
    parts += std::string{one.at("paid").as_string()} + " ";
  EXPECT_EQ(parts, "666.67 300.00 133.33 ");
  posted("4");
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-900.00");
  const std::string register_text = get(at("deferred-claims?format=csv&open=true")).body;
  EXPECT_NE(register_text.find("2025-06-30"), std::string::npos) << register_text;
  const std::string summary = get(at("reports/deferred-claims?format=csv")).body;
  EXPECT_NE(summary.find("2025-01-01,debt,900.00,0.00,0.00,900.00,2,EUR"), std::string::npos) << summary;
  posted(make("claim-lapses", R"({"booked_on":"2026-12-31","unit":"EUR","deferred_as":"debt",)"
                              R"("wages":"expenses:wages","decision":"Assembly of 31 December 2026"})")
             .text("number"));
  EXPECT_EQ(balance("liabilities:deferred-wages"), "0.00");
}

}  // namespace
}  // namespace coop::test

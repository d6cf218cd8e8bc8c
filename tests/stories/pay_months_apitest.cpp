// Pay over HTTP: the wages of a month of five nodes (E1), nine readings of fair wage (E5), and what could not
// be paid until the co-operative is wound up (E6). Amounts are those of the worked examples, to the cent.
#include "api/server/server.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class PayMonths : public StoryTest {
 protected:
  PayMonths() : StoryTest{{}, clock_at("2026-12-31T10:00:00Z")} {
    open("expenses:wages", "expense");
    open("liabilities:wages", "liability");
    open("liabilities:deferred-wages", "liability");
    for (const char* path : {"expenses:wages", "liabilities:wages"})
      open(path, path[0] == 'e' ? "expense" : "liability", "USD");
    made("circles", R"({"circle":"tech","title":"Technology","from_on":"2026-01-01"})");
    made("members", R"({"kind":"person","number":"Z9","profile":{"name":"Zoe"}})");
    done("circles/tech/joining", R"({"member":"Z9","from_on":"2026-01-01"})");
    zoe_ = token_of_new_user("zoe", {access::Role::member});
    EXPECT_EQ(send("PUT", at("members/Z9/users/zoe")).status, 200);
    for (std::string* token : {&pia_, &quinn_})
      *token = token_of_new_user(token == &pia_ ? "pia" : "quinn", {access::Role::approver});
  }
  ApiAnswer asked(const std::string& path, const std::string& body, int status,
                  const std::string& token = {}) {
    return make(path, body, status, token);
  }
  ApiAnswer made(const std::string& path, const std::string& body) { return make(path, body); }
  void tariff(const std::string& amount, const std::string& more = {}, const std::string& unit = "EUR") {
    made("tariffs", R"({"work":"livelihood","from_on":"2026-01-01","amount":")" + amount + R"(","unit":")" +
                        unit + R"(","decision":"Assembly of 10 December 2025")" + more + "}");
  }
  void join(const std::string& member) {
    made("members", R"({"kind":"person","number":")" + member + R"(","profile":{"name":"Somebody"}})");
    done("circles/tech/joining", R"({"member":")" + member + R"(","from_on":"2026-01-01"})");
  }
  // Hours of one member, a record for each day, which Zoe approves.
  void worked(const std::string& member, const std::vector<std::pair<std::string, int>>& days) {
    std::string hours;
    for (const auto& [day, minutes] : days)
      hours += std::string{hours.empty() ? "" : ","} + R"({"member":")" + member +
               R"(","circle":"tech","worked_on":")" + day + R"(","minutes":)" + std::to_string(minutes) +
               R"(,"work":"livelihood","intent":"paid"})";
    done("hours", R"({"mode":"atomic","hours":[)" + hours + "]}");
    std::string numbers;
    for (std::size_t i = 0; i < days.size(); ++i)
      numbers += (numbers.empty() ? "" : ",") + std::to_string(++last_hours_);
    asked("hours-approvals", R"({"mode":"atomic","hours":[)" + numbers + "]}", 200, zoe_);
  }
  static std::string run_of(const std::string& amount, const std::string& rule, const std::string& more = {},
                            const std::string& unit = "EUR") {
    return R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":")" + amount + R"(","unit":")" + unit +
           R"(","rule":")" + rule + R"(","wages":"expenses:wages","payable":"liabilities:wages",)" +
           (unit == "EUR" ? R"("deferred_as":"debt","deferred":"liabilities:deferred-wages")"
                          : R"("deferred_as":"gift")") +
           more + "}";
  }
  ApiAnswer previewed(const std::string& body) { return asked("pay-runs?dry_run=true", body, 200); }
  // "A 451.98 28.02, …": member, paid, deferred.
  static std::string shares_in(const ApiAnswer& answer) {
    std::string text;
    const boost::json::value json = answer.json();
    for (const auto& one : json.at("members").as_array())
      text += (text.empty() ? "" : ", ") + std::string{one.at("member").as_string()} + " " +
              std::string{one.at("paid").as_string()} + " " + std::string{one.at("deferred").as_string()};
    return text;
  }
  static std::string paid_in(const ApiAnswer& answer) { return text_of_each(answer, "members", "paid"); }
  // The hours of E1, at 25.00.
  void work_in_five_nodes() {
    for (const char* member : {"femprocomuns", "webarch", "hypha", "platform6", "collectivetools", "yasu"})
      join(member);
    tariff("25.00");
    worked("femprocomuns", {{"2026-01-05", 600}, {"2026-01-06", 600}, {"2026-01-07", 150}});
    worked("webarch", {{"2026-01-08", 855}});
    worked("hypha", {{"2026-01-09", 660}});
    worked("platform6", {{"2026-01-12", 480}});
    worked("collectivetools", {{"2026-01-13", 405}});
    worked("yasu", {{"2026-01-14", 270}});
  }
  // "reserve 161.00, …": what stays in each pot in which something stays.
  static std::string pots_in(const ApiAnswer& answer) {
    std::string text;
    const boost::json::value json = answer.json();
    for (const auto& one : json.at("pots").as_array())
      if (one.at("amount").as_string() != "0.00")
        text += (text.empty() ? "" : ", ") + std::string{one.at("name").as_string()} + " " +
                std::string{one.at("amount").as_string()};
    return text;
  }
  ApiAnswer posted(const ApiAnswer& run) {
    const std::string path = "pay-runs/" + run.text("number");
    asked(path + "/approval", "", 200, pia_);
    asked(path + "/approval", "", 200, quinn_);
    return done(path + "/posting", "");
  }
  std::string balance(const std::string& path) {
    const ApiAnswer answer = get(at("accounts/" + path + "/balance?unit=EUR"));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.text("balance");
  }
  // A member reads their own slip, and nobody else's.
  void reads_only_their_own_slip(const std::string& fem) {
    const ApiAnswer slip = send("GET", at("own-members/femprocomuns/payslips/1"), {.token = fem});
    EXPECT_EQ(slip.text("paid"), "270.08");
    EXPECT_NE(slip.body.find("270.08"), std::string::npos);
    EXPECT_NE(send("GET", at("own-members/femprocomuns/payslips/1?format=text"), {.token = fem})
                  .body.find("Payslip of femprocomuns"),
              std::string::npos);
    EXPECT_EQ(send("GET", at("own-members/hypha/payslips/1"), {.token = fem}).code(), "party_unknown");
    EXPECT_EQ(send("GET", at("own-members/femprocomuns/payslips"), {.token = fem})
                  .json()
                  .at("items")
                  .as_array()
                  .size(),
              1u);
  }

  std::string zoe_;
  std::string pia_;
  std::string quinn_;
  int last_hours_ = 0;
};

// E1: 67 hours at 25.00 claim 1,675.00; the wage pot holds 804.25.
TEST_F(PayMonths, PayTheMonthOfFiveNodes) {
  adopt("own_rates");
  work_in_five_nodes();
  const std::string month = run_of("804.25", "own_rates");
  const ApiAnswer preview = previewed(month);
  EXPECT_EQ(preview.text("hours"), "67");
  EXPECT_EQ(get(at("pay-runs")).json().at("items").as_array().size(), 0u) << "a preview records nothing";
  const ApiAnswer run = made("pay-runs", month);
  EXPECT_EQ(shares_in(run),
            "collectivetools 81.03 87.72, femprocomuns 270.08 292.42, hypha 132.04 142.96, "
            "platform6 96.03 103.97, webarch 171.05 185.20, yasu 54.02 58.48");
  EXPECT_EQ(run.text("deferred"), "870.75");
  EXPECT_NE(run.body.find("562.50 × 804.25 / 1,675.00 = 270.08"), std::string::npos) << run.body;

  // Nobody approves their own; hours that a run has stay as they are.
  EXPECT_EQ(asked("pay-runs/1/approval", "", 409).code(), "approval_of_own");
  const std::string fem = token_of_new_user("fem", {access::Role::approver, access::Role::member});
  EXPECT_EQ(send("PUT", at("members/femprocomuns/users/fem")).status, 200);
  EXPECT_EQ(asked("pay-runs/1/approval", "", 409, fem).code(), "approval_of_own");
  EXPECT_EQ(asked("hours/1/reversal", R"({"reason":"a slip"})", 409).code(), "hours_collected");
  EXPECT_EQ(asked("pay-runs/1/posting", "", 409).code(), "pay_run_not_open");
  EXPECT_EQ(posted(run).text("state"), "posted");
  EXPECT_EQ(balance("expenses:wages"), "1675.00");
  EXPECT_EQ(balance("liabilities:wages"), "-804.25");
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-870.75");

  reads_only_their_own_slip(fem);
  EXPECT_NE(get(at("deferred-claims?format=csv&open=true")).body.find("femprocomuns,debt,334,292.42"),
            std::string::npos)
      << get(at("deferred-claims?format=csv&open=true")).body;
  const std::string summary = send("GET", at("reports/deferred-claims?format=csv"), {.token = fem}).body;
  EXPECT_NE(summary.find("2026-01-01,debt,870.75,0.00,0.00,870.75,6,EUR"), std::string::npos) << summary;
  EXPECT_EQ(summary.find("femprocomuns"), std::string::npos);

  // Taken back, the hours are free again.
  const ApiAnswer posted_run = get(at("pay-runs/1"));
  const auto later = another_server(clock_at("2026-12-31T10:05:00Z"));
  EXPECT_EQ(
      send("POST", at("pay-runs/1/undoing"), {.body = R"({"reason":"a wrong pot"})", .port = later->port()})
          .text("state"),
      "undone");
  EXPECT_EQ(balance("expenses:wages"), "0.00");
  EXPECT_EQ(get(at("reports/deferred-claims?format=csv")).body.find("debt"), std::string::npos);
  const boost::json::value steps = posted_run.json().at("steps");
  const std::string then = "known_at=" + std::string{steps.as_array().back().at("recorded_at").as_string()};
  EXPECT_EQ(get(at("reports/deferred-claims?format=csv&" + then)).body, summary) << "what was known then";
  EXPECT_NE(get(at("deferred-claims?format=csv&open=true&" + then)).body.find("femprocomuns,debt"),
            std::string::npos);
  EXPECT_EQ(get(at("reports/deferred-claims?format=csv&as_of=2020-01-01&" + then)).body.find("debt"),
            std::string::npos);
  EXPECT_EQ(shares_in(previewed(month)), shares_in(run));
}

// E1's waterfall: of 1,610.00 the servers, the host, the reserve and the commons first; what stays in each
// pot is booked where the run says, and a pot of which it says nothing is told and not booked.
TEST_F(PayMonths, DivideTheWholeFundOfFiveNodes) {
  adopt("waterfall");
  work_in_five_nodes();
  for (const char* path : {"expenses:servers", "expenses:host-fee"}) open(path, "expense");
  for (const char* path : {"liabilities:nodes", "liabilities:host"}) open(path, "liability");
  for (const char* path : {"equity:result", "equity:funds"}) open(path, "equity");
  std::string pots = R"({"name":"servers","from":"expenses:servers","to":"liabilities:nodes"},)"
                     R"({"name":"host_fee","from":"expenses:host-fee","to":"liabilities:host"})";
  for (const char* fund : {"reserve", "media", "venue", "community"}) {
    done("dimensions/fund", R"({"items":[{"code":")" + std::string{fund} + R"(","name":"A fund"}]})");
    pots += R"(,{"name":")" + std::string{fund} + R"(","from":"equity:result","to":"equity:funds","fund":")" +
            fund + "\"}";
  }
  const std::string figures = R"(,"figures":[{"name":"server_costs","value":"483.75"}])";
  const std::string month = run_of("1610.00", "waterfall", figures + R"(,"pots":[)" + pots + "]");
  EXPECT_EQ(asked("pay-runs",
                  run_of("1610.00", "waterfall",
                         figures + R"(,"pots":[{"name":"dowry",)" +
                             R"("from":"equity:result","to":"equity:funds"}])"),
                  422)
                .code(),
            "field_invalid");
  const std::string stays =
      "servers 483.75, host_fee 80.50, reserve 161.00, media 20.13, venue 20.13, community 20.12, "
      "civil_society 20.12";
  EXPECT_EQ(pots_in(previewed(month)), stays);
  const ApiAnswer run = made("pay-runs", month);
  EXPECT_EQ(pots_in(run), stays);
  EXPECT_EQ(shares_in(run),
            "collectivetools 81.03 87.72, femprocomuns 270.08 292.42, hypha 132.04 142.96, "
            "platform6 96.03 103.97, webarch 171.05 185.20, yasu 54.02 58.48");
  EXPECT_EQ(run.text("paid"), "804.25") << "and 805.75 in the pots are 1,610.00";
  EXPECT_NE(get(at("pay-runs/1?format=text")).body.find("Stays in civil_society (not booked)"),
            std::string::npos)
      << get(at("pay-runs/1?format=text")).body;
  posted(run);
  EXPECT_EQ(balance("expenses:servers") + " " + balance("liabilities:nodes"), "483.75 -483.75");
  EXPECT_EQ(balance("expenses:host-fee") + " " + balance("liabilities:host"), "80.50 -80.50");
  EXPECT_EQ(balance("equity:funds"), "-221.38") << "161.00, 20.13, 20.13 and 20.12";
  EXPECT_EQ(balance("equity:result"), "221.38");
  EXPECT_EQ(balance("expenses:wages"), "1675.00");
  done("pay-runs/1/undoing", R"({"reason":"a wrong pot"})");
  for (const char* path : {"expenses:servers", "liabilities:nodes", "equity:funds", "equity:result"})
    EXPECT_EQ(balance(path), "0.00") << path;
}

// E5: one pot of 2,000.00.
TEST_F(PayMonths, ReadFairWageInManyWays) {
  for (const char* rule : {"equal_hour", "own_rates", "ratio_cap", "regional_index", "housing_first",
                           "hourly_cap", "equal_parts"})
    adopt(rule);
  made("sharing-rules",
       R"({"code":"floor","title":"Pay","valid_from":"2026-01-01","adopted_on":"2025-12-10",)"
       R"("decision":"Assembly","rule":{"unit":"EUR","steps":[)"
       R"({"step":"claim","amount":["hours","rate"]},{"step":"floor","amount":["hours","12.60"]},)"
       R"({"step":"pro_rata","to":"claims"}]}})");
  const std::vector<std::tuple<std::string, std::string, int>> people{
      {"A", "24.00", 1'200}, {"B", "18.00", 1'800}, {"C", "60.00", 600}, {"D", "12.60", 2'400}};
  for (const auto& [member, rate, minutes] : people) {
    join(member);
    tariff(rate, R"(,"member":")" + member + "\"");
    std::vector<std::pair<std::string, int>> days;
    for (int i = 0; i * 600 < minutes; ++i) days.emplace_back("2026-01-1" + std::to_string(i), 600);
    worked(member, days);
  }
  const auto paid = [&](const std::string& rule, const std::string& more = {}) {
    const ApiAnswer answer = previewed(run_of("2000.00", rule, more));
    return paid_in(answer) + " left " + answer.text("left");
  };
  EXPECT_EQ(paid("equal_hour"), "400.00 600.00 200.00 800.00 left 0.00");
  EXPECT_EQ(paid("own_rates"), "451.98 508.47 564.97 474.58 left 0.00");
  EXPECT_EQ(paid("floor"), "447.28 516.75 531.97 504.00 left 0.00");
  EXPECT_EQ(paid("ratio_cap"), "480.00 540.00 378.00 504.00 left 98.00");
  std::string places;
  for (const auto& [place, value] :
       std::vector<std::pair<std::string, std::string>>{{"got", "100"}, {"mcr", "80"}, {"bcn", "125"}})
    made("place-values", R"({"name":"living_cost","place":")" + place +
                             R"(","valid_from":"2026-01-01","value":")" + value +
                             R"(","source":"somebody","published_on":"2025-10-22"})");
  for (const auto& [member, place] : std::vector<std::pair<std::string, std::string>>{
           {"A", "got"}, {"B", "mcr"}, {"C", "bcn"}, {"D", "got"}})
    places += std::string{places.empty() ? "" : ","} + R"({"member":")" + member + R"(","place":")" + place +
              R"("})";
  EXPECT_EQ(paid("regional_index", ",\"members\":[" + places + "]"), "414.51 497.41 259.07 829.01 left 0.00");
  std::string housing;
  for (const auto& [member, rent] :
       std::vector<std::pair<std::string, std::string>>{{"A", "500"}, {"B", "450"}, {"C", "0"}, {"D", "600"}})
    housing += std::string{housing.empty() ? "" : ","} + R"({"member":")" + member +
               R"(","measures":[{"name":"housing","value":")" + rent + R"("}]})";
  EXPECT_EQ(paid("housing_first", ",\"members\":[" + housing + "]"), "612.50 562.50 112.50 712.50 left 0.00");
  EXPECT_EQ(asked("pay-runs?dry_run=true", run_of("2000.00", "housing_first"), 422).code(), "field_missing");
}

TEST_F(PayMonths, CapAnHourAndDivideEqually) {
  for (const char* rule : {"hourly_cap", "equal_parts"}) adopt(rule);
  tariff("20.00", {}, "USD");
  for (const char* member : {"A", "B"}) join(member);
  worked("A", {{"2026-01-10", 90}});
  worked("B", {{"2026-01-10", 120}});
  const ApiAnswer capped = previewed(run_of("100.00", "hourly_cap", {}, "USD"));
  EXPECT_EQ(paid_in(capped) + " left " + capped.text("left"), "30.00 40.00 left 30.00");
  worked("A", {{"2026-01-11", 90}});
  worked("B", {{"2026-01-11", 180}});
  EXPECT_EQ(paid_in(previewed(run_of("100.00", "hourly_cap", {}, "USD"))), "37.50 62.50");
  join("C");
  worked("C", {{"2026-01-12", 60}});
  EXPECT_EQ(paid_in(previewed(run_of("50.00", "equal_parts", {}, "USD"))), "16.67 16.67 16.66");
}

// E6: what was deferred in three quarters; oldest first or all alike; then the end.
TEST_F(PayMonths, SettleWhatWasDeferredUntilTheEnd) {
  for (const char* rule : {"own_rates", "oldest_first", "all_debts_alike"}) adopt(rule);
  for (const char* member : {"A", "B", "C"}) join(member);
  tariff("25.00");
  const auto quarter = [&](const std::string& first, const std::string& last, const std::string& day,
                           const std::vector<std::pair<std::string, int>>& hours) {
    for (const auto& [member, minutes] : hours) worked(member, {{day, minutes}});
    posted(made("pay-runs",
                R"({"from_on":")" + first + R"(","to_on":")" + last +
                    R"(","amount":"0.00","unit":"EUR","rule":"own_rates","wages":"expenses:wages",)" +
                    R"("payable":"liabilities:wages","deferred_as":"debt",)" +
                    R"("deferred":"liabilities:deferred-wages"})"));
  };
  quarter("2026-01-01", "2026-03-31", "2026-03-10", {{"A", 1'440}, {"B", 720}});
  quarter("2026-04-01", "2026-06-30", "2026-06-10", {{"A", 480}, {"C", 960}});
  quarter("2026-07-01", "2026-09-30", "2026-09-10", {{"B", 1'200}});
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-2000.00");
  const auto settlement = [](const std::string& amount, const std::string& rule,
                             const std::string& more = {}) {
    return R"({"booked_on":"2026-12-31","amount":")" + amount + R"(","unit":"EUR","rule":")" + rule +
           R"(","deferred_as":"debt","wages":"expenses:wages","payable":"liabilities:wages")" + more + "}";
  };
  EXPECT_EQ(paid_in(asked("claim-settlements?dry_run=true", settlement("1100.00", "oldest_first"), 200)),
            "666.67 300.00 133.33");
  const ApiAnswer alike = made("claim-settlements", settlement("1100.00", "all_debts_alike"));
  EXPECT_EQ(paid_in(alike), "440.00 440.00 220.00");
  EXPECT_EQ(asked("claim-settlements", settlement("2000.00", "oldest_first"), 201).text("paid"), "900.00")
      << "what another proposal would settle is not offered";
  done("pay-runs/5/cancelling", R"({"reason":"one is enough"})");
  posted(alike);
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-900.00");
  EXPECT_EQ(balance("liabilities:wages"), "-1100.00");
  const ApiAnswer lapse =
      made("claim-lapses", R"({"booked_on":"2026-12-31","unit":"EUR","deferred_as":"debt",)"
                           R"("wages":"expenses:wages","decision":"Assembly of 31 December 2026, item 2"})");
  EXPECT_EQ(lapse.text("amount"), "900.00");
  posted(lapse);
  EXPECT_EQ(balance("liabilities:deferred-wages"), "0.00");
  EXPECT_EQ(balance("expenses:wages"), "1100.00");
  EXPECT_NE(get(at("reports/deferred-claims?format=csv"))
                .body.find("2026-10-01,debt,0.00,1100.00,900.00,0.00,0,EUR"),
            std::string::npos)
      << get(at("reports/deferred-claims?format=csv")).body;
}

// E6's end: 9,000.00 as 60/15/25 over debts of 4,200, 2,100 and 700, four people who hand over and a dowry; C
// and F do not claim within six weeks. A has debts and is in the team; D, E and F are in it alone.
TEST_F(PayMonths, WindUpAndLetTheRestLapse) {
  for (const char* rule : {"own_rates", "winding_up"}) adopt(rule);
  for (const char* member : {"A", "B", "C", "D", "E", "F"}) join(member);
  open("equity:result", "equity");
  open("liabilities:stewards", "liability");
  tariff("100.00");
  worked("A", {{"2026-01-10", 1'260}, {"2026-01-11", 1'260}});
  worked("B", {{"2026-01-10", 1'260}});
  worked("C", {{"2026-01-10", 420}});
  posted(made("pay-runs", run_of("0.00", "own_rates")));
  std::string members;
  for (const auto& [member, team, claimed] :
       std::vector<std::tuple<std::string, std::string, std::string>>{{"A", "1", "1"},
                                                                      {"B", "0", "1"},
                                                                      {"C", "0", "0"},
                                                                      {"D", "1", "1"},
                                                                      {"E", "1", "1"},
                                                                      {"F", "1", "0"}})
    members += std::string{members.empty() ? "" : ","} + R"({"member":")" + member +
               R"(","measures":[{"name":"handover_team","value":")" + team +
               R"("},{"name":"claimed_in_time","value":")" + claimed + R"("}]})";
  const std::string settlement =
      R"({"booked_on":"2026-12-31","amount":"9000.00","unit":"EUR","rule":"winding_up","deferred_as":"debt",)"
      R"("wages":"expenses:wages","payable":"liabilities:wages","pots":[{"name":"dowry",)"
      R"("from":"equity:result","to":"liabilities:stewards"}],"members":[)" +
      members + "]";
  EXPECT_EQ(asked("claim-settlements", settlement + "}", 404).code(), "party_unknown")
      << "D has no claim, and nobody decided to pay them";
  EXPECT_EQ(asked("claim-settlements", settlement + R"(,"grants":true})", 409).code(), "decision_missing");
  const ApiAnswer end =
      made("claim-settlements", settlement + R"(,"grants":true,"decision":"Assembly of 10 September"})");
  EXPECT_EQ(paid_in(end), "3577.50 1620.00 0.00 337.50 337.50 0.00");
  EXPECT_EQ(end.text("paid"), "5872.50");
  EXPECT_EQ(pots_in(end), "dowry 3127.50") << "2,250.00, C's 540.00 and F's 337.50";
  const boost::json::value told = end.json();
  EXPECT_EQ(told.at("members").at(0).at("granted").as_string(), "337.50");
  EXPECT_EQ(told.at("members").at(0).at("claims").at(0).at("settled").as_string(), "3240.00");
  posted(end);
  EXPECT_EQ(balance("liabilities:wages"), "-5872.50");
  EXPECT_EQ(balance("liabilities:stewards"), "-3127.50") << "together 9,000.00";
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-2140.00") << "4,860.00 of 7,000.00 are discharged";
  EXPECT_EQ(balance("expenses:wages"), "8012.50") << "7,000.00 and three times 337.50";
  const ApiAnswer lapse =
      made("claim-lapses", R"({"booked_on":"2026-12-31","unit":"EUR","deferred_as":"debt",)"
                           R"("wages":"expenses:wages","decision":"Assembly of 31 December 2026"})");
  EXPECT_EQ(lapse.text("amount"), "2140.00");
  posted(lapse);
  EXPECT_EQ(balance("liabilities:deferred-wages"), "0.00");
  EXPECT_EQ(balance("expenses:wages"), "5872.50") << "what was paid";
}

}  // namespace
}  // namespace coop::test

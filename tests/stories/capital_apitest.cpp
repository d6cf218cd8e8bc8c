// A surplus year of a workers' co-operative, over HTTP as its treasurer and two others do it. Four members
// enter with 16,000.00 each, a quarter of it for the reserve; a surplus of 48,000.00 is divided 45/45/10 by
// hours, a fifth in cash; capital accounts and reserve are the net book value. Then a loss, a limit, and a
// queue.
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

constexpr const char* member_class =
    R"({"code":"member","from_on":"2025-01-01","title":"Member shares","unit":"EUR","nominal":"1.00",)"
    R"("withdrawable":"no","reserve_part":"25%","capital":"equity:members","reserve":"equity:reserve",)"
    R"("receivable":"assets:shares-due","payable":"liabilities:withdrawals","decision":"Assembly 2024"})";
constexpr const char* investor_class =
    R"({"code":"investor","from_on":"2025-01-01","title":"Investor shares","unit":"EUR","nominal":"100.00",)"
    R"("lowest":"100.00","highest":"100000.00","withdrawable":"by_discretion","notice_days":30,)"
    R"("transferable":true,"capital":"equity:investors","reserve":"equity:reserve",)"
    R"("receivable":"assets:shares-due","payable":"liabilities:withdrawals","decision":"Assembly 2024"})";
constexpr const char* surplus_rule =
    R"({"from_on":"2025-01-01","title":"45/45/10 by hours","decision":"Assembly 2024-12-01","unit":"EUR",)"
    R"("reserve_weight":45,"members_weight":45,"other_weight":10,"loss_reserve_weight":1,)"
    R"("loss_members_weight":1,"patronage":"hours","cash_part":"20%","result":"equity:result",)"
    R"("reserve":"equity:reserve","capital":"equity:members","payable":"liabilities:dividends",)"
    R"("other":"liabilities:social"})";
constexpr const char* hours_of_members =
    R"("members":[{"member":"M3","measure":"905.25"},{"member":"M1","measure":"1640"},)"
    R"({"member":"M4","measure":"344.25"},{"member":"M2","measure":"1210.5"}])";

class CapitalYear : public StoryTest {
 protected:
  CapitalYear() : StoryTest{{}, clock_at("2026-03-02T10:00:00Z")} {
    for (const char* path : {"equity:members", "equity:investors", "equity:reserve", "equity:result"})
      open(path, "equity");
    for (const char* path : {"liabilities:withdrawals", "liabilities:dividends", "liabilities:social"})
      open(path, "liability");
    open("assets:shares-due", "asset");
    for (const char* number : {"M1", "M2", "M3", "M4"})
      make("members", std::string{R"({"kind":"person","number":")"} + number +
                          R"(","profile":{"name":"Zoë )" + number + "\"}}");
    ben_ = token_of_new_user("ben", {access::Role::approver});
    cleo_ = token_of_new_user("cleo", {access::Role::approver});
    make("share-classes", member_class);
    make("share-classes", investor_class);
  }
  static std::string movement(const std::string& kind, const std::string& of, const std::string& member,
                              const std::string& amount, const std::string& more = {},
                              const std::string& on = "2025-01-05") {
    return R"({"movement":")" + kind + R"(","share_class":")" + of + R"(","member":")" + member +
           R"(","amount":")" + amount + R"(","unit":"EUR","on":")" + on + R"(","reason":"Board 2025-01-05")" +
           more + "}";
  }
  void enter(const std::string& of, const std::string& member, const std::string& amount) {
    make("share-movements", movement("subscribe", of, member, amount));
    make("share-movements", movement("pay_in", of, member, amount, R"(,"account":"assets:bank")"));
  }
  static std::string run(const std::string& amount, const std::string& members,
                         const std::string& more = {}) {
    return R"({"from_on":"2025-01-01","to_on":"2025-12-31","booked_on":"2026-02-28","amount":")" + amount +
           R"(","unit":"EUR","decision":"Assembly 2026-02-28",)" + members + more + "}";
  }
  // "M1 1728.00 6912.00, …" of a run
  static std::string shares_of(const boost::json::value& run, const char* first, const char* second) {
    std::string text;
    for (const auto& share : run.at("members").as_array())
      text += (text.empty() ? "" : ", ") + std::string{share.at("member").as_string()} + " " +
              std::string{share.at(first).as_string()} + " " + std::string{share.at(second).as_string()};
    return text;
  }
  // The rows of a report of which `column` says `words`, as "member amount".
  std::string rows_of(const std::string& report, const std::string& column, const std::string& words) {
    const boost::json::value shown = get(at(report)).json();
    std::string text;
    for (const auto& row : shown.at("rows").as_array()) {
      const auto& cells = row.at("cells").as_object();
      const auto& said = cells.at(column);
      if (!said.is_string() || said.as_string() != boost::json::string_view{words}) continue;
      const auto& member = cells.at("member");
      text += (text.empty() ? "" : ", ") +
              (member.is_string() && !member.as_string().empty() ? std::string{member.as_string()} + " "
                                                                 : std::string{}) +
              std::string{cells.at(cells.contains("amount") ? "amount" : "holding").at("amount").as_string()};
    }
    return text;
  }
  void divide_the_surplus() {
    for (const char* member : {"M1", "M2", "M3", "M4"}) enter("member", member, "16000.00");
    record("assets:bank", "income:dues", "48000.00", "2025-06-30");
    EXPECT_EQ(make("surplus-runs", run("48000.00", hours_of_members), 404).code(), "surplus_rule_unknown");
    make("surplus-rules", surplus_rule);
    EXPECT_EQ(make("surplus-runs", run("48000.01", hours_of_members), 409).code(), "surplus_not_there");
    EXPECT_EQ(make("surplus-runs", run("1.00", hours_of_members, R"(,"source":"reserve")"), 409).code(),
              "reserve_indivisible");
    const ApiAnswer proposed = make("surplus-runs", run("48000.00", hours_of_members));
    const boost::json::value shown = proposed.json();
    EXPECT_EQ(
        proposed.text("to_reserve") + " " + proposed.text("to_members") + " " + proposed.text("to_other"),
        "21600.00 21600.00 4800.00");
    EXPECT_EQ(shares_of(shown, "patronage", "cash"),
              "M1 8640.00 1728.00, M2 6377.27 1275.45, M3 4769.12 953.83, M4 1813.61 362.72");
    EXPECT_EQ(proposed.text("cash"), "4320.00");
    EXPECT_EQ(shares_of(shown, "retained", "interest"),
              "M1 6912.00 0.00, M2 5101.82 0.00, M3 3815.29 0.00, M4 1450.89 0.00");
    const auto& why = shown.at("members").at(2).at("explanation").as_array();
    EXPECT_EQ(why.at(0).as_string(), "weight: 905.25 h = 905.25");
    EXPECT_TRUE(why.at(1).as_string().starts_with("members: 21,600.00 × 905.25 / 4"));
    EXPECT_TRUE(why.at(1).as_string().ends_with(" = 4,769.12"));
    EXPECT_EQ(shown.at("divided_by").at("rule"), nullptr) << "the weights of the rule say it";
    EXPECT_EQ(shown.at("divided_by").at("words").as_array().size(), 4u);
  }
  void approve_the_surplus() {
    EXPECT_EQ(make("surplus-runs/1/approval", "", 409).code(), "approval_of_own");
    EXPECT_EQ(make("surplus-runs/1/approval", "", 200, ben_).text("state"), "proposed");
    EXPECT_EQ(make("surplus-runs/1/approval", "", 409, ben_).code(), "approval_repeated");
    EXPECT_EQ(make("surplus-runs/1/approval", "", 200, cleo_).text("state"), "booked");
    EXPECT_EQ(make("surplus-runs/1/approval", "", 409, cleo_).code(), "surplus_run_not_open");
    EXPECT_EQ(make("surplus-runs", run("1.00", hours_of_members), 409).code(), "surplus_not_there");
  }
  // What the register made is not reversed by itself.
  void keep_the_entries() {
    const boost::json::value run = get(at("surplus-runs/1")).json();
    const auto entry = run.at("steps").at(2).at("entry").as_int64();
    EXPECT_EQ(run.at("steps").at(2).at("entries"), 1);
    for (const std::string& number : {std::to_string(entry), std::string{"1"}}) {
      const ApiAnswer refused = make("entries/" + number + "/reversal", "", 409);
      EXPECT_EQ(refused.code(), "entry_kept_by_register") << refused.body;
    }
  }
  void show_the_capital() {
    EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Members' capital accounts"),
              "M1 18912.00, M2 17101.82, M3 15815.29, M4 13450.89, 65280.00");
    EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Collective reserve"), "37600.00, 37600.00");
    EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Result not divided yet"), "0.00");
    EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Net book value"), "102880.00");
    EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Difference"), "0.00");
  }
  void bear_a_loss() {
    record("expense:rent", "assets:bank", "10000.00", "2025-12-01");
    const ApiAnswer loss = make("surplus-runs", run("-10000.00", hours_of_members));
    EXPECT_EQ(loss.text("to_reserve"), "-5000.00");
    EXPECT_EQ(shares_of(loss.json(), "patronage", "cash"),
              "M1 -2000.00 0.00, M2 -1476.22 0.00, M3 -1103.96 0.00, M4 -419.82 0.00");
    make("surplus-runs/2/approval", "", 200, ben_);
    make("surplus-runs/2/approval", "", 200, cleo_);
    EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Net book value"), "92880.00");
    // Taken back, and proposed anew: then given up.
    EXPECT_EQ(make("surplus-runs/2/undoing", R"({"reason":"a bill came late"})", 200).text("state"),
              "undone");
    EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Result not divided yet"), "-10000.00");
    make("surplus-runs", run("-9000.00", hours_of_members));
    EXPECT_EQ(make("surplus-runs/3/cancelling", R"({"reason":"the whole is borne"})", 200).text("state"),
              "cancelled");
    EXPECT_EQ(make("surplus-runs/4/approval", "", 404, ben_).code(), "surplus_run_unknown");
  }

  std::string ben_;
  std::string cleo_;
};

TEST_F(CapitalYear, IsDividedToTheCent) {
  divide_the_surplus();
  approve_the_surplus();
  keep_the_entries();
  show_the_capital();
  bear_a_loss();
  // What M1 gets in cash is paid; then the surplus is not taken back any more.
  const std::string paid =
      send("POST", at("entries"),
           {.body = R"({"booked_on":"2026-03-01","description":"Dividend","postings":[)"
                    R"({"account":"liabilities:dividends","amount":"1728.00","unit":"EUR",)"
                    R"("member":"M1"},{"account":"assets:bank","amount":"-1728.00",)"
                    R"("unit":"EUR"}]})"})
          .text("number");
  EXPECT_NE(paid, "");
  EXPECT_EQ(make("surplus-runs/1/undoing", R"({"reason":"a mistake"})", 409).code(), "surplus_run_not_open");
  const ApiAnswer table = get(at("surplus-runs/1?format=csv"));
  EXPECT_NE(table.body.find("M3,905.25,0.00,4769.12,953.83,3815.29,4769.12,EUR"), std::string::npos)
      << table.body;
  EXPECT_EQ(get(at("surplus-runs")).json().at("items").as_array().size(), 3u);
  EXPECT_EQ(get(at("surplus-runs?state=booked")).json().at("items").as_array().size(), 1u);
  EXPECT_NE(get(at("surplus-runs?format=csv&state=undone"))
                .body.find("2,undone,result,2025-01-01,2025-12-31,-10000.00,-5000.00,"),
            std::string::npos);
  EXPECT_EQ(get(at("surplus-rules")).json().at("items").at(0).at("words").at(0).as_string(),
            "Of a surplus 45 of 100 parts go to the reserve, 45 of 100 to the members, 10 of 100 to "
            "liabilities:social.");
}

// The same year by two rules of sharing that the assembly adopted, and hours as they were approved.
TEST_F(CapitalYear, IsDividedByRulesOfSharingAsTheyStandOnTheLastDay) {
  for (const char* member : {"M1", "M2", "M3", "M4"}) enter("member", member, "16000.00");
  record("assets:bank", "income:dues", "48000.00", "2025-06-30");
  const std::string by_rules =
      R"({"from_on":"2025-01-01","title":"By our rules","decision":"Assembly 2024-12-01","unit":"EUR",)"
      R"("patronage":"hours","result":"equity:result","reserve":"equity:reserve",)"
      R"("capital":"equity:members","payable":"liabilities:dividends","other":"liabilities:social",)"
      R"("sharing_rule":"surplus","loss_rule":"loss"})";
  EXPECT_EQ(make("surplus-rules", by_rules, 404).code(), "sharing_rule_unknown");
  const auto adopt = [&](const std::string& code, const std::string& from, const std::string& steps) {
    make("sharing-rules", R"({"code":")" + code + R"(","title":"Ours","valid_from":")" + from +
                              R"(","adopted_on":"2024-12-01","decision":"Assembly","rule":{"steps":[)" +
                              steps + "]}}");
  };
  adopt("surplus", "2025-01-01",
        R"({"step":"percentage","percent":"100%","of":"total","to":[{"name":"reserve","weight":"45"},)"
        R"({"name":"patronage","weight":"45"},{"name":"education","weight":"10"}]},)"
        R"({"step":"weight","pot":"patronage","factors":["hours"]},)"
        R"({"step":"pro_rata","pot":"patronage","to":"weights"},)"
        R"({"step":"cash","pot":"patronage","percent":"20%"})");
  adopt("loss", "2025-01-01",
        R"({"step":"percentage","percent":"50%","of":"total","to":[{"name":"reserve"}]},)"
        R"({"step":"weight","factors":["hours"]},{"step":"pro_rata","to":"weights"})");
  adopt("surplus", "2026-01-01", R"({"step":"equal"})");  // of the next year
  make("surplus-rules", by_rules);
  const boost::json::value shown = make("surplus-runs", run("48000.00", hours_of_members)).json();
  EXPECT_EQ(shares_of(shown, "patronage", "cash"),
            "M1 8640.00 1728.00, M2 6377.27 1275.45, M3 4769.12 953.83, M4 1813.61 362.72");
  EXPECT_EQ(shown.at("divided_by").at("rule").as_string(), "surplus");
  EXPECT_EQ(shown.at("divided_by").at("version"), 1);
  make("surplus-runs/1/approval", "", 200, ben_);
  make("surplus-runs/1/approval", "", 200, cleo_);
  show_the_capital();
  bear_a_loss();
}

TEST_F(CapitalYear, CertifiesWhatIsHeldAndUndoesWhatWasWrong) {
  enter("investor", "M1", "500.00");
  EXPECT_EQ(get(at("reports/share-certificate?share_class=investor")).code(), "field_missing");
  const ApiAnswer certificate =
      get(at("reports/share-certificate?share_class=investor&holder=M1&as_of=2025-01-31&format=csv"));
  EXPECT_NE(
      certificate.body.find("investor-M1-2,investor,M1,Zoë M1,2025-01-31,5,100.00,500.00,0.00,0.00,EUR"),
      std::string::npos)
      << certificate.body;
  EXPECT_NE(get(at("reports/share-certificate?share_class=investor&holder=M1&format=text"))
                .body.find("Certificate of shares: Investor shares"),
            std::string::npos);

  make("share-movements", movement("ask", "investor", "M1", "300.00"));
  const ApiAnswer taken = make("share-movements/3/taking-back",
                               R"({"on":"2025-02-01","reason":"stays","amount":"100.00","unit":"EUR"})");
  EXPECT_EQ(taken.json().at("movements").at(0).at("movement").as_string(), "take_back");
  EXPECT_EQ(make("share-movements/3/taking-back",
                 R"({"on":"2025-02-01","reason":"stays","amount":"300.00","unit":"EUR"})", 409)
                .code(),
            "share_movement_impossible");
  const auto asks = get(at("share-withdrawals?waiting=true")).json();
  EXPECT_EQ(asks.at("items").at(0).at("waiting").as_string(), "200.00");
  EXPECT_NE(get(at("share-withdrawals?format=csv&holder=M1"))
                .body.find("3,investor,M1,2025-01-05,2025-02-04,300.00,0.00,100.00,200.00,EUR"),
            std::string::npos);
  make("share-movements/3/taking-back", R"({"on":"2025-02-01","reason":"stays"})");
  EXPECT_TRUE(get(at("share-withdrawals?waiting=true")).json().at("items").as_array().empty());

  EXPECT_EQ(make("share-movements/1/undoing", R"({"reason":"twice"})", 409).code(),
            "share_movement_impossible");
  const ApiAnswer undone = make("share-movements/2/undoing", R"({"reason":"the payment was another's"})");
  EXPECT_EQ(undone.json().at("movements").at(0).at("follows"), 2);
  EXPECT_EQ(rows_of("reports/share-register?holder=M1&share_class=investor", "class", "investor"),
            "M1 500.00");
  const ApiAnswer listed = get(at("share-movements?movement=undo&format=csv"));
  EXPECT_NE(listed.body.find(",undo,investor,M1,500.00,0.00,EUR,2,"), std::string::npos) << listed.body;
}

TEST_F(CapitalYear, HoldsNobodyAboveTheLimitAndPaysTheQueueInOrder) {
  enter("investor", "M1", "98700.00");
  const ApiAnswer refused = make("share-movements", movement("subscribe", "investor", "M1", "2500.00"), 409);
  EXPECT_EQ(refused.code(), "share_limit_exceeded");
  EXPECT_NE(refused.body.find("1300.00 EUR can be accepted"), std::string::npos) << refused.body;
  const ApiAnswer accepted = make(
      "share-movements", movement("subscribe", "investor", "M1", "2500.00", R"(,"accept_in_part":true)"));
  EXPECT_EQ(accepted.json().at("movements").at(0).at("amount").as_string(), "1300.00");
  EXPECT_EQ(make("share-movements", movement("subscribe", "gold", "M1", "100.00"), 404).code(),
            "share_class_unknown");
  EXPECT_EQ(make("share-movements", movement("ask", "member", "M1", "100.00"), 409).code(),
            "share_movement_impossible");
  make("share-movements", movement("cancel", "investor", "M1", "1300.00"));

  // M2 got back 1,000.00 this year; of the 3,200.00 that the year before brought the rest is for M1, who
  // asked for 5,000.00.
  record("assets:bank", "income:dues", "3200.00", "2024-12-31");
  make("share-movements", movement("give", "investor", "M1", "1000.00", R"(,"to":"M2")"));
  make("share-movements", movement("ask", "investor", "M2", "1000.00", {}, "2025-02-01"));
  make("share-movements", movement("ask", "investor", "M1", "5000.00", {}, "2025-02-02"));
  const std::string queue = R"({"share_class":"investor","unit":"EUR","reason":"Board","on":)";
  EXPECT_EQ(make("share-withdrawals", queue + R"("2025-02-15","surplus":"3200.00"})").text("available"),
            "3200.00");
  const ApiAnswer first = make("share-withdrawals", queue + R"("2025-03-03","surplus":"1000.00"})");
  EXPECT_EQ(first.json().at("paid").as_array().size(), 1u) << "M1's notice ends a day later";
  const ApiAnswer second = make("share-withdrawals", queue + R"("2025-06-30","surplus":"3200.00"})");
  EXPECT_EQ(second.text("already_out") + " " + second.text("available"), "1000.00 2200.00");
  EXPECT_EQ(second.json().at("paid").at(0).at("amount").as_string(), "2200.00");
  EXPECT_EQ(second.json().at("queue").at(0).at("amount").as_string(), "2800.00");
  EXPECT_EQ(second.text("year_from") + " " + second.text("surplus_in_books"), "2025-01-01 3200.00");
  // The year's surplus is used up, on whatever day of the year and whatever is written; only a new year
  // brings a new one, and nobody runs the queue of tomorrow.
  for (const char* again : {R"("2025-07-01","surplus":"3200.00"})", R"("2025-06-01","surplus":"99999.00"})"})
    EXPECT_EQ(make("share-withdrawals", queue + again).text("available"), "0.00");
  EXPECT_EQ(make("share-withdrawals", queue + R"("2026-01-02","surplus":"3200.00"})").text("available"),
            "0.00")
      << "2025 brought nothing";
  EXPECT_EQ(make("share-withdrawals", queue + R"("2026-03-03","surplus":"3200.00"})", 422).code(),
            "field_invalid");
  EXPECT_EQ(rows_of("reports/share-register", "class", "investor"), "M1 95500.00, M2 0.00");
  EXPECT_EQ(rows_of("reports/share-register?as_of=2025-01-31", "class", "investor"),
            "M1 97700.00, M2 1000.00");
  EXPECT_NE(get(at("reports/share-register")).body.find("Zoë"), std::string::npos);
  const std::string auditor = token_of_new_user("audra", {access::Role::auditor});
  EXPECT_EQ(send("GET", at("reports/share-register"), {.token = auditor}).body.find("Zoë"),
            std::string::npos);
}

// 10,000.00 of surplus, half of it for the members: 4 % on 12,000.00, 12,000.00 and 6,000.00 would be
// 1,200.00; where interest may take a fifth of the 5,000.00, it is 1,000.00. The rest is by purchases.
TEST_F(CapitalYear, IsDividedByPurchasesAfterInterestUpToItsCap) {
  for (const auto& [member, paid] : {std::pair{"M1", "16000.00"}, {"M2", "16000.00"}, {"M3", "8000.00"}})
    enter("member", member, paid);
  record("assets:bank", "income:dues", "10000.00", "2025-06-30");
  const auto adopt_by_purchases = [&](const std::string& from, const std::string& most) {
    make("surplus-rules", R"({"from_on":")" + from +
                              R"(","title":"By purchases","decision":"Assembly","unit":"EUR",)"
                              R"("reserve_weight":1,"members_weight":1,"loss_reserve_weight":1,)"
                              R"("loss_members_weight":1,"patronage":"purchases",)"
                              R"("interest_rate":"4%","interest_most":")" +
                              most +
                              R"(","cash_part":"25%","result":"equity:result","reserve":"equity:reserve",)"
                              R"("capital":"equity:members","payable":"liabilities:dividends"})");
  };
  const std::string purchases =
      R"("members":[{"member":"M1","measure":"3000"},{"member":"M2","measure":"1500"},)"
      R"({"member":"M3","measure":"500"}])";
  adopt_by_purchases("2025-01-01", "20%");
  const ApiAnswer capped = make("surplus-runs", run("10000.00", purchases));
  EXPECT_EQ(capped.text("to_reserve") + " " + capped.text("to_members"), "5000.00 5000.00");
  EXPECT_EQ(shares_of(capped.json(), "interest", "patronage"),
            "M1 400.00 2400.00, M2 400.00 1200.00, M3 200.00 400.00");
  EXPECT_EQ(capped.text("interest") + " " + capped.text("cash"), "1000.00 1000.00");
  make("surplus-runs/1/cancelling", R"({"reason":"another cap"})", 200);
  adopt_by_purchases("2025-07-01", "30%");  // up to 1,500.00: all 1,200.00 are paid, the rest is patronage
  const ApiAnswer whole = make("surplus-runs", run("10000.00", purchases));
  EXPECT_EQ(shares_of(whole.json(), "interest", "patronage"),
            "M1 480.00 2280.00, M2 480.00 1140.00, M3 240.00 380.00");
  EXPECT_EQ(shares_of(whole.json(), "cash", "retained"),
            "M1 570.00 2190.00, M2 285.00 1335.00, M3 95.00 525.00");
  make("surplus-runs/2/approval", "", 200, ben_);
  make("surplus-runs/2/approval", "", 200, cleo_);
  EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Members' capital accounts"),
            "M1 14190.00, M2 13335.00, M3 6525.00, 34050.00");
  EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Collective reserve"), "15000.00, 15000.00");
  EXPECT_EQ(rows_of("reports/capital-accounts", "part", "Net book value"), "49050.00");
}

// The year before brought 4,000.00, but debts of 8,500.00 leave 500.00 of all there is: no more goes out.
TEST_F(CapitalYear, PaysNoWithdrawalBeyondWhatIsLeftAfterDebts) {
  enter("investor", "M1", "5000.00");
  record("assets:bank", "income:dues", "4000.00", "2024-12-31");
  record("expense:rent", "liabilities:social", "8500.00", "2025-03-01");
  make("share-movements", movement("ask", "investor", "M1", "3000.00", {}, "2025-02-01"));
  const ApiAnswer paid = make("share-withdrawals",
                              R"({"share_class":"investor","unit":"EUR","reason":"Board","on":"2025-06-30",)"
                              R"("surplus":"4000.00"})");
  EXPECT_EQ(paid.text("surplus_in_books") + " " + paid.text("net_assets") + " " + paid.text("available"),
            "4000.00 500.00 500.00");
  EXPECT_EQ(paid.json().at("paid").at(0).at("amount").as_string(), "500.00");
  EXPECT_EQ(paid.json().at("queue").at(0).at("amount").as_string(), "2500.00");
}

}  // namespace
}  // namespace coop::test

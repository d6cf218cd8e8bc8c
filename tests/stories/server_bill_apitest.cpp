// Five nodes share a server, over HTTP as a treasurer does it. Three of them paid bills in January: 186.40,
// 57.35 and 240.00. 40 % are shared equally, 60 % by the minutes of rooms. Bears what, owes what:
//   bcn 138.43, is owed 47.97 · mcr 132.58, owes 75.23 · got 61.92, owes it · mtl 99.53, is owed 140.47 · nrt
//   51.29, owes it. Together 483.75, and the claims come to nothing.
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class ServerBill : public StoryTest {
 protected:
  ServerBill() : StoryTest{{}, clock_at("2026-02-05T10:00:00Z")} {
    for (const char* name : {"mcr", "got", "mtl", "nrt"})
      EXPECT_EQ(
          operate("POST", "/v1/nodes",
                  std::string{R"({"name":")"} + name +
                      R"(","title":"A node","base_unit":"EUR","country":"ES","time_zone":"Europe/Madrid"})")
              .status,
          201);
    open("expenses:servers", "expense");
    open("assets:claims", "asset");
    adopt("server_bill");
    approver_ = token_of_new_user("carla", {access::Role::treasurer});
  }
  ApiAnswer approve(const std::string& number) {
    return send("POST", at("cost-allocations/" + number + "/approval"), {.token = approver_});
  }
  void share(const std::string& code, const std::string& rule, const std::string& participants) {
    make("cost-pools", R"({"code":")" + code + R"(","unit":"EUR","expense":"expenses:servers",)" +
                           R"("claims":"assets:claims","from_on":"2026-01-01","title":"Shared: )" + code +
                           R"(","rule":")" + rule + R"(","decision":"Assembly","participants":[)" +
                           participants + "]}");
  }
  static std::string of_node(const std::string& name, const std::string& more = {}) {
    return R"({"kind":"node","code":")" + name + "\"" + more + "}";
  }
  static std::string bill(const std::string& pool, const std::string& payer, const std::string& amount,
                          const std::string& more = {}) {
    return R"({"pool":")" + pool + R"(","billed_on":"2026-01-20","amount":")" + amount +
           R"(","unit":"EUR","payer":)" + payer + R"(,"title":"Server")" + more + "}";
  }
  ApiAnswer import(const std::string& pool, const std::string& table, const std::string& query = {}) {
    return send("POST", at("cost-pools/" + pool + "/usage-imports" + query),
                {.body = table, .headers = {{"Content-Type", "text/csv"}}});
  }
  static std::string figures(const ApiAnswer& answer, const char* name) {
    return text_of_each(answer, "shares", name);
  }
  std::string balance(const std::string& account) {
    return get(at("accounts/" + account + "/balance")).text("balance");
  }
  static std::string divide(const std::string& pool, const std::string& to = "2026-01-31") {
    return R"({"pool":")" + pool + R"(","from_on":"2026-01-01","to_on":")" + to + "\"}";
  }
  void fill_the_month() {
    share("server", "server_bill",
          of_node("bcn") + "," + of_node("mcr") + "," + of_node("got") + "," + of_node("mtl") + "," +
              of_node("nrt"));
    const std::string entry =
        std::to_string(record("expenses:servers", "assets:bank", "186.40", "2026-01-20"));
    EXPECT_EQ(refused("cost-bills", bill("server", of_node("bcn"), "186.40")), "field_missing");
    EXPECT_EQ(refused("cost-bills", bill("server", of_node("bcn"), "186.41", R"(,"entry":)" + entry)),
              "cost_bill_uncovered");
    make("cost-bills", bill("server", of_node("bcn"), "186.40", R"(,"entry":)" + entry));
    make("cost-bills", bill("server", of_node("mcr"), "57.35"));
    make("cost-bills", bill("server", of_node("mtl"), "240.00", R"(,"document":"https://example.org/mtl")"));
  }

  std::string approver_;
};

const std::string minutes_of_january =
    "participant,measure,from_on,until_on,value\n"
    "bcn,minutes,2026-01-01,2026-01-31,412300\nmcr,minutes,2026-01-01,2026-01-31,388150\n"
    "got,minutes,2026-01-01,2026-01-31,96020\nmtl,minutes,2026-01-01,2026-01-31,251480\n"
    "nrt,minutes,2026-01-01,2026-01-31,52050\n";

TEST_F(ServerBill, OfE1IsSharedToTheCent) {
  fill_the_month();
  EXPECT_EQ(refused("cost-allocations", divide("server")), "field_missing");
  EXPECT_EQ(import("server", minutes_of_january, "?dry_run=true").text("recorded"), "5");
  EXPECT_EQ(import("server", minutes_of_january).text("recorded"), "5");
  EXPECT_EQ(import("server", minutes_of_january).text("known"), "5");
  // A look before anything is proposed.
  const ApiAnswer preview = make("cost-allocations?dry_run=true", divide("server"), 200);
  EXPECT_EQ(figures(preview, "share"), "138.43 132.58 61.92 99.53 51.29");
  EXPECT_EQ(get(at("cost-allocations")).json().at("items").as_array().size(), 0u);
  const ApiAnswer proposed = make("cost-allocations", divide("server"));
  EXPECT_EQ(proposed.text("amount"), "483.75");
  EXPECT_EQ(figures(proposed, "paid"), "186.40 57.35 0.00 240.00 0.00");
  EXPECT_EQ(figures(proposed, "net"), "-47.97 75.23 61.92 -140.47 51.29");
  // Each figure explains itself as when a rule is tried.
  const auto value = proposed.json();
  const auto& why = value.at("division").at("participants").at(0).at("why").as_array();
  ASSERT_EQ(why.size(), 3u);
  EXPECT_NE(std::string{why.back().at("words").as_string()}.find("412,300"), std::string::npos)
      << boost::json::serialize(why);
  // Whoever wrote it does not approve it.
  EXPECT_EQ(send("POST", at("cost-allocations/1/approval")).code(), "approval_of_own");
  const ApiAnswer posted = approve("1");
  EXPECT_EQ(posted.text("state"), "posted") << posted.body;
  EXPECT_EQ(balance("expenses:servers"), "138.43");
  EXPECT_EQ(balance("assets:claims"), "47.97");
  const std::string entry = boost::json::serialize(posted.json().at("steps").at(0).at("entry"));
  const std::string postings = get(at("entries/" + entry)).body;
  EXPECT_NE(postings.find(R"("cost_object":"mtl")"), std::string::npos) << postings;
  const std::string claims = get(at("reports/cost-claims?format=csv")).body;
  for (const char* line :
       {"node,got,server,61.92", "node,mcr,server,75.23", "node,mtl,server,-140.47", "node,nrt,server,51.29"})
    EXPECT_NE(claims.find(line), std::string::npos) << claims;
  const std::string statement = get(at("reports/cost-pool?pool=server&format=csv")).body;
  for (const char* line :
       {"bills,mtl,Server,2026-01-20,,,240.00", "usage,got,minutes,,96020",
        "shares,bcn,,,,138.43,186.40,0.00,-47.97", "shares,Together,,,,483.75,483.75,0.00,0.00"})
    EXPECT_NE(statement.find(line), std::string::npos) << statement;
}

TEST_F(ServerBill, OfALaterDayComesWithTheNextDivisionAndIsReversedWhole) {
  adopt_rule("equally", R"({"steps":[{"step":"equal"}]})");
  share("server", "equally", of_node("bcn") + "," + of_node("mcr"));
  make("cost-bills", bill("server", of_node("mcr"), "10.01"));
  make("cost-allocations", divide("server"));
  EXPECT_EQ(refused("cost-bills/1/withdrawal", R"({"reason":"x"})"), "cost_bill_not_open");
  EXPECT_EQ(get(at("cost-bills?state=proposed")).json().at("items").as_array().size(), 1u);
  make("cost-allocations/1/cancelling", R"({"reason":"too early"})", 200);
  const ApiAnswer again = make("cost-allocations", divide("server"));
  EXPECT_EQ(figures(again, "share"), "5.01 5.00");
  EXPECT_EQ(approve("2").text("state"), "posted");
  // It comes late, and is of January.
  make("cost-bills", bill("server", of_node("mcr"), "4.00"));
  const ApiAnswer next = make("cost-allocations", divide("server", "2026-02-28"));
  EXPECT_EQ(next.text("amount"), "4.00");
  EXPECT_EQ(make("cost-allocations/2/reversal", R"({"reason":"the wrong server"})", 200).text("state"),
            "reversed");
  EXPECT_EQ(balance("expenses:servers"), "0.00");
  EXPECT_EQ(get(at("cost-bills?state=open&format=csv")).status, 200);
  EXPECT_EQ(get(at("cost-allocations?state=reversed&pool=server")).json().at("items").as_array().size(), 1u);
  EXPECT_EQ(get(at("cost-allocations?limit=1")).json().at("items").as_array().size(), 1u);
  EXPECT_EQ(get(at("cost-allocations/2?format=text")).status, 200);
}

// The provider pays 100.00 back to bcn, and mcr paid 40.00: 60.00 more came back than was paid.
TEST_F(ServerBill, OfARefundIsSharedByTheSameRule) {
  adopt_rule("equally", R"({"steps":[{"step":"equal"}]})");
  share("server", "equally",
        of_node("bcn") + "," + of_node("mcr") + "," + of_node("got") + "," + of_node("mtl"));
  const std::string entry = std::to_string(record("assets:bank", "expenses:servers", "100.00", "2026-01-20"));
  make("cost-bills", bill("server", of_node("bcn"), "-100.00", R"(,"entry":)" + entry));
  make("cost-bills", bill("server", of_node("mcr"), "40.00"));
  const ApiAnswer proposed = make("cost-allocations", divide("server"));
  EXPECT_EQ(proposed.text("amount"), "-60.00");
  EXPECT_EQ(proposed.text("note").substr(0, 45), "a refund: credit notes are 60.00 EUR more tha");
  EXPECT_EQ(figures(proposed, "share"), "-15.00 -15.00 -15.00 -15.00");
  EXPECT_EQ(figures(proposed, "net"), "85.00 -55.00 -15.00 -15.00");
  EXPECT_EQ(approve("1").text("state"), "posted");
  EXPECT_EQ(balance("expenses:servers"), "-15.00");
  EXPECT_EQ(balance("assets:claims"), "-85.00");
  EXPECT_NE(get(at("cost-allocations/1?format=text")).body.find("Note: a refund"), std::string::npos);
  // What comes to nothing closes its bills.
  make("cost-bills", bill("server", of_node("got"), "7.00"));
  make("cost-bills", bill("server", of_node("got"), "-7.00"));
  make("cost-allocations", divide("server"));
  EXPECT_EQ(approve("2").text("state"), "posted");
  EXPECT_EQ(get(at("cost-bills?state=open")).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(balance("assets:claims"), "-85.00");
}

TEST_F(ServerBill, OfAnOfficeAndAnEventAreTheSame) {
  adopt_rule("desk_days",
             R"({"steps":[{"step":"weight","factors":["desk_days"]},{"step":"pro_rata","to":"weights"}]})");
  adopt_rule("event",
             R"({"steps":[{"step":"first","amount":["fixed"]},{"step":"weight","factors":["income"]},)"
             R"({"step":"pro_rata","to":"weights"}]})");
  make("members", R"({"kind":"organisation","number":"M7","profile":{"name":"A cooperative"}})");
  share("office", "desk_days", of_node("bcn") + "," + R"({"kind":"member","code":"m7"})");
  const std::string rent = std::to_string(record("expenses:servers", "assets:bank", "300.00", "2026-01-20"));
  make("cost-bills", bill("office", of_node("bcn"), "300.00", R"(,"entry":)" + rent));
  make("cost-bills", bill("office", R"({"kind":"member","code":"M7"})", "45.00", R"(,"bill":"waived")"));
  EXPECT_EQ(make("cost-usage", R"({"pool":"office","usage":[
    {"participant":"bcn","measure":"desk_days","from_on":"2026-01-01","until_on":"2026-01-31","value":"40"},
    {"participant":"M7","measure":"desk_days","from_on":"2026-01-01","until_on":"2026-01-31",
     "value":"22.5"}]})")
                .json()
                .at("recorded")
                .as_array()
                .size(),
            2u);
  const ApiAnswer office = make("cost-allocations", divide("office"));
  EXPECT_EQ(figures(office, "share"), "192.00 108.00");
  EXPECT_EQ(figures(office, "given"), "0.00 45.00");
  EXPECT_EQ(figures(office, "net"), "-108.00 108.00");
  EXPECT_EQ(approve("1").text("state"), "posted");
  EXPECT_EQ(balance("assets:claims"), "108.00");
  const std::string fixed = R"(,"fixed":"100.00")";
  share("event", "event", of_node("bcn", fixed) + "," + of_node("mcr", fixed) + "," + of_node("got", fixed));
  make("cost-bills", bill("event", of_node("got"), "650.00"));
  make("cost-usage", R"({"pool":"event","usage":[
    {"participant":"bcn","measure":"income","from_on":"2026-01-01","until_on":"2026-01-31","value":"800"},
    {"participant":"mcr","measure":"income","from_on":"2026-01-01","until_on":"2026-01-31","value":"585"},
    {"participant":"got","measure":"income","from_on":"2026-01-01","until_on":"2026-01-31",
     "value":"350"}]})");
  EXPECT_EQ(figures(make("cost-allocations", divide("event")), "share"), "261.38 218.01 170.61");
  EXPECT_EQ(make("cost-pools/event/member-count",
                 R"({"on":"2026-01-31","from_on":"2026-01-01","until_on":"2026-01-31"})")
                .text("value"),
            "0");
}

// The circle for technology bears half of 100.00, and its budget for the year has 49.99, beyond which it
// refuses: the dry run says so already. Once the budget has 50.00 it is divided.
TEST_F(ServerBill, IsNotDividedBeyondTheBudgetOfACircle) {
  make("circles", R"({"circle":"tech","title":"Technology","from_on":"2026-01-01"})");
  make("dimensions/cost_object", R"({"items":[{"code":"tech","name":"Technology"}]})", 200);
  adopt("equal_parts");
  share("office", "equal_parts", of_node("bcn") + R"(,{"kind":"circle","code":"tech"})");
  make("cost-bills", bill("office", of_node("mcr"), "100.00"));
  const auto lines = [](const std::string& amount) {
    return R"("beyond":"refuses","decision":"d/4","lines":[{"title":"All of it",)"
           R"("cost_object":"tech","amount":")" +
           amount + "\"}]}";
  };
  make("budgets", R"({"title":"Technology","circle":"tech","unit":"EUR","from_on":"2026-01-01",)"
                  R"("until_on":"2026-12-31",)" +
                      lines("49.99"));
  const ApiAnswer beyond = make("cost-allocations?dry_run=true", divide("office"), 409);
  EXPECT_EQ(beyond.code(), "budget_exceeded");
  EXPECT_NE(beyond.body.find("budget 1, All of it: 49.99 are left"), std::string::npos) << beyond.body;
  EXPECT_EQ(refused("cost-allocations", divide("office")), "budget_exceeded");
  make("budgets/1/revisions", R"({"from_on":"2026-02-01",)" + lines("50.00"), 200);
  EXPECT_EQ(figures(make("cost-allocations", divide("office")), "share"), "50.00 50.00 0.00");
  EXPECT_EQ(approve("1").status, 200);
}

}  // namespace
}  // namespace coop::test

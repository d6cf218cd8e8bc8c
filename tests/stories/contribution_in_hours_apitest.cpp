// A year's contribution in hours (E1's hypha): each member owes 40 h in 2026, an hour worth 25.00, to be met
// in hours, money or kind. Hypha has done 36 h and logs 15 more: 4 h complete the contribution and are worth
// 100.00, 11 h are to be paid. Others pay, give something, are let off a rest, or do more than they owe.
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class ContributionInHours : public StoryTest {
 protected:
  ContributionInHours() {
    for (const char* number : {"HY1", "WE1", "FE1", "CO1"})
      done("members",
           std::string{R"({"kind":"person","number":")"} + number + R"(","profile":{"name":"Somebody"}})",
           201);
    done("circles", R"({"circle":"tech","title":"Technology","from_on":"2026-01-01"})", 201);
    for (const char* number : {"HY1", "WE1", "FE1", "CO1"})
      done("circles/tech/joining", std::string{R"({"member":")"} + number + R"(","from_on":"2026-01-01"})",
           200);
    hypha_ = linked("hypha", "HY1");
    webarch_ = linked("webarch", "WE1");
  }
  // Whole days of hours, submitted and approved: by webarch those of others, by hypha webarch's.
  void works(const std::string& member, const std::vector<std::pair<std::string, int>>& days,
             const std::string& intent = "obligation") {
    std::string hours;
    for (const auto& [day, minutes] : days)
      hours += (hours.empty() ? "" : ",") + (R"({"member":")" + member) +
               R"(","circle":"tech","worked_on":")" + day + R"(","minutes":)" + std::to_string(minutes) +
               R"(,"work":"livelihood","intent":")" + intent + "\"}";
    const ApiAnswer submitted = done("hours", R"({"mode":"atomic","hours":[)" + hours + "]}", 200);
    std::string numbers;
    const boost::json::value body = submitted.json();
    for (const auto& one : body.at("results").as_array())
      numbers += (numbers.empty() ? "" : ",") + std::to_string(one.at("hours").at("number").as_int64());
    done("hours-approvals", R"({"mode":"atomic","hours":[)" + numbers + "]}", 200,
         member == "WE1" ? hypha_ : webarch_);
  }
  ApiAnswer settled(const std::string& how, const std::string& member, const std::string& more,
                    int status = 200, const std::string& token = {}) {
    return done("obligations/1/settlements",
                R"({"how":")" + how + R"(","member":")" + member + R"(","on":"2026-06-30")" + more + "}",
                status, token);
  }
  // What is said of a member in one field of their standing.
  std::string standing(const std::string& member, const char* field) {
    const ApiAnswer answer = get(at("obligation-standings?member=" + member));
    const boost::json::value body = answer.json();
    const boost::json::value& said = body.at("items").at(0).at(field);
    return said.is_string() ? std::string{said.as_string()} : boost::json::serialize(said);
  }
  void expect_hypha() {
    works("HY1", {{"2026-01-10", 720}, {"2026-02-10", 720}, {"2026-03-10", 720}});
    EXPECT_EQ(standing("HY1", "open_minutes"), "240");
    EXPECT_EQ(standing("HY1", "open_amount"), "100.00");
    const ApiAnswer split =
        send("GET", at("own-members/HY1/obligation-split?circle=tech&worked_on=2026-06-15&minutes=900"),
             {.token = hypha_});
    EXPECT_EQ(split.text("toward_minutes"), "240") << split.body;
    EXPECT_EQ(split.text("toward_amount"), "100.00");
    EXPECT_EQ(split.text("rest_minutes"), "660");
    EXPECT_EQ(split.text("rest_amount"), "275.00");
    works("HY1", {{"2026-06-15", 240}});
    works("HY1", {{"2026-06-16", 660}}, "paid");
    EXPECT_EQ(standing("HY1", "complete"), "true");
    EXPECT_EQ(standing("HY1", "done_amount"), "1000.00");
    EXPECT_EQ(standing("HY1", "beyond_minutes"), "0");
    const ApiAnswer own = send("GET", at("own-members/HY1/obligations"), {.token = hypha_});
    EXPECT_EQ(own.json().at("items").as_array().size(), 1u) << own.body;
    EXPECT_EQ(send("GET", at("own-members/WE1/obligations"), {.token = hypha_}).code(), "party_unknown");
  }
  void expect_webarch() {
    // 30 h, and 250.00 in money: the entry of the payment is about the member.
    works("WE1", {{"2026-04-01", 900}, {"2026-04-02", 900}});
    const ApiAnswer paid =
        done("entries",
             R"({"booked_on":"2026-06-30","description":"Contribution","postings":[)"
             R"({"account":"assets:bank","amount":"250.00","unit":"EUR"},)"
             R"({"account":"income:dues","amount":"-250.00","unit":"EUR","member":"WE1"}]})",
             201);
    const std::string entry = R"(,"entry":)" + paid.text("number");
    EXPECT_EQ(settled("money", "HY1", R"(,"amount":"1.00")" + entry, 409).code(), "obligation_exceeded");
    EXPECT_EQ(settled("money", "WE1", R"(,"amount":"250.01")" + entry, 409).code(), "obligation_exceeded");
    EXPECT_EQ(settled("money", "FE1", R"(,"amount":"250.00")" + entry, 409).code(),
              "obligation_settlement_impossible");
    settled("money", "WE1", R"(,"amount":"250.00")" + entry);
    EXPECT_EQ(standing("WE1", "complete"), "true");
    // Who reverses the payment has the contribution open again.
    done("entries/" + paid.text("number") + "/reversal", "{}", 201);
    EXPECT_EQ(standing("WE1", "open_amount"), "250.00");
  }
  std::string hypha_;
  std::string webarch_;
};

TEST_F(ContributionInHours, IsMetInHoursMoneyAndKind) {
  done("obligations",
       R"({"title":"Contribution 2026","from_on":"2026-01-01","until_on":"2026-12-31","minutes":2400,)"
       R"("unit":"EUR","rate_an_hour":"25.00","payable_in":["hours","money","kind"],)"
       R"("decision":"Assembly of 12 December 2025","members":["HY1","WE1","FE1"]})",
       201);
  done("obligations/1/members", R"({"members":["CO1"]})", 200);
  expect_hypha();
  expect_webarch();

  // FE1: 20 h, a printer worth 200.00 that the treasurer accepts, and the rest is waived for a reason.
  works("FE1", {{"2026-05-01", 1200}});
  settled("kind", "FE1", R"(,"amount":"200.00","words":"a printer")");
  EXPECT_EQ(standing("FE1", "open_minutes"), "720");
  settled("waived", "FE1", R"(,"words":"parental leave")");
  EXPECT_EQ(standing("FE1", "waived_minutes"), "720");
  EXPECT_EQ(standing("FE1", "complete"), "true");

  // CO1 logs 45 h toward the contribution: 5 h more than it owes, which is said.
  works("CO1", {{"2026-05-11", 1350}, {"2026-05-12", 1350}});
  EXPECT_EQ(standing("CO1", "beyond_minutes"), "300");
  EXPECT_EQ(standing("CO1", "beyond_amount"), "125.00");

  const std::string csv = get(at("obligation-standings?format=csv")).body;
  EXPECT_NE(csv.find("line,0,1,Contribution 2026,,HY1,40:00,40:00,0:00,0:00,0:00,0:00,EUR,1000.00,1000.00,"
                     "0.00,0.00,0.00,0.00,0.00,yes\r\n"),
            std::string::npos)
      << csv;
  EXPECT_EQ(get(at("obligation-standings?state=open")).json().at("items").as_array().size(), 1u);
  EXPECT_NE(get(at("obligations/1/settlements?format=text")).body.find("a printer"), std::string::npos);
  // As it stood before June, hypha had 4 h to do.
  EXPECT_NE(
      get(at("obligation-standings?member=HY1&as_of=2026-05-31&format=csv")).body.find(",4:00,0:00,EUR"),
      std::string::npos);
}

}  // namespace
}  // namespace coop::test

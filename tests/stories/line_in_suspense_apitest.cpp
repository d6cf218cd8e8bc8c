// Money comes in that nobody knows. The treasurer parks it: the books agree with the bank to the cent, and
// everybody sees what is not explained, and since when. A week later somebody knows whose it was.
#include "tests/support/test_bank.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class LineInSuspense : public StoryTest {
 protected:
  LineInSuspense() : StoryTest{{}, clock_at("2026-04-01T10:00:00Z")} {
    open("liabilities:suspense", "liability");
    open("income:gifts", "income");
    make("POST", "bank/accounts",
         R"({"account":"assets:bank","unit":"EUR","identifier":"ES91 2100 0418 4502 0005 1332",)"
         R"("title":"Current"})",
         201);
  }
  ApiAnswer make(const std::string& method, const std::string& path, const std::string& body, int status) {
    ApiAnswer answer = send(method, at(path), {.body = body});
    EXPECT_EQ(answer.status, status) << path << " " << body << answer.body;
    return answer;
  }
  void take_in_march() {
    const WrittenStatement march{
        "3",
        "0.00",
        "65.00",
        {{.day = "2026-03-02", .amount = "65.00", .name = "A. Stranger", .text = "hi"}}};
    const ApiAnswer brought =
        send("POST", at("bank/imports?name=march.xml"),
             {.body = camt053({march}), .headers = {{"Content-Type", "application/xml"}}});
    EXPECT_EQ(ended(brought).text("state"), "done");
    EXPECT_EQ(ended(make("POST", "bank/imports/1/taking-in", "{}", 202)).text("state"), "done");
  }
  std::string proof() { return get(at("bank/proof?as_of=2026-03-31&format=csv")).body; }
};

TEST_F(LineInSuspense, IsSeenUntilSomebodyKnows) {
  take_in_march();
  const ApiAnswer unknown = get(at("bank/lines/1/proposals"));
  EXPECT_EQ(unknown.json().at("items").as_array().size(), 0);
  EXPECT_EQ(make("PATCH", "bank/accounts/1", R"({"suspense":"income:gifts"})", 422).code(), "field_invalid");
  EXPECT_EQ(make("PATCH", "bank/accounts/1", R"({"suspense":"liabilities:suspense"})", 200).text("suspense"),
            "liabilities:suspense");
  const boost::json::value proposals = get(at("bank/lines/1/proposals")).json();
  EXPECT_EQ(proposals.at("items").at(0).at("method").as_string(), "suspense");
  EXPECT_FALSE(proposals.at("items").at(0).at("certain").as_bool());
  EXPECT_EQ(proposals.at("items").at(0).at("reasons").at(0).at("code").as_string(), "nothing_known_fits");

  make("POST", "bank/lines/1/match", R"({"proposal":1})", 201);
  const std::string statement = get(at("bank/accounts/1/reconciliation?as_of=2026-03-31&format=text")).body;
  EXPECT_NE(statement.find("In suspense since"), std::string::npos) << statement;
  EXPECT_NE(statement.find("65.00"), std::string::npos) << statement;
  EXPECT_NE(proof().find(",open,2026-03-02,,0,EUR,65.00,65.00,0.00,65.00,2026-03-02,"), std::string::npos)
      << proof();
  const boost::json::value held = get(at("bank/lines?suspense=true")).json();
  EXPECT_EQ(held.at("items").as_array().size(), 1);
  EXPECT_EQ(get(at("bank/lines?suspense=perhaps")).status, 422);

  make("POST", "bank/matches/1/undoing", R"({"reason":"Ana knows her: a gift"})", 200);
  make("POST", "bank/lines/1/match",
       R"({"parts":[{"made":"entry","amount":"65.00","account":"income:gifts"}]})", 201);
  EXPECT_NE(proof().find(",agrees,2026-03-02,,0,EUR,65.00,65.00,0.00,,,"), std::string::npos) << proof();
  EXPECT_EQ(get(at("accounts/liabilities:suspense")).text("balance"), "0.00");
  EXPECT_TRUE(make("PATCH", "bank/accounts/1", R"({"suspense":null})", 200).json().at("suspense").is_null());
}

}  // namespace
}  // namespace coop::test

// A treasurer reverses by hand what a line of the bank was matched with. Everybody sees which line it was,
// until the bank gives the money back or the match is undone.
#include "tests/support/test_bank.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class LineReversed : public StoryTest {
 protected:
  LineReversed() : StoryTest{{}, clock_at("2026-04-01T10:00:00Z")} {
    open("expenses:bank", "expense");
    make("bank/accounts",
         R"({"account":"assets:bank","unit":"EUR","identifier":"ES91 2100 0418 4502 0005 1332",)"
         R"("title":"Current"})",
         201);
    const WrittenStatement march{"3",
                                 "20.00",
                                 "15.50",
                                 {{.day = "2026-03-02", .amount = "-4.50", .text = "fee", .bank_id = "A1"},
                                  {.day = "2026-03-09", .amount = "-4.50", .text = "fee", .bank_id = "A2"},
                                  {.day = "2026-03-12", .amount = "4.50", .text = "back", .bank_id = "A3"}}};
    const ApiAnswer brought =
        send("POST", at("bank/imports?name=march.xml"),
             {.body = camt053({march}), .headers = {{"Content-Type", "application/xml"}}});
    EXPECT_EQ(ended(brought).text("state"), "done");
    EXPECT_EQ(ended(make("bank/imports/1/taking-in", "{}", 202)).text("state"), "done");
  }
  ApiAnswer make(const std::string& path, const std::string& body, int status) {
    ApiAnswer answer = send("POST", at(path), {.body = body});
    EXPECT_EQ(answer.status, status) << path << " " << body << answer.body;
    return answer;
  }
  /// The entry with which a line is matched, as an expense.
  std::string spend(const std::string& line) {
    const auto match =
        make("bank/lines/" + line + "/match",
             R"({"parts":[{"made":"entry","amount":"-4.50","account":"expenses:bank"}]})", 201);
    const boost::json::value json = match.json();
    EXPECT_TRUE(json.at("parts").at(0).at("reversed_by").is_null());
    return std::to_string(json.at("parts").at(0).at("entry").as_int64());
  }
  std::string reconciled() {
    return get(at("bank/accounts/1/reconciliation?as_of=2026-03-31&format=text")).body;
  }
  /// Numbers of the lines that are matched with what was reversed.
  std::string reversed() {
    const boost::json::value found = get(at("bank/lines?reversed=true")).json();
    std::string numbers;
    for (const auto& line : found.at("items").as_array())
      numbers += std::to_string(line.at("number").as_int64()) + ' ';
    return numbers;
  }
};

TEST_F(LineReversed, IsSeenUntilTheMatchIsUndoneOrTheMoneyComesBack) {
  const std::string wrong = spend("1");
  const std::string given_back = spend("2");
  EXPECT_EQ(reversed(), "");
  make("entries/" + wrong + "/reversal", "", 201);
  const ApiAnswer second = make("entries/" + given_back + "/reversal", "", 201);
  EXPECT_EQ(reversed(), "1 2 ");
  const boost::json::value match = get(at("bank/matches/2")).json();
  EXPECT_EQ(std::to_string(match.at("parts").at(0).at("reversed_by").as_int64()), second.text("number"));
  EXPECT_EQ(get(at("bank/lines/1")).text("state"), "matched") << "the money did go";
  EXPECT_NE(reconciled().find("of line 1: Reversal of entry " + wrong), std::string::npos) << reconciled();
  EXPECT_NE(reconciled().find("of line 2: Reversal of entry " + given_back), std::string::npos);

  make("bank/lines/3/match",
       R"({"parts":[{"made":"found","amount":"4.50","entry":)" + second.text("number") + "}]}", 201);
  EXPECT_EQ(reversed(), "1 ");
  EXPECT_EQ(reconciled().find("of line 2"), std::string::npos) << reconciled();

  make("bank/matches/1/undoing", R"({"reason":"it was no fee"})", 200);
  EXPECT_EQ(reversed(), "");
  EXPECT_EQ(get(at("bank/lines/1")).text("state"), "open");
  EXPECT_EQ(reconciled().find("of line"), std::string::npos) << reconciled();
  EXPECT_NE(reconciled().find("line 1"), std::string::npos) << "it is at the bank and not on the books";
}

}  // namespace
}  // namespace coop::test

// An annual assembly (E10), from the register to the weighted result, over HTTP as a secretary does it: 6
// workers, 43 clients of whom 3 are more than sixty days late, 5 investors; 51 may vote, 28 do.
#include "ledger/books/chain.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

namespace json = boost::json;

class RollOfE10 : public StoryTest {
 protected:
  RollOfE10() {
    found_class("worker", "1/2");
    found_class("client", "1/4");
    found_class("investor", "1/4");
    for (int i = 1; i <= 6; ++i) join("W", i, "worker");
    for (int i = 1; i <= 43; ++i) join("C", i, "client");
    for (int i = 1; i <= 5; ++i) join("I", i, "investor");
    for (const char* path : {"assets:receivable:dues", "liabilities:deferred:dues", "expenses:solidarity"})
      open(path, path[0] == 'a' ? "asset" : path[0] == 'l' ? "liability" : "expense");
    // Every client owes 20.00 for January; three never pay, one pays late, the others at once.
    for (int i = 1; i <= 43; ++i) {
      make("dues/charges", R"({"member":")" + number("C", i) +
                               R"(","amount":"20.00","unit":"EUR","on":"2026-01-05","due_on":"2026-01-15",)"
                               R"("why":"January"})");
      if (i <= 3) continue;
      make("dues/payments", R"({"payer":")" + number("C", i) +
                                R"(","amount":"20.00","unit":"EUR","account":"assets:bank","received_on":")" +
                                (i == 4 ? "2026-03-30" : "2026-01-10") + "\"}");
    }
  }

  static std::string number(const std::string& letter, int i) {
    return letter + (i < 10 ? "0" : "") + std::to_string(i);
  }
  json::value make(const std::string& path, const std::string& body) {
    return StoryTest::make(path, body).json();
  }
  void found_class(const std::string& code, const std::string& weight) {
    make("member-classes", R"({"code":")" + code + R"(","title":"Class"})");
    make("member-classes/" + code + "/rules",
         R"({"from_on":"2025-01-01","weight":")" + weight +
             R"(","grace_days":14,"arrears_days":60,"decision":"Statutes"})");
  }
  void join(const std::string& letter, int i, const std::string& code) {
    make("members",
         R"({"kind":"person","number":")" + number(letter, i) + R"(","profile":{"name":"Somebody"}})");
    make("members/" + number(letter, i) + "/memberships",
         R"({"class":")" + code + R"(","from_on":"2025-06-01","admitted_on":"2025-06-01"})");
  }
  static std::int64_t count(const json::value& of, const char* name) { return of.at(name).as_int64(); }
  static std::string word(const json::value& of, const char* name) {
    return std::string{of.at(name).as_string()};
  }
};

constexpr const char* result_of_28 =
    R"({"title":"Budget 2026","link":"https://www.loomio.com/p/Ab12","held_on":"2026-03-31","quorum":"1/4",
        "tally":[{"class":"worker","for":4,"against":1},{"class":"client","for":9,"against":9,"abstain":2},
                 {"class":"investor","for":3,"against":0}],"decision":"Adopted"})";

TEST_F(RollOfE10, TellsWhoMayVoteAndWhyThreeMayNot) {
  const json::value roll = get(at("roll?as_of=2026-03-31")).json();
  EXPECT_EQ(count(roll, "registered"), 54);
  EXPECT_EQ(count(roll, "eligible"), 51);
  EXPECT_EQ(count(roll, "paid_up"), 51);
  const json::value out = get(at("roll?as_of=2026-03-31&state=excluded")).json();
  ASSERT_EQ(out.at("items").as_array().size(), 3u);
  for (const json::value& line : out.at("items").as_array()) {
    EXPECT_EQ(word(line, "standing"), "in_arrears");
    EXPECT_EQ(word(line.at("exclusions").at(0), "kind"), "in_arrears");
    EXPECT_EQ(word(line.at("exclusions").at(0), "words"),
              "owes 20.00 EUR since 2026-01-15: 75 days late, 60 are allowed");
  }
  const json::value worker = get(at("roll?as_of=2026-03-31&member=W01")).json().at("items").at(0);
  EXPECT_EQ(word(worker, "share"), "1/12") << "half of the vote among six";
  EXPECT_EQ(word(get(at("roll?as_of=2026-03-31&member=C04")).json().at("items").at(0), "share"), "1/160");
  EXPECT_EQ(count(get(at("roll?as_of=2026-03-29")).json(), "eligible"), 50) << "one had not paid yet";
  EXPECT_EQ(count(get(at("roll?as_of=2026-03-16")).json(), "eligible"), 54) << "sixty days are allowed";
  EXPECT_EQ(get(at("members?standing=in_arrears&as_of=2026-03-31")).json().at("items").as_array().size(), 3u);
  EXPECT_EQ(get(at("members?standing=in_grace&as_of=2026-01-20")).json().at("items").as_array().size(), 4u);
  EXPECT_EQ(word(get(at("members/C01?as_of=2026-03-31")).json().at("memberships").at(0), "standing"),
            "in_arrears");
}

TEST_F(RollOfE10, IsFrozenAndItsHashIsWorkedOutByHand) {
  const json::value frozen = make("rolls", R"({"title":"Annual assembly 2026","as_of":"2026-03-31"})");
  EXPECT_EQ(count(frozen, "eligible"), 51);
  make("dues/payments",
       R"({"payer":"C01","amount":"20.00","unit":"EUR","account":"assets:bank","received_on":"2026-01-20"})");
  EXPECT_EQ(count(get(at("roll?as_of=2026-03-31")).json(), "eligible"), 52) << "a payment came to light";
  EXPECT_EQ(count(get(at("rolls/1")).json(), "eligible"), 51) << "and the frozen roll stays";
  const ApiAnswer text = get(at("rolls/1/text"));
  EXPECT_EQ(hex_of(sha256_of(text.body)), word(frozen, "hash"));
  const ApiAnswer sheet = get(at("rolls/1/lines?format=csv"));
  EXPECT_EQ(std::count(sheet.body.begin(), sheet.body.end(), '\n'), 55) << "a header and 54 lines";
  for (const ApiAnswer& answer : {text, sheet, get(at("rolls/1/lines"))})
    EXPECT_EQ(answer.body.find("Somebody"), std::string::npos) << "member numbers only";
  EXPECT_NE(get(at("rolls/1/lines?format=text&state=excluded")).body.find("owes 20.00 EUR since 2026-01-15"),
            std::string::npos);
  EXPECT_EQ(get(at("rolls/1/lines?class=investor")).json().at("items").as_array().size(), 5u);
  EXPECT_EQ(get(at("rolls")).json().at("items").as_array().size(), 1u);
}

TEST_F(RollOfE10, ComesToSeventySevenAndAHalfPerCentWeightedAndSixtyOneAndAHalfByHead) {
  make("rolls", R"({"title":"Annual assembly 2026","as_of":"2026-03-31"})");
  const json::value vote = make("rolls/1/votes", result_of_28);
  const json::value& outcome = vote.at("outcome");
  EXPECT_EQ(count(outcome, "eligible"), 51);
  EXPECT_EQ(count(outcome, "quorum_votes"), 13);
  EXPECT_EQ(count(outcome, "cast"), 28);
  EXPECT_EQ(count(outcome, "abstain"), 2);
  EXPECT_TRUE(outcome.at("quorum_met").as_bool());
  EXPECT_EQ(word(outcome.at("weighted"), "for"), "31/40");
  EXPECT_EQ(word(outcome.at("weighted"), "percent_for"), "77.5");
  EXPECT_EQ(word(outcome.at("by_head"), "share_for"), "8/13");
  EXPECT_EQ(word(outcome.at("by_head"), "percent_for"), "61.5");

  const ApiAnswer too_many =
      post(at("rolls/1/votes"), R"({"title":"x","held_on":"2026-03-31",)"
                                R"("tally":[{"class":"client","for":40,"against":1}]})");
  EXPECT_EQ(too_many.code(), "tally_impossible");
  EXPECT_EQ(too_many.text("field"), "/tally/0");

  std::string corrected = result_of_28;
  corrected.insert(1, R"("supersedes":1,"reason":"a ballot was found",)");
  make("rolls/1/votes", corrected);
  EXPECT_EQ(count(get(at("votes/1")).json(), "superseded_by"), 2);
  EXPECT_EQ(get(at("votes")).json().at("items").as_array().size(), 2u);
  EXPECT_EQ(post(at("rolls/1/votes"), corrected).text("field"), "/supersedes");
  EXPECT_EQ(get(at("votes/3")).code(), "vote_unknown");
  EXPECT_EQ(get(at("rolls/3")).code(), "roll_unknown");
}

}  // namespace
}  // namespace coop::test

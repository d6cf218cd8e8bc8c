// A hosting bill comes every month. After the second one the treasurer writes a rule, sees that it would have
// done what she did, and lets it post: the third posts by itself and says why. A rule that is wrong is shown
// to be wrong.
#include "tests/support/test_bank.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class RulesAtTheBank : public StoryTest {
 protected:
  RulesAtTheBank() : StoryTest{{}, clock_at("2026-04-01T10:00:00Z")} {
    for (const char* path : {"expenses:hosting", "expenses:rent"}) open(path, "expense");
    make("bank/accounts",
         R"({"account":"assets:bank","unit":"EUR","identifier":"ES91 2100 0418 4502 0005 1332",)"
         R"("title":"Current"})");
  }
  ApiAnswer put(const std::string& path, const std::string& body) {
    return send("PUT", at(path), {.body = body});
  }
  /// Takes in the statement of a month with one bill, and answers what became of its lines.
  std::string month(const std::string& number, const std::string& opening, const std::string& amount,
                    const std::string& closing) {
    const WrittenStatement statement{number,
                                     opening,
                                     closing,
                                     {{.day = "2026-0" + number + "-05",
                                       .amount = amount,
                                       .name = "Hetzner Online GmbH",
                                       .text = "Invoice for cloud",
                                       .bank_id = "B" + number}}};
    file_ = job_result(send("POST", at("bank/imports?name=m" + number + ".xml"),
                            {.body = camt053({statement}), .headers = {{"Content-Type", "application/xml"}}}),
                       "import");
    return job_result(make("bank/imports/" + file_ + "/taking-in", "{}", 202), "words");
  }
  std::string sentence() {
    return std::string{
        get(at("bank/imports/" + file_)).json().at("statements").at(0).at("words").as_string()};
  }
  void book(const std::string& line, const std::string& amount) {
    make("bank/lines/" + line + "/match",
         R"({"parts":[{"made":"entry","amount":")" + amount + R"(","account":"expenses:hosting"}]})");
  }
  /// What the first proposal of a line rests on.
  boost::json::value proposal(const std::string& line) {
    const boost::json::value all = get(at("bank/lines/" + line + "/proposals")).json();
    return all.at("items").at(0);
  }
  std::string balance(const std::string& account) {
    return get(at("accounts/" + account + "/balance?unit=EUR&as_of=2026-04-30")).text("balance");
  }
  static std::string rule_to(const std::string& account) {
    return R"({"name":"Hosting","note":"always on the fifth; ask Ana","unit":"EUR",)"
           R"("when":{"direction":"out","counterparty":"hetzner"},"parts":[{"account":")" +
           account + R"("}]})";
  }
  std::string file_;
};

TEST_F(RulesAtTheBank, PostWhatPeopleDidAndSayWhy) {
  EXPECT_EQ(month("1", "100.00", "-11.90", "88.10"), "1 for you");
  book("1", "-11.90");
  EXPECT_EQ(month("2", "88.10", "-12.10", "76.00"), "1 for you");
  const boost::json::value learned = proposal("2");
  EXPECT_EQ(learned.at("method").as_string(), "learned");
  EXPECT_EQ(learned.at("reasons").at(0).at("words").as_string(),
            "1 of 1 lines with the same word went to expenses:hosting");
  EXPECT_EQ(learned.at("reasons").at(0).at("said").as_string(), "cloud");
  make("bank/lines/2/match", R"({"proposal":1})");

  // The rule, before it is written, when it is written, and switched on.
  const ApiAnswer tried =
      send("POST", at("bank/rules/replay?format=csv"), {.body = rule_to("expenses:hosting")});
  EXPECT_EQ(tried.status, 200) << tried.body;
  const ApiAnswer written = make("bank/rules", rule_to("expenses:hosting"));
  EXPECT_EQ(written.text("mode"), "suggest");
  EXPECT_EQ(make("bank/rules/1/posting", R"({"replay":1})", 409).text("code"), "bank_rule_not_proved");
  const std::string shown = get(at("bank/rules/1/replay?format=text")).body;
  EXPECT_NE(shown.find("Of these done just so: 2"), std::string::npos) << shown;
  EXPECT_NE(shown.find("Done differently: 0"), std::string::npos) << shown;
  const ApiAnswer replay = make("bank/rules/1/replays", "");
  EXPECT_EQ(replay.text("agrees") + " " + replay.text("differs"), "2 0") << replay.body;
  EXPECT_EQ(make("bank/rules/1/posting", R"({"replay":1})", 200).text("mode"), "post");

  EXPECT_EQ(month("3", "76.00", "-12.30", "63.70"), "1 by rule, 0 for you");
  EXPECT_NE(sentence().find("; 1 by rule, 0 for you"), std::string::npos) << sentence();
  const ApiAnswer match = get(at("bank/matches/3"));
  EXPECT_EQ(match.text("method") + " " + match.text("attended"), "rule false") << match.body;
  EXPECT_EQ(match.json().at("rule").at("number").as_int64(), 1);
  EXPECT_EQ(match.json().at("reasons").at(0).at("words").as_string(), "rule 1 (Hosting), version 1");
  EXPECT_EQ(match.json().at("reasons").at(2).at("words").as_string(),
            "the counterparty's name has the rule's words");
  EXPECT_EQ(balance("expenses:hosting"), "36.30");
  EXPECT_EQ(balance("assets:bank"), "-36.30");
}

TEST_F(RulesAtTheBank, AreShownWhereTheyAreWrong) {
  month("1", "100.00", "-11.90", "88.10");
  book("1", "-11.90");
  make("bank/rules", rule_to("expenses:rent"));
  const std::string shown = get(at("bank/rules/1/replay?format=csv")).body;
  EXPECT_NE(
      shown.find(
          "line,0,1,2026-01-05,EUR,-11.90,differs,expenses:rent -11.90 EUR,expenses:hosting -11.90 EUR,"),
      std::string::npos)
      << shown;
  EXPECT_EQ(make("bank/rules/1/replays", "").text("differs"), "1");
  const ApiAnswer refused = make("bank/rules/1/posting", R"({"replay":1})", 409);
  EXPECT_EQ(refused.text("code") + " " + refused.text("detail"),
            "bank_rule_not_proved replay 1 agrees with 0 lines and differs from 1");
  EXPECT_EQ(make("bank/rules/1/posting", R"({"replay":1,"reason":"from now on it is in the rent"})", 200)
                .text("mode"),
            "post");
  make("bank/rules/1/suggesting", R"({"reason":"no, it is not"})", 200);

  // Mended: another version, which suggests until it is replayed again. The name of the counterparty stands
  // in no answer that is kept.
  const ApiAnswer mended = put("bank/rules/1", rule_to("expenses:hosting"));
  EXPECT_EQ(mended.text("version") + " " + mended.text("mode"), "2 suggest") << mended.body;
  EXPECT_EQ(mended.body.find("hetzner"), std::string::npos);
  const boost::json::value history = get(at("bank/rules/1")).json();
  EXPECT_EQ(history.at("rule").at("when").at("counterparty").as_string(), "hetzner");
  EXPECT_EQ(history.at("rule").at("note").as_string(), "always on the fifth; ask Ana");
  EXPECT_EQ(history.at("earlier_versions").as_array().size(), 1u);
  EXPECT_EQ(history.at("replays").as_array().size(), 1u);
  make("bank/rules",
       R"({"name":"Dues","unit":"EUR","when":{"direction":"in"},"parts":[{"account":"income:dues"}]})");
  EXPECT_EQ(put("bank/rules/order", R"({"rules":[2,1]})").status, 200);
  make("bank/rules/2/ending", R"({"reason":"of no use"})", 200);
  EXPECT_EQ(get(at("bank/rules")).json().at("items").as_array().size(), 1u);
  EXPECT_EQ(get(at("bank/rules?ended=true")).json().at("items").as_array().size(), 2u);
  EXPECT_EQ(make("bank/rules/2/ending", R"({"reason":"again"})", 409).text("code"), "bank_rule_ended");
}

TEST_F(RulesAtTheBank, AreHiddenWhereTheyMayNamePeople) {
  make("bank/rules", rule_to("expenses:hosting"));
  const std::string auditor = token_of_new_user("audrey", {access::Role::auditor});
  const ApiAnswer seen = send("GET", at("bank/rules"), {.token = auditor});
  EXPECT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.body.find("hetzner"), std::string::npos) << seen.body;
  EXPECT_EQ(seen.body.find("Ana"), std::string::npos) << seen.body;
  const std::string bookkeeper = token_of_new_user("bob", {access::Role::bookkeeper});
  EXPECT_EQ(send("POST", at("bank/rules/1/posting"), {.body = R"({"replay":1})", .token = bookkeeper}).status,
            403)
      << "what posts by itself is switched on by a treasurer";
}

}  // namespace
}  // namespace coop::test

// A bank whose CSV says nothing of how it writes: asked once, answered once, and then read like any other
// (treasurers lose money by a factor of a thousand where a program guesses).
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class UndecidedFiles : public StoryTest {
 protected:
  UndecidedFiles() {
    for (const char* path : {"assets:bank", "assets:cash"})
      make("bank/accounts", R"({"account":")" + std::string{path} + R"(","unit":"EUR","title":"B"})");
  }
  /// Brings a file of account 1 and answers its number.
  std::string bring(const std::string& bytes, const std::string& account = "1") {
    ended(send("POST", at("bank/imports?name=march.csv&bank_account=" + account),
               {.body = bytes, .headers = {{"Content-Type", "text/csv"}}}));
    const boost::json::value list = get(at("bank/imports?limit=1")).json();
    return boost::json::serialize(list.at("items").at(0).at("number"));
  }
  boost::json::value look(const std::string& import) { return get(at("bank/imports/" + import)).json(); }
  std::string sum_of(const std::string& import) {
    const boost::json::value file = look(import);
    if (file.at("state") != "read") return boost::json::serialize(file.at("words"));
    return std::string{file.at("statements").at(0).at("sum").as_string()};
  }
  std::string put(const std::string& path, const boost::json::value& body, int status = 200) {
    const ApiAnswer answer = send("PUT", at(path), {.body = boost::json::serialize(body)});
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer.code();
  }
};

const std::string march = "Date;Amount\n2026-03-01;-1.000\n2026-03-02;3.000\n";
const std::string april = "Date;Amount\n2026-04-01;-2.000\n2026-04-02;5.000\n";

TEST_F(UndecidedFiles, AskOnceAndAreReadEverAfter) {
  const std::string file = bring(march);
  const boost::json::value open = look(file);
  EXPECT_EQ(open.at("code"), "statement_undecided");
  const boost::json::value survey = open.at("survey");
  const boost::json::value question = survey.at("questions").at(0);
  EXPECT_EQ(question.at("code"), "decimal_mark");
  EXPECT_EQ(question.at("column"), "amount");
  EXPECT_EQ(boost::json::serialize(question.at("choices")), R"([".",","])");
  EXPECT_EQ(boost::json::serialize(question.at("samples")), R"(["-1.000","3.000"])");

  // Answered once, for the account, and the file is read again without being sent again.
  boost::json::object profile = survey.at("profile").as_object();
  profile["decimal_mark"] = ",";
  const std::string kind{survey.at("fingerprint").as_string()};
  put("bank/accounts/1/reading-profiles/" + kind, profile);
  const boost::json::value saved = get(at("bank/accounts/1/reading-profiles")).json();
  EXPECT_EQ(saved.at("items").as_array().size(), 1u);
  EXPECT_EQ(saved.at("items").at(0).at("profile"), boost::json::value(profile));
  ended(make("bank/imports/" + file + "/reading", "{}", 202));
  EXPECT_EQ(sum_of(file), "2000.00");
  EXPECT_TRUE(look(file).at("survey").is_null());

  // The next one of the same bank asks nothing, and another account is asked for itself.
  EXPECT_EQ(sum_of(bring(april)), "3000.00");
  EXPECT_EQ(look(bring(april, "2")).at("code"), "statement_undecided");
  make("bank/imports/" + file + "/reading", "{}", 409);
}

TEST_F(UndecidedFiles, AreNotAskedAboutWhatTheyDecide) {
  EXPECT_EQ(sum_of(bring(march + "2026-03-03;1.234,56\n")), "3234.56");
  EXPECT_EQ(sum_of(bring("Date;Amount;Balance\n2026-03-01;-1.000;4.000\n2026-03-02;-500;3.500\n")),
            "-1500.00");
}

TEST_F(UndecidedFiles, AreReadByAnAnswerForOneFileAlone) {
  const std::string file = bring("!Type:Bank\nD1/2/26\nT1.000\n^\n");
  const boost::json::value survey = look(file).at("survey");
  EXPECT_EQ(survey.at("questions").as_array().size(), 2u);
  ended(make("bank/imports/" + file + "/reading",
             R"({"fingerprint":"qif","profile":{"form":"qif","days":"day_month"}})", 202));
  EXPECT_EQ(look(file).at("code"), "statement_undecided") << "one answer is not enough";
  ended(make("bank/imports/" + file + "/reading",
             R"({"fingerprint":"qif","profile":{"form":"qif","days":"day_month","decimal_mark":","}})", 202));
  EXPECT_EQ(sum_of(file), "1000.00");
  EXPECT_EQ(look(file).at("statements").at(0).at("first_day"), "2026-02-01");
  EXPECT_EQ(get(at("bank/accounts/1/reading-profiles")).json().at("items").as_array().size(), 0u);
}

TEST_F(UndecidedFiles, OfNoKnownWordsAskWhichColumnIsWhat) {
  const std::string file = bring("wann;viel;wer\n01.02.2026;-3,50;Ada\n02.02.2026;4,00;Ada\n");
  const boost::json::value survey = look(file).at("survey");
  EXPECT_EQ(survey.at("questions").at(0).at("code"), "columns");
  EXPECT_EQ(survey.at("columns").at(1).at("column"), "viel");
  const std::string kind{survey.at("fingerprint").as_string()};
  const std::string path = "bank/accounts/1/reading-profiles/" + kind;
  const auto profile = boost::json::parse(
      R"({"form":"csv","separator":";","days":"day_month","decimal_mark":",","signs":"signed_amount",)"
      R"("columns":[{"holds":"day","column":"wann"},{"holds":"amount","column":"viel"},)"
      R"({"holds":"name","column":"wer"}]})");
  EXPECT_EQ(put(path, boost::json::parse(R"({"form":"csv"})"), 422), "field_missing");
  put(path, profile);
  ended(make("bank/imports/" + file + "/reading", "{}", 202));
  EXPECT_EQ(sum_of(file), "0.50");
  const std::string approver = token_of_new_user("ben", {access::Role::approver});
  const std::string other = bring("wo;viel;wer\n1;2;Ada\n3;4;Eve\n");
  const ApiAnswer seen = send("GET", at("bank/imports/" + other), {.token = approver});
  EXPECT_EQ(seen.body.find("Ada"), std::string::npos) << "cells may name people";
}

}  // namespace
}  // namespace coop::test

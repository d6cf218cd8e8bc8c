// Files whose rules contradict the books or themselves: only the check of each line tells.
#include <gtest/gtest.h>

#include "ledger/journals/native_line.hpp"
#include "ledger/journals/native_rule_checks.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const std::string hash(64, 'a');

const std::vector<std::string> right_rules{
    R"({"kind":"bank_account","number":1,"keeper":"bank","account":"assets:bank","unit":"EUR",)"
    R"("title":"B",@})",
    R"({"kind":"bank_rule_version","rule":1,"version":1,"name":"R","note":"","unit":"EUR","bank_account":1,)"
    R"("is_credit":true,"least_minor":1,"most_minor":2,"counterparty":"x","first_day":1,"last_day":3,)"
    R"("counterparty_hash":")" +
        hash + R"(","parts":"[{\"account\": \"assets:bank\", \"fixed_minor\": 3}]",@})",
    R"({"kind":"bank_rule_version","rule":1,"version":2,"name":"R","note":"","unit":"EUR","words":"x",)"
    R"("parts":"[]","to_account":1,@})",
    R"({"kind":"bank_rule_order","number":1,"rules":"1",@})",
    R"({"kind":"bank_rule_replay","rule":1,"number":1,"version":2,"bank_account":1,"last_line":3,)"
    R"("looked_at":3,"agreed":2,"differed":0,"still_open":1,"taken_before":0,@})",
    R"({"kind":"bank_rule_step","rule":1,"number":1,"step":"posting","version":2,"replay":1,@})",
    R"({"kind":"bank_rule_step","rule":1,"number":2,"step":"ended","version":2,"reason":"r",@})"};

class RuleLines {
 public:
  explicit RuleLines(std::size_t count = right_rules.size()) {
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(take(right_rules[i]), "accepted") << right_rules[i];
  }
  std::string take(std::string json, const std::string& at = "2026-02-01T09:00:00.000000Z") {
    for (std::size_t place = json.find('@'); place != std::string::npos; place = json.find('@'))
      json.replace(place, 1, R"("recorded_at":")" + at + '"');
    return test::refusal_code([&] {
      const NativeLine read = native_line_from(json, {});
      const NativeRow& row = std::get<NativeRow>(read);
      if (bank_.take(row, accounts_)) return;
      EXPECT_TRUE(rules_.take(row, {bank_, matches_, members_, accounts_, scales_}));
    });
  }
  std::string finish() {
    return test::refusal_code([&] { rules_.finish(matches_); });
  }

 private:
  BankChecks::Accounts accounts_{{{"assets:bank", "EUR"}, 7}};
  Scales scales_{{"EUR", 2}};
  BankChecks bank_;
  MatchChecks matches_;
  MemberChecks members_;
  RuleChecks rules_;
};

std::string changed_rules(std::size_t place, const std::string& from, const std::string& to) {
  std::string line = right_rules[place];
  EXPECT_NE(line.find(from), std::string::npos) << line;
  line.replace(line.find(from), from.size(), to);
  RuleLines lines{place};
  std::string code = lines.take(line);
  for (std::size_t i = place + 1; i < right_rules.size() && code == "accepted"; ++i)
    code = lines.take(right_rules[i]);
  return code == "accepted" ? lines.finish() : code;
}

TEST(NativeRuleChecks, TakeWhatFits) { EXPECT_EQ(RuleLines{}.finish(), "accepted"); }

TEST(NativeRuleChecks, RefuseRulesThatContradict) {
  const std::vector<std::tuple<std::size_t, std::string, std::string>> table{
      {1, R"("rule":1)", R"("rule":2)"},
      {1, R"("version":1)", R"("version":2)"},
      {1, R"("name":"R")", R"("name":"")"},
      {1, R"("unit":"EUR")", R"("unit":"USD")"},
      {1, R"("bank_account":1)", R"("bank_account":2)"},
      {1, R"("least_minor":1)", R"("least_minor":3)"},
      {1, R"("least_minor":1)", R"("least_minor":-1)"},
      {1, R"("counterparty":"x")", R"("counterparty":"")"},
      {1, R"("first_day":1)", R"("first_day":32)"},
      {1, R"("first_day":1,)", ""},
      {1, hash, hash.substr(1)},
      {1, "assets:bank", "assets:bench"},
      {1, R"(\"fixed_minor\": 3)", R"(\"fixed_minor\": \"3\")"},
      {1, R"(\"fixed_minor\": 3)", R"(\"fund\": 3)"},
      {1, R"([{\"account\")", R"({\"account\")"},
      {2, R"("words":"x",)", ""},
      {2, R"(,"to_account":1)", ""},
      {2, R"("to_account":1)", R"("to_account":1,"member":"M1")"},
      {3, R"("number":1)", R"("number":2)"},
      {3, R"("rules":"1")", R"("rules":"1,1")"},
      {3, R"("rules":"1")", R"("rules":"2")"},
      {3, R"("rules":"1")", R"("rules":"one")"},
      {4, R"("rule":1)", R"("rule":2)"},
      {4, R"("number":1)", R"("number":2)"},
      {4, R"("version":2)", R"("version":3)"},
      {4, R"("bank_account":1)", R"("bank_account":2)"},
      {4, R"("looked_at":3)", R"("looked_at":2)"},
      {4, R"("differed":0)", R"("differed":1)"},
      {4, R"("agreed":2)", R"("agreed":0)"},
      {5, R"("number":1)", R"("number":2)"},
      {5, R"("version":2)", R"("version":1)"},
      {5, R"("replay":1)", R"("replay":2)"},
      {5, R"(,"replay":1)", ""},
      {5, R"("step":"posting")", R"("step":"suggesting")"},
      {6, R"("reason":"r",)", ""},
      {6, R"("reason":"r")", R"("reason":"")"},
  };
  for (const auto& [place, from, to] : table)
    EXPECT_EQ(changed_rules(place, from, to), "import_contradicts") << right_rules[place] << to;
  const std::string later = "2026-02-02T09:00:00.000000Z";
  RuleLines ended{};
  EXPECT_EQ(ended.take(
                R"({"kind":"bank_rule_step","rule":1,"number":3,"step":"posting","version":2,"replay":1,@})"),
            "import_contradicts")
      << "it has ended";
  RuleLines changed_later{1};
  EXPECT_EQ(changed_later.take(right_rules[1]), "accepted");
  EXPECT_EQ(changed_later.take(right_rules[2], later), "accepted");
  EXPECT_EQ(changed_later.take(R"({"kind":"bank_rule_step","rule":1,"number":1,"step":"ended","version":2,)"
                               R"("reason":"r",@})"),
            "accepted");
  EXPECT_EQ(changed_later.finish(), "import_contradicts") << "it changed after its end";
}

TEST(NativeRuleChecks, RefuseWhatIsOfNoMatch) {
  for (const std::string& line : {std::string{R"({"kind":"bank_match_rule","match":1,"rule":1,"version":1})"},
                                  R"({"kind":"bank_match_word","match":1,"word_hash":")" + hash +
                                      R"(","is_credit":true,"account":"assets:bank","unit":"EUR"})"})
    EXPECT_EQ(RuleLines{}.take(line), "import_contradicts") << line;
}

}  // namespace
}  // namespace coop::journals

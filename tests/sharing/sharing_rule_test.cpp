#include "ledger/sharing/sharing_rule.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_words.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::sharing {
namespace {

std::string refused(const std::string& text) {
  try {
    sharing_rule_from_text(text);
  } catch (const Refused& fault) {
    return std::string{text_of(fault.refusal()).code} + " " + fault.field();
  }
  return "accepted";
}

std::string refused_steps(const std::string& steps, const std::string& unit = "") {
  return refused("{" + (unit.empty() ? "" : "\"unit\": \"" + unit + "\", ") + "\"steps\": [" + steps + "]}");
}

TEST(SharingRule, IsRefusedNamingTheField) {
  struct Row {
    const char* steps;
    const char* refusal;
  };
  const std::string equal = R"({"step": "equal"})";
  const Row table[] = {
      {"", "field_missing /steps"},
      {"7", "field_invalid /steps/0"},
      {R"({"pot": "pot"})", "field_missing /steps/0/step"},
      {R"({"step": "give"})", "field_invalid /steps/0/step"},
      {R"({"step": "equal", "to": "x"})", "field_unknown /steps/0/to"},
      {R"({"step": "equal", "pot": "Pot"})", "name_malformed /steps/0/pot"},
      {R"({"step": "equal", "pot": "wages"})", "field_invalid /steps/0/pot"},
      {R"({"step": "percentage", "percent": "0", "of": "total", "to": [{"name": "a"}]})",
       "field_invalid /steps/0/percent"},
      {R"({"step": "percentage", "percent": "101%", "of": "total", "to": [{"name": "a"}]})",
       "field_invalid /steps/0/percent"},
      {R"({"step": "percentage", "percent": "x", "of": "total", "to": [{"name": "a"}]})",
       "field_invalid /steps/0/percent"},
      {R"({"step": "percentage", "percent": "5%", "of": "half", "to": [{"name": "a"}]})",
       "field_invalid /steps/0/of"},
      {R"({"step": "percentage", "percent": "5%", "of": "total", "to": []})", "field_invalid /steps/0/to"},
      {R"({"step": "percentage", "percent": "5%", "of": "total", "to": [{"name": "pot"}]})",
       "field_invalid /steps/0/to/0/name"},
      {R"({"step": "percentage", "percent": "5%", "of": "total", "to": [{"name": "a"}, {"name": "a"}]})",
       "field_invalid /steps/0/to/1/name"},
      {R"({"step": "percentage", "percent": "5%", "of": "total", "to": [{"name": "a", "weight": "0"}]})",
       "field_invalid /steps/0/to/0/weight"},
      {R"({"step": "percentage", "percent": "60%", "of": "total", "to": [{"name": "a"}]},
          {"step": "percentage", "percent": "41%", "of": "total", "to": [{"name": "b"}]})",
       "field_invalid /steps/1/percent"},
      {R"({"step": "first", "amount": []})", "field_invalid /steps/0/amount"},
      {R"({"step": "first", "amount": ["-1"]})", "field_invalid /steps/0/amount/0"},
      {R"({"step": "first", "amount": ["hours"], "to": "a"})", "field_invalid /steps/0/amount/0"},
      {R"({"step": "claim"})", "field_missing /steps/0/amount"},
      {R"({"step": "claim", "amount": ["a"], "of": "lots"})", "field_invalid /steps/0/of"},
      {R"({"step": "ratio_cap", "measure": "rate", "times": "1/2"})", "field_invalid /steps/0/times"},
      {R"({"step": "equal"}, {"step": "cap", "amount": ["hours"], "of": "all"})", "field_invalid /steps/1"},
      {R"({"step": "pro_rata", "to": "claims"})", "field_invalid /steps/0/to"},
      {R"({"step": "pro_rata", "to": "weights"})", "field_invalid /steps/0/to"},
      {R"({"step": "care", "measure": "care", "rate": "figure:rate"})", "field_invalid /steps/0"},
      {R"({"step": "equal"}, {"step": "care", "measure": "care", "rate": "hours"})",
       "field_invalid /steps/1/rate"},
      {R"({"step": "cash", "percent": "20%"})", "field_invalid /steps/0"},
      {R"({"step": "equal"}, {"step": "cash", "percent": "20%"}, {"step": "equal"})",
       "field_invalid /steps/2"},
      {R"({"step": "unclaimed", "unless": "claimed", "to": "a"})", "field_invalid /steps/0"},
      {R"({"step": "oldest_first", "period": "week"})", "field_invalid /steps/0/period"},
      {R"({"step": "floor", "amount": ["hours", "12.60"]})", "field_missing /unit"},
      {R"({"step": "floor", "amount": ["hours", "living wage"]})", "field_invalid /steps/0/amount/1"},
      {R"({"step": "floor", "amount": ["hours", "place:living_wage"]})", "accepted"},
  };
  for (const Row& row : table) EXPECT_EQ(refused_steps(row.steps), row.refusal) << row.steps;
  EXPECT_EQ(refused("[]"), "field_invalid ");
  EXPECT_EQ(refused("{"), "field_invalid ");
  EXPECT_EQ(refused(R"({"steps": 1})"), "field_invalid /steps");
  std::string many = equal;
  for (std::size_t i = 0; i < most_steps; ++i) many += "," + equal;
  EXPECT_EQ(refused_steps(many), "field_invalid /steps");
}

TEST(SharingRule, IsTheSameWhenItsTextIsReadAgain) {
  for (const ExampleRule& example : example_rules()) {
    const SharingRule rule = sharing_rule_from_text(example.rule);
    EXPECT_EQ(sharing_rule_from_text(canonical_text(rule)), rule) << example.code;
    EXPECT_EQ(hash_of(sharing_rule_from_text(canonical_text(rule))), hash_of(rule)) << example.code;
    EXPECT_EQ(words_of(rule).size(), rule.steps.size()) << example.code;
  }
  EXPECT_EQ(canonical_text(example_rule("hourly_cap")),
            R"({"unit":"USD","steps":[{"step":"cap","amount":["hours","20"],"of":"all"},)"
            R"({"step":"weight","factors":["hours"]},{"step":"pro_rata","to":"weights"}]})");
}

TEST(SharingRule, IsOneTextHoweverItIsWritten) {
  const auto hash = [](const char* steps) {
    return hash_of(sharing_rule_from_text(std::string{R"({"steps":[)"} + steps + "]}"));
  };
  EXPECT_EQ(hash(R"({"to":[{"name":"a"}],"of":"total","percent":"1/20","pot":"pot","step":"percentage"})"),
            hash(R"({"step":"percentage","percent":"5.00%","of":"total","to":[{"name":"a","weight":"1"}]})"));
  EXPECT_NE(hash(R"({"step":"equal"})"), hash(R"({"step":"equal","among":"team"})"));
}

TEST(SharingRule, IsPrintedInPlainWords) {
  const auto words = [](const char* code) { return words_of(example_rule(code)); };
  EXPECT_EQ(
      words("living_wage_floor"),
      (std::vector<std::string>{
          "Each claims their hours × their rate from the pot.",
          "Nobody gets less than their hours × 12.60 GBP: that is paid first from the pot; if it does not "
          "suffice, in proportion.",
          "What is left in the pot pays what is still claimed; if it does not suffice, in proportion, and "
          "the rest stays open."}));
  EXPECT_EQ(
      words("surplus")[0],
      "What came into the pot is divided into 'reserve' (45), 'patronage' (45) and 'education' (10), in "
      "proportion to the numbers.");
  EXPECT_EQ(words("surplus")[3],
            "20% of what was paid from 'patronage' is paid in cash, divided like the whole.");
  EXPECT_EQ(words("ratio_cap")[0], "Nobody's rate counts as more than 3 times the lowest.");
  EXPECT_EQ(words("waterfall")[1], "5% of all that came into the pot goes to 'host fee'.");
}

}  // namespace
}  // namespace coop::sharing

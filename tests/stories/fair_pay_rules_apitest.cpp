// A co-operative adopts rules for its pay and tries them, over HTTP: one pot of 2,000.00 read by the rules of
// fair wage, a month's waterfall, a surplus with a part in cash; each figure with the lines that explain it.
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class FairPayRules : public StoryTest {
 protected:
  FairPayRules() : StoryTest{{}, clock_at("2026-03-31T10:00:00Z")} {}
  static std::string version(const std::string& code, const std::string& from, const std::string& rule) {
    return R"({"code":")" + code + R"(","title":"Pay","valid_from":")" + from +
           R"(","adopted_on":"2025-12-10","decision":"Assembly of 10 December 2025, item 4",)" +
           R"("handbook_link":"https://handbook.example/pay")" + (rule.empty() ? "" : ",\"rule\":" + rule) +
           "}";
  }
  // {"A": "20", …} as participants with one measure each, or several.
  static std::string participant(const std::string& id,
                                 const std::vector<std::pair<std::string, std::string>>& measures) {
    std::string text = R"({"id":")" + id + R"(","measures":[)";
    for (std::size_t i = 0; i < measures.size(); ++i)
      text += std::string{i > 0 ? "," : ""} + R"({"name":")" + measures[i].first + R"(","value":")" +
              measures[i].second + "\"}";
    return text + "]}";
  }
  static std::string four_people() {
    return participant("A", {{"hours", "20"}, {"rate", "24.00"}, {"housing", "500"}}) + "," +
           participant("B", {{"hours", "30"}, {"rate", "18.00"}, {"housing", "450"}}) + "," +
           participant("C", {{"hours", "10"}, {"rate", "60.00"}, {"housing", "0"}}) + "," +
           participant("D", {{"hours", "40"}, {"rate", "12.60"}, {"housing", "600"}});
  }
  ApiAnswer tried(const std::string& rule, const std::string& amount, const std::string& participants,
                  const std::string& more = "") {
    return make(
        "sharing-rules/" + rule + "/try",
        R"({"amount":")" + amount + R"(","unit":"EUR",)" + more + R"("participants":[)" + participants + "]}",
        200);
  }
  static std::string amounts_in(const ApiAnswer& answer, const char* field = "amount") {
    return text_of_each(answer, "participants", field);
  }
};

TEST_F(FairPayRules, AreAdoptedTriedAndExplained) {
  for (const char* rule : {"equal_hour", "own_rates", "ratio_cap", "housing_first", "waterfall", "surplus"})
    adopt(rule);
  EXPECT_EQ(amounts_in(tried("equal_hour", "2000.00", four_people())), "400.00 600.00 200.00 800.00");
  EXPECT_EQ(amounts_in(tried("housing_first", "2000.00", four_people())), "612.50 562.50 112.50 712.50");
  const ApiAnswer capped = tried("ratio_cap", "2000.00", four_people());
  EXPECT_EQ(amounts_in(capped), "480.00 540.00 378.00 504.00");
  EXPECT_EQ(capped.text("left"), "98.00");
  const ApiAnswer rates = tried("own_rates", "2000.00", four_people());
  EXPECT_EQ(amounts_in(rates), "451.98 508.47 564.97 474.58");
  EXPECT_EQ(amounts_in(rates, "deferred"), "28.02 31.53 35.03 29.42");
  EXPECT_NE(rates.body.find("claims 20 h at 24.00 = 480.00"), std::string::npos) << rates.body;
  EXPECT_NE(rates.body.find("480.00 × 2,000.00 / 2,124.00 = 451.98"), std::string::npos) << rates.body;

  const std::string workers =
      participant("femprocomuns", {{"hours", "22.5"}}) + "," + participant("webarch", {{"hours", "14.25"}}) +
      "," + participant("hypha", {{"hours", "11"}}) + "," + participant("platform6", {{"hours", "8"}}) + "," +
      participant("collectivetools", {{"hours", "6.75"}}) + "," + participant("yasu", {{"hours", "4.5"}});
  const ApiAnswer month =
      tried("waterfall", "1610.00", workers, R"("figures":[{"name":"server_costs","value":"483.75"}],)");
  EXPECT_EQ(amounts_in(month), "81.03 270.08 132.04 96.03 171.05 54.02");
  EXPECT_EQ(month.text("deferred"), "870.75");

  const std::string hours =
      participant("1", {{"hours", "1640"}}) + "," + participant("2", {{"hours", "1210.5"}}) + "," +
      participant("3", {{"hours", "905.25"}}) + "," + participant("4", {{"hours", "344.25"}});
  const ApiAnswer surplus = tried("surplus", "48000.00", hours);
  EXPECT_EQ(amounts_in(surplus), "8640.00 6377.27 4769.12 1813.61");
  EXPECT_NE(surplus.body.find(R"("in_cash":"953.83")"), std::string::npos) << surplus.body;
}

TEST_F(FairPayRules, AreVersionsWithADecision) {
  adopt("own_rates");
  const ApiAnswer again = make("sharing-rules", version("own_rates", "2026-01-01", ""), 409);
  EXPECT_EQ(again.code(), "sharing_versions_overlap");
  make("sharing-rules", version("own_rates", "2026-06-01", ""));
  const ApiAnswer shown = get(at("sharing-rules/own_rates"));
  EXPECT_NE(shown.body.find("Each claims their hours × their rate from the pot."), std::string::npos);
  const boost::json::value versions = shown.json().at("versions");
  EXPECT_EQ(versions.as_array().size(), 2u);
  EXPECT_TRUE(versions.at(1).at("rule").is_null());
  const std::string asked = R"({"amount":"10.00","unit":"EUR","on":"2026-06-01","participants":[)" +
                            participant("A", {{"hours", "1"}, {"rate", "20"}}) + "]}";
  EXPECT_EQ(make("sharing-rules/own_rates/try", asked, 404).code(), "sharing_rule_unknown");
  const ApiAnswer listed = get(at("sharing-rules?on=2026-05-31"));
  EXPECT_EQ(listed.json().at("items").as_array().size(), 1u);
  const ApiAnswer table = send("POST", at("sharing-rules/own_rates/try?format=csv"),
                               {.body = R"({"amount":"10.00","unit":"EUR","participants":[)" +
                                        participant("A", {{"hours", "1"}, {"rate", "20"}}) + "]}"});
  EXPECT_EQ(table.status, 200) << table.body;
  EXPECT_NE(table.body.find("claims 1 h at 20.00 = 20.00; the pot covers 10.00 of 20.00"), std::string::npos)
      << table.body;
}

// Before the assembly decides, anybody tries the rule that is proposed.
TEST_F(FairPayRules, AreTriedBeforeAnybodyAdoptsThem) {
  const std::string rule =
      R"("rule":{"steps":[{"step":"weight","factors":["hours"]},{"step":"pro_rata","to":"weights"}]})";
  const std::string sum = R"("amount":"10.00","unit":"EUR","on":"2026-01-31","participants":[)" +
                          participant("A", {{"hours", "2"}}) + "," + participant("B", {{"hours", "1"}}) + "]";
  const ApiAnswer tried = make("sharing-tries", "{" + rule + "," + sum + "}", 200);
  const boost::json::value shown = tried.json();
  EXPECT_TRUE(shown.at("rule").is_null());
  EXPECT_TRUE(shown.at("version").is_null());
  EXPECT_EQ(shown.at("participants").at(0).at("amount").as_string(), "6.67");
  EXPECT_EQ(shown.at("participants").at(1).at("amount").as_string(), "3.33");
  EXPECT_EQ(make("sharing-tries", "{" + sum + "}", 422).code(), "field_missing");
  EXPECT_EQ(make("sharing-tries", R"({"rule":{"steps":[]},)" + sum + "}", 422).code(), "field_missing");
  EXPECT_TRUE(get(at("sharing-rules")).json().at("items").as_array().empty());
}

TEST_F(FairPayRules, UseLivingWagesThatWerePublished) {
  adopt("place_wage_floor");
  make("place-values",
       R"({"name":"living_wage","place":"bcn","valid_from":"2026-01-01","value":"12.60","unit":"EUR",)"
       R"("source":"published by somebody","published_on":"2025-10-22"})");
  EXPECT_NE(get(at("place-values?place=bcn")).body.find(R"("value":"12.6")"), std::string::npos);
  const std::string ana = R"({"id":"Ana","place":"bcn","measures":[{"name":"hours","value":"10"},)"
                          R"({"name":"rate","value":"10"}]})";
  EXPECT_EQ(amounts_in(tried("place_wage_floor", "200.00", ana)), "126.00");
}

}  // namespace
}  // namespace coop::test

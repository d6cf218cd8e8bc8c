// Every key by which costs are shared, as a rule that comes with the program: equal, by members, by usage, by
// income, by weights, fixed, and mixes. Worked out apart, with fractions: 483.75 among five nodes.
#include "ledger/costs/cost_allocation.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/figures_text.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/values/money.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::costs {
namespace {

const Unit key_unit{UnitId{1}, "EUR", 2};
const Day key_day = Day::parse("2026-01-31");

CostTerm key_term() {
  CostTerm term{1, Day::parse("2026-01-01"), {}, "The server", "any", "Assembly", {}, {}, {}};
  term.participants = {{{CostPartyKind::node, "bcn"}, 3'000'000, 25'00},
                       {{CostPartyKind::node, "mcr"}, 2'500'000, 25'00},
                       {{CostPartyKind::node, "got"}, 1'000'000, 10'00},
                       {{CostPartyKind::neighbour, "meet.example/mtl"}, 2'000'000, 25'00},
                       {{CostPartyKind::neighbour, "meet.example/nrt"}, 500'000, 5'00}};
  return term;
}

UsageSums key_usage() {
  struct Used {
    const char* who;
    const char* members;
    const char* minutes;
    const char* income;
  };
  UsageSums sums;
  for (const Used& one :
       {Used{"bcn", "41", "412300", "12840.50"}, Used{"mcr", "38", "388150", "9310.00"},
        Used{"got", "14", "96020", "2405.25"}, Used{"meet.example/mtl", "22", "251480", "7777.77"},
        Used{"meet.example/nrt", "9", "52050", "0"}})
    sums[one.who] = {{"members", minor_from_text(one.members, 6)},
                     {"minutes", minor_from_text(one.minutes, 6)},
                     {"income", minor_from_text(one.income, 6)}};
  return sums;
}

std::string shares_of_rule(const sharing::SharingRule& rule, const UsageSums& usage,
                           const sharing::Figures& figures, std::int64_t minor) {
  const CostTerm term = key_term();
  const auto participants = participants_of(term, usage, key_unit.scale);
  require_measured(rule, participants, key_day);
  const sharing::Pot pot{.minor = minor, .unit = key_unit, .on = key_day, .figures = figures};
  std::string text;
  std::int64_t sum = 0;
  for (const CostShare& share : shares_of(term, sharing::divide(rule, pot, participants), minor, {})) {
    text += (text.empty() ? "" : " ") + text_from_minor(share.share, 2);
    sum += share.share;
  }
  EXPECT_EQ(sum, minor);
  return text;
}

std::string shares_by(std::string_view key, const sharing::Figures& figures, std::int64_t minor) {
  return shares_of_rule(sharing::example_rule(key), key_usage(), figures, minor);
}

TEST(CostKeys, GiveEachShareToTheCent) {
  struct Row {
    const char* key;
    const char* shares;
  };
  const sharing::Figures none;
  const sharing::Figures fee{{"fee", Fraction{Ratio::parse("1.25")}}};
  const Row table[] = {
      {"equal_parts", "96.75 96.75 96.75 96.75 96.75"},
      {"by_members", "159.95 148.24 54.62 85.83 35.11"},
      {"by_minutes", "166.21 156.47 38.71 101.38 20.98"},
      {"by_income", "192.11 139.29 35.99 116.36 0.00"},
      {"by_weights", "161.25 134.38 53.75 107.50 26.87"},
      {"fixed_then_income", "181.37 138.37 39.29 119.72 5.00"},
      {"server_bill", "138.43 132.58 61.92 99.53 51.29"},
      {"fee_then_minutes", "164.20 153.84 43.81 96.39 25.51"},
      {"three_keys", "150.44 142.06 55.09 95.79 40.37"},
  };
  for (const Row& row : table)
    EXPECT_EQ(shares_by(row.key, std::string_view{row.key} == "fee_then_minutes" ? fee : none, 483'75),
              row.shares)
        << row.key;
}

// Any measure is a key: gigabytes stored, of which one node has none. 513 in all; 483.75 × 120.5 / 513 =
// 113.629…
TEST(CostKeys, AreStorageWhereThatIsMeasured) {
  UsageSums stored;
  for (const auto& [who, gigabytes] : {std::pair{"bcn", "120.5"},
                                       {"mcr", "80.25"},
                                       {"got", "0"},
                                       {"meet.example/mtl", "300"},
                                       {"meet.example/nrt", "12.25"}})
    stored[who] = {{"storage", minor_from_text(gigabytes, 6)}};
  const auto rule = sharing::sharing_rule_from_text(
      R"({"steps":[{"step":"weight","factors":["storage"]},{"step":"pro_rata","to":"weights"}]})");
  EXPECT_EQ(shares_of_rule(rule, stored, {}, 483'75), "113.63 75.67 0.00 282.90 11.55");
  stored.erase("got");
  EXPECT_EQ(test::refusal_code([&] { shares_of_rule(rule, stored, {}, 483'75); }), "field_missing")
      << "nothing is said, and not that it is nothing";
}

TEST(CostKeys, PayFixedAmountsInProportionWhereTheBillsComeToLess) {
  EXPECT_EQ(shares_by("fixed_then_income", {}, 45'00), "12.50 12.50 5.00 12.50 2.50");
  EXPECT_EQ(shares_by("fixed_then_income", {}, 90'00), "25.00 25.00 10.00 25.00 5.00");
}

TEST(CostKeys, AskForTheFigureThatIsGivenWithThePeriod) {
  EXPECT_EQ(test::refusal_code([] { shares_by("fee_then_minutes", {}, 483'75); }), "field_missing");
}

TEST(CostKeys, KeepFiguresExactlyAsText) {
  const sharing::Figures figures{{"fee", Fraction{Ratio::parse("1.25")}},
                                 {"third", Fraction{Ratio::parse("1/3")}}};
  const std::string text = sharing::figures_text(figures);
  EXPECT_EQ(text, R"([{"name":"fee","value":"5/4"},{"name":"third","value":"1/3"}])");
  EXPECT_EQ(sharing::figures_from_text(text), figures);
  EXPECT_TRUE(sharing::figures_from_text("[]").empty());
  for (const char* wrong : {"", "{}", R"([1])", R"([{"name":"fee"}])", R"([{"name":"fee","value":1}])",
                            R"([{"name":"fee","value":"1"},{"name":"fee","value":"2"}])"})
    EXPECT_EQ(test::refusal_code([&] { sharing::figures_from_text(wrong); }), "field_invalid") << wrong;
  EXPECT_EQ(test::refusal_code([] { sharing::figures_from_text(R"([{"name":"A fee","value":"1"}])"); }),
            "name_malformed");
}

TEST(CostNeighbours, AreCalledByTheirServerAndTheirName) {
  for (const char* name : {"meet.example/mtl", "localhost/a", "a-1.b/x-9", "10.0.0.1/n"})
    EXPECT_TRUE(is_neighbour_name(name)) << name;
  for (const char* name :
       {"", "mtl", "/mtl", "meet.example/", "meet.example/Mtl", "Meet.example/mtl", "meet.example/mtl/x",
        "meet example/mtl", ".meet/mtl", "meet.example/9", "a-server-whose-name-is-long.example.org/mtl"})
    EXPECT_FALSE(is_neighbour_name(name)) << name;
  EXPECT_FALSE(is_inside({CostPartyKind::neighbour, "meet.example/bcn"}, "bcn"));
  EXPECT_EQ(text_of(cost_party_kind_from("neighbour")), "neighbour");
}

}  // namespace
}  // namespace coop::costs

#include "ledger/books/chart_template.hpp"

#include <set>

#include "ledger/values/refusal.hpp"

namespace coop::books {
namespace {

TEST(Charts, AreThreeAtLeastAndFoundByName) {
  EXPECT_GE(chart_templates().size(), 3u);
  for (const ChartTemplate& chart : chart_templates()) EXPECT_EQ(&require_chart_template(chart.name), &chart);
  try {
    require_chart_template("nothing");
    FAIL();
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.refusal(), Refusal::template_unknown);
  }
}

TEST(Charts, HaveWellFormedPathsWithATitleAndAPurposeEach) {
  for (const ChartTemplate& chart : chart_templates()) {
    std::set<std::string_view> paths;
    for (const ChartAccount& account : chart.accounts) {
      EXPECT_NO_THROW(require_path(account.path)) << account.path;
      EXPECT_TRUE(paths.insert(account.path).second) << chart.name << " names twice: " << account.path;
      EXPECT_FALSE(account.title.empty()) << account.path;
      EXPECT_TRUE(account.purpose.ends_with('.')) << account.path;
    }
  }
}

TEST(Charts, PutEachTypeUnderItsOwnFirstPart) {
  const std::map<std::string_view, AccountType> types{{"assets", AccountType::asset},
                                                      {"liabilities", AccountType::liability},
                                                      {"equity", AccountType::equity},
                                                      {"income", AccountType::income},
                                                      {"expenses", AccountType::expense}};
  for (const ChartTemplate& chart : chart_templates()) {
    for (const ChartAccount& account : chart.accounts) {
      EXPECT_EQ(types.at(account.path.substr(0, account.path.find(':'))), account.type) << account.path;
    }
  }
}

TEST(Charts, OpenAccountsInTheUnitsTheyAreMeantFor) {
  const ChartAccount conversion{"equity:conversion", AccountType::equity, "", "", ChartUnits::all};
  const ChartAccount hours{"expenses:time", AccountType::expense, "", "", ChartUnits::hours};
  EXPECT_TRUE(opens_in(conversion, UnitOrigin::currency));
  EXPECT_TRUE(opens_in(conversion, UnitOrigin::local));
  EXPECT_TRUE(opens_in(hours, UnitOrigin::hours));
  EXPECT_FALSE(opens_in(hours, UnitOrigin::currency));
}

}  // namespace
}  // namespace coop::books

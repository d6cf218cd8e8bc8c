#include "reports/account_tree.hpp"

#include <gtest/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::reports {
namespace {

AccountFigures account(const std::string& path, std::int64_t minor) {
  return {ReportAccount{AccountId{1}, path, "EUR", 2, books::AccountType::asset, "The " + path}, {minor}};
}

const std::vector<AccountFigures> chart{account("assets:bank", 1),        account("assets:bank:main", 2),
                                        account("assets:bank:second", 4), account("assets:bank-x", 8),
                                        account("assets:till", 0),        account("other:deep:er:est", 16)};

std::vector<std::string> shown(const std::vector<TreeRow>& rows) {
  std::vector<std::string> lines;
  for (const TreeRow& row : rows) {
    lines.push_back(std::string(static_cast<std::size_t>(row.level), ' ') + row.label + " " +
                    std::to_string(row.minor[0]));
  }
  return lines;
}

TEST(AccountTrees, SumUpEverythingBelowAPath) {
  EXPECT_EQ(shown(tree_of(chart, std::nullopt, true)),
            (std::vector<std::string>{"assets 15", " bank 7", "  main 2", "  second 4", " bank-x 8",
                                      " till 0", "other:deep:er:est 16"}));
}

TEST(AccountTrees, LeaveOutZeros) {
  EXPECT_EQ(shown(tree_of({account("a:b", 0), account("a:c", 3), account("a:d", -3)}, std::nullopt, false)),
            (std::vector<std::string>{"a 0", " c 3", " d -3"}));
  EXPECT_TRUE(tree_of({account("a:b", 0)}, std::nullopt, false).empty());
}

TEST(AccountTrees, EndAtTheDepthThatIsAskedFor) {
  EXPECT_EQ(shown(tree_of(chart, 1, false)), (std::vector<std::string>{"assets 15", "other 16"}));
  EXPECT_EQ(shown(tree_of(chart, 2, false)),
            (std::vector<std::string>{"assets 15", " bank 7", " bank-x 8", "other:deep 16"}));
}

TEST(AccountGroups, KeepThePartsThatAreAskedFor) {
  EXPECT_EQ(first_parts("a:b:c", 1), "a");
  EXPECT_EQ(first_parts("a:b:c", 2), "a:b");
  EXPECT_EQ(first_parts("a:b:c", 3), "a:b:c");
  EXPECT_EQ(first_parts("a:b:c", 9), "a:b:c");
  const auto groups = grouped(chart, 2);
  ASSERT_EQ(groups.size(), 4u);
  EXPECT_EQ(groups[0].account.path, "assets:bank");
  EXPECT_EQ(groups[0].account.title, "The assets:bank");
  EXPECT_EQ(groups[0].minor[0], 7);
  EXPECT_EQ(groups[3].account.path, "other:deep");
  EXPECT_EQ(groups[3].account.title, "");
}

TEST(AccountGroups, RefuseSumsBeyond64Bits) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(test::refusal_code([&] {
              grouped({account("a:b", most), account("a:c", 1)}, 1);
            }),
            "amount_overflow");
  EXPECT_EQ(test::refusal_code([] { require_depth(0); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([] { require_depth(1); }), "accepted");
}

}  // namespace
}  // namespace coop::reports

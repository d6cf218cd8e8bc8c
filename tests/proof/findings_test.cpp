// Every finding is described in the documentation.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "ledger/proof/finding.hpp"

namespace coop::proof {
namespace {

TEST(Findings, AreAllDescribedInTheDocumentation) {
  std::ifstream file{COOP_SOURCE_DIR "/docs/concepts/verify.md"};
  const std::string page{std::istreambuf_iterator<char>{file}, {}};
  for (const Finding finding : all_findings()) {
    std::string code{"`"};
    code.append(text_of(finding)).append("`");
    EXPECT_NE(page.find(code), std::string::npos) << code;
  }
}

TEST(Findings, HaveCodesOfTheirOwn) {
  std::set<std::string_view> codes;
  for (const Finding finding : all_findings()) EXPECT_TRUE(codes.insert(text_of(finding)).second);
  EXPECT_EQ(all_findings().size(), static_cast<std::size_t>(Finding::pay_differs) + 1);
}

TEST(Findings, AreKeptUpToANumberAndAllCounted) {
  Flaws flaws{2};
  for (int number = 1; number <= 3; ++number) flaws.add_entry(Finding::entry_changed, number, "was changed");
  Flaws more{2};
  more.add(Finding::head_differs, std::nullopt, "the head differs");
  more.take(flaws);
  EXPECT_EQ(more.count(), 4);
  ASSERT_EQ(more.kept().size(), 2u);
  EXPECT_EQ(more.kept()[0].text, "the head differs");
  EXPECT_EQ(more.kept()[1].text, "entry 1 was changed");
}

}  // namespace
}  // namespace coop::proof

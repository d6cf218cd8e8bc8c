// Tags of a journal as dimensions of postings.
#include "ledger/journals/import_tags.hpp"

#include <gtest/gtest.h>

#include "ledger/journals/import_comments.hpp"

namespace coop::journals {
namespace {

using books::DimensionKind;

std::string fund_of(const books::DimensionCodes& codes) {
  return codes[static_cast<std::size_t>(DimensionKind::fund)].value_or("none");
}

TEST(TaggedCodes, AreTheFirstOfEachKind) {
  const auto said = tagged_codes_of({{"fund", " media "},
                                     {"member", "M1"},
                                     {"fund", "media"},
                                     {"fund", "other"},
                                     {"Fund", "solid"},
                                     {"cost_object", ""},
                                     {"cost_object", "two words"}});
  EXPECT_EQ(fund_of(said.codes), "media");
  EXPECT_EQ(said.codes[static_cast<std::size_t>(DimensionKind::member)], "M1");
  ASSERT_EQ(said.passed_over.size(), 1u) << "the same twice is the same";
  EXPECT_EQ(told_tag(said.passed_over[0]), "'fund:other'");
  ASSERT_EQ(said.no_codes.size(), 1u) << "no value says nothing";
  EXPECT_EQ(told_tag(said.no_codes[0]), "'cost_object:two words'");
  EXPECT_TRUE(said.unknown.empty());
}

TEST(TaggedCodes, AreThoseThatAreKnown) {
  const Dimensions known{{DimensionKind::fund, "other"}, {DimensionKind::member, "media"}};
  const auto said = tagged_codes_of({{"fund", "media"}, {"fund", "other"}}, &known);
  EXPECT_EQ(fund_of(said.codes), "other");
  ASSERT_EQ(said.unknown.size(), 1u);
  EXPECT_EQ(told_tag(said.unknown[0]), "'fund:media'");
}

TEST(TaggedCodes, AreWhatALineSaysOnlyIfItSaysNothingElse) {
  const auto codes = tagged_codes_of({{"fund", "media"}, {"member", "M1"}}).codes;
  for (const char* line : {"fund:media", "fund: media", "fund:media, member:M1", "member:M1,fund:media,"})
    EXPECT_TRUE(says_only(line, codes)) << line;
  for (const char* line : {"", ",", "fund:other", "fund:media, fund:other", "paid for fund:media", "M1",
                           "fund:media, thanks", "https://x.org/fund:media"})
    EXPECT_FALSE(says_only(line, codes)) << line;
}

TEST(TaggedCodes, AreAPostingsOwnIfItsCommentSaysThem) {
  HledgerPosting posting{};
  posting.comment = "fund: media, member:M1\n";
  EXPECT_TRUE(is_own_tag(posting, {"fund", "media"}));
  EXPECT_TRUE(is_own_tag(posting, {"member", "M1"}));
  EXPECT_FALSE(is_own_tag(posting, {"fund", "of_account"}));
}

TEST(ImportedTexts, LeaveOutWhatThePostingsTook) {
  HledgerEntry entry{.day = Day::parse("2026-01-02"),
                     .second_day = {},
                     .mark = HledgerMark::none,
                     .code = "",
                     .description = "Shop",
                     .comment = "fund:media\npaid for member:M1\n",
                     .file = "",
                     .line = 8,
                     .postings = {}};
  const auto codes = tagged_codes_of({{"fund", "media"}, {"member", "M1"}}).codes;
  EXPECT_EQ(texts_of(entry, codes).note, "paid for member:M1");
  EXPECT_EQ(texts_of(entry).note, "fund:media; paid for member:M1");
}

}  // namespace
}  // namespace coop::journals

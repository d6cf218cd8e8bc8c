#include "ledger/values/folded_text.hpp"

#include <gtest/gtest.h>

namespace coop {
namespace {

using Words = std::vector<std::string>;

TEST(FoldedWords, LeaveCaseAccentsAndMarksOut) {
  EXPECT_EQ(folded_words("Núria FERRÁN-i-Puig"), (Words{"ferran", "i", "nuria", "puig"}));
  EXPECT_EQ(folded_words("Weiß, WEISS; weiss"), Words{"weiss"});
  EXPECT_EQ(folded_words("ＷＩＤＥ Żółw"), (Words{"wide", "zołw"})) << "a stroke is no accent";
  EXPECT_EQ(folded_words("Ελένη 2"), (Words{"2", "ελενη"}));
  EXPECT_EQ(folded_words(" .,- "), Words{});
  EXPECT_EQ(folded_words("a\xff"
                         "b")
                .size(),
            2u)
      << "bytes that are no text part words";
}

TEST(FoldedWords, AreCountedWhereTwoTextsHaveThem) {
  EXPECT_EQ(common_words(folded_words("PUIG NURIA dues"), folded_words("Núria Puig")), 2);
  EXPECT_EQ(common_words(folded_words("Joan"), folded_words("Joana")), 0) << "whole words only";
}

}  // namespace
}  // namespace coop

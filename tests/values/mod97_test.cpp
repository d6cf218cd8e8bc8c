#include "ledger/values/mod97.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/refusal.hpp"

namespace coop {
namespace {

const std::string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

rc::Gen<std::string> some_body() {
  return rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(alphabet)));
}

std::string checked(const std::string& body) { return body + check_digits_97(body); }

TEST(Mod97, ReadsDigitsAsTheyAreAndLettersFromTen) {
  EXPECT_EQ(remainder_by_97(""), 0);
  EXPECT_EQ(remainder_by_97("96"), 96);
  EXPECT_EQ(remainder_by_97("97"), 0);
  EXPECT_EQ(remainder_by_97("A"), 10);
  EXPECT_EQ(remainder_by_97("Z"), 35);
  EXPECT_EQ(remainder_by_97("B0"), (110 % 97));
  // ISO 7064's own example.
  EXPECT_EQ(check_digits_97("794"), "44");
}

TEST(Mod97, RefusesToReadAnythingElse) {
  for (const std::string text : {"a", "1 2", "-1", "\xC3\x84"})
    EXPECT_THROW(remainder_by_97(text), InvariantBroken) << text;
}

RC_GTEST_PROP(Mod97, LeavesOneAfterItsCheckDigits, ()) {
  RC_ASSERT(remainder_by_97(checked(*some_body())) == 1);
}

RC_GTEST_PROP(Mod97, FindsEveryMistypedCharacter, ()) {
  std::string text = checked(*some_body());
  const auto place = *rc::gen::inRange<std::size_t>(0, text.size());
  // A digit for a letter changes the length of the number, which is not what is promised.
  const bool digit = text[place] <= '9';
  const int kinds = digit ? 10 : 26;
  const char zero = digit ? '0' : 'A';
  const char other = static_cast<char>(zero + (text[place] - zero + *rc::gen::inRange(1, kinds)) % kinds);
  text[place] = other;
  RC_ASSERT(remainder_by_97(text) != 1);
}

RC_GTEST_PROP(Mod97, FindsEverySwapOfNeighbours, ()) {
  std::string text = checked(*some_body());
  // "B1" and "1B" are the same number, 111: the standard promises nothing between the two kinds.
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != text[at + 1] && (text[at] <= '9') == (text[at + 1] <= '9')) places.push_back(at);
  }
  if (places.empty()) return;
  const std::size_t place = *rc::gen::elementOf(places);
  std::swap(text[place], text[place + 1]);
  RC_ASSERT(remainder_by_97(text) != 1);
}

}  // namespace
}  // namespace coop

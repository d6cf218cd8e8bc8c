#include "ledger/values/sepa_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop {
namespace {

/// `code` in UTF-8.
std::string utf8(std::uint32_t code) {
  const auto byte = [](std::uint32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000)
    return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
  return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)), byte(0x80 | (code >> 6 & 0x3F)),
          byte(0x80 | (code & 0x3F))};
}

rc::Gen<std::string> some_text() {
  return rc::gen::map(
      rc::gen::container<std::vector<std::uint32_t>>(
          rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(1, 0x80), rc::gen::inRange<std::uint32_t>(1, 0x3000),
                         rc::gen::inRange<std::uint32_t>(1, 0x110000))),
      [](const std::vector<std::uint32_t>& codes) {
        std::string text;
        for (const std::uint32_t code : codes) {
          if (code < 0xD800 || code > 0xDFFF) text += utf8(code);
        }
        return text;
      });
}

TEST(SepaText, LeavesAloneWhatEveryBankTakes) {
  const std::string text = "Rivers' Co-op (Bristol): 12,50 + 3.00 / paid?";
  const SepaText sepa = sepa_text_of(text);
  EXPECT_EQ(sepa.text, text);
  EXPECT_TRUE(sepa.changes.empty());
  EXPECT_FALSE(sepa.is_cut);
}

TEST(SepaText, WritesNamesInLatinLetters) {
  struct Row {
    std::string_view from;
    std::string_view to;
  };
  const Row table[] = {
      {"Aimée", "Aimee"},
      {"Jörg Müßig", "Joerg Muessig"},
      {"ÄRZTE Übü Ö", "AERZTE Uebue Oe"},
      {"GRÜ", "GRUE"},
      {"Cre\u0301dit Coope\u0301ratif", "Credit Cooperatif"},
      {"Łukasz Żółć", "Lukasz Zolc"},
      {"Þóra Guðmundsdóttir", "THora Gudmundsdottir"},
      {"Søren Ærø", "Soren AEro"},
      {"İbrahim Çağlı", "Ibrahim Cagli"},
      {"Юрий Гагарин", "Urij Gagarin"},
      {"Γιώργος", "Giorgos"},
      {"王小明", "wang xiao ming"},
      {"محمد", "mhmd"},
      {"“Smith” – Jones’s", "'Smith' - Jones's"},
      {"Smith & Sons; 50 %", "Smith + Sons, 50 ."},
      {"a@b.coop", "a(at)b.coop"},
      {"10 €", "10 EUR"},
      {"Wie\u00ADner", "Wiener"},
      {" two\tlines\nand \u00A0 more ", "two lines and more"},
  };
  for (const Row& row : table) {
    const SepaText sepa = sepa_text_of(row.from);
    EXPECT_EQ(sepa.text, row.to) << row.from;
    for (const SepaChange& change : sepa.changes) EXPECT_FALSE(change.is_lossy) << change.from;
  }
}

TEST(SepaText, TellsEachWordThatChanged) {
  const SepaText sepa = sepa_text_of("Aimée from Köln");
  ASSERT_EQ(sepa.changes.size(), 2u);
  EXPECT_EQ(sepa.changes[0].from, "Aimée");
  EXPECT_EQ(sepa.changes[0].to, "Aimee");
  EXPECT_EQ(sepa.changes[1].from, "Köln");
  EXPECT_EQ(sepa.changes[1].to, "Koeln");
}

TEST(SepaText, PutsADotWhereNothingElseIsThereAndSaysSo) {
  for (const std::string_view text : {"Ana 🌱", "🌱🌱", "Ana\u16A0"}) {
    const SepaText sepa = sepa_text_of(text);
    EXPECT_NE(sepa.text.find('.'), std::string::npos) << text << " became " << sepa.text;
    ASSERT_EQ(sepa.changes.size(), 1u) << text;
    EXPECT_TRUE(sepa.changes[0].is_lossy) << text;
  }
  EXPECT_EQ(sepa_text_of("🌱🌱").text, "..");
}

TEST(SepaText, IsCutToTheRoomThereIs) {
  const SepaText sepa = sepa_text_of("Ünal und Söhne", 6);
  EXPECT_EQ(sepa.text, "Uenal");
  EXPECT_TRUE(sepa.is_cut);
  EXPECT_FALSE(sepa_text_of("Uenal", 5).is_cut);
}

TEST(SepaText, RefusesBytesThatAreNoText) { EXPECT_THROW(sepa_text_of("\xC3"), InvariantBroken); }

TEST(SepaText, LosesNoLetterOfAnyAlphabet) {
  // Everything but controls, surrogates and blanks of the Basic Multilingual Plane, in the middle of a word.
  for (std::uint32_t code = 0xC0; code < 0x10000; code += code < 0x3000 || code > 0xA000 ? 1 : 97) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    const std::string sign = utf8(code);
    const SepaText alone = sepa_text_of(sign);
    ASSERT_TRUE(is_sepa_text(alone.text)) << sign;
    ASSERT_TRUE(!alone.text.empty() || code == 0x1680 || (code >= 0x2000 && code <= 0x205F) || code == 0x3000)
        << sign << " (" << code << ") disappeared";
  }
}

TEST(SepaText, HasNoBlanksAtItsEndsWhateverAMarkBrings) {
  EXPECT_EQ(sepa_text_of("\u1361").text, ":") << "the Ethiopic mark between words";
  const std::string once = sepa_text_of("\u1230\u1361\u1230").text;
  EXPECT_EQ(sepa_text_of(once).text, once);
}

RC_GTEST_PROP(SepaText, HasOnlySepaCharactersAndTellsEveryChange, ()) {
  const std::string text = *some_text();
  const SepaText sepa = sepa_text_of(text);
  RC_ASSERT(is_sepa_text(sepa.text));
  RC_ASSERT(sepa_text_of(sepa.text).text == sepa.text);
  std::string rest = text;
  for (const SepaChange& change : sepa.changes) {
    RC_ASSERT(!change.to.empty());
    const std::size_t at = rest.find(change.from);
    RC_ASSERT(at != std::string::npos);
    rest = rest.substr(at + change.from.size());
  }
}

RC_GTEST_PROP(SepaText, NeverExceedsTheRoom, ()) {
  const std::string text = *some_text();
  const auto most = *rc::gen::inRange<std::size_t>(0, 40);
  RC_ASSERT(sepa_text_of(text, most).text.size() <= most);
}

TEST(CodeText, CountsCharactersAndMakesBlocks) {
  EXPECT_EQ(characters_of("Aimée"), 5u);
  EXPECT_EQ(characters_of(""), 0u);
  EXPECT_EQ(in_blocks("", 4), "");
  EXPECT_EQ(in_blocks("ABCD", 4), "ABCD");
  EXPECT_EQ(in_blocks("ABCDE", 4), "ABCD E");
  EXPECT_EQ(compact_code(" a\u00A0b\tC-1 "), "ABC-1");
  EXPECT_FALSE(is_digits(""));
  EXPECT_FALSE(is_capitals_or_digits("a"));
}

}  // namespace
}  // namespace coop

#include "ledger/values/charset.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/text.hpp"

namespace coop {
namespace {

using namespace std::string_literals;

std::string shown(std::string_view bytes, std::string_view declared = {}) {
  const DecodedText decoded = text_from_bytes(bytes, declared);
  return decoded.charset + ": " + decoded.text;
}

TEST(Charset, FollowsTheByteOrderMark) {
  EXPECT_EQ(shown("\xEF\xBB\xBFZoë"), "UTF-8: Zoë");
  EXPECT_EQ(shown("\xEF\xBB\xBFZo\xEB"), "windows-1252: Zoë");
  EXPECT_EQ(shown("\xFF\xFEZ\0o\0\xEB\0"s), "UTF-16LE: Zoë");
  EXPECT_EQ(shown("\xFE\xFF\0Z\0o\0\xEB"s), "UTF-16BE: Zoë");
  EXPECT_EQ(shown("\xFF\xFE\x3D\xD8\x00\xDE"s), "UTF-16LE: 😀");
}

TEST(Charset, SeesUtf16WithoutAMarkByItsZeros) {
  EXPECT_EQ(shown("a\0;\0b\0\n\0"s), "UTF-16LE: a;b\n");
  EXPECT_EQ(shown("\0a\0;\0b\0\n"s), "UTF-16BE: a;b\n");
}

TEST(Charset, TakesUtf8BeforeWhatTheFileDeclares) {
  EXPECT_EQ(shown("Zoë €", "windows-1252"), "UTF-8: Zoë €");
  EXPECT_EQ(shown("plain", "IBM850"), "UTF-8: plain");
}

TEST(Charset, TakesWhatTheFileDeclaresWhereItIsNoUtf8) {
  EXPECT_EQ(shown("Zo\x89", "IBM850"), "IBM850: Zoë");
  EXPECT_EQ(shown("\xC4\xD6", "windows-1251"), "windows-1251: ДЦ");
  EXPECT_EQ(shown("\xE9\x80", "ISO-8859-1"), "windows-1252: é€");
}

TEST(Charset, DoesNotBelieveWhatCannotBe) {
  for (const char* declared : {"UTF-8", "UTF-16", "utf-7", "IBM037", "no-such-thing", "ibm-943,swaplfnl",
                               "../windows-1251", "", "us-ascii"})
    EXPECT_EQ(shown("\xE9t\xE9", declared), "windows-1252: été") << declared;
  EXPECT_EQ(shown("\xFF\xE9", "Shift_JIS"), "windows-1252: ÿé");
}

TEST(Charset, LetsNoControlCharactersThrough) {
  EXPECT_EQ(shown("a\tb\r\nc\x01\x1A\x7F"), "UTF-8: a\tb\r\nc   ");
  EXPECT_EQ(shown("a\xC2\x85z"), "UTF-8: a z");
  const DecodedText decoded = text_from_bytes("a\0b"s);
  EXPECT_EQ(decoded.text, "a b");
  EXPECT_TRUE(decoded.had_nul);
  EXPECT_FALSE(text_from_bytes("").had_nul);
}

TEST(Charset, CopiesNoTextThatTheBytesAreAlready) {
  const std::string ascii(200, 'a');
  for (const std::string& bytes : {""s, "a"s, ascii + "\r\n\t", ascii + "Zoë €" + ascii}) {
    std::string space;
    const std::string_view text = text_in(bytes, space);
    EXPECT_EQ(text, bytes);
    EXPECT_EQ(text.data(), bytes.data());
    EXPECT_EQ(space, "");
  }
  std::string space;
  const std::string marked = "\xEF\xBB\xBF" + ascii;
  EXPECT_EQ(text_in(marked, space).data(), marked.data() + 3);
}

TEST(Charset, DecodesWhereverTheBytesAreNotTheText) {
  // Each at every place of a block that is looked at at once, in front of it and behind it.
  for (const std::string& odd : {"\x01"s, "\x7F"s, "\0"s, "\xC2\x85"s, "\xE4"s, "\xEF\xBF"s}) {
    for (std::size_t before = 0; before < 150; ++before) {
      const std::string bytes = std::string(before, 'a') + odd + std::string(150 - before, 'b');
      std::string space;
      EXPECT_EQ(text_in(bytes, space), text_from_bytes(bytes).text) << before;
      EXPECT_FALSE(space.empty());
      EXPECT_EQ(space.find_first_of("\x01\x7F\0"s), std::string::npos) << before;
    }
  }
}

TEST(Charset, WritesSingleCharacters) {
  std::string text;
  for (const char32_t character :
       {U'a', U'ë', U'€', U'😀', U'\n', char32_t{1}, char32_t{0xD800}, char32_t{0x110000}})
    append_character(text, character);
  EXPECT_EQ(text, "aë€😀\n   ");
}

RC_GTEST_PROP(Charset, MakesStorableTextOfAnyBytes, (const std::vector<char>& bytes, bool is_declared)) {
  const DecodedText decoded =
      text_from_bytes({bytes.data(), bytes.size()}, is_declared ? "IBM850" : std::string_view{});
  RC_ASSERT(is_storable_text(decoded.text));
  std::string space;
  const std::string_view text = text_in({bytes.data(), bytes.size()}, space);
  RC_ASSERT(is_declared || text == decoded.text);
}

}  // namespace
}  // namespace coop

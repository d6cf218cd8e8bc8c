#include "ledger/statements/source_text.hpp"

#include <gtest/gtest.h>

#include "ledger/statements/mt940_tags.hpp"

namespace coop::statements {
namespace {

std::string lines_of(std::string_view text) {
  std::string shown;
  for (const SourceLine& line : source_lines(text))
    shown += std::to_string(line.number) + "[" + std::string{line.text} + "]";
  return shown;
}

TEST(SourceText, EndsLinesHoweverTheyEnd) {
  EXPECT_EQ(lines_of(""), "");
  EXPECT_EQ(lines_of("a"), "1[a]");
  EXPECT_EQ(lines_of("a\r\nb\nc\rd"), "1[a]2[b]3[c]4[d]");
  EXPECT_EQ(lines_of("\n\r\r\n\n\r"), "1[]2[]3[]4[]5[]");
  EXPECT_EQ(lines_of("a\n\rb\r"), "1[a]2[]3[b]");
}

TEST(SourceText, MakesOneLineWithSingleBlanks) {
  EXPECT_EQ(one_line("one line"), "one line");
  EXPECT_EQ(one_line(" one  line \t of\r\nthree "), "one line of three");
  EXPECT_EQ(one_line("Größe\tund  Maß"), "Größe und Maß");
  EXPECT_EQ(one_line(" \n"), "");
  std::string text;
  add_words(text, " ");
  add_words(text, "a  b");
  add_words(text, "");
  add_line(text, "c");
  EXPECT_EQ(text, "a b c");
}

TEST(SourceText, AddsWhatIsSaidAndNoPlaceholder) {
  std::string text;
  add_said(text, " NOTPROVIDED ");
  EXPECT_EQ(text, "");
  for (const char* piece : {"NONREF", " a", "b  c\t", "keine  Information vorhanden", "", "NONREFS"})
    add_said(text, piece);
  EXPECT_EQ(text, "a b c NONREFS");
  EXPECT_EQ(said("NONREF"), "");
  EXPECT_EQ(said(" \x01  x"), "\x01 x");
}

TEST(SourceText, TagsOfSmallLettersAreThoseOfCapitals) {
  const std::string text = ":20:A\n:28c:1\nmore\n-\nof it\n:86:x\n-\nafter";
  const TaggedText tagged = tagged_text_of(source_lines(text));
  ASSERT_EQ(tagged.messages.size(), 1u);
  const std::span<const TagField> fields = tagged.messages[0].fields;
  ASSERT_EQ(fields.size(), 3u);
  EXPECT_EQ(fields[1].tag, "28C");
  EXPECT_EQ(fields[1].first_whole, ":28c:1");
  ASSERT_EQ(fields[1].lines.size(), 4u) << "the dash ended nothing";
  EXPECT_EQ(fields[1].lines[3].text, "of it");
  EXPECT_EQ(fields[2].lines.size(), 1u);
  EXPECT_EQ(fields[2].place(), "line 6");
}

}  // namespace
}  // namespace coop::statements

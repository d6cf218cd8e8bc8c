#include "ledger/statements/xml_bounds.hpp"

#include <gtest/gtest.h>

#include "tests/statements/camt_files.hpp"

namespace coop::statements {
namespace {

std::string xml_refusal_for(const std::string& xml) {
  return test::camt_refusal_of([&] { require_bounded_xml(xml); });
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(XmlBounds, LetOrdinaryFilesPass) {
  EXPECT_EQ(xml_refusal_for("<?xml version=\"1.0\"?><!-- <!DOCTYPE a> --><a "
                            "b='c'><d/><![CDATA[<!ENTITY]]>&amp;&#10;&#xE9;</a>"),
            "accepted");
  EXPECT_EQ(xml_refusal_for(repeated("<a b='c'/>", 1000)), "accepted");
  EXPECT_EQ(xml_refusal_for(repeated("<a>", most_xml_depth) + repeated("</a>", most_xml_depth)), "accepted");
}

TEST(XmlBounds, RefuseEntitiesBeforeTheyAreExpanded) {
  const std::string refusal = "statement_unreadable: line 2: document types and entities are not read";
  EXPECT_EQ(xml_refusal_for("<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), refusal);
  EXPECT_EQ(xml_refusal_for("<a>\r\n<!doctype a></a>"), refusal);
  EXPECT_EQ(xml_refusal_for("<a>\r<!ENTITY b SYSTEM \"file:///etc/passwd\"></a>"), refusal);
}

TEST(XmlBounds, RefuseDepthAndNumber) {
  EXPECT_EQ(xml_refusal_for(repeated("<a>", most_xml_depth + 1)),
            "statement_unreadable: line 1: its elements stand too deep");
  EXPECT_EQ(xml_refusal_for(repeated("<a/>", most_xml_marks + 1)),
            "statement_unreadable: line 1: the file has too many elements");
  EXPECT_EQ(xml_refusal_for("<a " + repeated("=", most_xml_marks + 1) + "/><b/>"),
            "statement_unreadable: line 1: the file has too many elements");
  EXPECT_EQ(xml_refusal_for(std::string(most_xml_bytes + 1, ' ')),
            "statement_unreadable: the file is larger than 64 MiB");
}

TEST(XmlBounds, RefuseWhatIsNoText) {
  EXPECT_EQ(xml_refusal_for("<a>\xff</a>"), "statement_unreadable: the file is no UTF-8 text");
  EXPECT_EQ(xml_refusal_for(std::string("<a>\0</a>", 8)), "statement_unreadable: the file is no UTF-8 text");
  for (const char* reference : {"&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#1;", "&#;"})
    EXPECT_EQ(xml_refusal_for("<a>\n" + std::string{reference} + "</a>"),
              "statement_unreadable: line 2: a reference to what is no character");
}

// The pieces of that name, one behind the other.
std::string pieces_in(std::string_view xml) {
  std::string all;
  for (const TextPiece& piece : pieces_of_bounded_xml(xml, "N"))
    all += "[" + std::string{xml.substr(piece.begin, piece.end - piece.begin)} + "]";
  return all;
}

TEST(XmlBounds, TellWhereElementsOfANameStand) {
  EXPECT_EQ(pieces_in("<a><N>1</N><b><x:N c='d'/></b><Nb/><N\n>2</N ></a>"),
            "[<N>1</N>][<x:N c='d'/>][<N\n>2</N >]");
  EXPECT_EQ(pieces_in("<a><N>1<b><N>2</N></b></N></a>"), "[<N>1<b><N>2</N></b></N>]");
  EXPECT_EQ(pieces_in("<a><!-- <N>1</N> --><![CDATA[<N>2</N>]]><?p <N>3</N>?><N><!--</N>--></N></a>"),
            "[<N><!--</N>--></N>]");
  EXPECT_EQ(pieces_in("<a b='<N>' c=\">\"><N d='</N>'>1</N></a>"), "[<N d='</N>'>1</N>]");
}

TEST(XmlBounds, TellOfNoElementWithoutAnEnd) {
  EXPECT_EQ(pieces_in("<a><N>1</N><N>2<b></a>"), "[<N>1</N>]");
  EXPECT_EQ(pieces_in("<a><N>1</N><N b='</a>"), "[<N>1</N>]");
  EXPECT_EQ(pieces_in("<N"), "");
  EXPECT_EQ(pieces_in("<N a='>"), "");
}

TEST(XmlBounds, NameTheLineWhateverEndsIt) {
  EXPECT_EQ(line_place("a\nb\nc", 4), "line 3");
  EXPECT_EQ(line_place("a\r\nb", 3), "line 2");
  EXPECT_EQ(line_place("a\rb\rc", 4), "line 3");
}

}  // namespace
}  // namespace coop::statements

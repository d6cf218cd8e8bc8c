#pragma once
#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/statements/source_text.hpp"

namespace coop::statements {

/// A field of a SWIFT message: ":61:2001010101D65,00NOVB…" with the lines that continue it.
struct TagField {
  std::string_view tag;               ///< "61", "28C": in capitals
  std::string_view first_whole;       ///< the first line as it stands in the file
  std::span<const SourceLine> lines;  ///< the first without its tag; at least one

  /// Where it begins: "line 12".
  std::string place() const { return place_of(lines.front().number); }
  /// True if it has that tag, in capitals.
  template <std::size_t size>
  bool is(const char (&other)[size]) const {
    return is_word(tag, other);
  }
  /// True if it says how many lines there are, and what they come to.
  bool is_turnover() const { return is("90C") || is("90D"); }
  /// Its first line without blanks around it.
  std::string_view first() const { return trimmed(lines.front().text); }
};

/// The fields of one message, which is a statement or a page of one.
struct TagMessage {
  std::span<const TagField> fields;     ///< at least one
  std::size_t lines = 0;                ///< how many of them are fields 61
  std::vector<const TagField*> others;  ///< besides fields 61 and 86, which are most, in their order
};

/// What a file of SWIFT messages says. The messages refer to the fields that it holds, the fields to the
/// lines, and these to the text that they were made of.
struct TaggedText {
  std::vector<TagMessage> messages;
  std::vector<TagField> fields;
  std::vector<SourceLine> lines;
  std::deque<std::string> raised_tags;  ///< of those that the file has in small letters

  TaggedText() = default;
  TaggedText(TaggedText&&) = default;
  TaggedText& operator=(TaggedText&&) = default;
};

/// Splits lines into messages and their fields, in time that grows with the text. Blocks {1:…} to {5:…}, what
/// stands before the first tag and after a message's end ("-", "-}") is left out.
TaggedText tagged_text_of(std::vector<SourceLine> lines);

}  // namespace coop::statements

#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/statements/source_text.hpp"

namespace coop::statements {

/// A field of a SWIFT message: ":61:2001010101D65,00NOVB…" with the lines that continue it.
struct TagField {
  std::string tag;                      ///< "61", "28C"
  std::vector<SourceLine> lines;        ///< the first without its tag; at least one
  std::vector<std::string_view> whole;  ///< the same as they stand in the file

  /// Where it begins: "line 12".
  std::string place() const { return place_of(lines.front().number); }
  /// Its first line without blanks around it.
  std::string_view first() const { return trimmed(lines.front().text); }
};

/// The fields of one message, which is a statement or a page of one.
struct TagMessage {
  std::vector<TagField> fields;
};

/// Splits lines into messages and their fields, in time that grows with the text. Blocks {1:…} to {5:…}, what
/// stands before the first tag and after a message's end ("-", "-}") is left out. The lines live in the text
/// that `lines` was made of.
std::vector<TagMessage> tag_messages(const std::vector<SourceLine>& lines);

}  // namespace coop::statements

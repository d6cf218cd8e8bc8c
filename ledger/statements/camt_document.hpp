#pragma once
#include <cstddef>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ledger/statements/xml_bounds.hpp"

namespace coop::statements {

/// A camt file parsed in pieces: first everything but its lines (Ntry), of which only stands there that they
/// are; then one line at a time. So a large file takes little more room than its text, and a line is read
/// while it lies near at hand.
class CamtDocument {
 public:
  /// `text` is the file in UTF-8 and must live as long. Throws Refused: statement_unreadable, with the line
  /// of the file (what require_bounded_xml refuses, what is not well-formed outside of the lines).
  explicit CamtDocument(std::string_view text);

  /// The document without what stands in its lines.
  pugi::xml_node root() const { return head_; }
  /// A line as it stands in the file, from its "<" to its last ">". `line` is an Ntry of root().
  std::string_view text_of(pugi::xml_node line) const;
  /// The same line parsed, until another is. Throws Refused: statement_unreadable, with the line of the file.
  pugi::xml_node parsed(pugi::xml_node line);

 private:
  const TextPiece& piece_of(pugi::xml_node line) const;

  std::string_view text_;
  std::vector<TextPiece> lines_;
  pugi::xml_document head_;
  pugi::xml_document line_;
};

}  // namespace coop::statements

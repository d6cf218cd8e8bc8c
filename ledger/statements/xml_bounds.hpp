#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// The largest XML file that is read, in bytes of UTF-8.
inline constexpr std::size_t most_xml_bytes = 64u << 20;
/// The most tags and attributes that an XML file may have.
inline constexpr std::size_t most_xml_marks = 8'000'000;
/// How deep its elements may stand inside each other.
inline constexpr std::size_t most_xml_depth = 64;

/// Refuses XML that would cost more than a statement of a bank is worth, before any parser sees it: too
/// large, too many elements, too deep, a document type, entities of its own, references to what is no
/// character; and what is no well-formed UTF-8. One pass. Throws Refused: statement_unreadable, naming the
/// line.
void require_bounded_xml(std::string_view xml);

/// A piece of a text: from its first byte to behind its last.
struct TextPiece {
  std::size_t begin;
  std::size_t end;

  friend auto operator<=>(const TextPiece&, const TextPiece&) = default;
};

/// Refuses the same, and says in the same pass where the elements of this name stand, whatever prefix they
/// have, as far as they have an end: in their order, and of those that stand in each other the outer one.
/// What stands there need not be well-formed: tags are counted, not compared.
std::vector<TextPiece> pieces_of_bounded_xml(std::string_view xml, std::string_view name);

/// "line 12": where a byte stands in a text.
std::string line_place(std::string_view text, std::size_t at);

}  // namespace coop::statements

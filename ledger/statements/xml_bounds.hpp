#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace coop::statements {

/// The largest XML file that is read, in bytes of UTF-8.
inline constexpr std::size_t most_xml_bytes = 64u << 20;
/// The most tags and attributes that an XML file may have.
inline constexpr std::size_t most_xml_marks = 8'000'000;
/// How deep its elements may stand inside each other.
inline constexpr std::size_t most_xml_depth = 64;

/// Refuses XML that would cost more than a statement of a bank is worth, before any parser sees it: too
/// large, too many elements, too deep, a document type, entities of its own, references to what is no
/// character; and what is no well-formed UTF-8. One pass, nothing is kept. Throws Refused:
/// statement_unreadable, naming the line.
void require_bounded_xml(std::string_view xml);

/// "line 12": where a byte stands in a text.
std::string line_place(std::string_view text, std::size_t at);

}  // namespace coop::statements

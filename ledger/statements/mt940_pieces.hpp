#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coop::statements {

/// A text with its labels: the words before the first, then (label, value) in the order of the text.
struct LabelledText {
  std::string before;
  std::vector<std::pair<std::string, std::string>> values;
};

/// How many characters a UTF-8 text has.
std::size_t character_count(std::string_view text);

/// Joins lines or pieces that were cut at `width` characters: without a blank where a piece is that long,
/// with one where it is shorter. Adds to `boundaries`, if given, where in the text each piece begins.
std::string rejoined(const std::vector<std::string_view>& pieces, std::size_t width,
                     std::vector<std::size_t>* boundaries = nullptr);

/// Splits German remittance text by its SEPA labels, "EREF+", "SVWZ+" and so on. A label counts anywhere, if
/// it has a plus and four letters; else only where a word or a piece begins.
LabelledText sepa_labels(const std::string& text, const std::vector<std::size_t>& boundaries);

/// Splits Dutch text by its labels, "/TRTP/", "/REMI/" and so on. Nothing if it has none of them.
std::optional<LabelledText> slash_labels(const std::string& text);

/// Splits German text into (number of the piece, its text); the code stands before. Nothing if it is none:
/// it begins with three digits or with the separator, which two digits follow.
std::optional<LabelledText> numbered_pieces(const std::string& text);

}  // namespace coop::statements

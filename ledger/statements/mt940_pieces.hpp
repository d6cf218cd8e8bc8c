#pragma once
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace coop::statements {

/// A text with its labels: the words before the first, then (label, value) in the order of the text, in which
/// all of them live.
struct LabelledText {
  std::string_view before;
  boost::container::small_vector<std::pair<std::string_view, std::string_view>, 12> values;
};

/// Pieces of a text in their order; and where in the joined text they begin.
using TextPieces = boost::container::small_vector<std::string_view, 12>;
/// See TextPieces.
using Boundaries = boost::container::small_vector<std::size_t, 12>;

/// How many characters a UTF-8 text has.
std::size_t character_count(std::string_view text);

/// Joins lines or pieces that were cut at `width` characters: without a blank where a piece is that long,
/// with one where it is shorter. Adds to `boundaries`, if given, where in the text each piece begins. The
/// text is the only piece there is, or lives in `space`.
std::string_view rejoined(const TextPieces& pieces, std::size_t width, std::string& space,
                          Boundaries* boundaries = nullptr);

/// False for most texts: every SEPA label ends in a plus or a colon.
bool may_have_sepa_labels(std::string_view text);

/// Splits German remittance text by its SEPA labels, "EREF+", "SVWZ+" and so on. A label counts anywhere, if
/// it has a plus and four letters; else only where a word or a piece begins.
LabelledText sepa_labels(std::string_view text, std::span<const std::size_t> boundaries);

/// Splits Dutch text by its labels, "/TRTP/", "/REMI/" and so on. No values if it has none of them.
LabelledText slash_labels(std::string_view text);

/// Splits German text into (number of the piece, its text); the code stands before. No values if it is none:
/// it begins with three digits or with the separator, which two digits follow.
LabelledText numbered_pieces(std::string_view text);

}  // namespace coop::statements

#pragma once
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace coop {

/// One word that a bank will see otherwise than it was written.
struct SepaChange {
  std::string from;
  std::string to;
  bool is_lossy;  ///< a sign of it has no counterpart and became a dot
};

/// Text as it goes into a SEPA payment file, and what was changed to make it so.
struct SepaText {
  std::string text;
  std::vector<SepaChange> changes;  ///< in the order of the words; show them before sending
  bool is_cut;                      ///< it was longer than there is room for
};

/// True if the text has only the characters that every SEPA bank takes:
/// a-z A-Z 0-9 / - ? : ( ) . , ' + and blank.
bool is_sepa_text(std::string_view text);

/// Writes well-formed UTF-8 text with the SEPA characters: other alphabets in Latin letters, German umlauts
/// as ae, oe, ue, other accents left out, marks by the nearest one there is (after EPC217-08). No letter
/// disappears: what has no counterpart becomes a dot and is told. Blanks are joined; the result has at most
/// `most` characters. Throws InvariantBroken, if the text is not well-formed.
SepaText sepa_text_of(std::string_view text, std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace coop

#pragma once
#include <string>
#include <string_view>

namespace coop {

/// The text of a file's bytes.
struct DecodedText {
  std::string text;      ///< UTF-8; of control characters only tab, CR and LF, blanks for the others
  std::string charset;   ///< what it was: "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252", or as declared
  bool had_nul = false;  ///< the character NUL was in it, which no text of a bank or spreadsheet has
};

/// Reads the bytes of a file as text. The first that fits: what a byte order mark says, UTF-8, UTF-16 where
/// zeros give it away, `declared` (a name of the IANA list that the file itself gives) if it is known and all
/// bytes have a meaning in it, Windows-1252. ISO 8859-1 is read as Windows-1252, of which it is a part.
DecodedText text_from_bytes(std::string_view bytes, std::string_view declared = {});

/// The same text alone, without a copy where the bytes are it already: a part of `bytes`, or of `space`.
std::string_view text_in(std::string_view bytes, std::string& space);

/// Appends a character in UTF-8. What is no character, or a control character besides tab, CR and LF, becomes
/// a blank.
void append_character(std::string& text, char32_t character);

}  // namespace coop

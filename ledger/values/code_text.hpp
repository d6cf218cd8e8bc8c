#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace coop {

/// A code as people type or paste it, made comparable: small letters become capitals, blanks (also tabs and
/// the no-break blanks that come with text copied from documents) are left out. Nothing else changes.
std::string compact_code(std::string_view typed);

/// True for 0 to 9.
constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// True if there are only digits 0-9, and at least one.
bool is_digits(std::string_view text);

/// True if there are only digits 0-9 and capital letters A-Z, and at least one.
bool is_capitals_or_digits(std::string_view text);

/// The text in blocks of `size` characters with a blank between them; the last block may be shorter.
std::string in_blocks(std::string_view text, std::size_t size);

/// How many characters (code points) well-formed UTF-8 text has.
std::size_t characters_of(std::string_view text);

}  // namespace coop

#pragma once
#include <string_view>

namespace coop {

/// True if `text` can be stored as text: well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates,
/// nothing above U+10FFFF) without the character NUL, which PostgreSQL has no place for.
bool is_storable_text(std::string_view text);

/// True if there is nothing to be seen: only blanks, tabs and ends of lines.
bool is_blank(std::string_view text);

}  // namespace coop

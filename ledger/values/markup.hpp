#pragma once
#include <string>
#include <string_view>

namespace coop {

/// Text as it may stand in HTML or XML, also in an attribute; controls but line feeds and tabs become blanks.
std::string markup_escaped(std::string_view text);

}  // namespace coop

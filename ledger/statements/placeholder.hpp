#pragma once
#include <string>
#include <string_view>

namespace coop::statements {

/// True if banks write this where they know nothing: NOTPROVIDED, NONREF, "keine Information vorhanden", only
/// zeros or marks. Capitals, blanks and hyphens do not matter.
bool is_placeholder(std::string_view text);

/// The text, or nothing if it is a placeholder. Blanks around it are cut off.
std::string without_placeholder(std::string text);

/// An account's number, without blanks and in capitals; nothing if it is a placeholder.
std::string account_text(std::string text);

}  // namespace coop::statements

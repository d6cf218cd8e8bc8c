#pragma once
#include <string>

namespace coop::statements {

/// The text, or nothing if banks write it where they know nothing: NOTPROVIDED, NONREF, "keine Information
/// vorhanden". Blanks around it are cut off.
std::string without_placeholder(std::string text);

/// An account's number, without blanks and in capitals; nothing if it is a placeholder.
std::string account_text(std::string text);

}  // namespace coop::statements

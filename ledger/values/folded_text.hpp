#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace coop {

/// The words of a text as names are compared: without case, accents and marks of any script (Unicode NFKC
/// case folding, combining marks left out; ß is ss), each once, in alphabetical order. Text that is no UTF-8
/// is read as far as it is.
std::vector<std::string> folded_words(std::string_view text);

/// How many words two such lists have in common.
int common_words(const std::vector<std::string>& one, const std::vector<std::string>& other);

}  // namespace coop

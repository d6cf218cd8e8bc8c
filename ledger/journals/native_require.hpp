#pragma once
#include <string>

namespace coop::journals {

/// Refuses a complete export whose lines contradict each other, in the words `otherwise`, unless `holds`.
/// Throws Refused: import_contradicts.
void require(bool holds, const std::string& otherwise);

}  // namespace coop::journals

#pragma once
#include <cstddef>
#include <string>

namespace coop::funds {

/// Refuses words that are missing, only blanks or more than `most` characters. Throws Refused: field_invalid,
/// at `field`.
void require_said(const std::string& text, std::size_t most, const std::string& field);

}  // namespace coop::funds

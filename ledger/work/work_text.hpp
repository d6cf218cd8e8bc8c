#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace coop::work {

/// Codes of circles and kinds of work: a small letter, then up to 30 of a-z 0-9 and -.
/// Throws Refused: name_malformed, at `field`.
void require_work_code(std::string_view code, const std::string& field);
/// A text of so many characters, none of them a control. Throws Refused: field_invalid, at `field`.
void require_work_text(const std::string& text, std::size_t least, std::size_t most,
                       const std::string& field);

}  // namespace coop::work

#pragma once
#include <string>
#include <string_view>

namespace coop::journals {

/// `text` with bytes that a plain-text journal cannot carry written as %XX (upper-case hexadecimal of each
/// byte of the UTF-8): '%' itself, control characters, the marks in `unsafe`, a blank at either end or after
/// another blank, and every blank or line break of Unicode besides the plain space. Two different texts never
/// encode alike.
std::string percent_encoded(std::string_view text, std::string_view unsafe);

/// The text that percent_encoded made `encoded` of: %XX becomes a byte, everything else stays as it is.
std::string percent_decoded(std::string_view encoded);

}  // namespace coop::journals

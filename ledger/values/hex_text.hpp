#pragma once
#include <string>
#include <string_view>

namespace coop {

/// Bytes as hexadecimal digits, lower case.
std::string hex_text(std::string_view bytes);

}  // namespace coop

#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace coop {

/// Base64 (RFC 4648, section 4), with padding.
std::string base64_of(std::string_view bytes);
/// The bytes that a text stands for; nothing if base64_of never makes such a text.
std::optional<std::string> bytes_from_base64(std::string_view text);
/// Bytes as letters that may stand in an address: base64 with - and _ for + and /, without padding (RFC 4648,
/// section 5).
std::string base64url_of(std::string_view bytes);
/// The bytes that a text stands for; nothing if base64url_of never makes such a text.
std::optional<std::string> bytes_from_base64url(std::string_view text);

}  // namespace coop

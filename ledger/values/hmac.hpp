#pragma once
#include <string>
#include <string_view>

namespace coop {

/// HMAC-SHA256 (RFC 2104) of a text: 32 bytes that only who knows the key can make.
std::string hmac_sha256(std::string_view key, std::string_view text);
/// The same texts, told without telling by the time it takes where they differ.
bool is_same_secret(std::string_view one, std::string_view other);
/// 32 random bytes.
std::string random_secret();

}  // namespace coop

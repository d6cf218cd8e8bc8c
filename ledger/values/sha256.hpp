#pragma once
#include <array>
#include <string>
#include <string_view>

namespace coop {

/// A SHA-256 digest.
using Hash = std::array<unsigned char, 32>;

/// SHA-256 of a text; of `text` followed by `more`.
Hash sha256_of(std::string_view text, std::string_view more = {});
/// 64 hexadecimal digits.
std::string hex_of(const Hash& hash);
/// Throws Refused: field_invalid.
Hash hash_from_hex(std::string_view hex);
/// Throws InvariantBroken unless there are 32 bytes.
Hash hash_from_bytes(std::string_view bytes);

}  // namespace coop

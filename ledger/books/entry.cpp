#include "ledger/books/entry.hpp"

#include <algorithm>

#include "ledger/values/hex_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

std::string hex_of(const Hash& hash) {
  return hex_text({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

Hash hash_from_hex(std::string_view hex) {
  const auto digit = [](char character) {
    if (character >= '0' && character <= '9') return character - '0';
    if (character >= 'a' && character <= 'f') return character - 'a' + 10;
    throw Refused{Refusal::field_invalid, "a hash has hexadecimal digits only"};
  };
  if (hex.size() != 64) throw Refused{Refusal::field_invalid, "a hash has 64 hexadecimal digits"};
  Hash hash{};
  for (std::size_t i = 0; i < hash.size(); ++i) {
    hash[i] = static_cast<unsigned char>(digit(hex[2 * i]) * 16 + digit(hex[2 * i + 1]));
  }
  return hash;
}

Hash hash_from_bytes(std::string_view bytes) {
  Hash hash{};
  ensure(bytes.size() == hash.size(), "a hash has 32 bytes");
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace coop::books

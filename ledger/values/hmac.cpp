#include "ledger/values/hmac.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>

#include "ledger/values/refusal.hpp"

namespace coop {

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const auto* made =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  ensure(made != nullptr, "HMAC-SHA256 can be computed");
  return {reinterpret_cast<const char*>(digest.data()), size};
}

bool is_same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string random_secret() {
  std::array<unsigned char, 32> bytes{};
  ensure(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "the machine has random bytes");
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace coop

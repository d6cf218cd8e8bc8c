#include "ledger/values/sha256.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "ledger/values/hex_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

// SHA-256 with one fetched algorithm and one context a thread: half the cost of fetching each time.
class Sha256 {
 public:
  Sha256() : algorithm_{EVP_MD_fetch(nullptr, "SHA256", nullptr)}, context_{EVP_MD_CTX_new()} {}
  ~Sha256() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(algorithm_);
  }
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  Hash of(std::string_view first, std::string_view second) {
    Hash digest{};
    const bool done = EVP_DigestInit_ex2(context_, algorithm_, nullptr) == 1 &&
                      EVP_DigestUpdate(context_, first.data(), first.size()) == 1 &&
                      EVP_DigestUpdate(context_, second.data(), second.size()) == 1 &&
                      EVP_DigestFinal_ex(context_, digest.data(), nullptr) == 1;
    ensure(done, "SHA-256 can be computed");
    return digest;
  }

 private:
  EVP_MD* algorithm_;
  EVP_MD_CTX* context_;
};

Sha256& sha256() {
  thread_local Sha256 digest;
  return digest;
}

}  // namespace

Hash sha256_of(std::string_view text, std::string_view more) { return sha256().of(text, more); }

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

}  // namespace coop

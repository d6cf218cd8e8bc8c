#include "ledger/access/password.hpp"

#include <argon2.h>
#include <openssl/rand.h>

#include <array>
#include <semaphore>

#include "ledger/values/refusal.hpp"

namespace coop::access {

namespace {

constexpr std::uint32_t memory_kib = 19'456;
constexpr std::uint32_t passes = 2;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t shortest = 10;
constexpr std::size_t longest = 1'000;
constexpr std::string_view cost_prefix = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Holds one of the two places for hashing.
class Place {
 public:
  Place() { places().acquire(); }
  ~Place() { places().release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  static std::counting_semaphore<2>& places() {
    static std::counting_semaphore<2> free{2};
    return free;
  }
};

PasswordHash hashed(std::string_view password) {
  const Place place;
  std::array<unsigned char, 16> salt{};
  ensure(RAND_bytes(salt.data(), static_cast<int>(salt.size())) == 1, "the machine gives random bytes");
  std::string encoded(argon2_encodedlen(passes, memory_kib, lanes, salt.size(), hash_bytes, Argon2_id), '\0');
  const int answer =
      argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                            salt.size(), hash_bytes, encoded.data(), encoded.size());
  ensure(answer == ARGON2_OK, "Argon2id can hash a password");
  encoded.resize(encoded.find('\0'));
  return {encoded};
}

}  // namespace

PasswordHash hash_of_password(std::string_view password) {
  if (password.size() < shortest || password.size() > longest)
    throw Refused{Refusal::field_invalid, "a password has 10 to 1000 bytes", "/password"};
  return hashed(password);
}

bool password_matches(const std::optional<PasswordHash>& hash, std::string_view password) {
  static const PasswordHash of_nobody = hashed("nobody has this password");
  const std::string& encoded = (hash ? *hash : of_nobody).encoded;
  const std::string_view tried = password.substr(0, longest + 1);
  const Place place;
  return argon2id_verify(encoded.c_str(), tried.data(), tried.size()) == ARGON2_OK && hash.has_value();
}

bool is_outdated(const PasswordHash& hash) { return !hash.encoded.starts_with(cost_prefix); }

}  // namespace coop::access

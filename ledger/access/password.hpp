#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace coop::access {

/// A password's Argon2id hash in its encoded form: "$argon2id$v=19$m=19456,t=2,p=1$salt$hash".
struct PasswordHash {
  std::string encoded;
};

/// Hashes with a fresh salt and today's cost (19 MiB, 2 passes: OWASP's recommendation), some tens of
/// milliseconds. At most two run at a time, so that sign-ins cannot eat the server's memory. Throws Refused:
/// field_invalid (shorter than 10 or longer than 1000 bytes).
PasswordHash hash_of_password(std::string_view password);

/// True if `password` has this hash. Without a hash (no such user) it takes the same time and is false.
bool password_matches(const std::optional<PasswordHash>& hash, std::string_view password);

/// True if the hash was made with another cost than today's: the next sign-in replaces it.
bool is_outdated(const PasswordHash& hash);

}  // namespace coop::access

#pragma once
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace coop::proof {

/// An Ed25519 public key (RFC 8032), raw.
using PublicKey = std::array<unsigned char, 32>;
/// An Ed25519 signature, raw.
using Signature = std::array<unsigned char, 64>;

/// The first 16 hexadecimal digits of SHA-256 of the raw public key: short enough to be read out.
std::string key_id_of(const PublicKey& key);
/// True if `signature` is that of `text` under `key`.
bool is_signature_of(const Signature& signature, std::string_view text, const PublicKey& key);

/// From hexadecimal digits. Throws Refused: field_invalid, unless `hex` is of that size.
PublicKey public_key_from_hex(std::string_view hex);
Signature signature_from_hex(std::string_view hex);

/// The server's key for signing checkpoints. It lives in a file outside the database, so that whoever can
/// change the books in the database cannot sign what they made of them. Safe to share between threads.
class SigningKey {
 public:
  /// Reads a private key in PEM. Throws Unavailable: no such file, not an Ed25519 key, readable by others.
  static SigningKey read(const std::filesystem::path& file);
  /// The same; makes the key, in a file that only its owner can read, if there is none yet.
  static SigningKey read_or_make(const std::filesystem::path& file);
  /// A key that lives in memory only: for tests.
  static SigningKey make();

  Signature sign(std::string_view text) const;
  const PublicKey& public_key() const noexcept { return public_key_; }
  const std::string& id() const noexcept { return id_; }

 private:
  struct Held;
  explicit SigningKey(std::shared_ptr<const Held> held);
  std::shared_ptr<const Held> held_;
  PublicKey public_key_;
  std::string id_;
};

}  // namespace coop::proof

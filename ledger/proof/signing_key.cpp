#include "ledger/proof/signing_key.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "ledger/books/chain.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

using KeyHandle = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using ContextHandle = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using FileHandle = std::unique_ptr<FILE, int (*)(FILE*)>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <std::size_t Size>
std::array<unsigned char, Size> array_from_hex(std::string_view hex, const char* what) {
  const auto digit = [&](char letter) -> unsigned {
    if (letter >= '0' && letter <= '9') return static_cast<unsigned>(letter - '0');
    if (letter >= 'a' && letter <= 'f') return static_cast<unsigned>(letter - 'a') + 10U;
    throw Refused{Refusal::field_invalid, std::string{what} + " is written in the digits 0 to 9 and a to f"};
  };
  if (hex.size() != Size * 2) {
    throw Refused{Refusal::field_invalid, std::string{what} + " has " + std::to_string(Size * 2) + " digits"};
  }
  std::array<unsigned char, Size> bytes{};
  for (std::size_t i = 0; i < Size; ++i) {
    bytes[i] = static_cast<unsigned char>(digit(hex[2 * i]) << 4U | digit(hex[2 * i + 1]));
  }
  return bytes;
}

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& fault) {
  throw Unavailable{"the signing key " + file.string() + " cannot be used: " + fault};
}

KeyHandle new_key() {
  KeyHandle key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free};
  ensure(key != nullptr, "an Ed25519 key can be made");
  return key;
}

KeyHandle read_key(const std::filesystem::path& file) {
  const FileHandle open{std::fopen(file.c_str(), "re"), std::fclose};
  if (!open) fail(file, std::strerror(errno));
  struct stat status{};
  if (fstat(fileno(open.get()), &status) != 0) fail(file, std::strerror(errno));
  if ((status.st_mode & 077U) != 0) fail(file, "others than its owner can read it; chmod 600");
  KeyHandle key{PEM_read_PrivateKey(open.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
  if (!key || EVP_PKEY_is_a(key.get(), "ED25519") != 1) fail(file, "it is not an Ed25519 private key in PEM");
  return key;
}

// What root makes in the folder of a service belongs to the service.
void give_to_folders_owner(int descriptor, const std::filesystem::path& file) {
  struct stat folder{};
  const std::filesystem::path parent = file.has_parent_path() ? file.parent_path() : ".";
  if (geteuid() != 0 || stat(parent.c_str(), &folder) != 0) return;
  if (fchown(descriptor, folder.st_uid, folder.st_gid) != 0) fail(file, std::strerror(errno));
}

// Written beside its place and then linked to it: two servers that start at once end up with one key.
void write_new_key(const std::filesystem::path& file) {
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  const std::string beside = file.string() + "." + std::to_string(getpid()) + ".new";
  const int descriptor = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) fail(file, std::strerror(errno));
  give_to_folders_owner(descriptor, file);
  const KeyHandle key = new_key();
  FILE* const stream = fdopen(descriptor, "w");
  const bool written = PEM_write_PrivateKey(stream, key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
                       std::fflush(stream) == 0 && fsync(descriptor) == 0;
  std::fclose(stream);
  const bool linked = written && (link(beside.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const int error = errno;
  unlink(beside.c_str());
  if (!linked) fail(file, std::strerror(error));
}

}  // namespace

struct SigningKey::Held {
  KeyHandle key;
};

PublicKey public_key_from_hex(std::string_view hex) { return array_from_hex<32>(hex, "a public key"); }
Signature signature_from_hex(std::string_view hex) { return array_from_hex<64>(hex, "a signature"); }

std::string key_id_of(const PublicKey& key) {
  return hex_of(sha256_of({reinterpret_cast<const char*>(key.data()), key.size()}))
      .substr(0, 16);
}

bool is_signature_of(const Signature& signature, std::string_view text, const PublicKey& key) {
  const KeyHandle handle{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()),
                         EVP_PKEY_free};
  const ContextHandle context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  return handle && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, handle.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes_of(text), text.size()) ==
             1;
}

SigningKey::SigningKey(std::shared_ptr<const Held> held) : held_{std::move(held)}, public_key_{} {
  std::size_t size = public_key_.size();
  ensure(EVP_PKEY_get_raw_public_key(held_->key.get(), public_key_.data(), &size) == 1 &&
             size == public_key_.size(),
         "an Ed25519 key has a public key of 32 bytes");
  id_ = key_id_of(public_key_);
}

SigningKey SigningKey::make() { return SigningKey{std::make_shared<const Held>(Held{new_key()})}; }

SigningKey SigningKey::read(const std::filesystem::path& file) {
  return SigningKey{std::make_shared<const Held>(Held{read_key(file)})};
}

SigningKey SigningKey::read_or_make(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) write_new_key(file);
  return read(file);
}

Signature SigningKey::sign(std::string_view text) const {
  const ContextHandle context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  Signature signature{};
  std::size_t size = signature.size();
  const bool done = context &&
                    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, held_->key.get()) == 1 &&
                    EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(text), text.size()) == 1;
  ensure(done && size == signature.size(), "a text can be signed");
  return signature;
}

}  // namespace coop::proof

#include "ledger/journals/running_hash.hpp"

#include <openssl/evp.h>

#include "ledger/values/refusal.hpp"

namespace coop::journals {

struct RunningHash::Context {
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(digest); }
};

RunningHash::RunningHash() : context_{std::make_unique<Context>()} {
  ensure(EVP_DigestInit_ex(context_->digest, EVP_sha256(), nullptr) == 1, "SHA-256 can be computed");
}
RunningHash::~RunningHash() = default;

void RunningHash::add(std::string_view piece) {
  ensure(EVP_DigestUpdate(context_->digest, piece.data(), piece.size()) == 1, "SHA-256 can be computed");
}

Hash RunningHash::value() const {
  const Context copy;
  Hash hash{};
  const bool done = EVP_MD_CTX_copy_ex(copy.digest, context_->digest) == 1 &&
                    EVP_DigestFinal_ex(copy.digest, hash.data(), nullptr) == 1;
  ensure(done, "SHA-256 can be computed");
  return hash;
}

}  // namespace coop::journals

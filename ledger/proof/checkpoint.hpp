#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/books/entry.hpp"
#include "ledger/proof/signing_key.hpp"

namespace coop::proof {

/// A signed statement: "when I made this, entry `number` of `node` had the hash `hash`", and with it
/// everything recorded before was as it was.
struct Checkpoint {
  std::string node;
  EntryNumber number;
  Hash hash;
  Instant made_at;
  std::string key_id;
  PublicKey public_key;
  Signature signature;
};

/// What is signed:
///
///     coopledger-checkpoint-1
///     node bcn
///     number 1042
///     hash 853abfbaf042f2e5715a32758699bc8c163d271e32d2eaf6d0592f0fc644567e
///     made_at 2026-02-01T09:05:00.123456Z
std::string checkpoint_text(std::string_view node, EntryNumber number, const Hash& hash,
                            Instant made_at);

/// Signs where the books stand.
Checkpoint sign_checkpoint(const std::string& node, EntryNumber number, const Hash& hash,
                           Instant made_at, const SigningKey& key);
/// True if the checkpoint names its key rightly and its signature is right.
bool is_genuine(const Checkpoint& checkpoint);

}  // namespace coop::proof

#pragma once
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "ledger/access/token.hpp"
#include "ledger/database/database.hpp"

namespace coop::access {

/// Who stands behind a token, remembered for a few seconds, so that a busy caller costs no query a request.
/// What is revoked here is noticed at once (forget…), what another server process revokes after at most
/// `memory`. Unknown tokens are remembered too. Thread-safe; memory is bounded.
class TokenDirectory {
 public:
  explicit TokenDirectory(Database& database, std::chrono::milliseconds memory = std::chrono::seconds{5});

  /// What is remembered, never asking the database: nothing if the database must be asked. Inside, null is a
  /// token that opens nothing (unknown, revoked, or of a closed user).
  std::optional<std::shared_ptr<const Access>> at_hand(std::string_view token, Instant now) const;
  /// The same, asking the database if needed. A token used for the first time in a day is marked so.
  std::shared_ptr<const Access> find(std::string_view token, Instant now);
  /// After a change to users, roles or tokens: everything is asked anew.
  void forget_all();

 private:
  struct Remembered {
    std::shared_ptr<const Access> access;
    Instant read_at;
  };
  std::shared_ptr<const Access> read(const TokenHash& hash, Instant now);
  void remember(const TokenHash& hash, Remembered remembered, std::uint64_t generation);

  Database& database_;
  std::chrono::microseconds memory_;
  mutable std::mutex mutex_;
  std::unordered_map<TokenHash, Remembered> tokens_;
  std::uint64_t generation_ = 0;
};

}  // namespace coop::access

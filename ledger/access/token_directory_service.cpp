#include "ledger/access/token_directory_service.hpp"

#include "ledger/access/role_store.hpp"
#include "ledger/access/token_store.hpp"

namespace coop::access {

namespace {

constexpr std::size_t most_tokens = 50'000;

}  // namespace

TokenDirectory::TokenDirectory(Database& database, std::chrono::milliseconds memory)
    : database_{database}, memory_{memory} {}

std::optional<std::shared_ptr<const Access>> TokenDirectory::at_hand(std::string_view token,
                                                                     Instant now) const {
  const std::optional<TokenHash> hash = hash_of_token(token);
  if (!hash) return std::shared_ptr<const Access>{};
  const std::lock_guard lock{mutex_};
  const auto found = tokens_.find(*hash);
  if (found == tokens_.end()) return {};
  const auto age = now - found->second.read_at;
  // A clock that was set back must not make a memory immortal.
  if (age >= memory_ || age < -memory_) return {};
  return found->second.access;
}

std::shared_ptr<const Access> TokenDirectory::find(std::string_view token, Instant now) {
  if (const auto remembered = at_hand(token, now)) return *remembered;
  std::uint64_t generation = 0;
  {
    const std::lock_guard lock{mutex_};
    generation = generation_;
  }
  const TokenHash hash = *hash_of_token(token);
  const std::shared_ptr<const Access> access = read(hash, now);
  remember(hash, {access, now}, generation);
  return access;
}

void TokenDirectory::forget_all() {
  const std::lock_guard lock{mutex_};
  tokens_.clear();
  ++generation_;
}

std::shared_ptr<const Access> TokenDirectory::read(const TokenHash& hash, Instant now) {
  std::optional<FoundToken> found = database_.in_snapshot([&](Tx& tx) {
    std::optional<FoundToken> token = find_token(tx, hash);
    if (token) token->access.roles = read_roles(tx, token->access.user);
    return token;
  });
  if (!found) return nullptr;
  const Day today = day_in_zone(now, "UTC");
  if (found->access.expires_at > now && found->last_used_on != today)
    database_.in_tx([&](Tx& tx) { mark_used(tx, found->number, today); });
  return std::make_shared<const Access>(std::move(found->access));
}

// What was read before somebody called forget_all() may be outdated already: it is used once and not kept.
void TokenDirectory::remember(const TokenHash& hash, Remembered remembered, std::uint64_t generation) {
  const std::lock_guard lock{mutex_};
  if (generation != generation_) return;
  if (tokens_.size() >= most_tokens) {
    std::erase_if(tokens_,
                  [&](const auto& one) { return remembered.read_at - one.second.read_at >= memory_; });
    if (tokens_.size() >= most_tokens) tokens_.clear();
  }
  tokens_.insert_or_assign(hash, std::move(remembered));
}

}  // namespace coop::access

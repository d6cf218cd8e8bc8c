#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/access/password.hpp"
#include "ledger/access/user.hpp"
#include "ledger/database/tx.hpp"

namespace coop::access {

/// Who is to be checked at sign-in. Closed users are not found.
struct StoredPassword {
  UserId user;
  std::optional<PasswordHash> hash;
};

/// Throws Refused: user_exists.
UserId insert_user(Tx& tx, const UserDraft& draft, const std::optional<PasswordHash>& hash,
                   std::optional<UserId> by, Instant now);
/// The user of this name, closed or not.
std::optional<User> find_user(Tx& tx, std::string_view name);
/// The users whose names come after `after`, by name, at most `most`.
std::vector<User> list_users(Tx& tx, std::string_view after, int most);
/// True if a user who is not closed has the operator's right.
bool has_operator(Tx& tx);
/// The password of the user of this name who is not closed.
std::optional<StoredPassword> find_password(Tx& tx, std::string_view name);
/// Writes the password.
void update_password(Tx& tx, UserId user, const PasswordHash& hash, Instant now);
/// Writes title, operator's right and closing.
void update_user(Tx& tx, const User& user);

}  // namespace coop::access

#include "ledger/access/user_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::access {

namespace {

User user_of(const Row& row) {
  return User{row.id<UserId>(0), row.string(1),  row.string(2),       row.boolean(3),
              row.boolean(4),    row.instant(5), row.maybe_instant(6)};
}

constexpr const char* insert_user_sql = R"sql(
  -- users.insert
  INSERT INTO user_account (name, title, password_hash, password_set_at, is_operator, created_by, created_at)
  VALUES ($1, $2, $3, CASE WHEN $3::text IS NOT NULL THEN $6::timestamptz END, $4, $5, $6)
  ON CONFLICT (name) DO NOTHING
  RETURNING id
)sql";

}  // namespace

UserId insert_user(Tx& tx, const UserDraft& draft, const std::optional<PasswordHash>& hash,
                   std::optional<UserId> by, Instant now) {
  const SqlValue encoded = hash ? SqlValue{hash->encoded} : SqlValue{std::nullopt};
  const Rows added = rows(tx, insert_user_sql, draft.name, draft.title, encoded, draft.is_operator, by, now);
  if (added.empty())
    throw Refused{Refusal::user_exists, "there is a user '" + draft.name + "' already", "/name"};
  return added[0].id<UserId>(0);
}

namespace {

constexpr const char* find_user_sql = R"sql(
  -- users.find
  SELECT id, name, title, is_operator, password_hash IS NOT NULL, created_at, closed_at
    FROM user_account
   WHERE name = $1
)sql";

}  // namespace

std::optional<User> find_user(Tx& tx, std::string_view name) {
  const Rows found = rows(tx, find_user_sql, name);
  if (found.empty()) return {};
  return user_of(found[0]);
}

namespace {

constexpr const char* list_users_sql = R"sql(
  -- users.list
  SELECT id, name, title, is_operator, password_hash IS NOT NULL, created_at, closed_at
    FROM user_account
   WHERE name > $1
   ORDER BY name
   LIMIT $2
)sql";

}  // namespace

std::vector<User> list_users(Tx& tx, std::string_view after, int most) {
  std::vector<User> users;
  for (const Row row : rows(tx, list_users_sql, after, most)) users.push_back(user_of(row));
  return users;
}

namespace {

constexpr const char* has_operator_sql = R"sql(
  -- users.any_operator
  SELECT EXISTS (SELECT FROM user_account WHERE is_operator AND closed_at IS NULL)
)sql";

}  // namespace

bool has_operator(Tx& tx) { return only_row(rows(tx, has_operator_sql)).boolean(0); }

namespace {

constexpr const char* find_password_sql = R"sql(
  -- users.password
  SELECT id, password_hash
    FROM user_account
   WHERE name = $1 AND closed_at IS NULL
)sql";

}  // namespace

std::optional<StoredPassword> find_password(Tx& tx, std::string_view name) {
  const Rows found = rows(tx, find_password_sql, name);
  if (found.empty()) return {};
  StoredPassword stored{found[0].id<UserId>(0), {}};
  if (!found[0].is_null(1)) stored.hash = PasswordHash{found[0].string(1)};
  return stored;
}

namespace {

constexpr const char* update_password_sql = R"sql(
  -- users.set_password
  UPDATE user_account SET password_hash = $2, password_set_at = $3 WHERE id = $1
)sql";

}  // namespace

void update_password(Tx& tx, UserId user, const PasswordHash& hash, Instant now) {
  rows(tx, update_password_sql, user, hash.encoded, now);
}

namespace {

constexpr const char* update_user_sql = R"sql(
  -- users.update
  UPDATE user_account SET title = $2, is_operator = $3, closed_at = $4 WHERE id = $1
)sql";

}  // namespace

void update_user(Tx& tx, const User& user) {
  rows(tx, update_user_sql, user.id, user.title, user.is_operator, user.closed_at);
}

}  // namespace coop::access

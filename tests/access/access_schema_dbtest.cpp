#include "tests/support/test_database.hpp"

namespace coop::access {
namespace {

/// What the schema itself keeps, whatever the program does.
class AccessSchemaTest : public test::DatabaseTest {
 protected:
  std::string state_of(const std::string& sql) {
    try {
      superuser_sql(sql);
    } catch (const test::SqlFailed& refused) {
      return refused.sqlstate;
    }
    return "accepted";
  }
  bool service_may(const std::string& sql) {
    try {
      superuser_sql("SET ROLE coopledger_service; " + sql);
    } catch (const test::SqlFailed& refused) {
      EXPECT_NE(std::string{refused.what()}.find("permission denied"), std::string::npos) << refused.what();
      return false;
    }
    return true;
  }
};

TEST_F(AccessSchemaTest, RefusesNamesHashesAndScopesThatCannotBe) {
  const auto user = [](const std::string& name, const std::string& hash) {
    return "INSERT INTO user_account (name, title, password_hash, password_set_at, created_at) VALUES ('" +
           name + "', '', " + hash + ", CASE WHEN " + hash + " IS NOT NULL THEN now() END, now())";
  };
  EXPECT_EQ(state_of(user("maria", "'$argon2id$v=19$x'")), "accepted");
  EXPECT_EQ(state_of(user("Maria", "NULL")), "23514");
  EXPECT_EQ(state_of(user("maria", "NULL")), "23505");
  EXPECT_EQ(state_of(user("jordi", "'plain password'")), "23514");
  const auto token = [](const std::string& hash, const std::string& scopes) {
    return "INSERT INTO access_token (user_id, token_hash, origin, label, scopes, issued_at, expires_at) "
           "SELECT id, " +
           hash + ", 'issued', '', " + scopes + ", now(), now() + '1 day' FROM user_account";
  };
  EXPECT_EQ(state_of(token("sha256('a')", "'{read}'")), "accepted");
  EXPECT_EQ(state_of(token("sha256('a')", "'{read}'")), "23505");
  EXPECT_EQ(state_of(token("'short'", "'{read}'")), "23514");
  EXPECT_EQ(state_of(token("sha256('b')", "'{}'")), "23514");
  EXPECT_EQ(state_of(token("sha256('b')", "'{all}'")), "23514");
}

TEST_F(AccessSchemaTest, GivesTheServiceNoRightToRewriteWhoHeldWhichRole) {
  EXPECT_FALSE(service_may("DELETE FROM role_grant"));
  EXPECT_FALSE(service_may("TRUNCATE role_grant"));
  EXPECT_FALSE(service_may("UPDATE role_grant SET role = 'treasurer'"));
  EXPECT_FALSE(service_may("UPDATE role_grant SET granted_by = NULL"));
  EXPECT_FALSE(service_may("DELETE FROM user_account"));
  EXPECT_FALSE(service_may("UPDATE user_account SET name = 'x2'"));
  EXPECT_FALSE(service_may("UPDATE access_token SET scopes = '{admin}'"));
  EXPECT_FALSE(service_may("UPDATE access_token SET expires_at = 'infinity'"));
  EXPECT_TRUE(service_may("UPDATE role_grant SET revoked_at = now()"));
}

}  // namespace
}  // namespace coop::access

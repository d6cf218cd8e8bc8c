#include "tests/support/test_database.hpp"

namespace coop::test {
namespace {

class FreshDatabases : public DatabaseTest {};

TEST_F(FreshDatabases, AreMigratedAndReachedUnderTheServiceRole) {
  const std::string role =
      db().in_tx([](Tx& tx) { return only_row(rows(tx, "SELECT current_user::text")).string(0); });
  EXPECT_EQ(role, "coopledger_service");
  EXPECT_NE(superuser_value("SELECT count(*) FROM schema_migration"), "0");
}

TEST_F(FreshDatabases, DoNotSeeEachOther) {
  const FreshDatabase other;
  other.superuser_sql("CREATE TABLE only_there ()");
  EXPECT_EQ(superuser_value("SELECT to_regclass('only_there')"), "");
}

TEST_F(FreshDatabases, ReportWhatPostgresqlRefuses) {
  try {
    superuser_sql("SELECT 1 / 0");
    FAIL() << "PostgreSQL divides by zero";
  } catch (const SqlFailed& refused) {
    EXPECT_EQ(refused.sqlstate, "22012");
  }
}

}  // namespace
}  // namespace coop::test

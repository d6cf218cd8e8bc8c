#include "ledger/database/migrations.hpp"

#include <thread>

#include "ledger/values/refusal.hpp"
#include "tests/support/test_database.hpp"

namespace coop {
namespace {

/// An empty database: the template's schema is thrown away.
class MigrationsTest : public testing::Test {
 protected:
  MigrationsTest() { fresh_.superuser_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public"); }
  Database& db() { return database_; }
  std::string value(const std::string& sql) const { return fresh_.superuser_value(sql); }
  const test::FreshDatabase& fresh() const { return fresh_; }

 private:
  test::FreshDatabase fresh_;
  Database database_{{.address = fresh_.address(), .connections = 8, .role = {}}};
};

const std::vector<Migration> two_steps{
    {"0001_first", "CREATE TABLE first (a int)"},
    {"0002_second", "CREATE TABLE second (b int); INSERT INTO first VALUES (1)"}};

TEST_F(MigrationsTest, AreAppliedOnceInTheirOrder) {
  EXPECT_FALSE(is_migrated(db()));
  const MigrationReport report = migrate(db(), two_steps);
  EXPECT_EQ(report.applied, (std::vector<std::string>{"0001_first", "0002_second"}));
  EXPECT_EQ(report.newest, "0002_second");
  const MigrationReport again = migrate(db(), two_steps);
  EXPECT_TRUE(again.applied.empty());
  EXPECT_EQ(again.newest, "0002_second");
  EXPECT_EQ(value("SELECT count(*) FROM first"), "1");
}

TEST_F(MigrationsTest, OfThisBinaryMakeAnEmptyDatabaseReady) {
  EXPECT_EQ(migrate(db()).applied.size(), embedded_migrations().size());
  EXPECT_TRUE(is_migrated(db()));
}

TEST_F(MigrationsTest, OfThisBinaryNeedNoSuperuserButTheOwnerOfTheDatabase) {
  fresh().superuser_sql(R"sql(
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plain_owner') THEN CREATE ROLE plain_owner; END IF;
      EXECUTE format('ALTER DATABASE %I OWNER TO plain_owner', current_database());
    END $$;
    ALTER SCHEMA public OWNER TO plain_owner;
  )sql");
  Database owner{{.address = fresh().address(), .connections = 1, .role = "plain_owner"}};
  EXPECT_EQ(migrate(owner).applied.size(), embedded_migrations().size());
  EXPECT_EQ(value("SELECT tableowner FROM pg_tables WHERE tablename = 'membership'"), "plain_owner");
}

TEST_F(MigrationsTest, AreTakenBackWholeWhenAStepFails) {
  std::vector<Migration> steps = two_steps;
  steps[1].sql += "; SELECT no_such_column";
  EXPECT_THROW(migrate(db(), steps), InvariantBroken);
  EXPECT_EQ(value("SELECT to_regclass('first')"), "first") << "the step before stays";
  EXPECT_EQ(value("SELECT to_regclass('second')"), "");
  EXPECT_EQ(migrate(db(), two_steps).applied, (std::vector<std::string>{"0002_second"}));
}

TEST_F(MigrationsTest, AreRefusedIfAnAppliedStepWasChanged) {
  migrate(db(), two_steps);
  std::vector<Migration> changed = two_steps;
  changed[0].sql += " -- changed";
  EXPECT_THROW(migrate(db(), changed), InvariantBroken);
}

TEST_F(MigrationsTest, AreRefusedIfTheDatabaseIsNewerThanTheProgram) {
  migrate(db(), two_steps);
  EXPECT_THROW(migrate(db(), {two_steps[0]}), Unavailable);
}

TEST_F(MigrationsTest, AreAppliedOnceEvenIfManyProgramsStartTogether) {
  std::vector<std::thread> programs;
  for (int i = 0; i < 6; ++i) programs.emplace_back([&] { migrate(db(), two_steps); });
  for (std::thread& program : programs) program.join();
  EXPECT_EQ(value("SELECT count(*) FROM first"), "1");
  EXPECT_EQ(value("SELECT count(*) FROM schema_migration"), "2");
}

}  // namespace
}  // namespace coop

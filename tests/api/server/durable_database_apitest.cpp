// Whether an operator's own PostgreSQL keeps what is answered is asked before the books are served from it.
#include <csignal>
#include <filesystem>

#include "ledger/database/disk_promises.hpp"
#include "ledger/database/postgres_binaries.hpp"
#include "ledger/database/private_postgres.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/served_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace coop::test {
namespace {

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

TEST(OwnPostgres, ThatMayLoseWhatWasAnsweredIsNotServedFrom) {
  const FreshDatabase undurable;
  const TemporaryFolder folder;
  const Ran refused = ran_coopledger({"serve", "--database", undurable.address(), "--data",
                                      folder.path() / "data", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(refused.code, 3) << refused.out;
  EXPECT_TRUE(says(refused.err,
                   "off there: fsync, full_page_writes. Switch it on, or set "
                   "accept_undurable_database for books that may be lost"))
      << refused.err;
}

TEST(OwnPostgres, ThatMayLoseWhatWasAnsweredIsServedFromWhereSomebodySaidSo) {
  const FreshDatabase undurable;
  const TemporaryFolder folder;
  ServedProgram program{folder.path() / "data",
                        {"--database", undurable.address(), "--accept-undurable-database", "true"}};
  EXPECT_EQ(program.ask("GET", "/health/ready", "").status, 200);
  EXPECT_TRUE(says(program.words(),
                   "may lose what was answered when the machine stops off=\"fsync, "
                   "full_page_writes\""))
      << program.words();
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0) << program.words();
}

TEST(OwnPostgres, ThatKeepsEverythingIsServedFromWithoutAWord) {
  const FreshDatabase durable{Durability::durable};
  const TemporaryFolder folder;
  ServedProgram program{folder.path() / "data", {"--database", durable.address()}};
  EXPECT_FALSE(says(program.words(), "warning")) << program.words();
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0) << program.words();
}

TEST(OwnPostgres, WithoutChecksumsIsServedFromAndTheLogSaysSo) {
  const TemporaryFolder folder{place_in_memory()};
  const auto cluster = folder.path() / "postgresql";
  const PrivatePostgresSettings small{.shared_buffers_mb = 16, .connections = 40};
  {
    const PrivatePostgres made{cluster, small};
  }
  const auto programs = find_postgres_binaries(std::nullopt).folder;
  const Ran changed = ran({programs / "pg_checksums", "--disable", "--pgdata", cluster / "cluster"});
  ASSERT_EQ(changed.code, 0) << changed.err;
  PrivatePostgres postgres{cluster, small};
  postgres.require_database("books");
  ServedProgram program{folder.path() / "data", {"--database", postgres.address("books")}};
  EXPECT_TRUE(says(program.words(), "setting=data_checksums state=off")) << program.words();
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0) << program.words();
}

TEST(OwnPostgres, IsAskedForTheSessionsThatTheServerHas) {
  const FreshDatabase durable{Durability::durable};
  durable.superuser_sql("ALTER DATABASE " + durable.superuser_value("SELECT current_database()") +
                        " SET synchronous_commit = off");
  Database database{{.address = durable.address(), .connections = 1, .role = {}}};
  const DiskPromises found = read_disk_promises(database);
  EXPECT_EQ(found.settings_off, "") << "the server's sessions switch synchronous_commit on themselves";
  EXPECT_TRUE(found.has_checksums);
}

}  // namespace
}  // namespace coop::test

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <pqxx/pqxx>
#include <thread>

#include "ledger/database/postgres_configuration.hpp"
#include "ledger/database/private_postgres.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::string value(const PrivatePostgres& postgres, const std::string& sql) {
  pqxx::connection connection{postgres.address("postgres")};
  pqxx::nontransaction work{connection};
  const pqxx::result answer = work.exec(sql);
  return answer.empty() ? "" : answer[0][0].c_str();
}

/// The postmaster's process once it is told: 0 would mean this test's own group to kill().
int running_process(const PrivatePostgres& postgres) {
  int process = 0;
  const bool runs = test::comes_true([&] { return (process = postgres.process()) != 0; });
  if (!runs) throw std::runtime_error{"PostgreSQL is not running"};
  return process;
}

/// The answer once PostgreSQL is back.
std::string value_when_back(const PrivatePostgres& postgres, const std::string& sql) {
  std::string answer = "PostgreSQL did not come back";
  test::comes_true([&] {
    try {
      answer = value(postgres, sql);
      return true;
    } catch (const pqxx::broken_connection&) {
      return false;
    }
  });
  return answer;
}

std::string text_of_file(const fs::path& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

class PrivatePostgresTest : public testing::Test {
 protected:
  fs::path folder() const { return parent_.path() / "postgresql"; }

 private:
  // Processes are killed here, never the machine: nothing has to reach a disk.
  test::TemporaryFolder parent_{test::place_in_memory()};
};

TEST_F(PrivatePostgresTest, KeepsItsDurableSettingsEvenIfTheOperatorAsksForLess) {
  {
    const PrivatePostgres first{folder()};
  }
  std::ofstream{folder() / "cluster" / "operator.conf"}
      << "fsync = off\nsynchronous_commit = off\nwork_mem = 5MB\n";
  const PrivatePostgres postgres{folder()};
  const auto shown = [&](const std::string& name) { return value(postgres, "SHOW " + name); };
  EXPECT_EQ(shown("fsync"), "on");
  EXPECT_EQ(shown("synchronous_commit"), "on");
  EXPECT_EQ(shown("full_page_writes"), "on");
  EXPECT_EQ(shown("data_checksums"), "on");
  EXPECT_EQ(shown("work_mem"), "5MB") << "what does not weaken promises is the operator's";
  EXPECT_EQ(shown("server_encoding"), "UTF8");
  EXPECT_EQ(shown("TimeZone"), "UTC");
}

TEST_F(PrivatePostgresTest, NeedsNoFolderForSharedMemory) {
  EXPECT_EQ(shared_memory_type(folder() / "not-there"), "sysv");
  EXPECT_EQ(shared_memory_type(folder().parent_path()), "posix");
  std::string wanted;
  {
    const FilesAs rights{server_user()};
    wanted = "\ndynamic_shared_memory_type = " + shared_memory_type() + "\n";
  }
  {
    const PrivatePostgres first{folder()};
  }
  EXPECT_NE(text_of_file(folder() / "cluster" / "postgresql.conf").find(wanted), std::string::npos);
  std::ofstream{folder() / "cluster" / "operator.conf"}
      << "dynamic_shared_memory_type = sysv\n"
         "min_parallel_table_scan_size = 0\nparallel_setup_cost = 0\nparallel_tuple_cost = 0\n";
  const PrivatePostgres postgres{folder()};
  EXPECT_EQ(value(postgres, "SHOW dynamic_shared_memory_type"), "sysv");
  EXPECT_EQ(value(postgres, "SELECT count(*) > 1000 FROM pg_attribute"), "t") << "by parallel workers";
}

TEST_F(PrivatePostgresTest, ListensOnNoNetworkAndLetsNoOtherUserIn) {
  const PrivatePostgres postgres{folder()};
  EXPECT_EQ(value(postgres, "SHOW listen_addresses"), "");
  const std::string process = std::to_string(postgres.process());
  const std::string sockets = "/proc/" + process + "/fd";
  int network_sockets = 0;
  std::string table = text_of_file("/proc/net/tcp") + text_of_file("/proc/net/tcp6");
  for (const auto& entry : fs::directory_iterator{sockets}) {
    std::error_code error;
    const std::string target = fs::read_symlink(entry.path(), error).string();
    if (!target.starts_with("socket:[")) continue;
    const std::string inode = target.substr(8, target.size() - 9);
    if (table.find(" " + inode + " ") != std::string::npos) ++network_sockets;
  }
  EXPECT_EQ(network_sockets, 0);
  struct stat found{};
  ASSERT_EQ(stat((folder() / "socket").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0700U);
  ASSERT_EQ(stat(folder().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0700U);
  const std::string access = text_of_file(folder() / "cluster" / "pg_hba.conf");
  EXPECT_EQ(access.find("host "), std::string::npos);
  EXPECT_EQ(access.find("trust"), std::string::npos);
}

TEST_F(PrivatePostgresTest, RunsAsTheUserPostgresWhenStartedByRoot) {
  if (geteuid() != 0) GTEST_SKIP() << "only root changes users";
  const PrivatePostgres postgres{folder()};
  struct stat found{};
  ASSERT_EQ(stat(("/proc/" + std::to_string(postgres.process())).c_str(), &found), 0);
  EXPECT_NE(found.st_uid, 0U);
  const std::string status = text_of_file("/proc/" + std::to_string(postgres.process()) + "/status");
  EXPECT_NE(status.find("CapEff:\t0000000000000000"), std::string::npos);
}

TEST_F(PrivatePostgresTest, HandsNoneOfOurOpenFilesToPostgresql) {
  const test::TemporaryFolder elsewhere;
  const std::string secret = (elsewhere.path() / "secret").string();
  FILE* const open_file = std::fopen(secret.c_str(), "w");
  const PrivatePostgres postgres{folder()};
  for (const auto& entry : fs::directory_iterator{"/proc/" + std::to_string(postgres.process()) + "/fd"}) {
    std::error_code error;
    const fs::path target = fs::read_symlink(entry.path(), error);
    EXPECT_NE(target, secret);
    EXPECT_NE(target, folder() / "lock") << "the lock must end with us, not with PostgreSQL";
  }
  std::fclose(open_file);
}

TEST_F(PrivatePostgresTest, ComesBackAfterItsPostmasterIsKilled) {
  const PrivatePostgres postgres{folder()};
  value(postgres, "CREATE TABLE kept (number int)");
  for (int round = 1; round <= 3; ++round) {
    value(postgres, "INSERT INTO kept VALUES (" + std::to_string(round) + ")");
    const int killed = running_process(postgres);
    ASSERT_EQ(kill(killed, SIGKILL), 0);
    EXPECT_EQ(value_when_back(postgres, "SELECT count(*) FROM kept"), std::to_string(round));
    EXPECT_NE(running_process(postgres), killed);
  }
}

TEST_F(PrivatePostgresTest, ComesBackWhileAnOldConnectionIsStillBusy) {
  const PrivatePostgres postgres{folder()};
  std::thread busy{[&] {
    try {
      value(postgres, "SELECT count(*) FROM generate_series(1, 3000000000)");
    } catch (const std::exception&) {
    }
  }};
  const bool began = test::comes_true([&] {
    return value(postgres, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%3000000000)'") == "1";
  });
  EXPECT_TRUE(began);
  EXPECT_EQ(kill(running_process(postgres), SIGKILL), 0);
  EXPECT_EQ(value_when_back(postgres, "SELECT 'back'"), "back");
  busy.join();
}

TEST_F(PrivatePostgresTest, RefusesAFolderThatAnotherProgramUses) {
  const PrivatePostgres postgres{folder()};
  try {
    const PrivatePostgres second{folder()};
    FAIL() << "two programs share one cluster";
  } catch (const Unavailable& refused) {
    const std::string holder = "in use by another coopledger (process " + std::to_string(getpid()) + ")";
    EXPECT_NE(std::string{refused.what()}.find(holder), std::string::npos) << refused.what();
  }
  EXPECT_EQ(value(postgres, "SELECT 'unharmed'"), "unharmed");
}

TEST_F(PrivatePostgresTest, KeepsItsDatabasesOverARestart) {
  {
    PrivatePostgres postgres{folder()};
    postgres.require_database("coop \"ledger\"");
    postgres.require_database("coop \"ledger\"");
  }
  const PrivatePostgres postgres{folder()};
  EXPECT_EQ(value(postgres, "SELECT count(*) FROM pg_database WHERE datname = 'coop \"ledger\"'"), "1");
}

TEST_F(PrivatePostgresTest, LeavesNoProcessBehind) {
  int process = 0;
  {
    const PrivatePostgres postgres{folder()};
    process = postgres.process();
  }
  EXPECT_NE(kill(process, 0), 0);
  EXPECT_FALSE(fs::exists(folder() / "cluster" / "postmaster.pid"));
}

/// Starts PostgreSQL in a process of its own, which does nothing more; answers that process.
pid_t start_elsewhere(const fs::path& folder) noexcept {
  int ready[2];
  if (pipe(ready) != 0) return -1;
  const pid_t child = fork();
  if (child == 0) {
    const PrivatePostgres postgres{folder};
    const int process = postgres.process();
    if (write(ready[1], &process, sizeof process) != sizeof process) _exit(1);
    for (;;) pause();
  }
  int process = 0;
  if (read(ready[0], &process, sizeof process) != sizeof process) return -1;
  close(ready[0]);
  close(ready[1]);
  return child;
}

TEST_F(PrivatePostgresTest, StartsAgainAtOnceAfterThisProgramWasKilled) {
  if (!test::children_may_start_threads) GTEST_SKIP() << "PostgreSQL's keeper is in a child process";
  {
    const PrivatePostgres made{folder()};
  }
  for (int round = 0; round < 3; ++round) {
    const pid_t program = start_elsewhere(folder());
    ASSERT_GT(program, 0);
    kill(program, SIGKILL);
    waitpid(program, nullptr, 0);
    const PrivatePostgres postgres{folder()};
    EXPECT_EQ(value(postgres, "SELECT 'back'"), "back");
  }
}

TEST_F(PrivatePostgresTest, StopsAnOrphanThatWorksOnTheFolder) {
  if (!test::children_may_start_threads) GTEST_SKIP() << "PostgreSQL's keeper is in a child process";
  {
    const PrivatePostgres made{folder()};
  }
  const pid_t program = start_elsewhere(folder());
  ASSERT_GT(program, 0);
  // The postmaster is stopped for a moment so that it cannot follow its parent: a true orphan.
  const std::string lock = text_of_file(folder() / "cluster" / "postmaster.pid");
  const pid_t orphan = std::stoi(lock);
  kill(orphan, SIGSTOP);
  kill(program, SIGKILL);
  waitpid(program, nullptr, 0);
  std::thread wakes_later{[&] {
    std::this_thread::sleep_for(500ms);
    kill(orphan, SIGCONT);
  }};
  const PrivatePostgres postgres{folder()};
  wakes_later.join();
  EXPECT_NE(postgres.process(), orphan);
  EXPECT_EQ(value(postgres, "SELECT 'back'"), "back");
}

TEST_F(PrivatePostgresTest, IsNotMisledByALockFileWhoseNumberBelongsToSomebodyElse) {
  {
    const PrivatePostgres made{folder()};
  }
  std::ofstream{folder() / "cluster" / "postmaster.pid"} << getpid() << "\n"
                                                         << (folder() / "cluster").string() << "\n";
  const PrivatePostgres postgres{folder()};
  EXPECT_EQ(value(postgres, "SELECT 'started'"), "started");
}

// As after both were killed together: nobody has asked yet how the postmaster ended, so its number stands for
// somebody (a zombie, or whoever got it next).
TEST_F(PrivatePostgresTest, StartsWhereASocketsLockNamesAProcessThatIsStillListed) {
  {
    const PrivatePostgres made{folder()};
  }
  const pid_t ended = fork();
  if (ended == 0) _exit(0);
  siginfo_t seen{};
  waitid(P_PID, static_cast<id_t>(ended), &seen, WEXITED | WNOWAIT);
  const fs::path socket = fs::canonical(folder() / "socket");
  for (const fs::path& lock : {folder() / "cluster" / "postmaster.pid", socket / ".s.PGSQL.5432.lock"})
    std::ofstream{lock} << ended << "\n" << (folder() / "cluster").string() << "\n1\n5432\n";
  {
    const PrivatePostgres postgres{folder()};
    EXPECT_EQ(value(postgres, "SELECT 'started'"), "started");
  }
  waitpid(ended, nullptr, 0);
}

TEST_F(PrivatePostgresTest, ThrowsAwayAHalfMadeCluster) {
  fs::create_directories(folder());
  {
    const PrivatePostgres made{folder()};
  }
  fs::rename(folder() / "cluster", folder() / "cluster.new");
  fs::remove(folder() / "cluster.new" / "PG_VERSION");
  const PrivatePostgres postgres{folder()};
  EXPECT_EQ(value(postgres, "SELECT 'started'"), "started");
  EXPECT_FALSE(fs::exists(folder() / "cluster.new"));
}

TEST_F(PrivatePostgresTest, SaysInPostgresqlsWordsWhyItDoesNotStart) {
  {
    const PrivatePostgres made{folder()};
  }
  std::ofstream{folder() / "cluster" / "operator.conf"} << "shared_preload_libraries = 'no_such_thing'\n";
  try {
    const PrivatePostgres postgres{folder()};
    FAIL() << "started with a library that does not exist";
  } catch (const Unavailable& refused) {
    EXPECT_NE(std::string{refused.what()}.find("no_such_thing"), std::string::npos) << refused.what();
  }
}

TEST_F(PrivatePostgresTest, KeepsItsLogShort) {
  {
    const PrivatePostgres made{folder()};
  }
  std::ofstream{folder() / "postgresql.log", std::ios::app} << std::string(17 * 1024 * 1024, 'x');
  const PrivatePostgres postgres{folder()};
  EXPECT_LT(fs::file_size(folder() / "postgresql.log"), 100'000U);
  EXPECT_GT(fs::file_size(folder() / "postgresql.log.1"), 17'000'000U);
}

TEST_F(PrivatePostgresTest, WorksInAFolderWhosePathIsTooLongForASocket) {
  const fs::path deep = folder() / std::string(120, 'd') / "comma, 'quote' and blank";
  const PrivatePostgres postgres{deep};
  EXPECT_EQ(value(postgres, "SELECT 'started'"), "started");
  const fs::path socket = fs::read_symlink(deep / "socket");
  struct stat found{};
  ASSERT_EQ(stat(socket.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0700U);
  fs::remove_all(socket);
}

TEST_F(PrivatePostgresTest, DoesNotTakeOverAFolderOfSomebodyElse) {
  if (geteuid() != 0) GTEST_SKIP() << "only root could";
  fs::create_directories(folder());
  std::ofstream{folder() / "precious"} << "mine";
  EXPECT_THROW(PrivatePostgres{folder()}, Unavailable);
  struct stat found{};
  ASSERT_EQ(stat(folder().c_str(), &found), 0);
  EXPECT_EQ(found.st_uid, 0U);
}

}  // namespace
}  // namespace coop

#include <filesystem>
#include <fstream>

#include "tests/support/nginx_in_front.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

TEST(CommandLine, TeachesByHelp) {
  const Ran help = ran_coopledger({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* command : {"migrate", "config", "nginx", "version"}) {
    EXPECT_TRUE(says(help.out, command)) << help.out;
    const Ran explained = ran_coopledger({command, "--help"});
    EXPECT_EQ(explained.code, 0);
    EXPECT_TRUE(says(explained.out, "Examples:")) << explained.out;
  }
}

TEST(CommandLine, HelpsWhoeverAsksInAnyWay) {
  const std::string help = ran_coopledger({"--help"}).out;
  EXPECT_EQ(ran_coopledger({"help"}).out, help);
  EXPECT_EQ(ran_coopledger({}).err, help) << "nothing was asked: a mistake that the help explains";
  EXPECT_EQ(ran_coopledger({"help", "user", "add"}).out, ran_coopledger({"user", "add", "--help"}).out);
  EXPECT_TRUE(says(ran_coopledger({"user", "role"}).err, "Usage: coopledger user role ")) << "names it whole";
  EXPECT_EQ(ran_coopledger({"--version"}).out, ran_coopledger({"version"}).out);
  EXPECT_TRUE(says(ran_coopledger({"bake"}).err, "there is no command 'bake'; there are serve, migrate,"));
}

TEST(CommandLine, ExplainsACommandsOwnFlagsBeforeTheSettings) {
  const std::string help = ran_coopledger({"prove", "--help"}).out;
  EXPECT_LT(help.find("--period"), help.find("Settings:")) << help;
  EXPECT_LT(help.find("Settings:"), help.find("Examples:")) << help;
  EXPECT_EQ(ran_coopledger({"prove", "--node", "bcn"}).code, 2) << "nothing is proved";
  EXPECT_EQ(ran_coopledger({"prove", "--node", "bcn", "--all", "--entry", "3"}).code, 2);
}

TEST(CommandLine, LeavesNoUnfinishedFileBehind) {
  const TemporaryFolder folder{place_in_memory()};
  const std::string data = folder.path() / "data";
  EXPECT_EQ(ran_coopledger({"migrate", "--data", data}).code, 0);
  const Ran refused =
      ran_coopledger({"export", "atlantis", "--data", data, "--output", folder.path() / "books"});
  EXPECT_EQ(refused.code, 1) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "books"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "books.unfinished"));
}

TEST(CommandLine, NamesTheFileOfSettingsThatCannotBeRead) {
  const Ran refused = ran_coopledger({"config", "--config", "/nowhere/coopledger.toml"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_TRUE(says(refused.err, "/nowhere/coopledger.toml cannot be read")) << refused.err;
}

TEST(CommandLine, TellsMistakesFromRefusalsByTheExitCode) {
  EXPECT_EQ(ran_coopledger({}).code, 2);
  EXPECT_EQ(ran_coopledger({"bake"}).code, 2);
  EXPECT_EQ(ran_coopledger({"config", "--wrokers", "3"}).code, 2);
  const Ran malformed = ran_coopledger({"config", "--listen", "nonsense"});
  EXPECT_EQ(malformed.code, 2);
  EXPECT_TRUE(says(malformed.err, "the flag --listen is \"nonsense\": address:port,")) << malformed.err;
  EXPECT_EQ(ran_coopledger({"config"}, {"COOPLEDGER_WORKERS=none"}).code, 2);
  const Ran unavailable = ran_coopledger({"migrate", "--database", "host=/nowhere connect_timeout=1"});
  EXPECT_EQ(unavailable.code, 3) << unavailable.err;
}

TEST(CommandLine, TakesAFlagOfATruthAloneForTrue) {
  const Ran alone = ran_coopledger({"config", "--behind-proxy", "--webhooks-to-private", "--workers", "3"});
  EXPECT_EQ(alone.code, 0) << alone.err;
  EXPECT_TRUE(says(alone.out, "behind_proxy = true")) << alone.out;
  EXPECT_TRUE(says(alone.out, "webhooks_to_private = true")) << alone.out;
  EXPECT_TRUE(says(alone.out, "workers = 3")) << alone.out;
  const Ran told =
      ran_coopledger({"config", "--metrics", "false", "--access-log=false", "--behind-proxy=true"});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_TRUE(says(told.out, "metrics = false")) << told.out;
  EXPECT_TRUE(says(told.out, "access_log = false")) << told.out;
  EXPECT_TRUE(says(told.out, "behind_proxy = true")) << told.out;
  const std::string help = ran_coopledger({"serve", "--help"}).out;
  EXPECT_TRUE(says(help, "--behind-proxy [=false]")) << help;
  EXPECT_TRUE(says(help, "--metrics [=true]")) << help;
}

TEST(CommandLine, SaysWhoSpeaksWhenItRefuses) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"config", "--wrokers", "3"}, {"config", "--workers"}, {"prove"}})
    EXPECT_EQ(ran_coopledger(words).err.find("coopledger: "), 0U) << words.back();
}

TEST(CommandLine, ReadsFlagsEnvironmentAndFile) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "coopledger.toml";
  std::ofstream{file} << "workers = 5\nthreads = 7\nlog_level = \"error\"\n";
  const Ran config =
      ran_coopledger({"config", "--workers", "3"}, {"COOPLEDGER_CONFIG=" + file, "COOPLEDGER_THREADS=4"});
  EXPECT_EQ(config.code, 0) << config.err;
  EXPECT_TRUE(says(config.out, "workers = 3")) << config.out;
  EXPECT_TRUE(says(config.out, "threads = 4")) << config.out;
  EXPECT_TRUE(says(config.out, "log_level = \"error\"")) << config.out;
  EXPECT_TRUE(says(config.out, "# file " + file)) << config.out;
}

TEST(CommandLine, MigratesAPrivateDatabaseOnce) {
  const TemporaryFolder folder{place_in_memory()};
  const std::string data = folder.path() / "data";
  EXPECT_EQ(ran_coopledger({"migrate", "--data", data, "--check"}).code, 1);
  const Ran first = ran_coopledger({"migrate", "--data", data});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(says(first.out, "applied 0001_books")) << first.out;
  const Ran second = ran_coopledger({"migrate", "--data", data});
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_FALSE(says(second.out, "applied")) << second.out;
  EXPECT_EQ(ran_coopledger({"migrate", "--data", data, "--check"}).code, 0);
}

/// A certificate for one day, as a test of nginx needs it.
void make_certificate(const std::filesystem::path& folder) {
  const Ran made = ran({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
                        "/CN=test", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"});
  ASSERT_EQ(made.code, 0) << made.err;
}

/// Whether nginx may bind these ports and write to its own folders is the affair of whoever runs the tests.
TEST(CommandLine, PrintsAConfigurationThatNginxAccepts) {
  if (!NginxInFront::is_installed()) GTEST_SKIP() << "nginx is not installed";
  const TemporaryFolder folder;
  make_certificate(folder.path());
  const Ran site = ran_coopledger({"nginx", "--name", "books.example.org", "--certificate",
                                   folder.path() / "cert.pem", "--key", folder.path() / "key.pem"});
  ASSERT_EQ(site.code, 0) << site.err;
  const std::string file = folder.path() / "nginx.conf";
  std::ofstream{file} << "pid " << (folder.path() / "pid").string() << ";\nevents {}\nhttp {\n"
                      << site.out << "}\n";
  const Ran judged = ran({"/usr/sbin/nginx", "-t", "-c", file, "-e", folder.path() / "error.log"});
  EXPECT_TRUE(says(judged.err, "syntax is ok")) << judged.err;
}

}  // namespace
}  // namespace coop::test

// What the commands make of the folder that --data names: one without books, one that a server uses, one
// whose books were restored.
#include <boost/json.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/support/api_server.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/served_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

/// Every command that works on books that are there already.
const std::vector<std::vector<std::string>>& commands_on_books() {
  static const std::vector<std::vector<std::string>> all{
      {"verify"},
      {"export", "bcn"},
      {"import", "bcn", "-"},
      {"backup", "copies"},
      {"checkpoint", "--node", "bcn"},
      {"prove", "--node", "bcn", "--all"},
      {"node", "list"},
      {"node", "add", "mcr", "--title", "Manchester", "--base-unit", "GBP", "--country", "GB", "--time-zone",
       "Europe/London"},
      {"user", "list"},
      {"user", "add", "maria"},
      {"token", "issue", "maria"},
      {"migrate", "--check"},
  };
  return all;
}

std::vector<std::string> with(std::vector<std::string> words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(DataFolder, WithoutBooksIsRefusedAndStaysAsItIs) {
  const TemporaryFolder folder;
  const auto nowhere = folder.path() / "nowhere";
  const auto empty = folder.path() / "empty";
  std::filesystem::create_directory(empty);
  for (const auto& words : commands_on_books()) {
    for (const auto& data : {nowhere, empty}) {
      const Ran refused = ran_coopledger(with(words, {"--data", data}));
      EXPECT_EQ(refused.code, 1) << words.front() << refused.err;
      EXPECT_EQ(refused.err, "coopledger: there are no books in " + data.string() +
                                 ": name the folder that has them with --data, or begin new ones with "
                                 "`coopledger serve`\n");
    }
  }
  EXPECT_FALSE(std::filesystem::exists(nowhere));
  EXPECT_TRUE(std::filesystem::is_empty(empty));
  EXPECT_FALSE(std::filesystem::exists("copies"));
}

TEST(DataFolder, IsNotBegunForARestoreOfNothing) {
  const TemporaryFolder folder;
  const auto data = folder.path() / "data";
  const Ran refused = ran_coopledger({"restore", folder.path() / "mistyped.ndjson", "--data", data});
  EXPECT_EQ(refused.code, 1);
  EXPECT_TRUE(says(refused.err, "mistyped.ndjson cannot be opened (import_unreadable)")) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(data));
}

TEST(DataFolder, IsNamedWhole) {
  const Ran refused = ran_coopledger({"verify", "--data", "no-such-folder"});
  EXPECT_TRUE(says(refused.err, (std::filesystem::current_path() / "no-such-folder: ").string()))
      << refused.err;
}

TEST(Schema, IsRequiredByTheCommandsOnBooks) {
  const FreshDatabase fresh;
  const auto all_refuse = [&] {
    for (const auto& words : commands_on_books()) {
      if (words.front() == "migrate") continue;
      const Ran refused = ran_coopledger(with(words, {"--database", fresh.address()}));
      EXPECT_EQ(refused.code, 3) << words.front();
      EXPECT_TRUE(says(refused.err, "run `coopledger migrate`")) << refused.err;
    }
    EXPECT_EQ(ran_coopledger({"migrate", "--check", "--database", fresh.address()}).code, 1);
  };
  fresh.superuser_sql("DELETE FROM schema_migration WHERE name = (SELECT max(name) FROM schema_migration)");
  all_refuse();
  fresh.superuser_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  all_refuse();
}

TEST(Schema, ThatMayNotBeReadIsSaid) {
  const FreshDatabase fresh;
  fresh.superuser_sql("REVOKE SELECT ON schema_migration FROM coopledger_service");
  const Ran refused = ran_coopledger({"user", "list", "--database", fresh.service_address()});
  EXPECT_EQ(refused.code, 3);
  EXPECT_TRUE(says(refused.err, "GRANT coopledger_service TO it")) << refused.err;
}

/// Starting a server on that folder; what it says if it does not serve.
std::string refusal_to_serve(const std::filesystem::path& data) {
  try {
    const ServedProgram second{data};
    return "it serves";
  } catch (const std::runtime_error& refused) {
    return refused.what();
  }
}

TEST(DataFolder, ServesOneServerAndEveryOtherCommandBeside) {
  const TemporaryFolder folder{place_in_memory()};
  const auto data = folder.path() / "data";
  {
    ServedProgram first{data};
    const std::string refusal = refusal_to_serve(data);
    EXPECT_TRUE(says(refusal, "are in use by another coopledger (process " + std::to_string(first.process()) +
                                  "): give this one a --data of its own"))
        << refusal;
    for (const std::vector<std::string>& words : {std::vector<std::string>{"user", "list"},
                                                  {"verify"},
                                                  {"migrate"},
                                                  {"token", "issue", "operator"}}) {
      const Ran beside = ran_coopledger(with(words, {"--data", data}));
      EXPECT_EQ(beside.code, 0) << beside.err;
    }
    EXPECT_EQ(first.ask("GET", "/health/ready", first.first_token()).status, 200) << "unharmed";
    first.signal(SIGKILL);
    first.wait();
  }
  ServedProgram again{data};
  EXPECT_EQ(again.first_token(), "") << "there is an operator";
  EXPECT_EQ(again.ask("GET", "/health/ready", "").status, 200) << "the lock of who was killed is nobody's";
  again.signal(SIGTERM);
  EXPECT_EQ(again.wait(), 0);
  EXPECT_EQ(ran_coopledger({"user", "list", "--data", data}).code, 0) << "without any server too";
}

class RestoredBooks : public ApiTest {};

TEST_F(RestoredBooks, LetTheirNewOperatorIn) {
  record("assets:bank", "income:dues", "12.00");
  const TemporaryFolder folder{place_in_memory()};
  const auto data = folder.path() / "data";
  const Ran kept = ran_coopledger({"backup", folder.path() / "kept", "--database", address()});
  ASSERT_EQ(kept.code, 0) << kept.err;
  const Ran restored = ran_coopledger({"restore", folder.path() / "kept" / "bcn.ndjson", "--data", data});
  ASSERT_EQ(restored.code, 0) << restored.err;
  const ServedProgram program{data};
  ASSERT_FALSE(program.first_token().empty()) << program.words();
  const auto made = program.ask("POST", "/v1/users", program.first_token(), R"({"name":"maria"})", "maria");
  EXPECT_EQ(made.status, 201) << made.body;
}

}  // namespace
}  // namespace coop::test

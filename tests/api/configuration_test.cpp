#include "api/configuration.hpp"

#include <fstream>

#include "ledger/values/refusal.hpp"
#include "tests/support/generated_page.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::api {
namespace {

/// The refusal that `work` ends in, as "code: detail"; empty if it ends well.
std::string refusal_of(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (const Refused& refused) {
    return std::string{coop::text_of(refused.refusal()).code} + ": " + refused.detail();
  }
}

std::filesystem::path file_with(const test::TemporaryFolder& folder, const std::string& text) {
  const std::filesystem::path path = folder.path() / "coopledger.toml";
  std::ofstream{path} << text;
  return path;
}

TEST(Configuration, TakesAFlagBeforeTheEnvironmentBeforeTheFileBeforeTheDefault) {
  const Configuration found =
      configuration_from({{"log_level", "debug"}}, {{"log_level", "error"}, {"listen", "unix:/run/x"}},
                         {{"log_level", "off"}, {"listen", "unix:/run/y"}, {"workers", "3"}});
  EXPECT_EQ(found.settings.log_level, "debug");
  EXPECT_EQ(found.settings.http.listen, "unix:/run/x");
  EXPECT_EQ(found.settings.workers, 3);
  EXPECT_EQ(found.settings.http.threads, Settings{}.http.threads);
  EXPECT_EQ(found.origins.at("log_level"), Origin::flag);
  EXPECT_EQ(found.origins.at("listen"), Origin::environment);
  EXPECT_EQ(found.origins.at("workers"), Origin::file);
  EXPECT_EQ(found.origins.at("threads"), Origin::standard);
}

TEST(Configuration, ReadsEveryKindOfValueFromAFile) {
  const test::TemporaryFolder folder;
  const SettingTexts texts =
      settings_from_file(file_with(folder,
                                   "listen = \"127.0.0.1:0\"\n"
                                   "max_body_bytes = 1_000_000\n"
                                   "metrics = false\n"
                                   "cors_origins = [\"https://a.org\", \"https://b.org\"]\n"));
  const Settings settings = configuration_from({}, {}, texts).settings;
  EXPECT_EQ(settings.http.listen, "127.0.0.1:0");
  EXPECT_EQ(settings.http.max_body_bytes, 1'000'000u);
  EXPECT_FALSE(settings.metrics);
  EXPECT_EQ(settings.cors_origins, (std::vector<std::string>{"https://a.org", "https://b.org"}));
}

TEST(Configuration, RefusesAFileItDoesNotUnderstandAndNamesTheLine) {
  const test::TemporaryFolder folder;
  const auto refusal = [&](const std::string& text) {
    return refusal_of([&] { configuration_from({}, {}, settings_from_file(file_with(folder, text))); });
  };
  EXPECT_NE(refusal("\nlisten = \n").find("line 2"), std::string::npos);
  EXPECT_NE(refusal("\n\nlitsen = \"a\"\n").find("line 3: there is no setting litsen"), std::string::npos);
  EXPECT_EQ(refusal("workers = 1.5\n"),
            "field_invalid: " + (folder.path() / "coopledger.toml").string() +
                ", line 1: workers must be text, a whole number, true or false, or a list of texts");
  EXPECT_EQ(refusal("\nworkers = 0\n"),
            "field_invalid: " + (folder.path() / "coopledger.toml").string() +
                ", line 2: workers is \"0\": a whole number from 1 to 4096 is expected");
}

TEST(Configuration, RefusesValuesThatASettingCannotHave) {
  const auto refusal = [](const char* name, const char* text) {
    return refusal_of([&] { configuration_from({{name, text}}, {}, {}); });
  };
  for (const char* text : {"0", "4x", "", "-1", "99999999999", "4097"})
    EXPECT_EQ(refusal("workers", text), "field_invalid: the flag --workers is \"" + std::string{text} +
                                            "\": a whole number from 1 to 4096 is expected");
  EXPECT_EQ(refusal("max_body_bytes", "-1"),
            "field_invalid: the flag --max-body-bytes is \"-1\": a whole number from 1024 to "
            "18446744073709551615 is expected");
  EXPECT_EQ(refusal("metrics", "yes"),
            "field_invalid: the flag --metrics is \"yes\": true or false is expected");
  EXPECT_EQ(refusal("log_format", "xml"),
            "field_invalid: the flag --log-format is \"xml\": one of text json is expected");
  EXPECT_EQ(refusal("wokers", "1"), "field_unknown: there is no setting wokers");
  EXPECT_EQ(refusal("owner_database", "host=x"), "field_invalid: owner_database is given without database");
  EXPECT_EQ(refusal("data", ""), "field_invalid: name a database, or a data folder for the private one");
}

TEST(Configuration, RefusesAddressesAndPathsThatAreNone) {
  const test::TemporaryFolder folder;
  const std::string file = file_with(folder, "").string();
  const auto is_right = [](const char* name, const std::string& text) {
    return refusal_of([&] { configuration_from({{name, text}}, {}, {}); }).empty();
  };
  for (const char* listen : {"127.0.0.1:8080", "[::1]:0", "localhost:65535", ":80", "unix:/run/x", "unix:x"})
    EXPECT_TRUE(is_right("listen", listen)) << listen;
  for (const std::string listen :
       {"nonsense", "", "localhost", "localhost:", "localhost:http", "localhost:65536", "localhost:-1",
        "::1:80", "[::1]", "a b:80", "http://x:80", "unix:"})
    EXPECT_FALSE(is_right("listen", listen)) << listen;
  EXPECT_FALSE(is_right("listen", "unix:/" + std::string(200, 'x'))) << "no socket has so long a path";
  for (const char* url : {"", "https://books.example.org", "http://127.0.0.1:8080/books"})
    EXPECT_TRUE(is_right("public_url", url)) << url;
  for (const char* url : {"books.example.org", "https://", "ftp://a", "https:///x", "https://a b"})
    EXPECT_FALSE(is_right("public_url", url)) << url;
  EXPECT_TRUE(is_right("cors_origins", "https://a.org,http://localhost:3000"));
  for (const char* origins : {"*", "a.org", "https://a.org/", "https://a.org,b", "https://A.org"})
    EXPECT_FALSE(is_right("cors_origins", origins)) << origins;
  for (const char* database : {"", "postgresql://me@db/books", "host=/run dbname=books"})
    EXPECT_TRUE(is_right("database", database)) << database;
  for (const char* database : {"nonsense", "hots=db", "postgresql://[db/books"})
    EXPECT_FALSE(is_right("database", database)) << database;
  EXPECT_TRUE(is_right("data", folder.path().string()));
  EXPECT_FALSE(is_right("data", file)) << "a file, no folder";
  EXPECT_TRUE(is_right("signing_key_file", file));
  EXPECT_FALSE(is_right("signing_key_file", folder.path().string())) << "a folder, no file";
}

TEST(Configuration, ReadsItsVariablesAndNoOthers) {
  const char* const environment[] = {
      "PATH=/bin",          "COOPLEDGER_LOG_LEVEL=debug", "COOPLEDGER_PUBLIC_URL=",
      "COOPLEDGER_TOKEN=x", "COOPLEDGER_CONFIG=/x",       nullptr};
  EXPECT_EQ(settings_from_environment(environment),
            (SettingTexts{{"log_level", "debug"}, {"public_url", ""}}));
  const char* const mistyped[] = {"COOPLEDGER_LISTN=1", nullptr};
  EXPECT_EQ(refusal_of([&] { settings_from_environment(mistyped); }),
            "field_unknown: the environment's COOPLEDGER_LISTN is no setting (coopledger config shows all)");
  const char* const malformed[] = {"COOPLEDGER_LISTEN=nonsense", nullptr};
  EXPECT_EQ(
      refusal_of([&] { settings_from_environment(malformed); }),
      "field_invalid: the environment's COOPLEDGER_LISTEN is \"nonsense\": address:port, [address]:port "
      "or unix:/path is expected");
}

TEST(Configuration, PrintsAFileThatHasTheSameEffect) {
  const Configuration found = configuration_from(
      {{"listen", "unix:/a \"b\" \\c"}, {"cors_origins", "http://x,http://y"}}, {{"metrics", "false"}}, {});
  const test::TemporaryFolder folder;
  const SettingTexts again = settings_from_file(file_with(folder, text_of(found)));
  const Configuration same = configuration_from({}, {}, again);
  for (const SettingRow& row : setting_rows())
    EXPECT_EQ(row.shown(found.settings), row.shown(same.settings)) << row.name;
  EXPECT_NE(text_of(found).find("# environment COOPLEDGER_METRICS"), std::string::npos);
}

TEST(Configuration, EverySettingReadsBackItsDefault) {
  Settings settings;
  for (const SettingRow& row : setting_rows()) {
    const std::string before = row.shown(settings);
    EXPECT_FALSE(row.set(settings, before)) << row.name;
    EXPECT_EQ(row.shown(settings), before) << row.name;
    EXPECT_FALSE(row.meaning.empty()) << row.name;
  }
}

TEST(Configuration, NeverShowsAPassword) {
  EXPECT_EQ(masked("postgresql://me:secret@db.org/books?sslmode=require"),
            "postgresql://me:***@db.org/books?sslmode=require");
  EXPECT_EQ(masked("host=db password=secret dbname=books"), "host=db password=*** dbname=books");
  EXPECT_EQ(masked("password = 'se \\' cret' host=db"), "password = *** host=db");
  EXPECT_EQ(masked("postgresql://db/books?user=me&password=secret&x=1"),
            "postgresql://db/books?user=me&password=***&x=1");
  EXPECT_EQ(masked("host=db user=me"), "host=db user=me");
  EXPECT_EQ(masked("password"), "password");
  EXPECT_EQ(masked("password="), "password=***");
  const Configuration found = configuration_from({{"database", "host=a password=topsecret"}}, {}, {});
  EXPECT_EQ(text_of(found).find("topsecret"), std::string::npos);
  const auto malformed = [] { configuration_from({{"database", "hots=a password=topsecret"}}, {}, {}); };
  EXPECT_EQ(refusal_of(malformed),
            "field_invalid: the flag --database is \"hots=a password=***\": postgresql://user@host/name or "
            "host=... dbname=... is expected");
}

TEST(SettingsPage, SaysWhatTheSettingsSay) {
  EXPECT_TRUE(page_is("docs/operating/settings.md", settings_page()));
}

}  // namespace
}  // namespace coop::api

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
            "field_invalid: workers must be text, a whole number, true or false, or a list of texts");
}

TEST(Configuration, RefusesValuesThatASettingCannotHave) {
  const auto refusal = [](const char* name, const char* text) {
    return refusal_of([&] { configuration_from({{name, text}}, {}, {}); });
  };
  EXPECT_EQ(refusal("workers", "0"), "field_invalid: workers is \"0\": a whole number of at least 1");
  EXPECT_EQ(refusal("workers", "4x"), "field_invalid: workers is \"4x\": a whole number of at least 1");
  EXPECT_EQ(refusal("workers", "99999999999"),
            "field_invalid: workers is \"99999999999\": a whole number of at least 1");
  EXPECT_EQ(refusal("max_body_bytes", "-1"),
            "field_invalid: max_body_bytes is \"-1\": a whole number of at least 1024");
  EXPECT_EQ(refusal("metrics", "yes"), "field_invalid: metrics is \"yes\": true or false");
  EXPECT_EQ(refusal("log_format", "xml"), "field_invalid: log_format is \"xml\": one of text json");
  EXPECT_EQ(refusal("wokers", "1"), "field_unknown: there is no setting wokers");
  EXPECT_EQ(refusal("owner_database", "host=x"), "field_invalid: owner_database is given without database");
  EXPECT_EQ(refusal("data", ""), "field_invalid: name a database, or a data folder for the private one");
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
}

TEST(Configuration, PrintsAFileThatHasTheSameEffect) {
  const Configuration found = configuration_from({{"listen", "unix:/a \"b\" \\c"}, {"cors_origins", "x,y"}},
                                                 {{"metrics", "false"}}, {});
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
    row.set(settings, before);
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
}

TEST(SettingsPage, SaysWhatTheSettingsSay) {
  EXPECT_TRUE(page_is("docs/operating/settings.md", settings_page()));
}

}  // namespace
}  // namespace coop::api

// The file name says what a file may do: a plain noun, a *_store, a *_service, a *_worker.
#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

enum class Kind { noun, store, service, worker, report, outside };

Kind kind_of(const SourceFile& file) {
  if (file.path.starts_with("reports/")) return Kind::report;
  const std::string folder = file.folder();
  if (!folder.starts_with("ledger/") || folder == "ledger/database") return Kind::outside;
  if (file.stem().ends_with("_store")) return Kind::store;
  if (file.stem().ends_with("_service")) return Kind::service;
  if (file.stem().ends_with("_worker")) return Kind::worker;
  return Kind::noun;
}

/// Why `kind` may not include `target`; empty if it may.
std::string objection(Kind kind, const std::string& target) {
  const bool database = target.starts_with("ledger/database/");
  const bool store = target.ends_with("_store.hpp");
  const bool service = target.ends_with("_service.hpp") || target.ends_with("_worker.hpp");
  if (kind == Kind::noun && (database || store || service))
    return "a plain noun knows no database, store or service";
  if (kind == Kind::store && service) return "a store knows no service";
  if (kind == Kind::report && service)
    return "a report only reads: it knows stores and nouns, never a service";
  return {};
}

std::vector<Finding> kinds_overstepped(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_product()) continue;
    for (const Include& include : includes_of(file)) {
      const std::string fault = objection(kind_of(file), include.target);
      if (fault.empty()) continue;
      findings.push_back({file.path, include.line, fault + ": " + include.target,
                          "keep the rule pure and let a *_service bring it together with a *_store"});
    }
  }
  return findings;
}

/// True if a file lies in one of the folders, blanks between.
bool lives_in(std::string_view path, const std::string& homes) {
  std::istringstream folders{homes};
  for (std::string folder; folders >> folder;)
    if (path.starts_with(folder)) return true;
  return false;
}

/// A library and the one folder that may see it: everyone else goes through that folder's own types. Posts to
/// webhooks and mail to a mail server share nothing but the library.
std::vector<Finding> seams_crossed(const std::vector<SourceFile>& files) {
  static const std::vector<std::pair<std::string, std::string>> seams{
      {"pqxx/", "ledger/database/"},
      {"libpq", "ledger/database/"},
      {"pistache/", "api/http/"},
      {"CLI/", "api/"},
      {"toml++/", "api/"},
      {"prometheus/", "api/"},
      {"argon2", "ledger/access/"},
      {"curl/", "ledger/webhooks/ ledger/reminders/"},
      {"unicode/", "ledger/values/"},
      {"qrencode", "ledger/dues/"},
      {"png.h", "ledger/dues/"},
      {"pugixml", "ledger/values/ ledger/statements/"},
      {"zip.h", "ledger/statements/"}};
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_product()) continue;
    for (const Include& include : includes_of(file)) {
      for (const auto& [library, home] : seams) {
        if (include.quoted || !include.target.starts_with(library) || lives_in(file.path, home)) continue;
        findings.push_back({file.path, include.line, "<" + include.target + "> is seen only in " + home,
                            "use that folder's types"});
      }
    }
  }
  return findings;
}

TEST(LintKinds, FilesIncludeWhatTheirNameAllows) { EXPECT_TRUE(clean(kinds_overstepped(repository()))); }
TEST(LintKinds, EachLibraryHasOneSeam) { EXPECT_TRUE(clean(seams_crossed(repository()))); }

TEST(LintKinds, NoticesANounThatReachesForTheDatabase) {
  const auto in = [](const char* path, const char* target) {
    const std::string text = "\n#include \"" + std::string{target} + "\"\n";
    return kinds_overstepped({source_from_text(path, text)});
  };
  ASSERT_EQ(in("ledger/books/entry.cpp", "ledger/database/tx.hpp").size(), 1u);
  EXPECT_EQ(in("ledger/books/entry.cpp", "ledger/database/tx.hpp")[0].line, 2);
  EXPECT_EQ(in("ledger/books/entry.cpp", "ledger/books/entry_store.hpp").size(), 1u);
  EXPECT_EQ(in("ledger/books/entry_store.cpp", "ledger/books/posting_service.hpp").size(), 1u);
  EXPECT_EQ(in("reports/trial_balance.cpp", "ledger/books/posting_service.hpp").size(), 1u);
  EXPECT_EQ(in("ledger/books/entry_store.cpp", "ledger/database/tx.hpp").size(), 0u);
  EXPECT_EQ(in("ledger/books/posting_service.cpp", "ledger/books/entry_store.hpp").size(), 0u);
  EXPECT_EQ(in("ledger/database/migrations.cpp", "ledger/database/tx.hpp").size(), 0u);
}

TEST(LintKinds, NoticesALibraryOutsideItsSeam) {
  EXPECT_EQ(
      seams_crossed({source_from_text("ledger/books/entry_store.cpp", "#include <pqxx/pqxx>\n")}).size(), 1u);
  EXPECT_EQ(seams_crossed({source_from_text("ledger/database/tx.cpp", "#include <pqxx/pqxx>\n")}).size(), 0u);
}

}  // namespace
}  // namespace coop::lint

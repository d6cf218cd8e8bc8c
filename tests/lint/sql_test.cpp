// SQL is a named constant above its function, with its columns listed and its values as parameters.
#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

constexpr int most_lines_to_its_use = 70;

std::string lower(std::string_view text) {
  std::string out;
  for (const char letter : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return out;
}

/// "entries.lock_accounts" of a text whose first line is "-- entries.lock_accounts"; empty if it has no such
/// line.
std::string name_in(std::string_view sql) {
  const std::string_view line = trimmed(trimmed(sql).substr(0, trimmed(sql).find('\n')));
  if (!line.starts_with("-- ")) return {};
  const std::string_view name = line.substr(3);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return is_word(c) || c == '.'; });
  return plain && name.find('.') != std::string_view::npos ? std::string{name} : std::string{};
}

std::vector<Finding> nameless_sql(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  std::map<std::string, std::string> seen;
  for (const SourceFile& file : files) {
    if (!file.is_product()) continue;
    for (const SqlConstant& constant : sql_constants_of(file)) {
      const std::string name = name_in(constant.text);
      if (name.empty()) {
        findings.push_back({file.path, constant.line, constant.name + " does not begin with its name",
                            "first line \"-- nouns.verb\": it shows in pg_stat_activity"});
      } else if (!seen.emplace(name, file.path).second) {
        findings.push_back({file.path, constant.line,
                            "two statements are called " + name + " (" + seen[name] + ")",
                            "one name, one statement"});
      }
      if (lower(constant.text).find("select *") == std::string::npos) continue;
      findings.push_back(
          {file.path, constant.line, constant.name + " asks for every column", "list the columns"});
    }
  }
  return findings;
}

std::vector<Finding> distant_sql(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_product()) continue;
    for (const SqlConstant& constant : sql_constants_of(file)) {
      int used_at = 0;
      for (std::size_t index = static_cast<std::size_t>(constant.end_line); index < file.code.size();
           ++index) {
        for (const Word& word : words_of(file.code[index])) {
          if (used_at == 0 && word.text == constant.name) used_at = static_cast<int>(index) + 1;
        }
      }
      if (used_at != 0 && used_at - constant.end_line <= most_lines_to_its_use) continue;
      findings.push_back({file.path, constant.line,
                          constant.name + " does not stand above the function that runs it",
                          used_at == 0 ? "remove it, or move it to its function" : "move it down"});
    }
  }
  return findings;
}

/// SQL in ordinary string literals, where it could be glued together. ledger/database itself sets up
/// sessions.
std::vector<Finding> loose_sql(const std::vector<SourceFile>& files) {
  static const std::vector<std::string> openings{"\"SELECT ", "\"INSERT INTO ", "\"UPDATE ",
                                                 "\"DELETE FROM "};
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_product() || file.path.starts_with("ledger/database/")) continue;
    for (std::size_t index = 0; index < file.lines.size(); ++index) {
      for (const std::string& opening : openings) {
        const std::size_t at = file.lines[index].find(opening);
        if (at == std::string::npos || file.code[index][at] != '"') continue;
        findings.push_back({file.path, static_cast<int>(index) + 1, "SQL in an ordinary string",
                            "make it a R\"sql(…)sql\" constant above its function; values are $1, $2 …"});
      }
    }
  }
  return findings;
}

std::vector<Finding> misplaced_sql(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    const bool home = file.path.starts_with("ledger/database/") || file.path.starts_with("reports/") ||
                      file.stem().ends_with("_store");
    if (!file.is_product() || home) continue;
    for (const SqlConstant& constant : sql_constants_of(file)) {
      findings.push_back({file.path, constant.line, "SQL outside a *_store", "move it to the noun's store"});
    }
  }
  return findings;
}

TEST(LintSql, StatementsAreNamedOnceAndListTheirColumns) { EXPECT_TRUE(clean(nameless_sql(repository()))); }
TEST(LintSql, StatementsStandAboveTheirFunction) { EXPECT_TRUE(clean(distant_sql(repository()))); }
TEST(LintSql, StatementsAreNeverGluedTogether) { EXPECT_TRUE(clean(loose_sql(repository()))); }
TEST(LintSql, StatementsLiveInStoresAndReports) { EXPECT_TRUE(clean(misplaced_sql(repository()))); }

TEST(LintSql, NoticesNamelessAndDoubleAndStarredStatements) {
  const std::string text =
      "constexpr const char* a_sql = R\"sql(\n  SELECT 1\n)sql\";\n"
      "constexpr const char* b_sql = R\"sql(\n  -- a.b\n  select * from x\n)sql\";\n"
      "constexpr const char* c_sql = R\"sql(\n  -- a.b\n  SELECT count(*)\n)sql\";\n";
  const auto findings = nameless_sql({source_from_text("ledger/books/a_store.cpp", text)});
  ASSERT_EQ(findings.size(), 3u) << clean(findings).message();
  EXPECT_EQ(findings[0].line, 1);
  EXPECT_EQ(findings[1].line, 4);
  EXPECT_EQ(findings[2].line, 8);
}

TEST(LintSql, NoticesStatementsFarFromTheirUse) {
  const std::string constant = "constexpr const char* a_sql = R\"sql(\n  -- a.b\n)sql\";\n";
  const auto faults = [](const std::string& text) {
    return distant_sql({source_from_text("ledger/books/a_store.cpp", text)}).size();
  };
  EXPECT_EQ(faults(constant), 1u);
  EXPECT_EQ(faults(constant + std::string(71, '\n') + "f(a_sql);\n"), 1u);
  EXPECT_EQ(faults(constant + "void g() {\n  f(a_sql);\n}\n"), 0u);
}

TEST(LintSql, NoticesLooseAndMisplacedSql) {
  EXPECT_EQ(
      loose_sql({source_from_text("ledger/books/a_store.cpp", "auto s = \"SELECT \" + name;\n")}).size(), 1u);
  EXPECT_EQ(loose_sql({source_from_text("ledger/books/a_store.cpp", "// \"SELECT \"\n")}).size(), 0u);
  EXPECT_EQ(misplaced_sql({source_from_text("api/a.cpp", "auto s = R\"sql(\n)sql\";\n")}).size(), 1u);
}

}  // namespace
}  // namespace coop::lint

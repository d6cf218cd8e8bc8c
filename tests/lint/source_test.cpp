#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

TEST(LintSource, BlanksCommentsAndLiteralsAndKeepsPositions) {
  const SourceFile file = source_from_text("x.cpp",
                                           "int a = 10'000;  // say \"no\"\n"
                                           "f(\"a // b\", '\"', c);\n"
                                           "/* one\n"
                                           "two */ g();\n"
                                           "auto s = R\"sql(SELECT {\n"
                                           "})sql\"; h();\n");
  EXPECT_EQ(file.code[0], "int a = 10'000;             ");
  EXPECT_EQ(file.code[1], "f(\"      \", ' ', c);");
  EXPECT_EQ(trimmed(file.code[2]), "");
  EXPECT_EQ(file.code[3], "       g();");
  EXPECT_EQ(trimmed(file.code[4]), "auto s = R\"");
  EXPECT_EQ(trimmed(file.code[5]), "\"; h();");
}

TEST(LintSource, ReadsIncludesAndSqlConstants) {
  const SourceFile file = source_from_text("ledger/books/entry_store.cpp",
                                           "#include <map>\n"
                                           "#include \"ledger/values/money.hpp\"\n"
                                           "constexpr const char* lock_sql = R\"sql(\n"
                                           "  -- accounts.lock\n"
                                           "  SELECT 1\n"
                                           ")sql\";\n");
  const auto includes = includes_of(file);
  ASSERT_EQ(includes.size(), 2u);
  EXPECT_FALSE(includes[0].quoted);
  EXPECT_EQ(includes[1].target, "ledger/values/money.hpp");
  const auto constants = sql_constants_of(file);
  ASSERT_EQ(constants.size(), 1u);
  EXPECT_EQ(constants[0].name, "lock_sql");
  EXPECT_EQ(constants[0].line, 3);
  EXPECT_EQ(constants[0].end_line, 6);
  EXPECT_EQ(trimmed(constants[0].text), "-- accounts.lock\n  SELECT 1");
}

TEST(LintSource, SeesTheWholeRepository) {
  std::set<std::string> paths;
  for (const SourceFile& file : repository()) paths.insert(file.path);
  for (const char* known : {"CMakeLists.txt", "dev", "ledger/values/money.hpp", "tests/lint/source.cpp"}) {
    EXPECT_TRUE(paths.contains(known)) << known;
  }
}

}  // namespace
}  // namespace coop::lint

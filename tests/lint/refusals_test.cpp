// Every refusal is documented and provoked by a test.
#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

struct Refused {
  std::string name;
  int line;
};

/// The enumerators of `enum class Refusal`.
std::vector<Refused> refusals_in(const SourceFile& file) {
  std::vector<Refused> refusals;
  bool inside = false;
  for (std::size_t index = 0; index < file.code.size(); ++index) {
    const std::string& line = file.code[index];
    if (line.starts_with("enum class Refusal {")) inside = true;
    else if (inside && line.starts_with("};")) return refusals;
    else if (inside) {
      for (const Word& word : words_of(line))
        refusals.push_back({std::string{word.text}, static_cast<int>(index) + 1});
    }
  }
  return refusals;
}

const SourceFile* file_named(const std::vector<SourceFile>& files, const std::string& path) {
  for (const SourceFile& file : files) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

bool names_a_test(const std::string& path) {
  // A table of bad values with the refusals they get: each row is sent to every route that it concerns.
  if (path.starts_with("tests/api/bad_requests/") && path.ends_with("faults.cpp")) return true;
  if (!path.starts_with("tests/") || path.starts_with("tests/lint/")) return false;
  return path.ends_with("_test.cpp") || path.ends_with("_dbtest.cpp") || path.ends_with("_apitest.cpp");
}

/// Every word that stands in a file which `chosen` picks, comments aside.
std::set<std::string, std::less<>> words_in(const std::vector<SourceFile>& files,
                                            const std::function<bool(const std::string&)>& chosen) {
  std::set<std::string, std::less<>> words;
  for (const SourceFile& file : files) {
    if (!chosen(file.path)) continue;
    for (const std::string& line : file.lines) {
      if (file.is_cpp() && trimmed(line).starts_with("//")) continue;
      for (const Word& word : words_of(line)) words.emplace(word.text);
    }
  }
  return words;
}

std::vector<Finding> unmentioned(const std::vector<SourceFile>& files,
                                 const std::function<bool(const std::string&)>& chosen,
                                 const std::string& fault, const std::string& cure) {
  std::vector<Finding> findings;
  const SourceFile* home = file_named(files, "ledger/values/refusal.hpp");
  if (!home) return {{"ledger/values/refusal.hpp", 1, "it is gone", "tell this lint where the refusals are"}};
  const auto words = words_in(files, chosen);
  const auto refusals = refusals_in(*home);
  if (refusals.empty()) return {{home->path, 1, "no refusal found", "tell this lint how to read them"}};
  for (const auto& refusal : refusals) {
    if (words.contains(refusal.name)) continue;
    findings.push_back({home->path, refusal.line, refusal.name + " " + fault, cure});
  }
  return findings;
}

std::vector<Finding> undocumented(const std::vector<SourceFile>& files) {
  return unmentioned(
      files, [](const std::string& path) { return path == "docs/api/errors.md"; },
      "is not in docs/api/errors.md", "describe it in the catalogue and generate the page again");
}

std::vector<Finding> untested(const std::vector<SourceFile>& files) {
  return unmentioned(files, names_a_test, "is provoked by no test", "write the test that gets this answer");
}

TEST(LintRefusals, AreAllDocumented) { EXPECT_TRUE(clean(undocumented(repository()))); }
TEST(LintRefusals, AreAllProvokedByATest) { EXPECT_TRUE(clean(untested(repository()))); }

TEST(LintRefusals, NoticesTheForgottenOne) {
  const std::vector<SourceFile> files{
      source_from_text("ledger/values/refusal.hpp",
                       "enum class Refusal {\n  // first\n  too_large, too_small,\n};\n"),
      source_from_text("docs/api/errors.md", "## `too_large`\n"),
      source_from_text("tests/values/a_test.cpp", "// too_large\nEXPECT_REFUSED(Refusal::too_small);\n"),
  };
  ASSERT_EQ(undocumented(files).size(), 1u);
  EXPECT_EQ(undocumented(files)[0].line, 3);
  EXPECT_EQ(undocumented(files)[0].fault, "too_small is not in docs/api/errors.md");
  ASSERT_EQ(untested(files).size(), 1u);
  EXPECT_EQ(untested(files)[0].fault, "too_large is provoked by no test");
}

}  // namespace
}  // namespace coop::lint

// Headers are compiled alone against the precompiled ones, which forgive a forgotten standard header. This
// lint does not: what a header says of the precompiled libraries must be included by it, or by a header of
// ours it includes.
#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

/// A library's word as it is written, and the headers of which one has to be there.
struct Provision {
  std::string word;
  std::vector<std::string> headers;
};

/// The words that the precompiled headers (ledger/precompiled.hpp) would provide unasked.
const std::vector<Provision>& provisions() {
  static const std::vector<Provision> table{
      {"std::array", {"array"}},
      {"std::byte", {"cstddef"}},
      {"std::chrono::", {"chrono"}},
      {"std::function", {"functional"}},
      {"std::initializer_list", {"initializer_list"}},
      {"std::int16_t", {"cstdint"}},
      {"std::int32_t", {"cstdint"}},
      {"std::int64_t", {"cstdint"}},
      {"std::istringstream", {"sstream"}},
      {"std::make_shared", {"memory"}},
      {"std::make_unique", {"memory"}},
      {"std::map", {"map"}},
      {"std::multimap", {"map"}},
      {"std::optional", {"optional"}},
      {"std::ostringstream", {"sstream"}},
      {"std::pair", {"utility", "map", "unordered_map"}},
      {"std::set", {"set"}},
      {"std::shared_ptr", {"memory"}},
      {"std::span", {"span"}},
      {"std::string", {"string"}},
      {"std::string_view", {"string_view"}},
      {"std::tuple", {"tuple"}},
      {"std::uint16_t", {"cstdint"}},
      {"std::uint32_t", {"cstdint"}},
      {"std::uint64_t", {"cstdint"}},
      {"std::uint8_t", {"cstdint"}},
      {"std::unique_ptr", {"memory"}},
      {"std::unordered_map", {"unordered_map"}},
      {"std::variant", {"variant"}},
      {"std::vector", {"vector"}},
      {"date::year_month_day", {"date/date.h"}},
      {"boost::json::",
       {"boost/json.hpp", "boost/json/fwd.hpp", "boost/json/object.hpp", "boost/json/value.hpp"}},
      {"boost::multiprecision::", {"boost/multiprecision/cpp_int.hpp"}},
  };
  return table;
}

/// True if the code has the word on its own: not as the beginning of a longer one, not as the end of another.
bool says(std::string_view code, std::string_view word) {
  for (auto at = code.find(word); at != std::string_view::npos; at = code.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || (!is_word(code[at - 1]) && code[at - 1] != ':');
    const bool ends = word.ends_with("::") || end == code.size() || !is_word(code[end]);
    if (begins && ends) return true;
  }
  return false;
}

using Files = std::map<std::string, const SourceFile*>;

/// The foreign headers that a file includes, itself and through headers of ours.
void gather_foreign(const Files& files, const SourceFile& file, std::set<std::string>& seen,
                    std::set<std::string>& foreign) {
  if (!seen.insert(file.path).second) return;
  for (const Include& include : includes_of(file)) {
    if (!include.quoted) {
      foreign.insert(include.target);
    } else if (const auto found = files.find(include.target); found != files.end()) {
      gather_foreign(files, *found->second, seen, foreign);
    }
  }
}

bool any_of_them(const std::vector<std::string>& wanted, const std::set<std::string>& there) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const std::string& one) { return there.contains(one); });
}

/// What one header leaves to the precompiled ones; the first line that says each word.
void find_forgotten(const SourceFile& file, const std::set<std::string>& foreign,
                    std::vector<Finding>& findings) {
  for (const Provision& provision : provisions()) {
    if (any_of_them(provision.headers, foreign)) continue;
    const auto line = std::find_if(file.code.begin(), file.code.end(),
                                   [&](const std::string& code) { return says(code, provision.word); });
    if (line == file.code.end()) continue;
    findings.push_back({file.path, static_cast<int>(line - file.code.begin()) + 1,
                        provision.word + " without its header",
                        "#include <" + provision.headers.front() + ">"});
  }
}

std::vector<Finding> forgotten_headers(const std::vector<SourceFile>& repository_files) {
  Files files;
  for (const SourceFile& file : repository_files) files[file.path] = &file;
  std::vector<Finding> findings;
  for (const SourceFile& file : repository_files) {
    if (!file.is_header() || file.path.ends_with("precompiled.hpp")) continue;
    std::set<std::string> seen, foreign;
    gather_foreign(files, file, seen, foreign);
    find_forgotten(file, foreign, findings);
  }
  return findings;
}

TEST(LintStandardHeaders, AreIncludedByTheHeadersThatNeedThem) {
  EXPECT_TRUE(clean(forgotten_headers(repository())));
}

TEST(LintStandardHeaders, FindsAForgottenOneAndTakesWhatAnotherHeaderIncludes) {
  const std::vector<SourceFile> files{
      source_from_text("ledger/a.hpp", "#include <vector>\nstd::vector<int> numbers();\n"),
      source_from_text("ledger/b.hpp", "#include \"ledger/a.hpp\"\nstd::vector<int> more();\n"),
      source_from_text("ledger/c.hpp", "#include \"ledger/a.hpp\"\n\nstd::optional<int> none();\n"),
      source_from_text("ledger/d.hpp", "#pragma once\nint nonstd::vectors();\n"),
  };
  const auto findings = forgotten_headers(files);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].path, "ledger/c.hpp");
  EXPECT_EQ(findings[0].line, 3);
  EXPECT_EQ(findings[0].cure, "#include <optional>");
}

}  // namespace
}  // namespace coop::lint

// Words that are no names. docs/concepts/glossary.md has the words to use instead.
#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

/// The words of a name: "PostingHelper" and "posting_helper" are both {"posting", "helper"}.
std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts(1);
  for (const char letter : name) {
    const bool capital = std::isupper(static_cast<unsigned char>(letter)) != 0;
    if ((letter == '_' || capital) && !parts.back().empty()) parts.emplace_back();
    if (letter != '_') parts.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return parts;
}

bool is_empty_word(const std::string& part) {
  static const std::set<std::string> banned{"manager", "helper", "helpers", "util", "utils", "impl"};
  return banned.contains(part);
}

/// The fault of a type's name, or empty. "Base" and its like are banned as the last word: BaseUnit is a term.
std::string fault_of_type(std::string_view name) {
  static const std::set<std::string> banned_at_the_end{"base", "data", "info"};
  const std::vector<std::string> parts = parts_of(name);
  for (const std::string& part : parts) {
    if (is_empty_word(part)) return part;
  }
  if (parts.size() > 1 && banned_at_the_end.contains(parts.back())) return parts.back();
  return {};
}

std::vector<Finding> empty_type_names(const std::vector<SourceFile>& files) {
  static const std::set<std::string> introducers{"class", "struct", "enum", "union", "using", "concept"};
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_cpp()) continue;
    for (std::size_t index = 0; index < file.code.size(); ++index) {
      const std::vector<Word> words = words_of(file.code[index]);
      for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        if (!introducers.contains(std::string{words[at].text})) continue;
        const std::string fault = fault_of_type(words[at + 1].text);
        if (fault.empty()) continue;
        findings.push_back({file.path, static_cast<int>(index) + 1,
                            std::string{words[at + 1].text} + " says \"" + fault + "\", which says nothing",
                            "name the idea; if no noun fits, it is not found yet"});
      }
    }
  }
  return findings;
}

std::vector<Finding> empty_file_names(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    for (const std::string& part : parts_of(file.stem())) {
      if (!file.is_cpp() || !is_empty_word(part)) continue;
      findings.push_back({file.path, 1, "a file named \"" + part + "\"", "name it after the noun it holds"});
    }
  }
  return findings;
}

bool belongs_to_pqxx(std::string_view code, std::size_t position) {
  return position >= 6 && code.substr(position - 6, 6) == "pqxx::";
}

std::vector<Finding> ambiguous_words(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_cpp()) continue;
    for (std::size_t index = 0; index < file.code.size(); ++index) {
      for (const Word& word : words_of(file.code[index])) {
        const std::vector<std::string> parts = parts_of(word.text);
        const bool found = std::find(parts.begin(), parts.end(), "transaction") != parts.end() ||
                           std::find(parts.begin(), parts.end(), "transactions") != parts.end();
        if (!found || belongs_to_pqxx(file.code[index], word.position)) continue;
        findings.push_back({file.path, static_cast<int>(index) + 1, "the name " + std::string{word.text},
                            "say tx (database), entry (books), statement line (bank) or transfer (nodes)"});
      }
    }
  }
  return findings;
}

TEST(LintNames, TypesAreNamedByWhatTheyAre) { EXPECT_TRUE(clean(empty_type_names(repository()))); }
TEST(LintNames, FilesAreNamedByWhatTheyHold) { EXPECT_TRUE(clean(empty_file_names(repository()))); }
TEST(LintNames, NoNameIsAmbiguousBetweenDatabaseAndBooks) {
  EXPECT_TRUE(clean(ambiguous_words(repository())));
}

TEST(LintNames, NoticesEmptyNames) {
  const auto findings = empty_type_names({source_from_text("api/a.hpp",
                                                           "class AccountManager {};\n"
                                                           "struct EntryData {};\n"
                                                           "using StoreImpl = int;\n"
                                                           "struct BaseUnit {};\n"
                                                           "class Database {};\n")});
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[2].line, 3);
  EXPECT_EQ(empty_file_names({source_from_text("api/json_utils.hpp", "")}).size(), 1u);
}

TEST(LintNames, NoticesTheAmbiguousWord) {
  const auto findings = ambiguous_words({source_from_text("ledger/database/a.cpp",
                                                          "pqxx::transaction<> work;  // a transaction\n"
                                                          "int transaction_id = 1;\n")});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].line, 2);
}

}  // namespace
}  // namespace coop::lint

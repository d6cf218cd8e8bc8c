#pragma once
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace coop::lint {

/// A text file of the repository. Line numbers count from 1, so line n is lines[n - 1].
struct SourceFile {
  std::string path;                ///< from the root: "ledger/values/money.hpp"
  std::vector<std::string> lines;  ///< as written
  std::vector<std::string> code;   ///< the same, comments and the insides of literals replaced by blanks

  bool is_header() const { return path.ends_with(".hpp"); }
  bool is_cpp() const { return is_header() || path.ends_with(".cpp"); }
  /// True for files of the product itself: ledger, reports, api.
  bool is_product() const;
  /// "ledger/values" of "ledger/values/money.hpp".
  std::string folder() const;
  /// "money" of "ledger/values/money.hpp".
  std::string stem() const;
};

/// A file made of text, as a lint's own test needs it.
SourceFile source_from_text(std::string path, std::string_view text);
/// Every text file below the fixed folders and in the root, sorted by path; read once.
const std::vector<SourceFile>& repository();

/// One place that breaks a rule, and what to do about it.
struct Finding {
  std::string path;
  int line;
  std::string fault;
  std::string cure;
};

/// Success if there are no findings; otherwise one line each: "path:line: fault -> cure".
testing::AssertionResult clean(const std::vector<Finding>& findings);

/// One `#include`.
struct Include {
  int line;
  bool quoted;         ///< "file" rather than <file>
  std::string target;  ///< what stands between the marks
};
std::vector<Include> includes_of(const SourceFile& file);

/// A raw-string constant with SQL in it: constexpr const char* name = R"sql( text )sql";
struct SqlConstant {
  int line;  ///< where the constant begins
  int end_line;
  std::string name;
  std::string text;
};
std::vector<SqlConstant> sql_constants_of(const SourceFile& file);

/// True for letters, digits and the underscore.
bool is_word(char letter);
/// The identifiers of a line of code, with the position of each.
struct Word {
  std::size_t position;
  std::string_view text;
};
std::vector<Word> words_of(std::string_view code);
/// The text without blanks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace coop::lint

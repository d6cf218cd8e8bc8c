// Every public type and function says what its caller may rely on.
#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

/// One declaration at namespace scope: its lines joined, and where it begins and ends.
struct Declaration {
  int first_line;
  int last_line;
  std::string text;
  bool opens_a_body;
};

/// Reads the declarations at namespace scope of a header, by counting braces.
class DeclarationReader {
 public:
  std::vector<Declaration> declarations_of(const SourceFile& file) {
    for (std::size_t index = 0; index < file.code.size(); ++index) {
      if (trimmed(file.code[index]).starts_with("#")) continue;
      line_ = static_cast<int>(index) + 1;
      for (const char letter : file.code[index]) read(letter);
      if (depth_ == 0 && !text_.empty()) text_ += ' ';
    }
    return declarations_;
  }

 private:
  void read(char letter) {
    if (letter == '{') {
      if (depth_ == 0 && trimmed(text_).starts_with("namespace")) return text_.clear();
      if (depth_++ == 0) had_body_ = true;
    } else if (letter == '}') {
      if (depth_ == 0) return text_.clear();
      if (--depth_ == 0 && is_function_body()) finish();
    } else if (depth_ == 0 && letter == ';') {
      finish();
    } else if (depth_ == 0) {
      if (text_.empty() && letter == ' ') return;
      if (text_.empty()) first_line_ = line_;
      text_ += letter;
    }
  }

  /// After a class or an initializer a semicolon follows; after a function's body nothing does.
  bool is_function_body() const {
    const std::size_t bracket = text_.find('(');
    return bracket != std::string::npos && text_.find('=') > bracket && trimmed(text_) != text_;
  }

  void finish() {
    if (!trimmed(text_).empty()) declarations_.push_back({first_line_, line_, text_, had_body_});
    text_.clear();
    had_body_ = false;
  }

  std::vector<Declaration> declarations_;
  std::string text_;
  bool had_body_ = false;
  int depth_ = 0;
  int line_ = 0;
  int first_line_ = 0;
};

/// The text after `template <…>`.
std::string_view without_template(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with("template")) return text;
  int open = 0;
  for (std::size_t at = text.find('<'); at < text.size(); ++at) {
    if (text[at] == '<') ++open;
    if (text[at] == '>' && --open == 0) return trimmed(text.substr(at + 1));
  }
  return text;
}

bool is_type(const Declaration& declaration) {
  const std::string_view text = without_template(declaration.text);
  if (text.starts_with("using ")) return text.find('=') != std::string_view::npos;
  for (const char* word : {"class ", "struct ", "enum ", "union ", "concept "}) {
    if (text.starts_with(word)) return declaration.opens_a_body || std::string_view{word} == "concept ";
  }
  return false;
}

bool is_function(const Declaration& declaration) {
  const std::string_view text = without_template(declaration.text);
  for (const char* word : {"static_assert", "using ", "extern ", "class ", "struct ", "enum "}) {
    if (text.starts_with(word)) return false;
  }
  const std::size_t bracket = text.find('(');
  return bracket != std::string_view::npos && (text.find('=') > bracket || text.find("operator") < bracket);
}

bool is_documented(const SourceFile& file, const Declaration& declaration) {
  for (int line = declaration.first_line; line <= declaration.last_line; ++line) {
    if (file.lines[static_cast<std::size_t>(line) - 1].find("///<") != std::string::npos) return true;
  }
  if (declaration.first_line < 2) return false;
  return trimmed(file.lines[static_cast<std::size_t>(declaration.first_line) - 2]).starts_with("///");
}

/// A function right below another one, without a blank line, belongs to the comment above both.
std::vector<Finding> uncommented(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_header() || !file.is_product()) continue;
    int commented_until = -1;
    for (const Declaration& declaration : DeclarationReader{}.declarations_of(file)) {
      const bool type = is_type(declaration);
      const bool function = is_function(declaration);
      if ((!type && !function) || declaration.text.find("std::hash") != std::string::npos) continue;
      const bool grouped = function && declaration.first_line == commented_until + 1;
      if (is_documented(file, declaration) || grouped) {
        commented_until = function ? declaration.last_line : -1;
        continue;
      }
      findings.push_back(
          {file.path, declaration.first_line,
           std::string{type ? "a type" : "a function"} +
               " without a comment: " + std::string{trimmed(declaration.text).substr(0, 60)},
           "say above it with /// what the caller may rely on: meaning, units, errors, order"});
    }
  }
  return findings;
}

std::vector<Finding> headers_without_pragma(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_header() || (!file.lines.empty() && file.lines[0] == "#pragma once")) continue;
    findings.push_back({file.path, 1, "no #pragma once", "make it the first line"});
  }
  return findings;
}

TEST(LintComments, PublicTypesAndFunctionsHaveOne) { EXPECT_TRUE(clean(uncommented(repository()))); }
TEST(LintComments, HeadersBeginWithPragmaOnce) { EXPECT_TRUE(clean(headers_without_pragma(repository()))); }

TEST(LintComments, NoticesWhatHasNone) {
  const auto findings = uncommented({source_from_text("ledger/books/a.hpp",
                                                      "#pragma once\n"      // 1
                                                      "namespace coop {\n"  // 2
                                                      "class Forward;\n"    // 3
                                                      "class Entry {\n"     // 4
                                                      "  int sum() { return 1; }\n"
                                                      "};\n"
                                                      "inline constexpr std::array<int, 2> few{f(1), 2};\n"
                                                      "template <class T>\n"  // 8
                                                      "int sum_of(T numbers) {\n"
                                                      "  return 1;\n"
                                                      "}\n"
                                                      "/// Both of them.\n"
                                                      "int one(int a);\n"
                                                      "int two(int a = 3);\n"
                                                      "\n"
                                                      "int three(\n"  // 16
                                                      "    int a);\n"
                                                      "using Number = int;\n"  // 18
                                                      "using Name = int;  ///< a name\n"
                                                      "}\n")});
  std::vector<int> lines;
  for (const Finding& finding : findings) lines.push_back(finding.line);
  EXPECT_EQ(lines, (std::vector<int>{4, 8, 16, 18})) << clean(findings).message();
}

TEST(LintComments, NoticesAMissingPragma) {
  EXPECT_EQ(headers_without_pragma({source_from_text("api/a.hpp", "#include <map>\n")}).size(), 1u);
}

}  // namespace
}  // namespace coop::lint

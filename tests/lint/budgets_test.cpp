// Budgets of size, and the marks that may not stay in a text.
#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

constexpr int most_lines_of_a_file = 400;
constexpr int most_lines_of_a_function = 60;
constexpr int most_letters_of_a_line = 110;

std::vector<Finding> long_files(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    const bool held = file.is_cpp() || file.path == "dev" || file.path.ends_with("CMakeLists.txt");
    const int lines = static_cast<int>(file.lines.size());
    if (!held || lines <= most_lines_of_a_file) continue;
    findings.push_back(
        {file.path, lines, std::to_string(lines) + " lines", "split it by nouns: at most 400 lines"});
  }
  return findings;
}

/// Letters as a reader counts them: continuation bytes of UTF-8 do not count.
int letters_of(std::string_view line) {
  return static_cast<int>(std::count_if(
      line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::vector<Finding> long_lines(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_cpp() && !file.path.ends_with(".sql") && file.path != "dev") continue;
    for (std::size_t index = 0; index < file.lines.size(); ++index) {
      const int letters = letters_of(file.lines[index]);
      if (letters <= most_letters_of_a_line) continue;
      findings.push_back({file.path, static_cast<int>(index) + 1,
                          std::to_string(letters) + " letters in a line",
                          "at most 110; ./dev format breaks code, comments and strings are broken by hand"});
    }
  }
  return findings;
}

/// Follows braces through one file and remembers where function bodies begin and end.
class BodyScanner {
 public:
  struct Body {
    int first_line;
    int last_line;
  };

  std::vector<Body> bodies_of(const SourceFile& file) {
    for (std::size_t index = 0; index < file.code.size(); ++index) {
      if (trimmed(file.code[index]).starts_with("#")) continue;
      line_ = static_cast<int>(index) + 1;
      for (const char letter : file.code[index]) read(letter);
      head_ += ' ';
    }
    return bodies_;
  }

 private:
  enum class Scope { open, body, value };

  void read(char letter) {
    if (letter == '{') {
      scopes_.push_back(inside_body() ? Scope::value : scope_opened());
      if (scopes_.back() == Scope::body) body_line_ = head_line_;
      if (scopes_.back() != Scope::value) head_.clear();
    } else if (letter == '}') {
      close();
    } else if (inside_body() || (!scopes_.empty() && scopes_.back() == Scope::value)) {
      return;
    } else if (letter == ';') {
      head_.clear();
    } else {
      if (trimmed(head_).empty()) head_line_ = line_;
      head_ += letter;
    }
  }

  bool inside_body() const { return std::find(scopes_.begin(), scopes_.end(), Scope::body) != scopes_.end(); }

  void close() {
    if (scopes_.empty()) return;
    const Scope closed = scopes_.back();
    scopes_.pop_back();
    if (closed == Scope::body) bodies_.push_back({body_line_, line_});
    if (closed != Scope::value) head_.clear();
  }

  /// What a brace opens, by the words before it. Our formatting puts a blank before a body's brace and none
  /// before an initializer's.
  Scope scope_opened() const {
    const std::string_view head = trimmed(head_);
    if (head.empty()) return Scope::open;
    if (head_.back() != ' ' || head.ends_with("=") || head.ends_with(",") || head.ends_with("("))
      return Scope::value;
    for (const char* word : {"namespace", "class", "struct", "union", "enum", "extern"}) {
      for (const Word& found : words_of(head)) {
        if (found.text == word && head.find('(') == std::string_view::npos) return Scope::open;
      }
    }
    return head.find('(') == std::string_view::npos ? Scope::open : Scope::body;
  }

  std::vector<Body> bodies_;
  std::vector<Scope> scopes_;
  std::string head_;
  int line_ = 0;
  int head_line_ = 0;
  int body_line_ = 0;
};

/// A line of a table, {"AED", 2, "UAE Dirham"}: rows are read at a glance and do not count.
bool is_table_row(const std::string& line) {
  return trimmed(line).starts_with("{") && trimmed(line).ends_with("},");
}

std::vector<Finding> long_functions(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_cpp()) continue;
    for (const auto& body : BodyScanner{}.bodies_of(file)) {
      const auto first = file.code.begin() + body.first_line - 1;
      const auto rows = std::count_if(first, file.code.begin() + body.last_line, is_table_row);
      const int lines = body.last_line - body.first_line + 1 - static_cast<int>(rows);
      if (lines <= most_lines_of_a_function) continue;
      findings.push_back({file.path, body.first_line, "a function of " + std::to_string(lines) + " lines",
                          "name its parts: at most 60 lines"});
    }
  }
  return findings;
}

std::vector<Finding> untidy_lines(const std::vector<SourceFile>& files) {
  static const std::vector<std::string> marks{std::string{"TO"} + "DO", std::string{"FIX"} + "ME"};
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (file.path == "LICENSE") continue;
    for (std::size_t index = 0; index < file.lines.size(); ++index) {
      const std::string& line = file.lines[index];
      const int number = static_cast<int>(index) + 1;
      if (line.find('\t') != std::string::npos)
        findings.push_back({file.path, number, "a tab", "use blanks"});
      if (line.ends_with(' ') || line.ends_with('\r')) {
        findings.push_back({file.path, number, "blanks at the end of a line", "remove them"});
      }
      for (const Word& word : words_of(line)) {
        if (std::find(marks.begin(), marks.end(), word.text) == marks.end()) continue;
        findings.push_back({file.path, number, "\"" + std::string{word.text} + "\" is a promise nobody keeps",
                            "do it, or open an issue"});
      }
    }
  }
  return findings;
}

std::string function_of(int lines) {
  std::string text = "int sum(const std::vector<int>& numbers) {\n";
  for (int line = 2; line < lines; ++line) text += "  if (true) { work(Pair{1, 2}); }\n";
  return text + "}\n";
}

TEST(LintBudgets, FilesAreShort) { EXPECT_TRUE(clean(long_files(repository()))); }
TEST(LintBudgets, LinesAreShort) { EXPECT_TRUE(clean(long_lines(repository()))); }
TEST(LintBudgets, FunctionsAreShort) { EXPECT_TRUE(clean(long_functions(repository()))); }
TEST(LintBudgets, LinesAreTidy) { EXPECT_TRUE(clean(untidy_lines(repository()))); }

TEST(LintBudgets, NoticesALongFileAndALongLine) {
  std::string text;
  for (int line = 0; line < 401; ++line) text += "\n";
  EXPECT_EQ(long_files({source_from_text("api/a.cpp", text)}).size(), 1u);
  EXPECT_EQ(long_files({source_from_text("api/a.cpp", text.substr(1))}).size(), 0u);
  EXPECT_EQ(long_lines({source_from_text("api/a.cpp", "\n" + std::string(111, 'x'))})[0].line, 2);
  EXPECT_EQ(long_lines({source_from_text("api/a.cpp", std::string(109, 'x').append("ß"))}).size(), 0u);
}

TEST(LintBudgets, NoticesALongFunctionWhereverItStands) {
  const auto faults = [](const std::string& text) {
    return long_functions({source_from_text("api/a.cpp", text)});
  };
  EXPECT_EQ(faults(function_of(60)).size(), 0u);
  ASSERT_EQ(faults("\n" + function_of(61)).size(), 1u);
  EXPECT_EQ(faults("\n" + function_of(61))[0].line, 2);
  EXPECT_EQ(faults("namespace a {\nclass B {\n public:\n" + function_of(61) + "};\n}\n").size(), 1u);
  EXPECT_EQ(faults("Day::Day(int d)\n    : d_{d}, e_{Pair{d, d}} {\n" + function_of(60) + "}\n").size(), 1u);
  EXPECT_EQ(faults("TEST(Day, IsLong) {\n" + function_of(60) + "}\n").size(), 1u);
}

TEST(LintBudgets, DoesNotTakeTablesForFunctions) {
  std::string table = "const std::vector<Row> rows{\n";
  for (int line = 0; line < 80; ++line) table += "    {\"a\", f(1)},\n";
  EXPECT_EQ(long_functions({source_from_text("api/a.cpp", table + "};\n")}).size(), 0u);
  EXPECT_EQ(long_functions({source_from_text("api/a.cpp", "int f() {\n" + table + "};\n}\n")}).size(), 0u);
}

TEST(LintBudgets, NoticesUntidyLines) {
  const std::string mark = std::string{"TO"} + "DO";
  const auto findings =
      untidy_lines({source_from_text("docs/a.md", "a\tb\nc \n// " + mark + " later\n" + mark + "S\n")});
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[2].line, 3);
}

}  // namespace
}  // namespace coop::lint

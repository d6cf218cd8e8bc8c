#include "tests/lint/source.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace coop::lint {

namespace {

namespace fs = std::filesystem;

/// Replaces comments and the insides of literals by blanks, line by line.
class Blanker {
 public:
  std::string blank(const std::string& line) {
    std::string out;
    for (std::size_t at = 0; at < line.size();) at = step(line, at, out);
    if (state_ == State::line_comment) state_ = State::code;
    return out;
  }

 private:
  enum class State { code, line_comment, block_comment, text, letter, raw };

  static bool follows_number(const std::string& line, std::size_t at) {
    return at > 0 && is_word(line[at - 1]) && at + 1 < line.size() && is_word(line[at + 1]);
  }

  std::size_t step(const std::string& line, std::size_t at, std::string& out) {
    const std::string_view rest = std::string_view{line}.substr(at);
    switch (state_) {
      case State::code:
        return step_in_code(line, at, out);
      case State::line_comment:
        break;
      case State::block_comment:
        if (rest.starts_with("*/")) return leave(2, at, out, "  ");
        break;
      case State::text:
      case State::letter:
        if (rest.starts_with("\\")) {
          out += "  ";
          return at + 2;
        }
        if (rest[0] == (state_ == State::text ? '"' : '\'')) return leave(1, at, out, rest.substr(0, 1));
        break;
      case State::raw:
        if (rest.starts_with(raw_end_)) return leave(raw_end_.size(), at, out, "\"");
        break;
    }
    out += ' ';
    return at + 1;
  }

  std::size_t step_in_code(const std::string& line, std::size_t at, std::string& out) {
    const std::string_view rest = std::string_view{line}.substr(at);
    if (rest.starts_with("//")) state_ = State::line_comment;
    else if (rest.starts_with("/*")) state_ = State::block_comment;
    else if (rest.starts_with("R\"") && (at == 0 || !is_word(line[at - 1]))) {
      raw_end_ = ")" + std::string{rest.substr(2, rest.find('(') - 2)} + "\"";
      state_ = State::raw;
      out += "R\"";
      return at + 2;
    } else if (rest[0] == '"') state_ = State::text;
    else if (rest[0] == '\'' && !follows_number(line, at)) state_ = State::letter;
    out += state_ == State::line_comment || state_ == State::block_comment ? ' ' : rest[0];
    return at + 1;
  }

  std::size_t leave(std::size_t count, std::size_t at, std::string& out, std::string_view shown) {
    state_ = State::code;
    out += shown;
    return at + count;
  }

  State state_ = State::code;
  std::string raw_end_;
};

bool is_text(const fs::path& path) {
  static const std::set<std::string> kinds{".hpp",  ".cpp",  ".sql",  ".md",   ".cmake",  ".txt",
                                           ".json", ".yaml", ".toml", ".conf", ".service", ".sh"};
  static const std::set<std::string> names{"dev",         "LICENSE",    ".clang-format",
                                           ".clang-tidy", ".gitignore", "run"};
  return kinds.contains(path.extension().string()) || names.contains(path.filename().string());
}

SourceFile source_from_disk(const fs::path& root, const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return source_from_text(path.lexically_relative(root).string(), text.str());
}

std::vector<SourceFile> read_repository() {
  const fs::path root{COOP_SOURCE_DIR};
  std::vector<SourceFile> files;
  for (const auto& entry : fs::directory_iterator{root}) {
    if (entry.is_regular_file() && is_text(entry.path()))
      files.push_back(source_from_disk(root, entry.path()));
  }
  for (const char* folder : {"ledger", "reports", "api", "migrations", "tests", "docs", ".ci"}) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator{root / folder}) {
      if (entry.is_regular_file() && is_text(entry.path()))
        files.push_back(source_from_disk(root, entry.path()));
    }
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

}  // namespace

bool SourceFile::is_product() const {
  return is_cpp() &&
         (path.starts_with("ledger/") || path.starts_with("reports/") || path.starts_with("api/"));
}

std::string SourceFile::folder() const { return fs::path{path}.parent_path().string(); }
std::string SourceFile::stem() const { return fs::path{path}.stem().string(); }

SourceFile source_from_text(std::string path, std::string_view text) {
  SourceFile file{std::move(path), {}, {}};
  std::istringstream stream{std::string{text}};
  for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
  if (file.is_cpp()) {
    Blanker blanker;
    for (const std::string& line : file.lines) file.code.push_back(blanker.blank(line));
  } else {
    file.code = file.lines;
  }
  return file;
}

const std::vector<SourceFile>& repository() {
  static const std::vector<SourceFile> files = read_repository();
  return files;
}

testing::AssertionResult clean(const std::vector<Finding>& findings) {
  if (findings.empty()) return testing::AssertionSuccess();
  testing::AssertionResult result = testing::AssertionFailure() << findings.size() << " found:\n";
  for (const Finding& finding : findings) {
    result << finding.path << ":" << finding.line << ": " << finding.fault << " -> " << finding.cure << "\n";
  }
  return result;
}

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  for (std::size_t index = 0; index < file.lines.size(); ++index) {
    const std::string_view line = trimmed(file.lines[index]);
    if (!line.starts_with("#include")) continue;
    const std::size_t begin = line.find_first_of("<\"");
    if (begin == std::string_view::npos) continue;
    const std::size_t end = line.find(line[begin] == '<' ? '>' : '"', begin + 1);
    if (end == std::string_view::npos) continue;
    includes.push_back({static_cast<int>(index) + 1, line[begin] == '"',
                        std::string{line.substr(begin + 1, end - begin - 1)}});
  }
  return includes;
}

std::vector<SqlConstant> sql_constants_of(const SourceFile& file) {
  static constexpr std::string_view opening = "R\"sql(";
  std::vector<SqlConstant> constants;
  for (std::size_t index = 0; index < file.lines.size(); ++index) {
    const std::string& line = file.lines[index];
    const std::size_t begin = file.code[index].find("R\"");
    if (begin == std::string::npos || line.compare(begin, opening.size(), opening) != 0) continue;
    SqlConstant constant{static_cast<int>(index) + 1, 0, {}, line.substr(begin + opening.size())};
    for (const Word& word : words_of(std::string_view{line}.substr(0, begin))) constant.name = word.text;
    while (constant.text.find(")sql\"") == std::string::npos && index + 1 < file.lines.size()) {
      constant.text += "\n" + file.lines[++index];
    }
    constant.text.resize(std::min(constant.text.size(), constant.text.find(")sql\"")));
    constant.end_line = static_cast<int>(index) + 1;
    constants.push_back(std::move(constant));
  }
  return constants;
}

bool is_word(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) || letter == '_'; }

std::vector<Word> words_of(std::string_view code) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < code.size();) {
    std::size_t end = at;
    while (end < code.size() && is_word(code[end])) ++end;
    if (end > at && !std::isdigit(static_cast<unsigned char>(code[at])))
      words.push_back({at, code.substr(at, end - at)});
    at = std::max(end, at + 1);
  }
  return words;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace coop::lint

#include "tests/support/generated_page.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace coop {

namespace {

std::filesystem::path on_disk(const std::string& path) {
  return std::filesystem::path{COOP_SOURCE_DIR} / path;
}

std::string read_page(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream{on_disk(path)}.rdbuf();
  return text.str();
}

/// Where two texts part, as "line 12: is "…", should be "…"".
std::string first_difference(const std::string& is, const std::string& should) {
  std::istringstream is_lines{is};
  std::istringstream should_lines{should};
  for (int number = 1;; ++number) {
    std::string is_line;
    std::string should_line;
    const bool more = static_cast<bool>(std::getline(is_lines, is_line));
    const bool more_wanted = static_cast<bool>(std::getline(should_lines, should_line));
    if (!more && !more_wanted) return "blanks at the end";
    if (more == more_wanted && is_line == should_line) continue;
    return "line " + std::to_string(number) + ": is \"" + is_line + "\", should be \"" + should_line + "\"";
  }
}

/// The text with every instant, hash and signed link replaced by one word.
std::string without_chance(const std::string& text) {
  static const std::regex chance{
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[0-9a-f]{64}|[0-9]{10}[.][A-Za-z0-9_-]{43}"};
  return std::regex_replace(text, chance, "…");
}

}  // namespace

::testing::AssertionResult page_is(const std::string& path, const std::string& text) {
  const std::string before = read_page(path);
  if (before == text) return ::testing::AssertionSuccess();
  const char* refresh = std::getenv("COOP_REFRESH_DOCS");
  if (refresh != nullptr && std::string{refresh} == "1") {
    std::filesystem::create_directories(on_disk(path).parent_path());
    std::ofstream{on_disk(path)} << text;
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure() << path << " is not what the program says ("
                                       << first_difference(before, text) << "); refresh it with ./dev docs";
}

::testing::AssertionResult region_is(const std::string& path, const std::string& name,
                                     const std::string& text) {
  const std::string page = read_page(path);
  const std::string begin_mark = "<!-- begin " + name + " -->\n";
  const std::string end_mark = "<!-- end " + name + " -->";
  const std::size_t begin = page.find(begin_mark);
  const std::size_t end = page.find(end_mark);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    return ::testing::AssertionFailure() << path << " has no region " << name;
  }
  const std::string before = page.substr(begin + begin_mark.size(), end - begin - begin_mark.size());
  if (without_chance(before) == without_chance(text)) return ::testing::AssertionSuccess();
  return page_is(path, page.substr(0, begin + begin_mark.size()) + text + page.substr(end));
}

}  // namespace coop

// Each folder explains itself on one screen, and links between documents lead somewhere.
#include "tests/lint/source.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace coop::lint {
namespace {

constexpr int most_lines_of_a_readme = 80;

const SourceFile* find_file(const std::vector<SourceFile>& files, const std::string& path) {
  for (const SourceFile& file : files) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

/// By its whole name, as code.
bool mentions(const SourceFile& readme, const std::string& name) {
  return std::any_of(readme.lines.begin(), readme.lines.end(), [&](const std::string& line) {
    return line.find('`' + name + '`') != std::string::npos;
  });
}

/// Folders of the product, but ledger itself, and the files in each that its README must name.
std::vector<Finding> unexplained_folders(const std::vector<SourceFile>& files) {
  std::map<std::string, std::vector<const SourceFile*>> folders;
  for (const SourceFile& file : files) {
    if (file.is_product() && file.folder() != "ledger") folders[file.folder()].push_back(&file);
  }
  std::vector<Finding> findings;
  for (const auto& [folder, members] : folders) {
    const SourceFile* readme = find_file(files, folder + "/README.md");
    if (!readme) {
      findings.push_back(
          {folder + "/README.md", 1, "missing",
           "one screen: what the folder promises, what it must not do, its files with a line each, "
           "\"to add a …, do …\""});
      continue;
    }
    if (readme->lines.size() > most_lines_of_a_readme) {
      findings.push_back(
          {readme->path, most_lines_of_a_readme, "longer than a screen", "keep it to 80 lines"});
    }
    for (const SourceFile* member : members) {
      if (!member->is_header() || mentions(*readme, member->stem())) continue;
      findings.push_back({readme->path, 1, "says nothing about " + member->stem(), "give the file its line"});
    }
  }
  return findings;
}

/// The cells of a table's row; nothing for other lines.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  if (!line.starts_with("| ") || !line.ends_with(" |")) return cells;
  for (std::size_t at = 2; at < line.size();) {
    const std::size_t end = std::min(line.find(" |", at), line.size() - 2);
    cells.push_back(line.substr(at, end - at));
    at = end + 3;
  }
  return cells;
}

/// Rows of tables that begin as the row before them does, and are about the same or say the same: one of the
/// two is older.
std::vector<Finding> rows_said_twice(const SourceFile& document) {
  constexpr std::size_t a_beginning = 14;
  std::vector<Finding> findings;
  std::vector<std::string> before;
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    std::vector<std::string> cells = cells_of(document.lines[i]);
    if (!before.empty() && !cells.empty() && cells[0].starts_with('`') && cells[0].size() >= a_beginning &&
        cells[0].substr(0, a_beginning) == before[0].substr(0, a_beginning) &&
        (cells[0] == before[0] || cells.back() == before.back()))
      findings.push_back(
          {document.path, static_cast<int>(i) + 1, "says again: " + cells[0], "make it one row"});
    before = std::move(cells);
  }
  return findings;
}

/// Targets of [text](target) in a line, without those that leave the repository.
std::vector<std::string> links_in(const std::string& line) {
  std::vector<std::string> links;
  for (std::size_t at = line.find("]("); at != std::string::npos; at = line.find("](", at + 2)) {
    const std::size_t end = line.find(')', at);
    if (end == std::string::npos) break;
    std::string target = line.substr(at + 2, end - at - 2);
    target.resize(std::min(target.size(), target.find('#')));
    if (!target.empty() && target.find("://") == std::string::npos && !target.starts_with("mailto:")) {
      links.push_back(target);
    }
  }
  return links;
}

std::vector<Finding> dead_links(const std::vector<SourceFile>& files,
                                const std::function<bool(const std::string&)>& exists) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.path.ends_with(".md")) continue;
    for (std::size_t index = 0; index < file.lines.size(); ++index) {
      for (const std::string& link : links_in(file.lines[index])) {
        const std::string target = (std::filesystem::path{file.folder()} / link).lexically_normal().string();
        if (exists(target)) continue;
        findings.push_back(
            {file.path, static_cast<int>(index) + 1, "the link to " + link + " leads nowhere", "correct it"});
      }
    }
  }
  return findings;
}

TEST(LintDocuments, EveryFolderExplainsItself) { EXPECT_TRUE(clean(unexplained_folders(repository()))); }

TEST(LintDocuments, RowsOfTablesSayThingsOnce) {
  std::vector<Finding> findings;
  for (const SourceFile& file : repository())
    if (file.path.ends_with(".md")) std::ranges::move(rows_said_twice(file), std::back_inserter(findings));
  EXPECT_TRUE(clean(findings));
}

TEST(LintDocuments, LinksLeadSomewhere) {
  EXPECT_TRUE(clean(dead_links(repository(), [](const std::string& path) {
    return std::filesystem::exists(std::filesystem::path{COOP_SOURCE_DIR} / path);
  })));
}

TEST(LintDocuments, NoticesAFolderThatDoesNot) {
  const SourceFile entry = source_from_text("ledger/books/entry.hpp", "");
  EXPECT_EQ(unexplained_folders({entry}).size(), 1u);
  EXPECT_EQ(unexplained_folders({entry, source_from_text("ledger/books/README.md", "none\n")}).size(), 1u);
  EXPECT_EQ(unexplained_folders({entry, source_from_text("ledger/books/README.md", "| `entry` |\n")}).size(),
            0u);
  EXPECT_EQ(
      unexplained_folders({entry, source_from_text("ledger/books/README.md", "| `entry_store` |\n")}).size(),
      1u);
}

TEST(LintDocuments, NoticesARowThatIsThereTwice) {
  const auto findings =
      rows_said_twice(source_from_text("docs/a.md",
                                       "| `a_pay_run_store` | of pay |\n| `a_pay_run_store` | all of this |\n"
                                       "| `a_pay_run_store`, `b` | all of this |\n| `b_store`, `c` | all of "
                                       "this |\n| `b` | no |\n| `b` | no |\n"));
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].line, 2);
  EXPECT_EQ(findings[1].line, 3);
}

TEST(LintDocuments, NoticesADeadLink) {
  const auto findings =
      dead_links({source_from_text("docs/a.md", "\nsee [b](b.md#x), [c](../c.md) and [d](https://d.org)\n")},
                 [](const std::string& path) { return path == "docs/b.md"; });
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].line, 2);
}

}  // namespace
}  // namespace coop::lint

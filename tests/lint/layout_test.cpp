// The table of allowed edges: who may include whom. DESIGN's arrows, kept from the first commit.
#include <filesystem>

#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

using Rooms = std::map<std::string, std::set<std::string>>;

/// Each room and the rooms it may see. Whoever adds a room adds a row; a row never names a room that sees it.
const Rooms& allowed_edges() {
  static const Rooms rooms = [] {
    Rooms table;
    table["values"] = {};
    table["statements"] = {"values"};
    table["database"] = {"values"};
    table["jobs"] = table["access"] = table["books"] = {"values", "database"};
    table["webhooks"] = {"values", "database", "books"};
    table["members"] = table["exchange"] = table["funds"] = {"values", "database", "books"};
    table["journals"] = {"values", "statements", "database", "books", "members", "sharing", "funds"};
    table["proof"] = {"values", "statements", "database", "books", "journals", "sharing", "capital", "pay"};
    const std::set<std::string> societies{"values", "database", "books", "members", "exchange", "funds"};
    table["dues"] = table["work"] = table["costs"] = table["capital"] = societies;
    table["rolls"] = table["collecting"] =
        table["disbursements"] = {"values", "database", "books", "members", "dues"};
    table["disbursements"].insert("funds");
    table["sharing"] = {"values", "database", "books"};
    for (const char* room : {"work", "costs", "funds", "capital"}) table[room].insert("sharing");
    table["capital"].insert("work");
    table["pay"] = {"values", "database", "books", "members", "sharing", "work", "funds", "disbursements"};
    std::set<std::string> all = societies;
    all.insert({"dues", "work", "costs", "capital"});
    table["reminders"] = table["intake"] = all;
    table["bank"] = all;
    table["intake"].insert("statements");
    table["bank"].insert({"statements", "collecting", "disbursements", "jobs"});
    all.insert("bank");
    table["federation"] = all;
    all.insert({"federation", "statements", "rolls", "sharing", "pay", "collecting", "disbursements",
                "reminders", "intake", "access", "journals", "webhooks", "jobs", "proof"});
    table["reports"] = all;
    all.insert("reports");
    table["api"] = all;
    return table;
  }();
  return rooms;
}

/// "values" of "ledger/values/money.hpp", "api" of "api/http/http_server.hpp"; empty outside the product.
std::string room_of(std::string_view path) {
  if (path.starts_with("reports/")) return "reports";
  if (path.starts_with("api/")) return "api";
  if (!path.starts_with("ledger/")) return {};
  const std::string_view rest = path.substr(7);
  const std::size_t slash = rest.find('/');
  return slash == std::string_view::npos ? std::string{} : std::string{rest.substr(0, slash)};
}

std::vector<Finding> forbidden_edges(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    const std::string from = room_of(file.path);
    if (!file.is_product() || from.empty()) continue;
    const auto row = allowed_edges().find(from);
    if (row == allowed_edges().end()) {
      findings.push_back({file.path, 1, "the room " + from + " is not in the table of allowed edges",
                          "give it a row in tests/lint/layout_test.cpp and a line in docs/architecture.md"});
      continue;
    }
    for (const Include& include : includes_of(file)) {
      const std::string to = room_of(include.target);
      if (!include.quoted || to.empty() || to == from || row->second.contains(to)) continue;
      findings.push_back({file.path, include.line, from + " may not see " + to,
                          "move the shared idea down, or turn the call around (docs/architecture.md)"});
    }
  }
  return findings;
}

bool file_exists(const std::set<std::string>& paths, const std::string& target) {
  return paths.contains(target);
}

std::vector<Finding> includes_not_from_the_root(const std::vector<SourceFile>& files) {
  std::set<std::string> paths;
  for (const SourceFile& file : files) paths.insert(file.path);
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    for (const Include& include : includes_of(file)) {
      if (!file.is_cpp() || !include.quoted || file_exists(paths, include.target)) continue;
      findings.push_back(
          {file.path, include.line, "\"" + include.target + "\" is not a file counted from the root",
           "write \"ledger/…\", \"reports/…\", \"api/…\" or \"tests/…\"; foreign headers in <>"});
    }
  }
  return findings;
}

/// Edges from a name to names; reports one finding for each edge that closes a cycle.
using Graph = std::map<std::string, std::map<std::string, Finding>>;

std::vector<Finding> cycles_of(const Graph& graph) {
  std::vector<Finding> findings;
  std::set<std::string> done;
  std::vector<std::string> path;
  const std::function<void(const std::string&)> visit = [&](const std::string& name) {
    if (done.contains(name)) return;
    path.push_back(name);
    const auto edges = graph.find(name);
    if (edges != graph.end()) {
      for (const auto& [next, finding] : edges->second) {
        const auto seen = std::find(path.begin(), path.end(), next);
        if (seen == path.end()) {
          visit(next);
          continue;
        }
        Finding cycle = finding;
        cycle.fault = "a cycle:";
        for (auto step = seen; step != path.end(); ++step) cycle.fault += " " + *step + " ->";
        cycle.fault += " " + next;
        findings.push_back(cycle);
      }
    }
    path.pop_back();
    done.insert(name);
  };
  for (const auto& [name, edges] : graph) visit(name);
  return findings;
}

std::vector<Finding> file_cycles(const std::vector<SourceFile>& files) {
  Graph graph;
  for (const SourceFile& file : files) {
    for (const Include& include : includes_of(file)) {
      if (!file.is_cpp() || !include.quoted) continue;
      graph[file.path].insert(
          {include.target, {file.path, include.line, {}, "move what both need into a third file"}});
    }
  }
  return cycles_of(graph);
}

/// api/main.cpp wires everything and is nobody's neighbour.
std::vector<Finding> folder_cycles(const std::vector<SourceFile>& files) {
  std::map<std::string, std::string> folders;
  for (const SourceFile& file : files) folders[file.path] = file.folder();
  Graph graph;
  for (const SourceFile& file : files) {
    if (!file.is_product() || file.path == "api/main.cpp") continue;
    for (const Include& include : includes_of(file)) {
      const auto to = folders.find(include.target);
      if (to == folders.end() || to->second == file.folder()) continue;
      graph[file.folder()].insert(
          {to->second, {file.path, include.line, {}, "no two folders include each other"}});
    }
  }
  return cycles_of(graph);
}

std::vector<Finding> stray_root_entries(const std::vector<std::string>& names) {
  static const std::set<std::string> known{"ledger",
                                           "api",
                                           "reports",
                                           "migrations",
                                           "tests",
                                           "docs",
                                           "CMakeLists.txt",
                                           "README.md",
                                           "LICENSE",
                                           "CHANGELOG.md",
                                           "CONTRIBUTING.md",
                                           "CMakePresets.json",
                                           "dev",
                                           "build",
                                           "data"};
  std::vector<Finding> findings;
  for (const std::string& name : names) {
    if (name.starts_with(".") || known.contains(name)) continue;
    findings.push_back(
        {name, 1, "the top-level folders and root files are fixed", "find it a place inside them"});
  }
  return findings;
}

TEST(LintLayout, IncludesFollowTheArrowsBetweenRooms) { EXPECT_TRUE(clean(forbidden_edges(repository()))); }
TEST(LintLayout, IncludesAreWrittenFromTheRoot) {
  EXPECT_TRUE(clean(includes_not_from_the_root(repository())));
}
TEST(LintLayout, FilesDoNotIncludeInACircle) { EXPECT_TRUE(clean(file_cycles(repository()))); }
TEST(LintLayout, FoldersDoNotIncludeInACircle) { EXPECT_TRUE(clean(folder_cycles(repository()))); }

TEST(LintLayout, TheRootHoldsOnlyWhatBelongsThere) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{COOP_SOURCE_DIR}) {
    names.push_back(entry.path().filename().string());
  }
  EXPECT_TRUE(clean(stray_root_entries(names)));
  EXPECT_EQ(stray_root_entries({"ledger", "src", ".git"}).size(), 1u);
}

TEST(LintLayout, TheTableOfEdgesHasNoCircle) {
  Graph graph;
  for (const auto& [from, row] : allowed_edges()) {
    for (const std::string& to : row) {
      EXPECT_TRUE(allowed_edges().contains(to)) << to;
      graph[from].insert({to, {"tests/lint/layout_test.cpp", 1, {}, "rows go one way"}});
    }
  }
  EXPECT_TRUE(clean(cycles_of(graph)));
}

TEST(LintLayout, NoticesAnArrowThatRunsUp) {
  const auto findings = forbidden_edges({source_from_text("ledger/values/money.cpp",
                                                          "#include <map>\n"
                                                          "#include \"ledger/values/unit.hpp\"\n"
                                                          "#include \"ledger/books/entry.hpp\"\n")});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].line, 3);
  EXPECT_EQ(forbidden_edges({source_from_text("reports/ageing.cpp", "#include \"api/call.hpp\"\n")}).size(),
            1u);
  EXPECT_EQ(forbidden_edges({source_from_text("ledger/attic/old.cpp", "\n")}).size(), 1u);
  EXPECT_EQ(forbidden_edges({source_from_text("api/call.cpp", "#include \"reports/ageing.hpp\"\n")}).size(),
            0u);
}

TEST(LintLayout, NoticesAPathThatIsNotFromTheRoot) {
  const auto findings =
      includes_not_from_the_root({source_from_text("api/call.cpp", "#include \"../x.hpp\"\n")});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].line, 1);
}

TEST(LintLayout, NoticesCircles) {
  const std::vector<SourceFile> files{
      source_from_text("ledger/books/a.hpp", "#include \"ledger/books/b.hpp\"\n"),
      source_from_text("ledger/books/b.hpp", "#include \"ledger/books/a.hpp\"\n"),
      source_from_text("api/http/door.hpp", "#include \"api/call.hpp\"\n"),
      source_from_text("api/call.hpp", "#include \"api/http/limits.hpp\"\n"),
      source_from_text("api/http/limits.hpp", "\n"),
  };
  EXPECT_EQ(file_cycles(files).size(), 1u);
  EXPECT_EQ(folder_cycles(files).size(), 1u);
}

}  // namespace
}  // namespace coop::lint

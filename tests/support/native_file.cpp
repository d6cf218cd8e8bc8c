#include "tests/support/native_file.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/named_damage.hpp"
#include "tests/support/test_books.hpp"

namespace coop::test {

namespace {

class SavedFile {
 public:
  explicit SavedFile(const std::string& text) { std::ofstream{file_.path(), std::ios::binary} << text; }
  const std::filesystem::path& path() const { return file_.path(); }

 private:
  journals::TemporaryFile file_;
};

// Another value of the same type.
boost::json::value changed(const boost::json::value& value) {
  if (value.is_bool()) return !value.as_bool();
  if (value.is_int64()) return value.as_int64() + 1;
  std::string text{value.as_string()};
  if (text.size() == 10 && text.starts_with("2026-")) return "2026-01-31";
  if (text.ends_with("Z") && text.starts_with("20")) return "2026-02-11T00:00:00.000000Z";
  if (text.empty()) return "AC01";
  text.front() = text.front() == 'b' ? 'c' : 'b';
  return boost::json::value(text);
}

std::string with_field(const std::string& line, std::string_view name) {
  boost::json::object row = boost::json::parse(line).as_object();
  row[name] = changed(row.at(name));
  return boost::json::serialize(row);
}

// Whether a file is refused with this code as one that contradicts itself or cannot be read.
bool is_told_of_files(const std::string& code) {
  return code == "import_contradicts" || code == "import_unreadable";
}

// Whether the lines are accepted with this one in the place of another. What is not accepted is told as a
// file that contradicts itself or cannot be read.
bool is_accepted(std::vector<std::string> lines, std::size_t at, const std::string& line) {
  lines[at] = line;
  const std::string refusal = refusal_of_native(native_file_of(lines));
  EXPECT_TRUE(refusal.empty() || is_told_of_files(refusal)) << refusal << ": " << line;
  return refusal.empty();
}

// All rows of a table as text, who recorded them by name: a server numbers its users by itself.
std::string rows_of(const FreshDatabase& database, const std::string& table) {
  return database.superuser_value(
      "SELECT string_agg(r, chr(10) ORDER BY r) FROM (SELECT (to_jsonb(t) || coalesce((SELECT "
      "jsonb_build_object('recorded_by', u.name) FROM user_account u WHERE u.id = (to_jsonb(t) ->> "
      "'recorded_by')::int), '{}'))::text FROM " +
      table + " t) rows (r)");
}

}  // namespace

std::string native_export(Database& database) {
  std::string text;
  const auto written = journals::export_native(database, "bcn", instant_from_text("2026-03-01T12:00:00Z"),
                                               [&](std::string_view piece) { text += piece; });
  EXPECT_TRUE(written.complete);
  return text;
}

std::vector<std::string> lines_of_native(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string native_file_of(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) text += lines[i] + '\n';
  std::string end = lines.back();
  const std::string name = "\"file_hash\":\"";
  end.replace(end.find(name) + name.size(), 64, hex_of(sha256_of(text)));
  return text + end + '\n';
}

std::string refusal_of_native(const std::string& text) {
  const SavedFile file{text};
  return refusal_of([&] { journals::check_native(file.path()); });
}

void expect_native_restores(Database& database, const FreshDatabase& of, std::span<const std::string> tables,
                            Instant now) {
  const std::string original = native_export(database);
  const FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  EXPECT_TRUE(journals::restore_native(empty, SavedFile{original}.path(), now).complete);
  EXPECT_EQ(native_export(empty), original);
  for (const std::string& table : tables) {
    const std::string rows = rows_of(of, table);
    EXPECT_NE(rows, "") << table << " is not tried";
    EXPECT_EQ(rows_of(other, table), rows) << table;
  }
  const std::vector<std::string> faults = derived_faults(other);
  EXPECT_TRUE(faults.empty()) << faults.front();
  EXPECT_EQ(first_flaw_of(other), "");
}

void expect_each_contradicts(const std::string& exported,
                             const std::vector<std::pair<std::string, std::string>>& changes) {
  for (const auto& [before, after] : changes) {
    std::string changed = exported;
    const std::size_t at = changed.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    if (at == std::string::npos) continue;
    changed.replace(at, before.size(), after);
    const std::string code = refusal_of_native(changed);
    EXPECT_TRUE(is_told_of_files(code)) << before << ": " << code;
  }
}

ChangedFields change_every_field(const std::string& exported,
                                 const std::function<bool(std::string_view line)>& is_tried) {
  const std::vector<std::string> lines = lines_of_native(exported);
  std::vector<std::string> harmless = lines;
  std::set<std::string> kinds, free;
  for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
    if (!is_tried(lines[at])) continue;
    const boost::json::object row = boost::json::parse(lines[at]).as_object();
    const std::string kind{row.at("kind").as_string()};
    kinds.insert(kind);
    for (const auto& [name, value] : row) {
      if (name == "kind" || !is_accepted(lines, at, with_field(lines[at], name))) continue;
      free.insert(kind + "." + std::string{name});
      const std::string line = with_field(harmless[at], name);
      if (is_accepted(harmless, at, line)) harmless[at] = line;
    }
  }
  ChangedFields came{.kinds = kinds.size(), .free = {}, .harmless = native_file_of(harmless)};
  for (const std::string& field : free) came.free += field + ' ';
  return came;
}

void expect_harmless(const std::string& text, Instant now) {
  const FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  EXPECT_TRUE(journals::restore_native(empty, SavedFile{text}.path(), now).complete);
  EXPECT_EQ(first_flaw_of(other), "");
}

}  // namespace coop::test

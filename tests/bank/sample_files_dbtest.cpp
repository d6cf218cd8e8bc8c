// Files of banks as they really come: each is taken in, again, and cut into overlapping halves in every
// order. The project's own files always; others where a folder of samples lies beside the project, or
// COOP_BANK_SAMPLES names it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "ledger/books/account_service.hpp"
#include "ledger/statements/statement_reader.hpp"
#include "tests/support/test_bank.hpp"

namespace coop::bank {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream{file, std::ios::binary}.rdbuf();
  return bytes.str();
}

std::vector<fs::path> sample_files() {
  const char* named = std::getenv("COOP_BANK_SAMPLES");
  const fs::path source{COOP_SOURCE_DIR};
  std::vector<fs::path> files;
  for (const fs::path& folder :
       {source / "tests/statements/files", named ? fs::path{named} : source / "../shared/samples"}) {
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
      if (entry.is_regular_file() && entry.path().extension() != ".xsd") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// The statements of a file that anybody can read; nothing where it is refused.
std::vector<statements::Statement> statements_of(const std::string& bytes) {
  std::vector<statements::Statement> all;
  try {
    for (const statements::NamedFile& named : statements::read_statements(bytes))
      for (const statements::Statement& one : named.file.statements)
        if (one.purpose == statements::Purpose::booked) all.push_back(one);
  } catch (const Refused&) {
    return {};
  }
  return all;
}

class SampleFiles : public test::BankTest {
 protected:
  SampleFiles() { now = instant_from_text("2030-01-01T12:00:00Z"); }

  /// Another node, with an account for each identifier and currency of the statements.
  void use_node_for(const std::vector<statements::Statement>& all) {
    use_node("n" + std::to_string(++nodes_));
    std::set<std::pair<std::string, std::string>> opened;
    for (const statements::Statement& one : all) {
      const std::string currency = one.currency.empty() ? "EUR" : one.currency;
      if (one.account.empty() || !opened.emplace(one.account, currency).second) continue;
      if (!units().contains(currency)) continue;
      const std::string path = "assets:bank:n" + std::to_string(opened.size());
      open(path, currency);
      db().in_tx([&](Tx& tx) {
        return open_bank_account(tx, node(),
                                 {.path = path,
                                  .unit = units().find(currency)->second.id,
                                  .identifier = one.account,
                                  .title = "An account"},
                                 author());
      });
    }
  }

  /// Takes a file in, whatever it says; how many lines began to count. Nothing if it cannot be read.
  std::optional<std::int64_t> take_whatever(const std::string& bytes) {
    const BankImport import = bring(bytes);
    if (import.state == ImportState::taken_in) return 0;  // the very same bytes came before
    if (import.state != ImportState::read) return std::nullopt;
    return take_in(import, true);
  }

  /// Days, amounts and occurrences of what counts.
  std::multiset<std::string> counting() {
    std::multiset<std::string> all;
    for (const BankLine& line : lines({.limit = 100'000}))
      if (line.state != LineState::silent || line.amount_minor == 0)
        all.insert(line.booked_on.text() + " " + std::to_string(line.amount_minor) + " " + line.key);
    return all;
  }

 private:
  int nodes_ = 0;
};

TEST_F(SampleFiles, BringNothingTheSecondTime) {
  std::size_t taken = 0;
  for (const fs::path& path : sample_files()) {
    const std::string bytes = bytes_of(path);
    const auto all = statements_of(bytes);
    if (all.empty()) continue;
    use_node_for(all);
    const auto first = take_whatever(bytes);
    if (!first) continue;
    ++taken;
    // One byte more is another file with the same content.
    const auto again = take_whatever(bytes + "\n");
    EXPECT_TRUE(!again || *again == 0) << path << " brought " << again.value_or(0);
  }
  EXPECT_GT(taken, 3u);
}

/// A part of a statement's lines, as a file of its own.
std::string part_of(const statements::Statement& statement, std::size_t from, std::size_t to) {
  test::WrittenStatement written{
      "1", "", "", {}, statement.account, statement.currency.empty() ? "EUR" : statement.currency};
  for (std::size_t i = from; i < to; ++i) {
    const statements::Line& line = statement.lines[i];
    if (line.status != statements::LineStatus::booked || is_zero(line.amount)) continue;
    const statements::Detail none;
    const statements::Detail& detail = line.details.empty() ? none : line.details.front();
    written.lines.push_back({line.booked_on.text(),
                             text_of(line.amount),
                             detail.counterparty.name,
                             detail.text.substr(0, 100),
                             {},
                             line.bank_id});
  }
  return test::camt053({written});
}

TEST_F(SampleFiles, CutIntoOverlappingHalvesEndTheSameInEveryOrder) {
  std::size_t tried = 0;
  for (const fs::path& path : sample_files()) {
    for (const statements::Statement& one : statements_of(bytes_of(path))) {
      const std::size_t count = one.lines.size();
      const std::string currency = one.currency.empty() ? "EUR" : one.currency;
      if (count < 3 || one.account.empty() || !units().contains(currency)) continue;
      const std::string whole = part_of(one, 0, count);
      const std::string head = part_of(one, 0, count / 2 + 1);
      const std::string tail = part_of(one, count / 2, count);
      std::vector<std::multiset<std::string>> ends;
      for (const auto& order : {std::vector{whole}, std::vector{head, tail}, std::vector{tail, head},
                                std::vector{tail, whole, head}, std::vector{head, whole, tail}}) {
        use_node_for({one});
        for (const std::string& file : order) EXPECT_TRUE(take_whatever(file)) << path << file;
        ends.push_back(counting());
      }
      for (const auto& end : ends) EXPECT_EQ(end, ends.front()) << path;
      ++tried;
    }
  }
  EXPECT_GT(tried, 0u);
}

}  // namespace
}  // namespace coop::bank

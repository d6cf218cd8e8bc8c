// Real files of banks read as the list beside them says. They are no part of the repository: where they are
// not, there is nothing to read, and the files written for the project say the same about each behaviour.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "ledger/statements/camt_reader.hpp"
#include "tests/statements/camt_files.hpp"

namespace coop::statements {
namespace {

namespace files = std::filesystem;

/// A row of EXPECTED-camt.txt: what one statement of a file reads as.
struct Expected {
  std::string version;
  std::map<std::string, std::string> balances;
  std::map<std::string, std::string> counts;
  bool is_off;
};

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return {};
  return text.substr(at + from.size(), text.find(to, at + from.size()) - at - from.size());
}

std::map<std::string, std::vector<Expected>> expected_statements() {
  std::map<std::string, std::vector<Expected>> expected;
  std::istringstream rows{test::bytes_of(test::bank_samples() / "EXPECTED-camt.txt")};
  for (std::string row; std::getline(rows, row);) {
    std::istringstream words{row};
    std::string name;
    Expected one;
    words >> name >> one.version;
    if (one.version == "(none)") one.version.clear();
    one.is_off = row.find("BAL OFF") != std::string::npos;
    for (const std::string code : {"OPBD", "PRCD", "CLBD"})
      one.balances[code] = between(row, "'" + code + "': ['", "'");
    for (const std::string count : {"n", "tx", "acctsvcrref"})
      one.counts[count] = between(row, " " + count + "=", " ");
    expected[name].push_back(std::move(one));
  }
  return expected;
}

std::string text_or_none(const std::optional<Balance>& balance) {
  return balance ? text_of(balance->amount) : "";
}

void expect_same(const Statement& read, const Expected& expected) {
  const std::string& opening = expected.balances.at("OPBD");
  EXPECT_EQ(text_or_none(read.opening), opening.empty() ? expected.balances.at("PRCD") : opening);
  EXPECT_EQ(text_or_none(read.closing), expected.balances.at("CLBD"));
  std::size_t details = 0;
  std::size_t identified = 0;
  Decimal sum = read.opening ? read.opening->amount : Decimal{};
  for (const Line& line : read.lines) {
    details += line.details.size();
    identified += line.bank_id.empty() ? 0 : 1;
    sum = sum + line.amount;
  }
  EXPECT_EQ(std::to_string(read.lines.size()), expected.counts.at("n"));
  EXPECT_EQ(std::to_string(details), expected.counts.at("tx"));
  EXPECT_EQ(std::to_string(identified), expected.counts.at("acctsvcrref"));
  if (read.closing) {
    EXPECT_EQ(!is_same(sum, read.closing->amount), expected.is_off);
  }
}

TEST(CamtSamples, ReadAsExpected) {
  const auto expected = expected_statements();
  if (expected.empty()) GTEST_SKIP() << "no files of banks on this machine";
  for (const char* folder : {"camt052", "camt053", "camt054"}) {
    for (const files::directory_entry& file : files::directory_iterator{test::bank_samples() / folder}) {
      const std::string name = file.path().filename().string();
      SCOPED_TRACE(name);
      const std::string bytes = test::bytes_of(file.path());
      if (!expected.contains(name)) {
        EXPECT_EQ(test::camt_refusal_of([&] { camt_from(bytes); }),
                  "statement_unreadable: there is no Stmt in it");
        continue;
      }
      const ReadFile read = camt_from(bytes);
      const std::vector<Expected>& wanted = expected.at(name);
      EXPECT_EQ(read.version, wanted.front().version);
      ASSERT_EQ(read.statements.size(), wanted.size());
      for (std::size_t i = 0; i < wanted.size(); ++i) expect_same(read.statements[i], wanted[i]);
    }
  }
}

}  // namespace
}  // namespace coop::statements

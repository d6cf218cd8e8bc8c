#pragma once
#include <string>
#include <vector>

#include "tests/support/test_bank.hpp"

namespace coop::test {

/// A part of a match that is written in SQL: a posting to the line's account, and how much of it.
struct RawMatchPart {
  std::int64_t entry;
  int posting_line;
  std::int64_t amount_minor;
  std::string made = "found";
  std::string payment = "NULL";
};

/// SQL that matches a line of a node by hand, as the program would.
std::string bank_match_sql(const std::string& node, int number, int line,
                           const std::vector<RawMatchPart>& parts);
/// SQL that undoes the match of this number.
std::string bank_match_end_sql(const std::string& node, int number);

/// Tables of the bank, each of which FilledBankTest has rows in.
const std::vector<std::string>& bank_tables();

/// A database test in which a bank has done everything that it can. Accounts: 1 assets:bank, with
/// suspense; 2 assets:cash,
/// closed. Files: 1 taken in (lines 1 of 20.00, 2 of 60.00, 3 of -4.50), 2 taken in (4 is line 2 again, 5 of
/// 5.00), 3 dropped, since it contradicts itself (6), 4 unreadable, 5 taken in and undone (7 of 8.00, 8 of
/// 9.00), 6 taken in without balances (9 is line 8 again, 10 of -1.00), 7 looked at only (11). Matches: 1 of
/// line 1; 2 of line 2, undone; 3 of line 2; 4 of line 5, by a payment of M0001; 5 of line 8; 6 of line 3 by
/// rule 1 alone, undone. Line 3 is set aside, line 8 was. Rules: 1 has two versions, and the second posted
/// for a while; 2 pays for M0001; 3 has ended.
class FilledBankTest : public BankTest {
 protected:
  FilledBankTest();
  std::string node_sql() const { return std::to_string(node().number()); }

 private:
  void bring_files();
  void undo_file_5();
  void match_lines();
  void sign();
  void count(bank::BankAccountNumber cash);
  void write_rules();
};

}  // namespace coop::test

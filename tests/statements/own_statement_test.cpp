#include "ledger/statements/own_statement.hpp"

#include <gtest/gtest.h>

#include "ledger/statements/statement_reader.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

const std::string header =
    "row,level,booked_on,entry,line,description,reference,counterpart,note,fund,member,cost_object,tax_code,"
    "recorded_at,reverses,reversed_by,amount,balance,unit,positive\r\n";

std::string sided_statement(const std::string& side) {
  const std::string end = ",EUR," + side + "\r\n";
  return header + "subtotal,0,,,,Opening balance,,,,,,,,,,,,5.00" + end +
         "line,0,2026-03-02,7,1,Shared server,,expenses:servers,,,,,,2026-03-02T10:00:00Z,,,10.00,15.00" +
         end +
         "line,0,2026-03-09,9,1,\"Paid, in part\",,assets:bank,,,,,,2026-03-09T10:00:00Z,,,-4.00,11.00" +
         end + "subtotal,0,,,,Closing balance,,,,,,,,,,,,11.00" + end;
}

std::string own_read(const std::string& bytes) {
  const ReadFile file = read_statements(bytes).at(0);
  std::string all = test::shown(file.statements.at(0));
  for (const Line& line : file.statements.at(0).lines)
    all += "; " + line.booked_on.text() + " " + text_of(line.amount) + " [" + line.bank_id + "] " +
           line.details.at(0).text;
  return all;
}

TEST(OwnStatement, OfADebtIsTheClaimOfTheOtherSide) {
  EXPECT_EQ(own_read(sided_statement("credit")),
            "/ EUR /: 5.00 -> 11.00 on 2026-03-09, 2 lines; 2026-03-02 10.00 [7] Shared server; 2026-03-09 "
            "-4.00 [9] Paid, in part");
}

TEST(OwnStatement, OfAClaimIsTheDebtOfTheOtherSide) {
  EXPECT_EQ(
      own_read(sided_statement("debit")),
      "/ EUR /: -5.00 -> -11.00 on 2026-03-09, 2 lines; 2026-03-02 -10.00 [7] Shared server; 2026-03-09 "
      "4.00 [9] Paid, in part");
}

TEST(OwnStatement, IsToldByItsHeaderAlone) {
  EXPECT_TRUE(find_own_statement(sided_statement("debit")));
  EXPECT_FALSE(find_own_statement(sided_statement("debit").substr(4)));
  EXPECT_FALSE(find_own_statement("Date,Amount\n2026-01-01,-1.00\n"));
  EXPECT_FALSE(find_own_statement(""));
}

}  // namespace
}  // namespace coop::statements

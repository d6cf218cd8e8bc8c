#include "ledger/bank/reading.hpp"

#include <gtest/gtest.h>

namespace coop::bank {
namespace {

TEST(BankAccountIdentifiers, AreKnownInTheShapesThatStatementsHave) {
  EXPECT_TRUE(is_same_account("ES91 2100 0418 4502 0005 1332", "ES9121000418450200051332"));
  EXPECT_TRUE(is_same_account("70120400/8801122009", "DE69701204008801122009"));
  EXPECT_TRUE(is_same_account("70120400/22009", "DE24701204000000022009")) << "leading zeros are left out";
  EXPECT_FALSE(is_same_account("70120400/22008", "DE24701204000000022009"));
  EXPECT_FALSE(is_same_account("70120400/22009", "ES9121000418450200051332"));
  EXPECT_FALSE(is_same_account("", "ES9121000418450200051332"));
}

TEST(Readings, CountLinesTheWayTheirSumDoes) {
  const KnownAccount account{{.number = BankAccountNumber{1},
                              .account = AccountId{1},
                              .path = "assets:bank",
                              .unit = UnitId{1},
                              .kind = BankAccountKind::bank,
                              .identifier = "ES9121000418450200051332",
                              .title = "Bank",
                              .flips_reversals = true,
                              .recorded_at = instant_from_text("2026-01-01T00:00:00Z")},
                             Unit{UnitId{1}, "EUR", 2}};
  statements::ReadFile file{statements::FileKind::mt940, "", {}, {}};
  statements::Statement statement{};
  statement.account = account.account.identifier;
  statement.lines.push_back(
      {.booked_on = Day::parse("2026-01-02"), .amount = Decimal{500, 2}, .is_reversal = true});
  file.statements.push_back(statement);
  AccountReader reader{std::span{&account, 1}, std::nullopt};
  reader.finish(statements::handed_on(std::move(file), reader));
  const Reading reading = std::move(reader).reading();
  const ReadStatement& read = reading.statements.at(0);
  EXPECT_EQ(read.statement.proof, statements::Proof::unprovable);
  EXPECT_EQ(read.statement.sum_minor, -500);
  EXPECT_EQ(read.lines.at(0).amount_minor, -500) << "what is known of the bank holds without balances, too";
}

}  // namespace
}  // namespace coop::bank

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

}  // namespace
}  // namespace coop::bank

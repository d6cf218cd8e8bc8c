#include "ledger/books/account.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {
namespace {

bool is_path(std::string_view path) {
  try {
    require_path(path);
    return true;
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.refusal(), Refusal::path_malformed);
    return false;
  }
}

TEST(AccountPaths, AreNonEmptyPartsJoinedByColons) {
  for (const char* path :
       {"assets", "assets:bank:main", "Assets:Bank Main:N° 7", "expenses:成田:serveurs", "equity:a/b",
        "income:50%", "liabilities:o'neill", "x:1", "assets:a-b_c.d", "assets:a;b"}) {
    EXPECT_TRUE(is_path(path)) << path;
  }
}

TEST(AccountPaths, HaveNoEmptyOrUntidyPart) {
  for (const char* path :
       {"", ":", "assets:", ":assets", "assets::bank", "assets: bank", "assets:bank ", " assets",
        "assets:two  blanks", "assets:tab\there", "assets:line\nbreak", "assets:\x7f"}) {
    EXPECT_FALSE(is_path(path)) << path;
  }
}

TEST(AccountPaths, DoNotBeginAPartWithWhatPlainTextToolsReadOtherwise) {
  for (const char sign : std::string_view{"([\";#*!|&"}) {
    EXPECT_FALSE(is_path(std::string{"assets:"} + sign + "x")) << sign;
    EXPECT_FALSE(is_path(std::string{sign} + "x")) << sign;
    EXPECT_TRUE(is_path(std::string{"assets:x"} + sign)) << sign;
  }
}

TEST(AccountPaths, HaveAtMost255BytesOfUtf8) {
  EXPECT_TRUE(is_path(std::string(255, 'a')));
  EXPECT_FALSE(is_path(std::string(256, 'a')));
  EXPECT_FALSE(is_path(std::string{"assets:\xC3"}));
  EXPECT_FALSE(is_path(std::string("assets:a\0b", 10)));
}

TEST(AccountPaths, HoldWhatLiesBelowThem) {
  EXPECT_TRUE(path_holds("assets:bank", "assets:bank"));
  EXPECT_TRUE(path_holds("assets:bank", "assets:bank:main"));
  EXPECT_FALSE(path_holds("assets:bank", "assets:banknotes"));
  EXPECT_FALSE(path_holds("assets:bank", "assets"));
}

TEST(AccountTypes, AreReadAsTheyAreWritten) {
  for (const AccountType type : {AccountType::asset, AccountType::liability, AccountType::equity,
                                 AccountType::income, AccountType::expense}) {
    EXPECT_EQ(account_type_from(text_of(type)), type);
  }
  EXPECT_THROW(account_type_from("Asset"), Refused);
}

TEST(AccountTypes, GrowByDebitsOrCredits) {
  EXPECT_TRUE(is_debit_normal(AccountType::asset));
  EXPECT_TRUE(is_debit_normal(AccountType::expense));
  EXPECT_FALSE(is_debit_normal(AccountType::liability));
  EXPECT_FALSE(is_debit_normal(AccountType::equity));
  EXPECT_FALSE(is_debit_normal(AccountType::income));
  EXPECT_TRUE(is_result(AccountType::income));
  EXPECT_TRUE(is_result(AccountType::expense));
  EXPECT_FALSE(is_result(AccountType::equity));
}

TEST(DimensionCodes, AreShortAndPlain) {
  for (const char* code : {"M0042", "media", "civil-society", "BBB/1", "a.b_c"}) {
    EXPECT_NO_THROW(require_dimension_code(code)) << code;
  }
  for (const std::string& code : {std::string{}, std::string{"-a"}, std::string{"a b"}, std::string{"é"},
                                  std::string(41, 'a'), std::string("a\0", 2)}) {
    EXPECT_THROW(require_dimension_code(code), Refused) << code;
  }
}

}  // namespace
}  // namespace coop::books

// Accounts of the books that have statements.
#include "tests/support/test_bank.hpp"

namespace coop::bank {
namespace {

using test::refusal_of;

class BankAccounts : public test::BankTest {
 protected:
  BankAccount open_as(const std::string& path, const std::string& identifier) {
    return db().in_tx([&](Tx& tx) {
      return open_bank_account(
          tx, node(),
          {.path = path, .unit = units().at("EUR").id, .identifier = identifier, .title = "An account"},
          author());
    });
  }
};

TEST_F(BankAccounts, AreOnRecordOnce) {
  open("assets:savings");
  EXPECT_EQ(refusal_of([&] { open_as("assets:bank", "NL91ABNA0417164300"); }), "bank_account_exists");
  EXPECT_EQ(refusal_of([&] { open_as("assets:savings", "es91 2100 0418 4502 0005 1332"); }),
            "bank_account_exists")
      << "one identifier is one account in each unit";
  EXPECT_EQ(refusal_of([&] { open_as("assets:nowhere", ""); }), "account_unknown");
  EXPECT_EQ(refusal_of([&] { open_as("assets:savings", "an account!"); }), "field_invalid");
  const BankAccount savings = open_as("assets:savings", "70120400/8801122009");
  EXPECT_EQ(savings.number.number(), 2);
  EXPECT_EQ(savings.identifier, "70120400/8801122009");
}

TEST_F(BankAccounts, ExpectNoStatementsOnceTheyAreClosed) {
  const auto set_closed = [&](bool is_closed) {
    db().in_tx([&](Tx& tx) { return set_bank_account_closed(tx, node(), account(), is_closed, author()); });
  };
  const std::string file = test::camt053({{"1", "0.00", "1.00", {{.day = "2026-03-02", .amount = "1.00"}}}});
  set_closed(true);
  EXPECT_EQ(bring(file).code, "bank_account_unknown");
  set_closed(false);
  EXPECT_EQ(text_of(bring(file).state), "read");
}

}  // namespace
}  // namespace coop::bank

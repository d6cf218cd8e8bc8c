// Commands that take in files of banks and journals ask who does it, and the books say who did.
#include "ledger/journals/program.hpp"
#include "tests/support/test_bank.hpp"
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

constexpr const char* two_entries = R"(2026-01-05 Dues
    assets:bank        20.00 EUR
    income:dues

2026-01-09 Hosting
    expenses:hosting   48.75 EUR
    assets:bank
)";

class SigningCommands : public CommandTest {
 protected:
  SigningCommands() {
    open("expenses:hosting", "expense");
    add_user("tom", {access::Role::bookkeeper}, command_password);
    add_user("vera", {access::Role::auditor}, command_password);
  }
  // A line that a rule explains, which only suggests, and one that nothing does.
  std::string march() const {
    return file(camt053({{"1",
                          "0.00",
                          "-20.40",
                          {{.day = "2026-03-02", .amount = "-11.90", .name = "Hetzner", .text = "cloud"},
                           {.day = "2026-03-03", .amount = "-8.50", .name = "Bo", .text = "?"}}}}),
                "march.xml");
  }
  // Everybody who is named by what the bank's files brought.
  std::string named_by_the_bank() const {
    return superuser_value(
        "SELECT string_agg(DISTINCT coalesce(u.name, 'nobody'), ' ') FROM ("
        "SELECT recorded_by FROM bank_account UNION ALL SELECT recorded_by FROM bank_account_trait UNION ALL "
        "SELECT recorded_by FROM bank_import UNION ALL SELECT recorded_by FROM bank_import_step UNION ALL "
        "SELECT recorded_by FROM bank_match UNION ALL SELECT recorded_by FROM bank_rule_replay UNION ALL "
        "SELECT recorded_by FROM entry) AS done LEFT JOIN user_account u ON u.id = done.recorded_by");
  }
};

TEST_F(SigningCommands, OfTheBankWantAUserWhoMayDoIt) {
  const std::vector<std::string> all{"bank add bcn assets:bank",
                                     "bank account bcn 1 --no-suspense",
                                     "bank bring bcn " + march(),
                                     "bank answer bcn 1 --once",
                                     "bank take-in bcn 1",
                                     "bank undo bcn 1 --reason wrong",
                                     "bank match bcn 1",
                                     "bank count bcn 1",
                                     "bank rules replay bcn 1 --record"};
  for (const std::string& words : all) {
    EXPECT_EQ(run_signed(words).code, 2) << words;
    expect_refused(words + " --user vera", "vera may not do this in bcn");
  }
  expect_refused(all.front() + " --user tess", "sign_in_failed");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM bank_account"), "0");
}

TEST_F(SigningCommands, OfTheBankAreRecordedAsTheirs) {
  expect("bank add bcn assets:bank --identifier ES9121000418450200051332 --user tom", "account 1");
  open("liabilities:suspense", "liability");
  expect("bank account bcn 1 --suspense liabilities:suspense --user tom", "suspense liabilities:suspense");
  make("bank/rules", R"({"name":"Hosting","unit":"EUR","when":{"direction":"out","counterparty":"hetzner"},)"
                     R"("parts":[{"account":"expenses:hosting"}]})");
  const Ran brought =
      ran({"sh", "-c",
           "(echo '" + std::string{command_password} + "'; cat \"$0\") | \"$1\" bank bring bcn - --take-in " +
               "--user tom --database \"$2\"",
           march(), COOP_BINARY, address()});
  EXPECT_NE(brought.out.find("taken in: 2 new lines"), std::string::npos) << brought.out << brought.err;
  expect("bank match bcn 1 --user tom", "match");
  expect("bank rules replay bcn 1 --record --user tom", "Of these done just so: 1");
  EXPECT_EQ(named_by_the_bank(), "tom");
  expect("bank undo bcn 1 --reason wrong --user tom", "removed 2");
  EXPECT_EQ(named_by_the_bank(), "tom");
}

TEST_F(SigningCommands, OfJournalsAreRecordedAsTheirs) {
  if (!journals::find_program("hledger")) GTEST_SKIP() << "hledger is not installed";
  const std::string journal = file(two_entries, "our.journal");
  expect_refused("import bcn " + journal + " --dry-run", "say with --user who imports into bcn");
  expect_refused("import bcn " + journal, "say with --user who imports into bcn");
  expect_refused("import bcn " + journal + " --user vera", "it takes the role treasurer or bookkeeper");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM entry"), "0");
  expect("import bcn " + journal + " --dry-run --user tom", "0 recorded (dry run)");
  const Ran piped =
      run_with_line(std::string{command_password} + "\n" + two_entries, "import bcn - --user tom");
  EXPECT_NE(piped.out.find("2 recorded"), std::string::npos) << piped.out << piped.err;
  EXPECT_EQ(named_by_the_bank(), "tom");
}

TEST_F(SigningCommands, OfJournalsNeedNobodyWhereBooksBegin) {
  if (!journals::find_program("hledger")) GTEST_SKIP() << "hledger is not installed";
  operate("POST", "/v1/nodes",
          R"({"name":"mad","title":"Madrid","base_unit":"EUR","country":"ES","time_zone":"Europe/Madrid"})");
  const std::string journal = file(two_entries, "our.journal");
  const Ran first = run({"import", "mad", journal});
  EXPECT_NE(first.out.find("2 recorded"), std::string::npos) << first.out << first.err;
  EXPECT_EQ(named_by_the_bank(), "nobody");
  EXPECT_EQ(run({"user", "role", "grant", "tom", "treasurer", "--node", "mad"}).code, 0);
  expect_refused("import mad " + journal, "say with --user who imports into mad");
  expect("import mad " + journal + " --user tom", "2 on record before");
}

}  // namespace
}  // namespace coop::test

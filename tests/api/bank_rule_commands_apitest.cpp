// Rules for lines of the bank, and proposals for a line, on the command line.
#include "tests/support/test_bank.hpp"
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class BankRuleCommands : public CommandTest {
 protected:
  BankRuleCommands() : CommandTest{"bank"} {
    add_user("tom", {access::Role::bookkeeper}, command_password);
    open("expenses:hosting", "expense");
    make("bank/accounts", R"({"account":"assets:bank","unit":"EUR","identifier":"ES9121000418450200051332",)"
                          R"("title":"Bank"})");
    make("bank/rules",
         R"({"name":"Hosting","note":"ask Ana","unit":"EUR","when":{"direction":"out",)"
         R"("counterparty":"hetzner","amount_to":"20.00"},"parts":[{"account":"expenses:hosting"}]})");
  }
  Ran bring() {
    const std::string march =
        camt053({{"1",
                  "0.00",
                  "-21.90",
                  {{.day = "2026-03-02", .amount = "-11.90", .name = "Hetzner", .text = "cloud"},
                   {.day = "2026-03-03", .amount = "-10.00", .name = "Hetzner", .text = "cloud"}}}});
    return run_as("tom", {"bring", "bcn", file(march, "march.xml"), "--take-in"});
  }
};

TEST_F(BankRuleCommands, ListShowReplayAndAccept) {
  const Ran listed = run({"rules", "list", "bcn"});
  EXPECT_NE(listed.out.find("money out, amount 0.00 to 20.00, name has 'hetzner'"), std::string::npos)
      << listed.out << listed.err;
  const Ran brought = bring();
  EXPECT_NE(brought.out.find("taken in: 2 new lines, 2 for you"), std::string::npos)
      << brought.out << brought.err;
  const Ran proposals = run({"proposals", "bcn", "1"});
  EXPECT_NE(proposals.out.find("1. rule: entry expenses:hosting -11.90"), std::string::npos)
      << proposals.out << proposals.err;
  const Ran matched = run_as("tom", {"match", "bcn", "1"});
  EXPECT_NE(matched.out.find("match 1: rule"), std::string::npos) << matched.out << matched.err;
  EXPECT_EQ(run_as("tom", {"match", "bcn", "2", "--proposal", "7"}).code, 1);
  const Ran replayed = run_as("tom", {"rules", "replay", "bcn", "1", "--record"});
  EXPECT_NE(replayed.out.find("Of these done just so: 1"), std::string::npos) << replayed.out << replayed.err;
  const Ran bounded = run({"rules", "replay", "bcn", "1", "--from", "2026-03-03", "--account", "1", "--csv"});
  EXPECT_NE(bounded.out.find("line,0,2,2026-03-03,EUR,-10.00,open,"), std::string::npos) << bounded.out;
  const Ran shown = run({"rules", "show", "bcn", "1"});
  EXPECT_NE(shown.out.find("replay 1 of version 1: 1 done just so, 0 differently, 1 open"), std::string::npos)
      << shown.out << shown.err;
  EXPECT_EQ(run({"rules", "show", "bcn", "9"}).code, 1);
  EXPECT_EQ(run({"rules"}).code, 2);
  EXPECT_EQ(run({"rules", "replay", "bcn", "1", "--record"}).code, 2) << "who records it?";
  EXPECT_EQ(run({"rules", "replay", "bcn", "1", "--user", "tom"}).code, 2) << "nothing is recorded";
}

}  // namespace
}  // namespace coop::test

// Answers to what files ask, signatures and counts of cash on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class BankReconcilingCommands : public CommandTest {
 protected:
  BankReconcilingCommands() : CommandTest{"bank"} {
    record("assets:bank", "income:dues", "2000.00", "2026-03-01");
    add_user("eva", {access::Role::treasurer}, command_password);
    add_user("tom", {access::Role::bookkeeper}, command_password);
    run_as("tom", {"add", "bcn", "assets:bank"});
    run_as("tom", {"add", "bcn", "assets:cash", "--kind", "cash"});
  }
  static bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
  }
};

TEST_F(BankReconcilingCommands, AnswerWhatAFileAsksAndRememberIt) {
  const std::string march = file("Date;Amount\n2026-03-01;-1.000\n2026-03-02;3.000\n", "march.csv");
  const Ran asked = run_as("tom", {"bring", "bcn", march, "--account", "1"});
  EXPECT_EQ(asked.code, 1);
  EXPECT_TRUE(says(asked.out, "decimal_mark: Every amount could be a thousand times as much")) << asked.out;
  EXPECT_TRUE(says(asked.out, "[-1.000] [3.000]")) << asked.out;
  const Ran answered = run_as("tom", {"answer", "bcn", "1", "--decimal-mark", ","});
  EXPECT_TRUE(says(answered.out, "file 1: read")) << answered.out << answered.err;
  EXPECT_EQ(run_as("tom", {"answer", "bcn", "1", "--decimal-mark", ","}).code, 1)
      << "it asks nothing any more";
  const std::string april = file("Date;Amount\n2026-04-01;-5.000\n2026-04-02;7.000\n", "april.csv");
  const Ran next = run_as("tom", {"bring", "bcn", april, "--account", "1"});
  EXPECT_EQ(next.code, 0) << next.out << next.err;
  const std::string odd = file("wann;viel\n01.02.2026;-3,50\n02.02.2026;4,00\n", "odd.csv");
  EXPECT_TRUE(says(run_as("tom", {"bring", "bcn", odd, "--account", "1"}).out, "columns: No row names"))
      << odd;
  const Ran told = run_as("tom", {"answer", "bcn", "3", "--once", "--days", "day_month", "--decimal-mark",
                                  ",", "--holds", "day=wann", "--holds", "amount=viel"});
  EXPECT_TRUE(says(told.out, "file 3: read")) << told.out << told.err;
}

TEST_F(BankReconcilingCommands, CountTheTillAndSignIt) {
  record("assets:cash", "income:dues", "20.40", "2026-03-05");
  const auto with_password = [&](const std::string& words) {
    return run_with_line(command_password, "bank " + words);
  };
  const Ran sheet = with_password("count bcn 2 --coin 20.00=1 --coin 0.20=2 --on 2026-03-31 --user tom");
  EXPECT_EQ(sheet.code, 0) << sheet.err;
  EXPECT_TRUE(says(sheet.out, "20.40")) << sheet.out;
  EXPECT_EQ(with_password("count bcn 2 --coin 20.00 --user tom").code, 1) << "how many?";
  EXPECT_TRUE(says(run({"counts", "bcn", "--csv"}).out, "assets:cash,2026-03-31,tom,,EUR,20.40,20.40,0.00"));
  EXPECT_TRUE(
      says(run({"reconcile", "bcn", "2", "--as-of", "2026-03-31"}).out, "Agrees with the bank through"));
  const Ran early =
      run({"reconcile", "bcn", "2", "--as-of", "2026-03-31", "--known-at", "2020-01-01T00:00:00Z"});
  EXPECT_TRUE(says(early.err, "not on record then")) << early.out << early.err;
  const Ran paper = with_password("sign bcn 2 --as-of 2026-03-31 --user eva");
  EXPECT_TRUE(says(paper.out, "Signature 1: assets:cash as of 2026-03-31")) << paper.out << paper.err;
  EXPECT_TRUE(says(paper.out, "Signed: eva")) << paper.out;
  EXPECT_TRUE(
      says(with_password("sign bcn 2 --as-of 2026-03-31 --user tom").err, "it takes the role treasurer"));
  EXPECT_EQ(with_password("sign bcn 2 --as-of 2026-03-31 --user nobody").code, 1);
  EXPECT_TRUE(says(run({"signed", "bcn", "--csv"}).out, "assets:cash,2026-03-31,eva,0,EUR,20.40,20.40,0.00"));
}

}  // namespace
}  // namespace coop::test

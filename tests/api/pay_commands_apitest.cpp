// Payments that leave on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class PayCommands : public CommandTest {
 protected:
  PayCommands() : CommandTest{"pay"} {
    make("bank/accounts", R"({"account":"assets:bank","unit":"EUR","identifier":"DE89370400440532013000",)"
                          R"("title":"Current"})");
    make("disbursements", R"({"bank_account":1,"requested_on":"2099-01-05","title":"Bills","orders":[)"
                          R"({"amount":"12.50","purpose":"supplier_bill","account":"expense:rent",)"
                          R"("name":"Müller","iban":"BE68539007547034","source":"2026-117"}]})");
    for (const char* name : {"ann", "ben"}) add_user(name, {access::Role::approver}, command_password);
    add_user("tom", {access::Role::bookkeeper}, command_password);
    add_user("eve", {access::Role::auditor}, command_password);
  }
  /// Approves with a password that is a line of standard input.
  Ran approve(const std::string& user, const std::string& password) {
    return run_with_line(password, "pay approve bcn 1 --user " + user);
  }
};

TEST_F(PayCommands, ShowApproveAndWriteTheFileOnce) {
  EXPECT_NE(run({"list", "bcn"}).out.find("bcn-D1"), std::string::npos);
  EXPECT_NE(run({"list", "bcn", "--csv"}).out.find("proposed"), std::string::npos);
  const Ran shown = run({"show", "bcn", "1"});
  EXPECT_NE(shown.out.find("name: Müller -> Mueller"), std::string::npos) << shown.out << shown.err;
  EXPECT_EQ(run({"export", "bcn", "1"}).code, 2) << "it asks who does it";
  EXPECT_NE(run_as("ann", {"export", "bcn", "1"}).err.find("it takes the role treasurer or bookkeeper"),
            std::string::npos);
  EXPECT_EQ(run_as("tom", {"export", "bcn", "1"}).code, 1) << "nobody approved it";
  EXPECT_EQ(approve("ann", "wrong horse battery").code, 1);
  EXPECT_NE(approve("eve", "correct horse battery").err.find("it takes the role treasurer or approver"),
            std::string::npos);
  EXPECT_EQ(approve("ann", "correct horse battery").code, 0);
  EXPECT_NE(approve("ben", "correct horse battery").out.find("approved by ann\napproved by ben"),
            std::string::npos);
  const Ran file = run_as("tom", {"export", "bcn", "1"});
  EXPECT_NE(file.out.find("<MsgId>bcn-D1</MsgId>"), std::string::npos) << file.out << file.err;
  EXPECT_NE(file.err.find("SHA-256: "), std::string::npos);
  EXPECT_EQ(run_as("tom", {"export", "bcn", "1"}).out, file.out) << "the same bytes again";
  EXPECT_NE(run({"show", "bcn", "1"}).out.find("SHA-256 of the file: "), std::string::npos);
  EXPECT_EQ(run({"show", "bcn", "9"}).code, 1);
  EXPECT_EQ(run({"show", "bcn"}).code, 2);
}

}  // namespace
}  // namespace coop::test

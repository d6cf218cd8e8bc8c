// Payments that leave on the command line.
#include <fstream>

#include "tests/support/api_server.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

class PayCommands : public ApiTest {
 protected:
  PayCommands() {
    EXPECT_EQ(post("/v1/nodes/bcn/bank/accounts",
                   R"({"account":"assets:bank","unit":"EUR","identifier":"DE89370400440532013000",)"
                   R"("title":"Current"})")
                  .status,
              201);
    EXPECT_EQ(post("/v1/nodes/bcn/disbursements",
                   R"({"bank_account":1,"requested_on":"2099-01-05","title":"Bills","orders":[)"
                   R"({"amount":"12.50","purpose":"supplier_bill","account":"expense:rent",)"
                   R"("name":"Müller","iban":"BE68539007547034","source":"2026-117"}]})")
                  .status,
              201);
    for (const std::string name : {"ann", "ben", "eve"}) {
      EXPECT_EQ(
          operate("POST", "/v1/users", R"({"name":")" + name + R"(","password":"correct horse battery"})")
              .status,
          201);
      const std::string role = name == "eve" ? "auditor" : "approver";
      EXPECT_EQ(operate("PUT", "/v1/nodes/bcn/roles/" + name + "/" + role).status, 200);
    }
  }
  Ran run(std::vector<std::string> words) {
    words.insert(words.begin(), "pay");
    words.insert(words.end(), {"--database", address()});
    return ran_coopledger(std::move(words));
  }
  /// Approves with a password that is a line of standard input.
  Ran approve(const std::string& user, const std::string& password) {
    std::ofstream{folder_.path() / "line"} << password << "\n";
    const std::string script = "\"$0\" pay approve bcn 1 --user \"$1\" --database \"$2\" < \"$3\"";
    return ran({"sh", "-c", script, COOP_BINARY, user, address(), folder_.path() / "line"});
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(PayCommands, ShowApproveAndWriteTheFileOnce) {
  EXPECT_NE(run({"list", "bcn"}).out.find("bcn-D1"), std::string::npos);
  EXPECT_NE(run({"list", "bcn", "--csv"}).out.find("proposed"), std::string::npos);
  const Ran shown = run({"show", "bcn", "1"});
  EXPECT_NE(shown.out.find("name: Müller -> Mueller"), std::string::npos) << shown.out << shown.err;
  EXPECT_EQ(run({"export", "bcn", "1"}).code, 1) << "nobody approved it";
  EXPECT_EQ(approve("ann", "wrong horse battery").code, 1);
  EXPECT_NE(approve("eve", "correct horse battery").err.find("may not approve"), std::string::npos);
  EXPECT_EQ(approve("ann", "correct horse battery").code, 0);
  EXPECT_NE(approve("ben", "correct horse battery").out.find("approved by ann\napproved by ben"),
            std::string::npos);
  const Ran file = run({"export", "bcn", "1"});
  EXPECT_NE(file.out.find("<MsgId>bcn-D1</MsgId>"), std::string::npos) << file.out << file.err;
  EXPECT_NE(file.err.find("SHA-256: "), std::string::npos);
  EXPECT_EQ(run({"export", "bcn", "1"}).out, file.out) << "the same bytes again";
  EXPECT_NE(run({"show", "bcn", "1"}).out.find("SHA-256 of the file: "), std::string::npos);
  EXPECT_EQ(run({"show", "bcn", "9"}).code, 1);
  EXPECT_EQ(run({"show", "bcn"}).code, 2);
}

}  // namespace
}  // namespace coop::test

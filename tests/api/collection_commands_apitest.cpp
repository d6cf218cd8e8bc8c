// Direct debits on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class CollectionCommands : public CommandTest {
 protected:
  CollectionCommands() : CommandTest{"collection"} {
    open("assets:receivable:dues", "asset");
    open("liabilities:deferred:dues", "liability");
    EXPECT_EQ(send("PUT", "/v1/nodes/bcn/dues/creditor",
                   {.body = R"({"identifier":"DE98ZZZ09999999999","name":"Meeting",)"
                            R"("iban":"DE89370400440532013000","account":"assets:bank"})"})
                  .status,
              200);
    for (const std::string member : {"M1", "M2"}) {
      make("members", R"({"kind":"person","number":")" + member + R"(","profile":{"name":"Maria"}})");
      make("dues/charges",
           R"({"member":")" + member + R"(","amount":"9.00","unit":"EUR","on":"2026-01-05","why":"a key"})");
    }
    make("dues/mandates", R"({"member":"M1","signed_on":"2098-12-01","iban":"DE89370400440532013000"})");
    make("dues/collections", R"({"due_on":"2099-01-05"})");
  }
};

TEST_F(CollectionCommands, ListShowAndWriteTheFile) {
  EXPECT_NE(run({"list", "bcn"}).out.find("bcn-C1"), std::string::npos);
  const Ran shown = run({"show", "bcn", "1"});
  EXPECT_NE(shown.out.find("Maria"), std::string::npos) << shown.out << shown.err;
  EXPECT_NE(shown.out.find("M2 is left out: there is no mandate"), std::string::npos) << shown.out;
  const Ran mandates = run({"mandates", "bcn", "--csv", "--as-of", "2098-12-01"});
  EXPECT_NE(mandates.out.find("D0001,M1,Maria,DE89370400440532013000,core,2098-12-01,usable"),
            std::string::npos)
      << mandates.out;
  EXPECT_EQ(run({"file", "bcn", "1"}).code, 1) << "nobody approved it";
  EXPECT_EQ(post("/v1/nodes/bcn/dues/collections/1/approval", "").status, 200);
  const std::string ben = token_of_new_user("ben", {access::Role::approver});
  EXPECT_EQ(send("POST", "/v1/nodes/bcn/dues/collections/1/approval", {.token = ben}).status, 200);
  const Ran file = run({"file", "bcn", "1"});
  EXPECT_NE(file.out.find("<MsgId>bcn-C1</MsgId>"), std::string::npos) << file.out << file.err;
  EXPECT_EQ(run({"show", "bcn", "9"}).code, 1);
  EXPECT_EQ(run({"show", "bcn"}).code, 2);
}

}  // namespace
}  // namespace coop::test

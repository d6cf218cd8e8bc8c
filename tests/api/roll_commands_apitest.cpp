// Rolls on the command line.
#include "ledger/books/chain.hpp"
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class RollCommands : public CommandTest {
 protected:
  RollCommands() : CommandTest{"roll"} {
    add_user("tom", {access::Role::bookkeeper}, command_password);
    add_user("audrey", {access::Role::auditor}, command_password);
    make("member-classes", R"({"code":"user","title":"Users"})");
    make("member-classes/user/rules", R"({"from_on":"2025-01-01","weight":"1/1","decision":"Statutes"})");
    for (const std::string number : {"M1", "M2"}) {
      make("members", R"({"kind":"person","number":")" + number + R"(","profile":{"name":"Maria Puig"}})");
      make("members/" + number + "/memberships",
           R"({"class":"user","from_on":"2026-01-01")" +
               std::string{number == "M1" ? R"(,"admitted_on":"2026-01-01"})" : "}"});
    }
  }
};

TEST_F(RollCommands, PreviewFreezeListAndShowRolls) {
  const Ran previewed = run({"preview", "bcn", "--as-of", "2026-01-31"});
  EXPECT_NE(previewed.out.find("applied on 2026-01-01 and is not admitted yet"), std::string::npos)
      << previewed.out << previewed.err;
  const Ran frozen = run_as("tom", {"freeze", "bcn", "--as-of", "2026-01-31", "--title", "Assembly"});
  EXPECT_EQ(frozen.out.substr(0, frozen.out.find('\n')), "roll 1 of 2026-01-31: 1 of 1 may vote, with 1 vote")
      << frozen.err;
  EXPECT_EQ(get(at("rolls/1")).text("recorded_by"), "tom") << get(at("rolls/1")).body;
  const std::string hash = frozen.out.substr(frozen.out.find('\n') + 1, 64);
  EXPECT_EQ(hex_of(sha256_of(run({"text", "bcn", "1"}).out)), hash);
  EXPECT_NE(run({"list", "bcn"}).out.find(hash), std::string::npos);
  const Ran shown = run({"show", "bcn", "1"});
  EXPECT_NE(shown.out.find("Roll 1: Assembly"), std::string::npos) << shown.out << shown.err;
  EXPECT_EQ(shown.out.find("Maria"), std::string::npos) << "member numbers only";
  EXPECT_EQ(run({"show", "bcn", "1", "--csv"}).out.substr(0, 30), "row,level,member,class,members");
}

TEST_F(RollCommands, SayWhatIsWrong) {
  EXPECT_EQ(run({"show", "bcn", "9"}).code, 1);
  EXPECT_EQ(run({"preview", "nowhere"}).code, 1);
  EXPECT_EQ(run({"preview", "bcn", "--as-of", "today"}).code, 1);
  EXPECT_EQ(run({"freeze", "bcn", "--title", "x"}).code, 2) << "it asks who does it";
  EXPECT_EQ(run_as("tom", {"freeze", "bcn"}).code, 2);
  EXPECT_EQ(run_as("tom", {"freeze", "bcn", "--title", "x", "--known-at", "2999-01-01T00:00:00Z"}).code, 1);
  EXPECT_NE(run_as("audrey", {"freeze", "bcn", "--title", "x"}).err.find("role_missing"), std::string::npos);
}

}  // namespace
}  // namespace coop::test

// Members on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class MemberCommands : public CommandTest {
 protected:
  MemberCommands() : CommandTest{"member"} { make("member-classes", R"({"code":"user","title":"Users"})"); }
};

TEST_F(MemberCommands, AddListShowAndEraseMembers) {
  const Ran maria = run({"add", "bcn", "--name", "Maria Puig", "--email", "maria@example.org", "--iban",
                         "ES91 2100 0418 4502 0005 1332", "--class", "user", "--from", "2026-01-15"});
  EXPECT_EQ(maria.out, "M0001\n") << maria.err;
  EXPECT_EQ(run({"add", "bcn", "--name", "Platform 6", "--organisation", "--number", "O1"}).out, "O1\n");
  const Ran listed = run({"list", "bcn"});
  EXPECT_NE(listed.out.find("M0001"), std::string::npos) << listed.out << listed.err;
  EXPECT_NE(listed.out.find("Platform 6"), std::string::npos) << listed.out;
  EXPECT_NE(listed.out.find("user active"), std::string::npos) << listed.out;
  const Ran users = run({"list", "bcn", "--class", "user", "--csv"});
  EXPECT_NE(users.out.find("M0001"), std::string::npos) << users.out;
  EXPECT_EQ(users.out.find("O1"), std::string::npos) << users.out;
  EXPECT_EQ(run({"list", "bcn", "--class", "user", "--csv", "--as-of", "2026-01-14"}).out.find("M0001"),
            std::string::npos);
  const Ran shown = run({"show", "bcn", "M0001"});
  EXPECT_NE(shown.out.find("Maria Puig"), std::string::npos) << shown.out << shown.err;
  EXPECT_NE(shown.out.find("2026-01-15 admitted"), std::string::npos) << shown.out;
  EXPECT_EQ(shown.out.find("2100"), std::string::npos) << "the account is masked";
  EXPECT_EQ(run({"erase", "bcn", "M0001", "--reason", "asked for it"}).code, 0);
  const Ran after = run({"show", "bcn", "M0001"});
  EXPECT_EQ(after.out.find("Maria"), std::string::npos) << after.out;
  EXPECT_NE(after.out.find("asked for it"), std::string::npos) << after.out;
}

TEST_F(MemberCommands, SayWhatIsWrong) {
  EXPECT_EQ(run({"show", "bcn", "M9"}).code, 1);
  EXPECT_EQ(run({"list", "nowhere"}).code, 1);
  EXPECT_EQ(run({"add", "bcn"}).code, 2);
  EXPECT_EQ(run({"add", "bcn", "--name", "Maria", "--iban", "ES00"}).code, 1);
  EXPECT_EQ(run({"add", "bcn", "--name", "Maria", "--class", "nobody"}).code, 1);
  EXPECT_EQ(run({"erase", "bcn", "M0001"}).code, 2);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM party"), "0") << "all or nothing";
}

}  // namespace
}  // namespace coop::test

// Members on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class MemberCommands : public CommandTest {
 protected:
  MemberCommands() : CommandTest{"member"} {
    make("member-classes", R"({"code":"user","title":"Users"})");
    add_user("eva", {access::Role::treasurer}, command_password);
    add_user("tom", {access::Role::bookkeeper}, command_password);
    add_user("audrey", {access::Role::auditor}, command_password);
  }
};

TEST_F(MemberCommands, AddListShowAndEraseMembers) {
  const Ran maria =
      run_as("eva", {"add", "bcn", "--name", "Maria Puig", "--email", "maria@example.org", "--iban",
                     "ES91 2100 0418 4502 0005 1332", "--class", "user", "--from", "2026-01-15"});
  EXPECT_EQ(maria.out, "M0001\n") << maria.err;
  EXPECT_EQ(run_as("eva", {"add", "bcn", "--name", "Platform 6", "--organisation", "--number", "O1"}).out,
            "O1\n");
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
  EXPECT_EQ(run_as("eva", {"erase", "bcn", "M0001", "--reason", "asked for it"}).code, 0);
  const Ran after = run({"show", "bcn", "M0001"});
  EXPECT_EQ(after.out.find("Maria"), std::string::npos) << after.out;
  EXPECT_NE(after.out.find("asked for it"), std::string::npos) << after.out;
}

TEST_F(MemberCommands, ChangeWhereAMemberIsPaidAndLinkTheirSignIn) {
  EXPECT_EQ(run_as("eva", {"add", "bcn", "--name", "Maria"}).out, "M0001\n");
  const Ran changed = run_as("eva", {"change", "bcn", "M0001", "--iban", "DE02 1203 0000 0000 2020 51"});
  EXPECT_NE(changed.out.find("IBAN"), std::string::npos) << changed.out << changed.err;
  EXPECT_NE(changed.out.find("Maria"), std::string::npos) << "all else stays: " << changed.out;
  EXPECT_NE(run_as("eva", {"change", "bcn", "M0001", "--iban", "DE00"}).err.find("iban_malformed"),
            std::string::npos);
  EXPECT_NE(run_as("eva", {"change", "bcn", "M0001"}).err.find("--iban says what changes (field_missing)\n"),
            std::string::npos);
  add_user("gemma", {access::Role::member});
  EXPECT_EQ(run_as("eva", {"link", "bcn", "M0001", "gemma"}).out, "gemma signs in as M0001\n");
  EXPECT_NE(get(at("members/M0001")).body.find("\"users\":[\"gemma\"]"), std::string::npos)
      << get(at("members/M0001")).body;
  EXPECT_EQ(run_as("eva", {"unlink", "bcn", "M0001", "gemma"}).code, 0);
  EXPECT_NE(run_as("eva", {"unlink", "bcn", "M0001", "gemma"}).err.find("user_unknown"), std::string::npos);
}

TEST_F(MemberCommands, SayWhatIsWrong) {
  EXPECT_EQ(run({"show", "bcn", "M9"}).code, 1);
  EXPECT_EQ(run({"list", "nowhere"}).code, 1);
  EXPECT_EQ(run_as("eva", {"add", "bcn"}).code, 2);
  EXPECT_EQ(run_as("eva", {"add", "bcn", "--name", "Maria", "--iban", "ES00"}).code, 1);
  EXPECT_EQ(run_as("eva", {"add", "bcn", "--name", "Maria", "--class", "nobody"}).code, 1);
  EXPECT_EQ(run_as("eva", {"erase", "bcn", "M0001"}).code, 2);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM party"), "0") << "all or nothing";
}

TEST_F(MemberCommands, AskWhoDoesIt) {
  EXPECT_EQ(run({"add", "bcn", "--name", "Maria"}).code, 2);
  EXPECT_NE(run({"add", "bcn", "--name", "Maria", "--user", "tom"}).err.find("the password is a line of"),
            std::string::npos);
  EXPECT_NE(run_as("audrey", {"add", "bcn", "--name", "Maria"})
                .err.find("audrey may not do this in bcn: it takes the role treasurer or bookkeeper"),
            std::string::npos);
  EXPECT_EQ(run_as("tom", {"add", "bcn", "--name", "Maria"}).out, "M0001\n");
  EXPECT_EQ(superuser_value("SELECT name FROM party JOIN user_account u ON u.id = recorded_by"), "tom");
  EXPECT_NE(run_as("tom", {"erase", "bcn", "M0001", "--reason", "asked for it"})
                .err.find("it takes the role treasurer"),
            std::string::npos);
  EXPECT_EQ(run_as("eva", {"erase", "bcn", "M0001", "--reason", "asked for it"}).code, 0);
}

}  // namespace
}  // namespace coop::test

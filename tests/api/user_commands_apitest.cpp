// Users, roles and tokens on the command line, and what a running server then says.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

class UserCommands : public CommandTest {
 protected:
  ApiAnswer sign_in(const std::string& password) {
    return send(
        "POST", "/v1/sign-in",
        {.body = R"({"name":"maria","password":")" + password + "\"}", .token = "-", .without_key = true});
  }
};

TEST_F(UserCommands, MakeAUserWhoCanSignInAndKeepBooks) {
  const Ran made = run_with_line("correct horse battery", "user add maria --title \"Maria Puig\" --password");
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(made.out, "maria  Maria Puig\n");
  const Ran given = run({"user", "role", "grant", "maria", "bookkeeper", "--node", "bcn"});
  EXPECT_EQ(given.out, "maria is bookkeeper of bcn\n") << given.err;
  EXPECT_EQ(run({"user", "role", "grant", "maria", "bookkeeper", "--node", "bcn"}).out,
            "maria is bookkeeper of bcn, as before\n");
  const std::string token = sign_in("correct horse battery").text("token");
  EXPECT_EQ(send("GET", "/v1/nodes/bcn/entries", {.token = token}).status, 200);
  const std::string users = run({"user", "list"}).out;
  EXPECT_TRUE(says("\n" + users, "\nmaria ") && says(users, "  Maria Puig\n")) << users;
  EXPECT_TRUE(says(run({"user", "role", "list", "--node", "bcn"}).out, "maria  bookkeeper  since 20"));
}

TEST_F(UserCommands, SetPasswordsFromALineOnly) {
  EXPECT_EQ(run({"user", "add", "maria"}).out, "maria  no password\n");
  EXPECT_EQ(run({"user", "password", "maria"}).code, 1) << "there is no line";
  EXPECT_TRUE(says(run_with_line("short", "user password maria").err, "password"));
  EXPECT_EQ(run_with_line("another long one", "user password maria").code, 0);
  EXPECT_EQ(sign_in("another long one").status, 201);
  EXPECT_EQ(sign_in("short").code(), "sign_in_failed");
}

TEST_F(UserCommands, CloseAndReopenUsersAndTakeRoles) {
  EXPECT_EQ(run_with_line("correct horse battery", "user add maria --password").code, 0);
  EXPECT_EQ(run({"user", "role", "grant", "maria", "auditor", "--node", "bcn"}).code, 0);
  const Ran closed = run({"user", "disable", "maria"});
  EXPECT_EQ(closed.code, 0) << closed.err;
  EXPECT_TRUE(says(closed.out, "maria  closed 20")) << closed.out;
  EXPECT_EQ(sign_in("correct horse battery").code(), "sign_in_failed");
  EXPECT_EQ(run({"user", "reopen", "maria"}).out, "maria\n");
  EXPECT_EQ(sign_in("correct horse battery").status, 201);
  EXPECT_EQ(run({"user", "role", "revoke", "maria", "auditor", "--node", "bcn"}).out,
            "maria is not auditor of bcn\n");
  EXPECT_TRUE(says(run({"user", "role", "list", "--node", "bcn", "--ended"}).out, "  until 20"));
}

TEST_F(UserCommands, RefuseWithTheReasonAndItsCode) {
  const auto refuses = [&](const std::vector<std::string>& words, const std::string& code) {
    const Ran refused = run(words);
    EXPECT_EQ(refused.code, 1) << refused.out;
    EXPECT_TRUE(says(refused.err, "(" + code + ")")) << refused.err;
  };
  refuses({"user", "add", "tess"}, "user_exists");
  refuses({"user", "add", "Maria"}, "name_malformed");
  refuses({"user", "close", "nobody"}, "user_unknown");
  refuses({"user", "close", "tess"}, "last_treasurer");
  refuses({"user", "role", "revoke", "tess", "treasurer", "--node", "bcn"}, "last_treasurer");
  refuses({"user", "role", "grant", "tess", "treasurer", "--node", "atlantis"}, "node_unknown");
  refuses({"token", "issue", "nobody"}, "user_unknown");
  refuses({"token", "revoke", "tess", "99"}, "token_unknown");
  EXPECT_EQ(run({"user", "role", "grant", "tess", "king", "--node", "bcn"}).code, 1);
  EXPECT_EQ(run({"token", "issue", "tess", "--scope", "everything"}).code, 1);
  EXPECT_EQ(run({"user"}).code, 2);
  EXPECT_TRUE(says(ran_coopledger({"user", "make"}).err, "there is no command 'make'; there are list, add,"));
  EXPECT_EQ(run({"user", "add"}).code, 2);
  EXPECT_EQ(run({"token", "issue", "tess", "--days", "0"}).code, 2);
}

TEST_F(UserCommands, IssueListAndRevokeTokens) {
  const Ran issued =
      run({"token", "issue", "tess", "--scope", "read", "--node", "bcn", "--label", "the shop"});
  ASSERT_EQ(issued.code, 0) << issued.err;
  ASSERT_EQ(issued.out.size(), 49U) << "a token and nothing else";
  const std::string token = issued.out.substr(0, 48);
  EXPECT_EQ(send("GET", "/v1/nodes/bcn/entries", {.token = token}).status, 200);
  const std::string body = entry("assets:bank", "income:dues", "1.00");
  EXPECT_EQ(send("POST", "/v1/nodes/bcn/entries", {.body = body, .token = token}).code(), "scope_missing");
  const Ran listed = run({"token", "list", "tess"});
  EXPECT_FALSE(says(listed.out, token));
  EXPECT_TRUE(says(listed.out, "  of bcn only  used 20") && says(listed.out, "  the shop\n")) << listed.out;
  const std::string number = listed.out.substr(0, listed.out.find(' '));
  EXPECT_EQ(run({"token", "revoke", "tess", number}).code, 0);
  EXPECT_TRUE(says(run({"token", "list", "tess"}).out, "  revoked 20"));
}

TEST_F(UserCommands, TeachByHelp) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"user", "--help"},
                                             {"token", "--help"},
                                             {"verify", "--help"},
                                             {"prove", "--help"},
                                             {"check-proof", "--help"},
                                             {"checkpoint", "--help"}}) {
    const Ran help = ran_coopledger(words);
    EXPECT_EQ(help.code, 0);
    EXPECT_TRUE(says(help.out, "Examples:\n  coopledger " + words.front())) << help.out;
  }
  EXPECT_TRUE(says(ran_coopledger({"user", "add", "--help"}).out, "--operator"));
  EXPECT_TRUE(says(ran_coopledger({"token", "issue", "--help"}).out, "--scope"));
}

}  // namespace
}  // namespace coop::test

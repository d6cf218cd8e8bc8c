#include "ledger/access/token_directory_service.hpp"

#include "ledger/access/access_service.hpp"
#include "tests/support/test_database.hpp"

namespace coop::access {
namespace {

using namespace std::chrono_literals;

const Instant start = instant_from_text("2026-03-01T12:00:00Z");

class TokenDirectoryTest : public test::DatabaseTest {
 protected:
  TokenDirectoryTest() {
    db().in_tx([](Tx& tx) { create_user(tx, {"maria", "", {}}, {}, start); });
  }
  IssuedToken issue() {
    const TokenDraft draft{"test", {Scope::read}, {}, start + date::days{30}};
    return db().in_tx([&](Tx& tx) { return issue_token(tx, "maria", draft, nullptr, start); });
  }
  void revoke(const IssuedToken& token) {
    db().in_tx([&](Tx& tx) { revoke_token(tx, "maria", token.number, start); });
  }
};

TEST_F(TokenDirectoryTest, AsksTheDatabaseOnceInAFewSeconds) {
  const IssuedToken token = issue();
  TokenDirectory tokens{db(), 5s};
  EXPECT_FALSE(tokens.at_hand(token.text, start)) << "nothing is remembered yet";
  EXPECT_TRUE(tokens.find(token.text, start));
  superuser_sql("ALTER TABLE access_token RENAME TO access_token_away");
  EXPECT_TRUE(tokens.find(token.text, start + 4s)) << "no query: the table is away";
  EXPECT_TRUE(*tokens.at_hand(token.text, start + 4s));
  EXPECT_FALSE(tokens.at_hand(token.text, start + 5s)) << "now the database must be asked";
  superuser_sql("ALTER TABLE access_token_away RENAME TO access_token");
}

TEST_F(TokenDirectoryTest, RemembersUnknownTokensToo) {
  TokenDirectory tokens{db(), 5s};
  const std::string stranger = make_token_text();
  EXPECT_FALSE(tokens.find(stranger, start));
  const auto remembered = tokens.at_hand(stranger, start + 1s);
  ASSERT_TRUE(remembered);
  EXPECT_FALSE(*remembered);
  ASSERT_TRUE(tokens.at_hand("not a token", start));
  EXPECT_FALSE(tokens.find("not a token", start));
}

TEST_F(TokenDirectoryTest, NoticesARevocationElsewhereAfterItsMemoryAndOneHereAtOnce) {
  const IssuedToken elsewhere = issue();
  const IssuedToken here = issue();
  TokenDirectory tokens{db(), 5s};
  EXPECT_TRUE(tokens.find(elsewhere.text, start));
  revoke(elsewhere);
  EXPECT_TRUE(tokens.find(elsewhere.text, start + 4s));
  EXPECT_FALSE(tokens.find(elsewhere.text, start + 5s));
  EXPECT_TRUE(tokens.find(here.text, start));
  revoke(here);
  tokens.forget_all();
  EXPECT_FALSE(tokens.find(here.text, start));
}

TEST_F(TokenDirectoryTest, MarksTheDayOfUseOnceADay) {
  const IssuedToken token = issue();
  TokenDirectory tokens{db(), 5s};
  const auto used_on = [&] { return superuser_value("SELECT last_used_on FROM access_token"); };
  EXPECT_EQ(used_on(), "");
  tokens.find(token.text, start);
  EXPECT_EQ(used_on(), "2026-03-01");
  tokens.find(token.text, start + date::days{3});
  EXPECT_EQ(used_on(), "2026-03-04");
  tokens.find(token.text, start + date::days{40});
  EXPECT_EQ(used_on(), "2026-03-04") << "an expired token is not used";
}

TEST_F(TokenDirectoryTest, AnswersForExpiredTokensSoThatTheCallerLearnsWhy) {
  const IssuedToken token = issue();
  TokenDirectory tokens{db(), 5s};
  const auto access = tokens.find(token.text, start + date::days{31});
  ASSERT_TRUE(access);
  EXPECT_LT(access->expires_at, start + date::days{31});
}

TEST_F(TokenDirectoryTest, DoesNotRememberForEverWhenTheClockIsSetBack) {
  const IssuedToken token = issue();
  TokenDirectory tokens{db(), 5s};
  tokens.find(token.text, start);
  EXPECT_FALSE(tokens.at_hand(token.text, start - 1h));
}

}  // namespace
}  // namespace coop::access

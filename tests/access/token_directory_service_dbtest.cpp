#include "ledger/access/token_directory_service.hpp"

#include "ledger/access/access_service.hpp"
#include "tests/support/test_database.hpp"

namespace coop::access {
namespace {

using namespace std::chrono_literals;

const Instant now = instant_from_text("2026-03-01T12:00:00Z");

class TokenDirectoryTest : public test::DatabaseTest {
 protected:
  TokenDirectoryTest() {
    db().in_tx([](Tx& tx) { create_user(tx, {"maria", "", {}}, {}, now); });
  }
  IssuedToken issue() {
    const TokenDraft draft{"test", {Scope::read}, {}, now + date::days{30}};
    return db().in_tx([&](Tx& tx) { return issue_token(tx, "maria", draft, nullptr, now); });
  }
  void revoke(const IssuedToken& token) {
    db().in_tx([&](Tx& tx) { revoke_token(tx, "maria", token.number, now); });
  }
};

TEST_F(TokenDirectoryTest, AsksTheDatabaseOnceInAFewSeconds) {
  const IssuedToken token = issue();
  TokenDirectory tokens{db(), 5s};
  EXPECT_FALSE(tokens.at_hand(token.text, now)) << "nothing is remembered yet";
  EXPECT_TRUE(tokens.find(token.text, now));
  superuser_sql("ALTER TABLE access_token RENAME TO access_token_away");
  EXPECT_TRUE(tokens.find(token.text, now + 4s)) << "no query: the table is away";
  EXPECT_TRUE(*tokens.at_hand(token.text, now + 4s));
  EXPECT_FALSE(tokens.at_hand(token.text, now + 5s)) << "now the database must be asked";
  superuser_sql("ALTER TABLE access_token_away RENAME TO access_token");
}

TEST_F(TokenDirectoryTest, RemembersUnknownTokensToo) {
  TokenDirectory tokens{db(), 5s};
  const std::string stranger = make_token_text();
  EXPECT_FALSE(tokens.find(stranger, now));
  const auto remembered = tokens.at_hand(stranger, now + 1s);
  ASSERT_TRUE(remembered);
  EXPECT_FALSE(*remembered);
  ASSERT_TRUE(tokens.at_hand("not a token", now));
  EXPECT_FALSE(tokens.find("not a token", now));
}

TEST_F(TokenDirectoryTest, NoticesARevocationElsewhereAfterItsMemoryAndOneHereAtOnce) {
  const IssuedToken elsewhere = issue();
  const IssuedToken here = issue();
  TokenDirectory tokens{db(), 5s};
  EXPECT_TRUE(tokens.find(elsewhere.text, now));
  revoke(elsewhere);
  EXPECT_TRUE(tokens.find(elsewhere.text, now + 4s));
  EXPECT_FALSE(tokens.find(elsewhere.text, now + 5s));
  EXPECT_TRUE(tokens.find(here.text, now));
  revoke(here);
  tokens.forget_all();
  EXPECT_FALSE(tokens.find(here.text, now));
}

TEST_F(TokenDirectoryTest, MarksTheDayOfUseOnceADay) {
  const IssuedToken token = issue();
  TokenDirectory tokens{db(), 5s};
  const auto used_on = [&] { return superuser_value("SELECT last_used_on FROM access_token"); };
  EXPECT_EQ(used_on(), "");
  tokens.find(token.text, now);
  EXPECT_EQ(used_on(), "2026-03-01");
  tokens.find(token.text, now + date::days{3});
  EXPECT_EQ(used_on(), "2026-03-04");
  tokens.find(token.text, now + date::days{40});
  EXPECT_EQ(used_on(), "2026-03-04") << "an expired token is not used";
}

TEST_F(TokenDirectoryTest, AnswersForExpiredTokensSoThatTheCallerLearnsWhy) {
  const IssuedToken token = issue();
  TokenDirectory tokens{db(), 5s};
  const auto access = tokens.find(token.text, now + date::days{31});
  ASSERT_TRUE(access);
  EXPECT_LT(access->expires_at, now + date::days{31});
}

TEST_F(TokenDirectoryTest, DoesNotRememberForEverWhenTheClockIsSetBack) {
  const IssuedToken token = issue();
  TokenDirectory tokens{db(), 5s};
  tokens.find(token.text, now);
  EXPECT_FALSE(tokens.at_hand(token.text, now - 1h));
}

}  // namespace
}  // namespace coop::access

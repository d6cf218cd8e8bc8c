#include "ledger/access/access_service.hpp"

#include <future>

#include "ledger/access/token_directory_service.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_database.hpp"

namespace coop::access {
namespace {

using test::refusal_code;
using enum Role;

const Instant now = instant_from_text("2026-03-01T12:00:00Z");
constexpr std::string_view password = "correct horse";

class AccessServiceTest : public test::DatabaseTest {
 protected:
  template <class Work>
  auto in_tx(Work&& work) {
    return db().in_tx(std::forward<Work>(work));
  }
  template <class Work>
  std::string refused(Work&& work) {
    return refusal_code([&] { in_tx(std::forward<Work>(work)); });
  }
  User make_user(const std::string& name) {
    return in_tx([&](Tx& tx) {
      return create_user(tx, {name, "Somebody", std::string{password}}, std::nullopt, now);
    });
  }
  NodeId make_node(const std::string& name) {
    superuser_sql(
        "INSERT INTO unit (code, name, scale, origin) VALUES ('EUR', 'Euro', 2, 'currency') ON CONFLICT DO "
        "NOTHING");
    superuser_sql(
        "INSERT INTO node (name, title, base_unit_id, country, time_zone, fiscal_month, fiscal_day) SELECT "
        "'" +
        name + "', 'A node', id, 'ES', 'Europe/Madrid', 1, 1 FROM unit WHERE code = 'EUR'");
    superuser_sql(
        "INSERT INTO book_head (node_id, last_hash) "
        "SELECT id, sha256(convert_to('coopledger-chain-1 ' || name, 'UTF8')) FROM node WHERE name = '" +
        name + "'");
    return NodeId{std::stoi(superuser_value("SELECT id FROM node WHERE name = '" + name + "'"))};
  }
  std::shared_ptr<const Access> behind(std::string_view token, Instant moment = now) {
    return TokenDirectory{db()}.find(token, moment);
  }
  IssuedToken sign_in_maria(Instant moment = now) { return sign_in(db(), "maria", password, moment); }
};

TEST_F(AccessServiceTest, MakesUsersOnce) {
  const User maria = make_user("maria");
  EXPECT_EQ(maria.title, "Somebody");
  EXPECT_TRUE(maria.has_password);
  EXPECT_FALSE(maria.is_operator);
  EXPECT_EQ(maria.created_at, now);
  const auto make = [](UserDraft draft) { return [draft](Tx& tx) { create_user(tx, draft, {}, now); }; };
  EXPECT_EQ(refused(make({"maria", "", {}})), "user_exists");
  EXPECT_EQ(refused(make({"Maria", "", {}})), "name_malformed");
  EXPECT_EQ(refused(make({"jordi", "a\tb", {}})), "field_invalid");
  EXPECT_EQ(refused(make({"jordi", "", "short"})), "field_invalid");
  EXPECT_EQ(in_tx([](Tx& tx) { return read_users(tx); }).size(), 1U);
}

TEST_F(AccessServiceTest, KeepsNoPasswordAndNoTokenInTheDatabase) {
  make_user("maria");
  const IssuedToken token = sign_in_maria();
  const std::string everything = superuser_value(
      "SELECT string_agg(u::text, ' ') || string_agg(t::text, ' ') FROM user_account u, access_token t");
  EXPECT_EQ(everything.find(password), std::string::npos);
  EXPECT_EQ(everything.find(token.text), std::string::npos);
  EXPECT_EQ(superuser_value("SELECT token_hash = sha256('" + token.text + "') FROM access_token"), "t");
}

TEST_F(AccessServiceTest, SignsInByNameAndPassword) {
  const User maria = make_user("maria");
  const IssuedToken token = sign_in_maria();
  const auto access = behind(token.text);
  ASSERT_TRUE(access);
  EXPECT_EQ(access->user, maria.id);
  EXPECT_EQ(access->scopes, (std::vector<Scope>{Scope::read, Scope::write, Scope::admin}));
  EXPECT_EQ(access->expires_at, now + std::chrono::hours{12});
  EXPECT_EQ(refusal_code([&] { sign_in(db(), "maria", "correct horsf", now); }), "sign_in_failed");
  EXPECT_EQ(refusal_code([&] { sign_in(db(), "nobody", password, now); }), "sign_in_failed");
  in_tx([](Tx& tx) { create_user(tx, {"bot", "", {}}, {}, now); });
  EXPECT_EQ(refusal_code([&] { sign_in(db(), "bot", "", now); }), "sign_in_failed")
      << "a user without password";
}

TEST_F(AccessServiceTest, RenewsAHashOfAnOlderCostAtSignIn) {
  make_user("maria");
  superuser_sql(
      "UPDATE user_account SET password_hash = "
      "'$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$PAArZvJcLI1we2P9iopEhaGJWQ3H6FiI+Ec7nAZw0iU'");
  sign_in_maria();
  EXPECT_EQ(superuser_value("SELECT password_hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%' FROM user_account"),
            "t");
  sign_in_maria();
}

TEST_F(AccessServiceTest, EndsSessionsButNotIssuedTokensWhenThePasswordChanges) {
  make_user("maria");
  const IssuedToken session = sign_in_maria();
  const IssuedToken issued = in_tx([](Tx& tx) {
    return issue_token(tx, "maria", {"bot", {Scope::read}, {}, now + date::days{30}}, nullptr, now);
  });
  in_tx([](Tx& tx) { set_password(tx, "maria", "battery staple", now); });
  EXPECT_FALSE(behind(session.text));
  EXPECT_TRUE(behind(issued.text));
  EXPECT_EQ(refusal_code([&] { sign_in_maria(); }), "sign_in_failed");
  EXPECT_TRUE(behind(sign_in(db(), "maria", "battery staple", now).text));
  EXPECT_EQ(refused([](Tx& tx) { set_password(tx, "nobody", "battery staple", now); }), "user_unknown");
  EXPECT_EQ(refused([](Tx& tx) { set_password(tx, "maria", "short", now); }), "field_invalid");
}

TEST_F(AccessServiceTest, ChangesOnesOwnPasswordOnlyForWhoKnowsTheOldOne) {
  make_user("maria");
  const IssuedToken session = sign_in_maria();
  const IssuedToken other = sign_in_maria();
  const auto change = [&](const std::optional<std::string>& old_password, const std::string& fresh) {
    return refused([&](Tx& tx) { change_password(tx, "maria", {old_password, fresh}, session.text, now); });
  };
  EXPECT_EQ(change(std::nullopt, "battery staple"), "field_missing");
  EXPECT_EQ(change("battery staple", "battery staple"), "sign_in_failed");
  EXPECT_EQ(change("", "battery staple"), "sign_in_failed");
  EXPECT_EQ(change(std::string{password}, "short"), "field_invalid");
  EXPECT_TRUE(behind(other.text)) << "nothing was changed";
  in_tx([&](Tx& tx) {
    change_password(tx, "maria", {std::string{password}, "battery staple"}, session.text, now);
  });
  EXPECT_TRUE(behind(session.text)) << "the session that asked goes on";
  EXPECT_FALSE(behind(other.text));
  EXPECT_TRUE(behind(sign_in(db(), "maria", "battery staple", now).text));
}

TEST_F(AccessServiceTest, AsksForNoOldPasswordWhereThereIsNone) {
  in_tx([](Tx& tx) { return create_user(tx, {"bot", "", std::nullopt}, std::nullopt, now); });
  const auto change = [](const std::optional<std::string>& old_password) {
    return [=](Tx& tx) { change_password(tx, "bot", {old_password, "battery staple"}, "", now); };
  };
  EXPECT_EQ(refused(change("")), "sign_in_failed");
  in_tx(change(std::nullopt));
  EXPECT_TRUE(behind(sign_in(db(), "bot", "battery staple", now).text));
  EXPECT_EQ(refused(change(std::nullopt)), "field_missing");
}

TEST_F(AccessServiceTest, IssuesListsAndRevokesTokens) {
  make_user("maria");
  make_user("jordi");
  const NodeId bcn = make_node("bcn");
  const TokenDraft draft{"spreadsheet", {Scope::write, Scope::read}, bcn, now + date::days{30}};
  const IssuedToken token = in_tx([&](Tx& tx) { return issue_token(tx, "maria", draft, nullptr, now); });
  const std::vector<TokenSummary> listed = in_tx([](Tx& tx) { return read_tokens(tx, "maria"); });
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].number, token.number);
  EXPECT_EQ(listed[0].label, "spreadsheet");
  EXPECT_EQ(listed[0].scopes, (std::vector<Scope>{Scope::read, Scope::write}));
  EXPECT_EQ(listed[0].only_node, "bcn");
  EXPECT_EQ(behind(token.text)->only_node, bcn);

  EXPECT_EQ(refused([&](Tx& tx) { revoke_token(tx, "jordi", token.number, now); }), "token_unknown");
  EXPECT_TRUE(behind(token.text));
  EXPECT_EQ(refused([&](Tx& tx) { revoke_token(tx, "maria", token.number, now); }), "accepted");
  EXPECT_FALSE(behind(token.text));
  EXPECT_EQ(refused([&](Tx& tx) { revoke_token(tx, "maria", token.number, now + date::days{1}); }),
            "accepted");
  EXPECT_EQ(in_tx([](Tx& tx) { return read_tokens(tx, "maria"); })[0].revoked_at, now)
      << "the first time counts";
  EXPECT_EQ(refused([&](Tx& tx) { revoke_token(tx, "maria", TokenNumber{999}, now); }), "token_unknown");
}

TEST_F(AccessServiceTest, IssuesNoTokenWiderThanTheOneThatAsks) {
  make_user("maria");
  const Access reader{UserId{1}, "maria", false, {}, {Scope::read}, {}, now + date::days{1}};
  const TokenDraft wide{"", {Scope::read, Scope::admin}, {}, now + date::days{30}};
  EXPECT_EQ(refused([&](Tx& tx) { issue_token(tx, "maria", wide, &reader, now); }), "scope_missing");
}

TEST_F(AccessServiceTest, GivesAndTakesRolesAndKeepsTheirHistory) {
  make_user("maria");
  make_user("jordi");
  const NodeId bcn = make_node("bcn");
  const NodeId london = make_node("london");
  const IssuedToken token = sign_in_maria();
  EXPECT_TRUE(in_tx([&](Tx& tx) { return grant_role(tx, bcn, "maria", treasurer, {}, now); }));
  EXPECT_FALSE(in_tx([&](Tx& tx) { return grant_role(tx, bcn, "maria", treasurer, {}, now); }))
      << "held already";
  in_tx([&](Tx& tx) { grant_role(tx, bcn, "maria", auditor, {}, now); });
  in_tx([&](Tx& tx) { grant_role(tx, london, "maria", member, {}, now); });
  EXPECT_EQ(behind(token.text)->roles,
            (std::vector<HeldRole>{{bcn, auditor}, {bcn, treasurer}, {london, member}}));

  EXPECT_TRUE(in_tx([&](Tx& tx) { return revoke_role(tx, bcn, "maria", auditor, {}, now); }));
  EXPECT_FALSE(in_tx([&](Tx& tx) { return revoke_role(tx, bcn, "maria", auditor, {}, now); }));
  in_tx([&](Tx& tx) { grant_role(tx, bcn, "maria", auditor, {}, now + date::days{1}); });
  EXPECT_EQ(in_tx([&](Tx& tx) { return read_grants(tx, bcn, false); }).size(), 2U);
  EXPECT_EQ(in_tx([&](Tx& tx) { return read_grants(tx, bcn, true); }).size(), 3U);
  EXPECT_EQ(refused([&](Tx& tx) { grant_role(tx, bcn, "nobody", auditor, {}, now); }), "user_unknown");
}

TEST_F(AccessServiceTest, LeavesEveryNodeATreasurer) {
  make_user("maria");
  make_user("jordi");
  const NodeId bcn = make_node("bcn");
  const auto revoke = [&](const char* name) {
    return [&, name](Tx& tx) { revoke_role(tx, bcn, name, treasurer, {}, now); };
  };
  const auto close = [](const char* name) {
    return [name](Tx& tx) { change_user(tx, name, {.title = {}, .is_operator = {}, .closed = true}, now); };
  };
  in_tx([&](Tx& tx) { grant_role(tx, bcn, "maria", treasurer, {}, now); });
  EXPECT_EQ(refused(revoke("maria")), "last_treasurer");
  EXPECT_EQ(refused(close("maria")), "last_treasurer");
  EXPECT_EQ(refused(revoke("jordi")), "accepted") << "who is no treasurer loses nothing";
  in_tx([&](Tx& tx) { grant_role(tx, bcn, "jordi", treasurer, {}, now); });
  EXPECT_EQ(refused(close("jordi")), "accepted");
  EXPECT_EQ(refused(revoke("maria")), "last_treasurer") << "a closed user does not count";
}

TEST_F(AccessServiceTest, LeavesATreasurerEvenIfTwoAreTakenAtOnce) {
  make_user("maria");
  make_user("jordi");
  const NodeId bcn = make_node("bcn");
  for (int round = 0; round < 10; ++round) {
    in_tx([&](Tx& tx) { grant_role(tx, bcn, "maria", treasurer, {}, now + date::days{round}); });
    in_tx([&](Tx& tx) { grant_role(tx, bcn, "jordi", treasurer, {}, now + date::days{round}); });
    const auto take = [&](const char* name) {
      return std::async(std::launch::async, [&, name] {
        return refused([&](Tx& tx) { revoke_role(tx, bcn, name, treasurer, {}, now + date::days{round}); });
      });
    };
    std::future<std::string> first = take("maria");
    std::future<std::string> second = take("jordi");
    const std::set<std::string> outcomes{first.get(), second.get()};
    EXPECT_EQ(outcomes, (std::set<std::string>{"accepted", "last_treasurer"}));
  }
}

TEST_F(AccessServiceTest, ShutsClosedUsersOut) {
  make_user("maria");
  const IssuedToken token = sign_in_maria();
  const auto set_closed = [&](bool closed) {
    in_tx([&](Tx& tx) { change_user(tx, "maria", {.title = {}, .is_operator = {}, .closed = closed}, now); });
  };
  set_closed(true);
  EXPECT_FALSE(behind(token.text));
  EXPECT_EQ(refusal_code([&] { sign_in_maria(); }), "sign_in_failed");
  const NodeId bcn = make_node("bcn");
  EXPECT_EQ(refused([&](Tx& tx) { grant_role(tx, bcn, "maria", auditor, {}, now); }), "user_unknown");
  set_closed(false);
  EXPECT_TRUE(behind(token.text));
}

TEST_F(AccessServiceTest, ChangesTitleAndOperator) {
  make_user("maria");
  const User changed = in_tx([](Tx& tx) {
    return change_user(tx, "maria", {.title = "María", .is_operator = true, .closed = {}}, now);
  });
  EXPECT_EQ(changed.title, "María");
  EXPECT_TRUE(in_tx([](Tx& tx) { return read_user(tx, "maria"); }).is_operator);
  EXPECT_EQ(refused([](Tx& tx) { change_user(tx, "nobody", {}, now); }), "user_unknown");
}

TEST_F(AccessServiceTest, ShowsTheFirstOperatorTokenOnceInAServersLife) {
  const auto first = in_tx([](Tx& tx) { return first_operator_token(tx, now); });
  ASSERT_TRUE(first);
  const auto access = behind(first->text);
  ASSERT_TRUE(access);
  EXPECT_TRUE(access->is_operator);
  EXPECT_EQ(refusal_code([&] { require_allowed(access.get(), Action::operate_server, {}, now); }),
            "accepted");
  EXPECT_EQ(first->user, "operator");
  EXPECT_FALSE(in_tx([](Tx& tx) { return first_operator_token(tx, now); }));
}

TEST_F(AccessServiceTest, ShowsAnOperatorTokenWhereverNoOpenUserIsAnOperator) {
  make_user("maria");
  make_user("operator");
  const auto set_operator = [&](bool is_operator, bool closed) {
    in_tx([&](Tx& tx) {
      change_user(tx, "maria", {.title = {}, .is_operator = is_operator, .closed = closed}, now);
    });
  };
  set_operator(true, false);
  EXPECT_FALSE(in_tx([](Tx& tx) { return first_operator_token(tx, now); })) << "maria runs the server";
  set_operator(true, true);
  const auto token = in_tx([](Tx& tx) { return first_operator_token(tx, now); });
  ASSERT_TRUE(token) << "maria is closed, and the user \"operator\" is somebody else";
  EXPECT_EQ(token->user, "operator-2");
  EXPECT_TRUE(behind(token->text)->is_operator);
  EXPECT_FALSE(in_tx([](Tx& tx) { return read_user(tx, "operator"); }).is_operator) << "given nothing";
  EXPECT_FALSE(in_tx([](Tx& tx) { return first_operator_token(tx, now); })) << "there is one now";
}

TEST_F(AccessServiceTest, ForgetsTokensThatExpiredLongAgo) {
  make_user("maria");
  sign_in_maria(now);
  sign_in_maria(now + date::days{20});
  sign_in_maria(now + date::days{40});
  EXPECT_EQ(in_tx([](Tx& tx) { return read_tokens(tx, "maria"); }).size(), 2U);
}

}  // namespace
}  // namespace coop::access

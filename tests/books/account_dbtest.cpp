#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using test::codes_of;
using test::refusal_of;
using Codes = std::vector<std::string>;

class Accounts : public test::BooksTest {
 protected:
  AccountDraft account(const std::string& path = "assets:bank", const std::string& unit = "EUR") const {
    return {path, unit, AccountType::asset, "The bank", {}, {}, Day::parse("2026-01-01")};
  }
  std::string open_code(const AccountDraft& asked) {
    return refusal_of([&] { db().in_tx([&](Tx& tx) { return open_account(tx, node(), asked, author()); }); });
  }
  std::string change_code(const std::string& path, const AccountChange& change) {
    return refusal_of([&] {
      db().in_tx([&](Tx& tx) { return change_account(tx, node(), path, std::nullopt, change, author()); });
    });
  }
  std::string close_code(const std::string& path, std::string_view day) {
    return refusal_of([&] {
      db().in_tx(
          [&](Tx& tx) { return close_account(tx, node(), path, std::nullopt, Day::parse(day), author()); });
    });
  }
  void reopen(const std::string& path) {
    db().in_tx([&](Tx& tx) { return reopen_account(tx, node(), path, std::nullopt, author()); });
  }
  Account find(const std::string& path, const std::optional<std::string>& unit = {}) {
    return db().in_snapshot([&](Tx& tx) { return require_account(tx, node(), path, unit); });
  }
};

TEST_F(Accounts, AreOpenedWithWhatWasAskedFor) {
  AccountDraft asked = account();
  asked.required = {DimensionKind::fund, DimensionKind::member};
  asked.limits = {-500, 1'000};
  db().in_tx([&](Tx& tx) { open_account(tx, node(), asked, author()); });
  const Account found = find("assets:bank");
  EXPECT_EQ(found.id, AccountId{1});
  EXPECT_EQ(found.title, "The bank");
  EXPECT_EQ(found.type, AccountType::asset);
  EXPECT_EQ(found.required, asked.required);
  EXPECT_EQ(found.limits.lower, -500);
  EXPECT_EQ(found.limits.upper, 1'000);
  EXPECT_EQ(found.opened_on, Day::parse("2026-01-01"));
  EXPECT_FALSE(found.closed_on);
  EXPECT_EQ(balance("assets:bank"), "0.00");
}

TEST_F(Accounts, AreRefusedWithTheFirstFaultOfTheirDraft) {
  open("assets:there");
  const auto code = [&](auto&& change) {
    AccountDraft broken = account();
    change(broken);
    return open_code(broken);
  };
  EXPECT_EQ(code([](AccountDraft& d) { d.path = "assets::bank"; }), "path_malformed");
  EXPECT_EQ(code([](AccountDraft& d) { d.title = std::string(201, 'x'); }), "field_invalid");
  EXPECT_EQ(code([](AccountDraft& d) { d.limits = {10, 5}; }), "limit_contradicts");
  EXPECT_EQ(code([](AccountDraft& d) { d.limits.lower = 1; }), "limit_contradicts");
  EXPECT_EQ(code([](AccountDraft& d) { d.limits.upper = -1; }), "limit_contradicts");
  EXPECT_EQ(code([](AccountDraft& d) { d.unit = "XYZ"; }), "unit_unknown");
  EXPECT_EQ(code([](AccountDraft& d) { d.path = "assets:there"; }), "account_exists");
  EXPECT_EQ(code([](AccountDraft&) {}), "");
  use(NodeId{999});
  EXPECT_EQ(open_code(account()), "node_unknown");
}

TEST_F(Accounts, OpenManyAtOnceLeavingOutThoseThatExist) {
  open("assets:bank");
  const auto open_all = [&](const std::vector<AccountDraft>& drafts) {
    return db().in_tx([&](Tx& tx) { return open_accounts(tx, node(), drafts, author()); });
  };
  EXPECT_EQ(open_all({account("assets:cash"), account("assets:bank"), account("assets:bank", "GBP")}), 2);
  EXPECT_EQ(find("assets:cash").id, AccountId{2});
  EXPECT_EQ(find("assets:bank", "GBP").id, AccountId{3});
  EXPECT_EQ(open_all({account("assets:cash")}), 0);
  EXPECT_EQ(refusal_of([&] { open_all({account("assets:new"), account("bad::path")}); }), "path_malformed");
  EXPECT_EQ(refusal_of([&] { find("assets:new"); }), "account_unknown");
}

TEST_F(Accounts, NamedTwiceInOneRequestAreOpenedOnce) {
  const int opened = db().in_tx([&](Tx& tx) {
    return open_accounts(tx, node(), {account(), account("assets:cash"), account()}, author());
  });
  EXPECT_EQ(opened, 2);
  EXPECT_EQ(count("account"), 2);
}

TEST_F(Accounts, OfOnePathExistOnceInEachUnit) {
  open("assets:bank");
  EXPECT_EQ(find("assets:bank").id, AccountId{1});
  open("assets:bank", "GBP");
  EXPECT_EQ(refusal_of([&] { find("assets:bank"); }), "unit_ambiguous");
  EXPECT_EQ(find("assets:bank", "GBP").id, AccountId{2});
  EXPECT_EQ(refusal_of([&] { find("assets:bank", "JPY"); }), "account_unknown");
  EXPECT_EQ(refusal_of([&] { find("assets:bank", "XYZ"); }), "unit_unknown");
  EXPECT_EQ(refusal_of([&] { find("assets:other"); }), "account_unknown");
}

TEST_F(Accounts, ChangeTitleRequiredDimensionsAndLimits) {
  open("assets:bank");
  EXPECT_EQ(
      change_code("assets:bank", {"House bank", std::vector{DimensionKind::tax_code}, Limits{-100, {}}}), "");
  const Account found = find("assets:bank");
  EXPECT_EQ(found.title, "House bank");
  EXPECT_EQ(found.required, std::vector{DimensionKind::tax_code});
  EXPECT_EQ(found.limits.lower, -100);
  EXPECT_FALSE(found.limits.upper);
  EXPECT_EQ(change_code("assets:bank", {std::nullopt, std::nullopt, Limits{}}), "");
  EXPECT_FALSE(find("assets:bank").limits.lower);
  EXPECT_EQ(find("assets:bank").title, "House bank");
  EXPECT_EQ(change_code("assets:bank", {std::string(201, 'x')}), "field_invalid");
  EXPECT_EQ(change_code("assets:nowhere", {"x"}), "account_unknown");
}

TEST_F(Accounts, RefuseLimitsThatTheBalanceWithItsHoldsIsOutside) {
  open("assets:bank");
  open("income:dues");
  record("2026-01-31", {{"assets:bank", "50.00"}, {"income:dues", "-50.00"}});
  reserve({{"assets:bank", "-20.00"}, {"income:dues", "20.00"}});
  const auto code = [&](std::optional<std::int64_t> lower, std::optional<std::int64_t> upper) {
    return change_code("assets:bank", {std::nullopt, std::nullopt, Limits{lower, upper}});
  };
  EXPECT_EQ(code({}, 4'999), "limit_contradicts");
  EXPECT_EQ(code(3'001, {}), "limit_contradicts");
  EXPECT_EQ(code(3'000, 2'000), "limit_contradicts");
  EXPECT_EQ(code(3'000, 5'000), "");
}

TEST_F(Accounts, CountExpiredHoldsNoMoreWhenLimitsChangeOrTheyClose) {
  open("assets:bank");
  open("income:dues");
  reserve({{"assets:bank", "20.00"}, {"income:dues", "-20.00"}}, now + std::chrono::hours{1});
  EXPECT_EQ(change_code("assets:bank", {std::nullopt, std::nullopt, Limits{{}, 1'999}}), "limit_contradicts");
  EXPECT_EQ(close_code("income:dues", "2026-01-31"), "account_not_empty");
  now += std::chrono::hours{1};
  EXPECT_EQ(change_code("assets:bank", {std::nullopt, std::nullopt, Limits{{}, 1'999}}), "");
  EXPECT_EQ(close_code("income:dues", "2026-01-31"), "");
}

TEST_F(Accounts, CloseOnlyWhenEmpty) {
  open("assets:bank");
  open("income:dues");
  const auto entry = record("2026-01-31", {{"assets:bank", "50.00"}, {"income:dues", "-50.00"}});
  EXPECT_EQ(close_code("assets:bank", "2026-01-31"), "account_not_empty");
  record("2026-02-15", {{"assets:bank", "-50.00"}, {"income:dues", "50.00"}});
  EXPECT_EQ(close_code("assets:bank", "2026-02-14"), "account_has_later_entries");
  EXPECT_EQ(close_code("assets:bank", "2019-12-31"), "field_invalid");
  EXPECT_EQ(close_code("assets:bank", "2026-02-15"), "");
  EXPECT_EQ(find("assets:bank").closed_on, Day::parse("2026-02-15"));
  EXPECT_EQ(entry.number, EntryNumber{1});
}

TEST_F(Accounts, TakePostingsFromTheirFirstDayToTheirLast) {
  db().in_tx([&](Tx& tx) { open_account(tx, node(), account(), author()); });
  open("income:dues");
  const auto code = [&](std::string_view day) {
    return codes_of(post({draft(day, {{"assets:bank", "1.00"}, {"income:dues", "-1.00"}}),
                          draft(day, {{"assets:bank", "-1.00"}, {"income:dues", "1.00"}})}));
  };
  EXPECT_EQ(code("2025-12-31"), (Codes{"account_not_open", "account_not_open"}));
  EXPECT_EQ(code("2026-01-01"), (Codes{"", ""}));
  EXPECT_EQ(close_code("assets:bank", "2026-03-31"), "");
  EXPECT_EQ(code("2026-03-31"), (Codes{"", ""}));
  EXPECT_EQ(code("2026-04-01"), (Codes{"account_not_open", "account_not_open"}));
  reopen("assets:bank");
  EXPECT_EQ(code("2026-04-01"), (Codes{"", ""}));
}

TEST_F(Accounts, AreOpenedEarlierAndNeverLater) {
  db().in_tx([&](Tx& tx) { open_account(tx, node(), account(), author()); });
  open("income:dues");
  const auto code = [&](std::string_view day) {
    return codes_of(post({draft(day, {{"assets:bank", "1.00"}, {"income:dues", "-1.00"}})}));
  };
  const auto from = [&](const char* day) {
    AccountChange change;
    change.opened_on = Day::parse(day);
    return change_code("assets:bank", change);
  };
  EXPECT_EQ(code("2025-12-31"), Codes{"account_not_open"});
  EXPECT_EQ(from("2026-01-02"), "field_invalid");
  EXPECT_EQ(from("2026-01-01"), "");
  EXPECT_EQ(from("2025-12-31"), "");
  EXPECT_EQ(code("2025-12-31"), Codes{""});
  EXPECT_EQ(code("2025-12-30"), Codes{"account_not_open"});
  EXPECT_EQ(from("2026-01-01"), "field_invalid");
  EXPECT_EQ(find("assets:bank").opened_on, Day::parse("2025-12-31"));
  EXPECT_EQ(find("assets:bank").title, "The bank");
  EXPECT_EQ(superuser_value("SELECT body ->> 'opened_on' FROM event WHERE kind = 'account_changed' ORDER BY "
                            "number DESC LIMIT 1"),
            "2025-12-31");
}

TEST_F(Accounts, OpenEarlierManyAtOnceWhereTheyExistAndOpenLater) {
  const std::vector<AccountDraft> drafts{account(), account("assets:cash"), account("assets:bank", "GBP")};
  db().in_tx([&](Tx& tx) { open_accounts(tx, node(), {drafts[0], drafts[1]}, author()); });
  std::vector<AccountDraft> earlier = drafts;
  earlier[0].opened_on = Day::parse("2025-01-01");
  earlier[1].opened_on = Day::parse("2026-01-02");
  const auto move = [&] {
    return db().in_tx([&](Tx& tx) { return open_earlier(tx, node(), earlier, author()); });
  };
  EXPECT_EQ(move(), 1);
  EXPECT_EQ(move(), 0);
  EXPECT_EQ(find("assets:bank").opened_on, Day::parse("2025-01-01"));
  EXPECT_EQ(find("assets:cash").opened_on, Day::parse("2026-01-01"));
  EXPECT_EQ(count("account"), 2);
}

TEST_F(Accounts, KeepTheirPathUnitAndTypeEvenFromTheOwner) {
  open("assets:bank");
  for (const char* change :
       {"path = 'other'", "unit_id = 2", "type = 'income'", "id = 7", "opened_on = opened_on + 1"}) {
    EXPECT_THROW(superuser_sql(std::string{"UPDATE account SET "} + change), test::SqlFailed) << change;
  }
  EXPECT_THROW(superuser_sql("DELETE FROM account"), test::SqlFailed);
}

TEST_F(Accounts, TellTheOutboxWhatChanged) {
  open("assets:bank");
  change_code("assets:bank", {"House bank"});
  close_code("assets:bank", "2026-01-31");
  reopen("assets:bank");
  EXPECT_EQ(
      superuser_value("SELECT string_agg(kind, ' ' ORDER BY number) FROM event WHERE body ->> 'account' = "
                      "'assets:bank'"),
      "accounts_opened account_changed account_closed account_reopened");
  EXPECT_EQ(
      superuser_value("SELECT count(*) FROM event WHERE body ->> 'account' = 'assets:bank' AND body ->> "
                      "'unit' = 'EUR'"),
      "4");
  add(DimensionKind::fund, {"garden"});
  EXPECT_EQ(superuser_value("SELECT body ->> 'kind' || ' ' || (body ->> 'code') FROM event WHERE kind = "
                            "'dimensions_added'"),
            "fund garden");
}

TEST_F(Accounts, RequireDimensionsOfPostingsOnceTheySaySo) {
  open("assets:bank");
  open("income:dues");
  add(DimensionKind::member, {"M0001"});
  ASSERT_EQ(change_code("income:dues", {std::nullopt, std::vector{DimensionKind::member}}), "");
  const DimensionCodes member{std::nullopt, "M0001"};
  EXPECT_EQ(
      codes_of(post({draft("2026-01-31", {{"assets:bank", "1.00"}, {"income:dues", "-1.00"}}),
                     draft("2026-01-31", {{"assets:bank", "1.00"}, {"income:dues", "-1.00", member}})})),
      (Codes{"dimension_missing", ""}));
}

TEST_F(Accounts, KnowDimensionsByKindAndCode) {
  const auto added = [&](const std::vector<Dimension>& rows) {
    return db().in_tx([&](Tx& tx) { return add_dimensions(tx, node(), rows, author()); });
  };
  const DimensionId any{0};
  EXPECT_EQ(added({{any, DimensionKind::fund, "media", "Media space"},
                   {any, DimensionKind::member, "media", "A member"},
                   {any, DimensionKind::fund, "media", "Again"}}),
            2);
  EXPECT_EQ(added({{any, DimensionKind::fund, "media", "Other name"}}), 0);
  EXPECT_EQ(superuser_value("SELECT string_agg(id || kind || name, ',' ORDER BY id) FROM dimension"),
            "1fundMedia space,2memberA member");
  EXPECT_EQ(refusal_of([&] { added({{any, DimensionKind::fund, "no blanks", "x"}}); }), "name_malformed");
  EXPECT_EQ(refusal_of([&] { added({{any, DimensionKind::fund, "ok", ""}}); }), "field_invalid");
}

}  // namespace
}  // namespace coop::books

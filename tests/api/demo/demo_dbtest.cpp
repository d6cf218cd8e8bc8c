#include "api/demo/demo.hpp"

#include "api/demo/facts.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/books/account_service.hpp"
#include "ledger/books/hold_service.hpp"
#include "ledger/books/node_service.hpp"
#include "tests/support/test_books.hpp"

namespace coop::api::demo {
namespace {

class Demo : public test::DatabaseTest {
 protected:
  DemoReport load(Database& database) {
    return load_demo(database, [](const std::string&, int, int) {});
  }
  void TearDown() override {
    for (const std::string& fault : test::derived_faults(fresh())) ADD_FAILURE() << fault;
    DatabaseTest::TearDown();
  }
};

constexpr const char* hashes_sql =
    "SELECT string_agg(n.name || ' ' || h.last_number || ' ' || encode(h.last_hash, 'hex'), ', ' ORDER BY "
    "n.name) "
    "FROM book_head h JOIN node n ON n.id = h.node_id";

TEST_F(Demo, IsTheSameInEveryDatabase) {
  load(db());
  const test::FreshDatabase other;
  Database other_database{{.address = other.address(), .role = "coopledger_service"}};
  load(other_database);
  EXPECT_EQ(other.superuser_value(hashes_sql), superuser_value(hashes_sql));
}

TEST_F(Demo, AddsNothingWhenLoadedAgain) {
  const DemoReport first = load(db());
  const Instant now = instant_from_text("2026-11-21T12:00:00Z");
  EXPECT_TRUE(db().in_dry_tx([&](Tx& tx) { return access::first_operator_token(tx, now); }))
      << "nobody of the demonstration runs the server: the next start shows a token";
  EXPECT_GT(first.entries_recorded, 5'000);
  EXPECT_EQ(first.entries_there_already, 0);
  const std::string hashes = superuser_value(hashes_sql);
  const std::string events = superuser_value("SELECT count(*) FROM event");
  const DemoReport second = load(db());
  EXPECT_EQ(second.entries_recorded, 0);
  EXPECT_EQ(second.entries_there_already, first.entries_recorded);
  EXPECT_EQ(superuser_value(hashes_sql), hashes);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event"), events);
}

TEST_F(Demo, GoesOnWhereItWasBrokenOff) {
  int steps = 0;
  EXPECT_THROW(load_demo(db(),
                         [&](const std::string&, int, int) {
                           if (++steps == 3) throw std::runtime_error{"power cut"};
                         }),
               std::runtime_error);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM book_head WHERE last_number > 0"), "2") << "wholly or not";
  db().in_tx([](Tx& tx) { books::expire_holds(tx, instant_from_text("2026-11-21T12:00:00Z")); });
  load(db());
  const test::FreshDatabase other;
  Database other_database{{.address = other.address(), .role = "coopledger_service"}};
  load(other_database);
  EXPECT_EQ(superuser_value(hashes_sql), other.superuser_value(hashes_sql));
}

TEST_F(Demo, LeavesANodeOfTheSameNameWithOtherBooksAlone) {
  db().in_tx([](Tx& tx) {
    using namespace books;
    const books::Author author{std::nullopt, instant_from_text("2026-01-01T00:00:00Z")};
    insert_iso4217(tx);
    const NodeId node = make_node(tx, {"got", "Another one", "SEK", "SE", "Europe/Stockholm"}, author).id;
    const UnitId eur = find_unit(tx, "EUR")->id;
    for (const char* path : {"assets:bank:main", "equity:opening"}) {
      open_account(tx, node, {path, "EUR", AccountType::asset, "", {}, {}, Day::parse("2020-01-01")}, author);
    }
    const Draft draft{fingerprint_of("theirs"),
                      std::nullopt,
                      Day::parse("2025-12-01"),
                      LateEntry::refuse,
                      "Theirs",
                      "",
                      "",
                      std::nullopt,
                      std::nullopt,
                      {{"assets:bank:main", Money::of_minor(5, eur), {}, ""},
                       {"equity:opening", Money::of_minor(-5, eur), {}, ""}}};
    recorded_or_throw(post(tx, node, std::span{&draft, 1}, Together::each_alone, author.now).front());
  });
  EXPECT_EQ(test::refusal_of([&] { load(db()); }), "node_exists");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM entry"), "1");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM node"), "1");
}

TEST_F(Demo, HasOneOfEverythingThatBooksCanHold) {
  const DemoReport report = load(db());
  EXPECT_EQ(superuser_value("SELECT string_agg(name, ' ' ORDER BY name) FROM node"), "bcn got mcr mtl nrt");
  EXPECT_EQ(
      superuser_value(
          "SELECT string_agg(DISTINCT u.code, ' ' ORDER BY u.code) FROM posting p "
          "JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id JOIN unit u ON u.id = a.unit_id"),
      "CAD ECO EUR GBP GMC HOUR JPY SEK");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM entry WHERE reverses IS NOT NULL"), "15");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM entry WHERE document_on IS NOT NULL"), "2");
  EXPECT_EQ(superuser_value("SELECT string_agg(coalesce(e.kind, 'open'), ' ' ORDER BY h.node_id) FROM hold h "
                            "LEFT JOIN hold_end e ON e.node_id = h.node_id AND e.hold_number = h.number"),
            "posted expired voided posted open");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM period_lock"), "25");
  EXPECT_EQ(report.sign_ins.size(), demo_sign_ins().size());
  const SignIn& first = report.sign_ins.front();
  EXPECT_NO_THROW(
      access::sign_in(db(), first.user, first.password, instant_from_text("2026-02-10T10:00:00Z")));
}

}  // namespace
}  // namespace coop::api::demo

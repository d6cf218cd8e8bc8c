#include "ledger/books/chart_service.hpp"
#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

class Charts : public test::BooksTest {
 protected:
  AppliedChart apply_from(std::string_view day, std::string_view name,
                          const std::vector<std::string>& units) {
    return db().in_tx([&](Tx& tx) {
      return apply_chart(tx, node(), require_chart_template(name), units, Day::parse(day), author());
    });
  }
  int apply(std::string_view name, const std::vector<std::string>& units) {
    return apply_from("2026-01-01", name, units).opened;
  }
};

TEST_F(Charts, OpenTheirAccountsInEachUnitTheyAreMeantFor) {
  const int opened = apply("hosting-co-op", {"EUR", "JPY", "HOUR"});
  EXPECT_EQ(count("account"), opened);
  const auto units_of = [&](const std::string& path) {
    return superuser_value(
        "SELECT string_agg(u.code, ' ' ORDER BY u.code) FROM account a JOIN unit u ON u.id = a.unit_id "
        "WHERE path = '" +
        path + "'");
  };
  EXPECT_EQ(units_of("assets:bank:main"), "EUR JPY");
  EXPECT_EQ(units_of("expenses:time"), "HOUR");
  EXPECT_EQ(units_of("equity:conversion"), "EUR HOUR JPY");
  EXPECT_EQ(units_of("assets:local:wallet"), "");
  EXPECT_EQ(
      superuser_value(
          "SELECT title || ' ' || type || ' ' || opened_on || ' ' || required_dimensions[1] FROM account "
          "WHERE path = 'liabilities:deferred:wages' LIMIT 1"),
      "Wages still owed liability 2026-01-01 member");
}

TEST_F(Charts, MayBeAppliedAgainAndOnTopOfEachOther) {
  const int first = apply("association", {"EUR"});
  EXPECT_EQ(apply("association", {"EUR"}), 0);
  EXPECT_GT(apply("multi-stakeholder", {"EUR"}), 0);
  EXPECT_GT(count("account"), first);
  EXPECT_EQ(apply("multi-stakeholder", {"EUR", "EUR"}), 0);
}

TEST_F(Charts, AppliedAgainWithAnEarlierDayOpenTheirAccountsFromIt) {
  const int first = apply("association", {"EUR"});
  const AppliedChart later = apply_from("2026-01-15", "association", {"EUR"});
  EXPECT_EQ(later.opened, 0);
  EXPECT_EQ(later.existed, first);
  EXPECT_EQ(later.opened_earlier, 0);
  const AppliedChart earlier = apply_from("2025-01-01", "association", {"EUR"});
  EXPECT_EQ(earlier.opened, 0);
  EXPECT_EQ(earlier.opened_earlier, first);
  EXPECT_EQ(superuser_value("SELECT string_agg(DISTINCT opened_on::text, ' ') FROM account"), "2025-01-01");
  EXPECT_EQ(apply_from("2025-01-01", "association", {"EUR"}).opened_earlier, 0);
}

TEST_F(Charts, AskForUnitsThatExistAndANode) {
  EXPECT_EQ(test::refusal_of([&] { apply("association", {"EUR", "XYZ"}); }), "unit_unknown");
  EXPECT_EQ(count("account"), 0);
  use(NodeId{99});
  EXPECT_EQ(test::refusal_of([&] { apply("association", {"EUR"}); }), "node_unknown");
}

TEST_F(Charts, AreReadyToPostTo) {
  apply("hosting-co-op", {"EUR"});
  add(DimensionKind::member, {"M0001"});
  const DimensionCodes member{std::nullopt, "M0001"};
  record("2026-01-31", {{"assets:receivable:dues", "20.00", member}, {"income:dues", "-20.00", member}});
  record("2026-01-31", {{"assets:bank:main", "20.00"}, {"assets:receivable:dues", "-20.00", member}});
  EXPECT_EQ(balance("assets:bank:main"), "20.00");
}

}  // namespace
}  // namespace coop::books

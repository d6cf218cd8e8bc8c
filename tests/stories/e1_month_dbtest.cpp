// A month with five nodes (E1): January 2026 of the demonstration, as an accountant reads it from the
// balances.
#include <functional>

#include "api/demo/demo.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/values/money.hpp"
#include "reports/account_reading.hpp"
#include "tests/support/test_books.hpp"

namespace coop {
namespace {

const Day new_year = Day::parse("2026-01-01");
const Day month_end = Day::parse("2026-01-31");

/// What is expected of one node in January, in EUR.
struct Expected {
  const char* node;
  const char* billed;          ///< dues billed
  const char* cash;            ///< dues received, for this month or paid ahead
  const char* receivable;      ///< dues owed at the end
  const char* deferred_dues;   ///< dues paid ahead at the end
  const char* server_bills;    ///< paid for all
  const char* wages_paid;      ///< to its workers
  const char* deferred_wages;  ///< owed to its workers at the end
  const char* net_to_fund;     ///< negative: received from it
  const char* kept;            ///< what the bank has more than a month ago
  const char* result;          ///< income less expenses
};

constexpr std::array<Expected, 5> expected{{
    {"bcn", "800.00", "800.00", "0.00", "0.00", "186.40", "270.08", "292.42", "103.52", "240.00", "51.10"},
    {"mcr", "585.00", "565.00", "20.00", "0.00", "57.35", "267.08", "289.17", "71.07", "169.50", "-109.10"},
    {"got", "350.00", "390.00", "0.00", "40.00", "0.00", "81.03", "87.72", "191.97", "117.00", "181.25"},
    {"mtl", "490.00", "390.00", "100.00", "0.00", "240.00", "132.04", "142.96", "-99.04", "117.00", "-25.00"},
    {"nrt", "155.00", "155.00", "0.00", "0.00", "0.00", "54.02", "58.48", "54.48", "46.50", "42.50"},
}};

/// The books of the five nodes, read like an accountant reads them: by node, by path, in EUR.
/// Loaded once, since nothing here writes.
class AMonthWithFiveNodes : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    fresh_ = std::make_unique<test::FreshDatabase>();
    books_ = std::make_unique<Database>(
        DatabaseSettings{.address = fresh_->address(), .role = "coopledger_service"});
    api::demo::load_demo(*books_, [](const std::string&, int, int) {});
  }
  static void TearDownTestSuite() {
    if (!fresh_) return;
    EXPECT_EQ(test::derived_faults(*fresh_), std::vector<std::string>{});
    books_.reset();
    fresh_.reset();
  }
  static std::string superuser_value(const std::string& sql) { return fresh_->superuser_value(sql); }

  /// Debits and credits in January of the accounts at or below `path`.
  reports::Turnover in_january(const char* node, const char* path) { return read(node, path, {}, new_year); }
  /// Debits less credits of all time up to the month's end.
  std::int64_t balance(const char* node, const char* path, const books::DimensionCodes& about = {}) {
    return read(node, path, about, Day::parse("2020-01-01")).balance_minor();
  }
  std::int64_t moved(const char* node, const char* path) { return in_january(node, path).balance_minor(); }
  /// A figure of every node, added up.
  static std::int64_t in_all(const std::function<std::int64_t(const char*)>& figure) {
    std::int64_t total = 0;
    for (const Expected& row : expected) total += figure(row.node);
    return total;
  }
  std::int64_t in_all(const char* path) {
    return in_all([&](const char* node) { return moved(node, path); });
  }
  static std::string eur(std::int64_t minor) { return text_from_minor(minor, 2); }

  std::int64_t billed(const char* node) { return in_january(node, "income:dues").credit_minor; }
  std::int64_t cash(const char* node) {
    return in_january(node, "assets:receivable:dues").credit_minor +
           in_january(node, "liabilities:deferred:dues").credit_minor;
  }
  std::int64_t deferred_wages(const char* node) { return -balance(node, "liabilities:deferred:wages"); }
  std::int64_t wages_paid(const char* node) { return moved(node, "expenses:wages") - deferred_wages(node); }
  std::int64_t net_to_fund(const char* node) {
    const bool host = std::string_view{node} == "mcr";
    if (!host) return moved(node, "assets:nodes:mcr");
    // The host's own part is what came into the fund's account and from no other node.
    return moved(node, "assets:bank:common-fund") + moved(node, "expenses:host-fee") +
           moved(node, "liabilities:nodes");
  }
  std::int64_t result(const char* node) { return -moved(node, "income") - moved(node, "expenses"); }

  /// "owed to" a worker, who is a member of some node.
  std::string owed_to(const char* node, const std::string& worker) {
    const std::string code =
        superuser_value("SELECT p.number FROM party p JOIN party_profile f ON f.node_id = p.node_id "
                        "AND f.party_id = p.id JOIN node n ON n.id = p.node_id WHERE n.name = '" +
                        std::string{node} + "' AND f.name = '" + worker + "'");
    return eur(-balance(node, "liabilities:deferred:wages", {std::nullopt, code}));
  }

 private:
  reports::Turnover read(const char* name, const char* path, const books::DimensionCodes& about, Day first) {
    return books_->in_snapshot([&](Tx& tx) {
      const NodeId node = books::read_node(tx, name).id;
      const reports::AccountFilter filter{path, "EUR", {}, {}};
      const auto ids = reports::ids_of(reports::read_report_accounts(tx, node, filter), filter);
      const auto rows = reports::read_about(tx, node, about);
      reports::Turnover total;
      for (const auto& [account, turnover] :
           reports::read_turnovers(tx, node, ids, rows, first, month_end, {})) {
        total = total + turnover;
      }
      return total;
    });
  }

  static inline std::unique_ptr<test::FreshDatabase> fresh_;
  static inline std::unique_ptr<Database> books_;
};

TEST_F(AMonthWithFiveNodes, GivesEveryNodeItsFigures) {
  for (const Expected& row : expected) {
    SCOPED_TRACE(row.node);
    EXPECT_EQ(eur(billed(row.node)), row.billed);
    EXPECT_EQ(eur(cash(row.node)), row.cash);
    EXPECT_EQ(eur(balance(row.node, "assets:receivable:dues")), row.receivable);
    EXPECT_EQ(eur(-balance(row.node, "liabilities:deferred:dues")), row.deferred_dues);
    EXPECT_EQ(eur(moved(row.node, "expenses:servers")), row.server_bills);
    EXPECT_EQ(eur(wages_paid(row.node)), row.wages_paid);
    EXPECT_EQ(eur(deferred_wages(row.node)), row.deferred_wages);
    EXPECT_EQ(eur(net_to_fund(row.node)), row.net_to_fund);
    EXPECT_EQ(eur(moved(row.node, "assets:bank:main")), row.kept);
    EXPECT_EQ(eur(result(row.node)), row.result);
  }
}

TEST_F(AMonthWithFiveNodes, AddsUpToTheFederationsMonth) {
  EXPECT_EQ(eur(in_all([&](const char* node) { return billed(node); })), "2380.00");
  EXPECT_EQ(eur(in_all([&](const char* node) { return cash(node); })), "2300.00");
  EXPECT_EQ(eur(in_all("expenses:servers")), "483.75");
  EXPECT_EQ(eur(in_all([&](const char* node) { return wages_paid(node); })), "804.25");
  EXPECT_EQ(eur(in_all([&](const char* node) { return net_to_fund(node); })), "322.00");
}

TEST_F(AMonthWithFiveNodes, OwesEachWorkerWhatTheMonthCouldNotPay) {
  EXPECT_EQ(owed_to("got", "collectivetools"), "87.72");
  EXPECT_EQ(owed_to("bcn", "femprocomuns"), "292.42");
  EXPECT_EQ(owed_to("mtl", "hypha"), "142.96");
  EXPECT_EQ(owed_to("mcr", "platform6"), "103.97");
  EXPECT_EQ(owed_to("mcr", "webarch"), "185.20");
  EXPECT_EQ(owed_to("nrt", "yasu"), "58.48");
}

TEST_F(AMonthWithFiveNodes, SetsAsideReserveAndFourCommonsAtTheHost) {
  EXPECT_EQ(eur(moved("mcr", "expenses:host-fee")), "80.50");
  EXPECT_EQ(eur(-moved("mcr", "equity:reserves:indivisible")), "161.00");
  EXPECT_EQ(eur(-moved("mcr", "equity:funds:commons")), "80.50");
  EXPECT_EQ(superuser_value(
                "SELECT string_agg(d.code || ' ' || -p.amount_minor, ', ' ORDER BY p.line) FROM posting p "
                "JOIN node n ON n.id = p.node_id AND n.name = 'mcr' "
                "JOIN dimension d ON d.node_id = p.node_id AND d.id = p.fund_id "
                "WHERE p.booked_on = '2026-01-31'"),
            "media 2013, venue 2013, community 2012, civil-society 2012");
}

TEST_F(AMonthWithFiveNodes, ClosesToTheLastCent) {
  const std::int64_t node_cash = in_all("assets:bank:main");
  const std::int64_t fund_cash = moved("mcr", "assets:bank:common-fund");
  const std::int64_t receivable =
      in_all([&](const char* node) { return balance(node, "assets:receivable:dues"); });
  const std::int64_t deferred_dues =
      in_all([&](const char* node) { return -balance(node, "liabilities:deferred:dues"); });
  const std::int64_t owed_wages = in_all([&](const char* node) { return deferred_wages(node); });
  const std::int64_t earned = in_all([&](const char* node) { return result(node); });
  EXPECT_EQ(eur(node_cash), "690.00");
  EXPECT_EQ(eur(fund_cash), "241.50");
  EXPECT_EQ(eur(receivable), "120.00");
  EXPECT_EQ(eur(deferred_dues), "40.00");
  EXPECT_EQ(eur(owed_wages), "870.75");
  EXPECT_EQ(eur(earned), "140.75");
  EXPECT_EQ(eur(node_cash + fund_cash + receivable), "1051.50");
  EXPECT_EQ(node_cash + fund_cash + receivable, deferred_dues + owed_wages + earned);
}

TEST_F(AMonthWithFiveNodes, ShowsThatTheReserveIsOwedToTheWorkers) {
  const std::int64_t set_aside = moved("mcr", "equity:surplus");
  const std::int64_t earned = in_all([&](const char* node) { return result(node); });
  EXPECT_EQ(eur(set_aside), "241.50");
  EXPECT_EQ(eur(set_aside - earned), "100.75");
}

TEST_F(AMonthWithFiveNodes, LeavesNodesAgreeingOnWhatTheyOweEachOther) {
  for (const char* node : {"bcn", "got", "mtl", "nrt"}) {
    const std::string held = std::string{"liabilities:nodes:"} + node;
    EXPECT_EQ(eur(balance(node, "assets:nodes:mcr")), eur(-balance("mcr", held.c_str()))) << node;
  }
}

}  // namespace
}  // namespace coop

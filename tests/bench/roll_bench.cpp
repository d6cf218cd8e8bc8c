// The roll of a past day against one plain aggregate over the same charges and payments, in one run on one
// PostgreSQL. usage: roll_bench [members, 100000] [rounds, 5]
#include <cstdlib>
#include <filesystem>

#include "ledger/database/migrations.hpp"
#include "ledger/database/private_postgres.hpp"
#include "ledger/dues/overdue_store.hpp"
#include "ledger/rolls/roll_facts_store.hpp"
#include "ledger/rolls/roll_service.hpp"
#include "tests/bench/bench_support.hpp"
#include "tests/bench/dues_history.hpp"

namespace coop::bench {
namespace {

const NodeId node{1};

// What everybody owes or has paid ahead on a day: nothing but sums of the charges and payments that count.
constexpr const char* plain_sums_sql = R"sql(
  SELECT o.debtor_id, o.unit_id, sum(o.minor)
    FROM (SELECT c.debtor_id, c.unit_id, c.gross_minor - c.waived_minor AS minor
            FROM charge c
            LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
                                       AND r.reversed_on <= $1
           WHERE c.node_id = 1 AND c.period_first <= $1 AND r.charge_number IS NULL
          UNION ALL
          SELECT s.debtor_id, p.unit_id, -s.amount_minor
            FROM payment_share s
            JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
            LEFT JOIN payment_return r ON r.node_id = p.node_id AND r.payment_number = p.number
                                      AND r.returned_on <= $1
           WHERE s.node_id = 1 AND p.received_on <= $1 AND r.payment_number IS NULL) o
   GROUP BY o.debtor_id, o.unit_id
)sql";

std::string replaced(std::string text, const std::string& mark, const std::string& value) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
    text.replace(at, mark.size(), value);
  return text;
}

template <class Work>
double snapshot_ms(Database& database, Work work) {
  const double start = now_s();
  database.in_snapshot([&](Tx& tx) { work(tx); });
  return (now_s() - start) * 1000;
}

void print(const rolls::Roll& roll) {
  const rolls::RollClass sum = rolls::sum_of(roll.classes);
  std::printf("roll of %s: %zu memberships, %lld registered, %lld paid up, %lld eligible, %lld votes\n",
              roll.as_of.text().c_str(), roll.lines.size(), static_cast<long long>(sum.registered),
              static_cast<long long>(sum.paid_up), static_cast<long long>(sum.eligible),
              static_cast<long long>(sum.votes));
}

void run(const std::string& members, int rounds) {
  const auto folder = std::filesystem::temp_directory_path() / ("roll_bench-" + std::to_string(getpid()));
  {
    PrivatePostgres postgres{folder};
    postgres.require_database("rolls");
    Database database{
        {.address = postgres.address("rolls"), .connections = 1, .statement_timeout_ms = 0, .role = {}}};
    migrate(database);
    database.in_tx([&](Tx& tx) { tx.run_script(replaced(dues_history_sql, "$members", members)); });
    database.in_autocommit([](Tx& tx) { tx.run_script("VACUUM ANALYZE"); });
    Rounds measured;
    const Day past = Day::parse("2025-11-20");
    const auto moment = [&](bool known) {
      return dues::DuesMoment{
          past, known ? std::optional{instant_from_text("2025-12-01T00:00:00Z")} : std::nullopt};
    };
    measured.add("plain sums", [&] {
      return snapshot_ms(database, [&](Tx& tx) { report_rows(tx, plain_sums_sql, past); });
    });
    measured.add("overdue", [&] {
      return snapshot_ms(database, [&](Tx& tx) { dues::read_overdue(tx, node, moment(false)); });
    });
    measured.add("memberships", [&] {
      return snapshot_ms(database, [&](Tx& tx) {
        rolls::each_known_membership(tx, node, moment(false), {}, [](const auto&) {});
      });
    });
    measured.add("meetings", [&] {
      return snapshot_ms(database, [&](Tx& tx) { rolls::read_held_meetings(tx, node, moment(false), {}); });
    });
    measured.add("waived", [&] {
      return snapshot_ms(database, [&](Tx& tx) { dues::read_wholly_waived(tx, node, moment(false)); });
    });
    for (const bool known : {false, true})
      measured.add(known ? "roll as known then" : "roll", [&, known] {
        return snapshot_ms(database, [&](Tx& tx) { rolls::read_roll(tx, node, moment(known)); });
      });
    measured.add("freezing", [&] {
      const double start = now_s();
      database.in_tx([&](Tx& tx) {
        rolls::freeze_roll(tx, node, {"Assembly", past, std::nullopt}, {std::nullopt, system_clock()()});
      });
      return (now_s() - start) * 1000;
    });
    print(database.in_snapshot([&](Tx& tx) { return rolls::read_roll(tx, node, moment(false)); }));
    measured.run(rounds);
    for (const char* what : {"plain sums", "overdue", "roll", "roll as known then", "freezing"})
      std::printf("%s: %.0f ms\n", what, measured.of(what));
    report("roll of " + members + " members at a past day / plain sums", measured.ratio("roll", "plain sums"),
           "<=", 3);
    report("the same as known then", measured.ratio("roll as known then", "plain sums"), "<=", 3);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace coop::bench

int main(int count, char** values) {
  coop::bench::run(count > 1 ? values[1] : "100000", count > 2 ? std::atoi(values[2]) : 5);
  return 0;
}

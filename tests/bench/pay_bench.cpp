// A pay run over many records of hours, from the hours to the entries (proposed, approved by two, posted),
// against one plain aggregate of those records and the posting engine's own time for the same entries, in one
// run on one PostgreSQL. usage: pay_bench [members, 10000] [records, 100000] [rounds, 5] [tariffs of single
// members, which begin on ten different days before the period, 0]
#include "ledger/books/account_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/pay/pay_approving_service.hpp"
#include "ledger/pay/pay_entries.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/tariff_service.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/work/circle_service.hpp"
#include "tests/bench/baselines.hpp"
#include "tests/bench/bench_database.hpp"
#include "tests/bench/bench_support.hpp"

namespace coop::bench {
namespace {

constexpr const char* fill_sql = R"sql(
  SET session_replication_role = replica;
  INSERT INTO user_account (name, title, created_at)
    VALUES ('tom', '', now()), ('pia', '', now()), ('quinn', '', now());
  INSERT INTO dimension (node_id, id, kind, code, name)
    SELECT 1, 1000 + n, 'member', 'X' || n, 'X' || n FROM generate_series(1, $members) n;
  INSERT INTO party (node_id, id, number, kind, dimension_id, recorded_at)
    SELECT 1, n, 'X' || n, 'person', 1000 + n, '2026-01-01' FROM generate_series(1, $members) n;
  INSERT INTO circle_step (node_id, circle_id, number, kind, party_id, on_day, recorded_at)
    SELECT 1, 1, n, 'joined', n, '2020-01-01', '2025-12-31' FROM generate_series(1, $members) n;
  INSERT INTO work_hours (node_id, number, party_id, circle_id, worked_on, minutes, kind, intent, recorded_at)
    SELECT 1, n, 1 + n % $members, 1, date '2026-01-01' + n / $members, 30 + n % 300, 'livelihood', 'paid',
           '2026-01-31'
      FROM generate_series(1, $records) n;
  INSERT INTO work_hours_step (node_id, hours_number, number, kind, party_id, on_day, recorded_at,
                               recorded_by)
    SELECT 1, n, 1, 'approved', 1 + (n + 1) % $members, '2026-01-31', '2026-01-31', 1
      FROM generate_series(1, $records) n;
  INSERT INTO pay_tariff (node_id, number, kind, party_id, from_on, amount_minor, unit_id, decision,
                          recorded_at)
    SELECT 1, 1 + n, 'livelihood', 1 + n % $members, date '2025-12-01' + n % 10, 2000 + n % 1000, t.unit_id,
           'Board', '2026-01-01'
      FROM generate_series(1, $tariffs) n, pay_tariff t WHERE t.number = 1;
  SET session_replication_role = origin;
  VACUUM ANALYZE
)sql";

constexpr const char* aggregate_sql =
    "SELECT count(*) FROM (SELECT party_id, sum(minutes) FROM work_hours WHERE node_id = 1 AND worked_on "
    "BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY party_id) s";

NodeId make_books(Database& owner) {
  const books::Author author{std::nullopt, system_clock()()};
  return owner.in_tx([&](Tx& tx) {
    const auto node =
        books::make_node(tx, books::NodeDraft{"coop", "Coop", "EUR", "ES", "Europe/Madrid", {1, 1}}, author);
    const Day first = Day::parse("2020-01-01");
    for (const auto& [path, type] : {std::pair{"expenses:wages", books::AccountType::expense},
                                     std::pair{"liabilities:wages", books::AccountType::liability},
                                     std::pair{"liabilities:deferred-wages", books::AccountType::liability}})
      books::open_account(tx, node.id, {path, "EUR", type, "", {}, {}, first}, author);
    work::found_circle(tx, node.id, {"tech", "Technology", first}, author);
    sharing::adopt_version(tx, node.id,
                           {.code = "own_rates",
                            .title = "Own rates",
                            .valid_from = first,
                            .rule = sharing::example_rule("own_rates"),
                            .decision = "Assembly",
                            .adopted_on = first},
                           author);
    pay::adopt_tariff(
        tx, node.id,
        {.work = "livelihood", .from_on = first, .minor = 2'500, .unit = "EUR", .decision = "Assembly"},
        author);
    return node.id;
  });
}

class PayRuns {
 public:
  PayRuns(Database& database, NodeId node) : database_{database}, node_{node} {}

  // From the hours to the entries. Seconds.
  double pay() {
    const double start = now_s();
    const auto number = database_.in_tx([&](Tx& tx) { return propose(tx).number; });
    const double proposed = now_s();
    for (const int user : {2, 3})
      database_.in_tx([&](Tx& tx) { return pay::approve_pay_run(tx, node_, number, by(user)).number; });
    const double approved = now_s();
    run_ = database_.in_tx([&](Tx& tx) { return pay::post_pay_run(tx, node_, number, by(1)); });
    std::fprintf(stderr, "  proposed in %.0f, approved in %.0f, posted in %.0f ms\n",
                 1000 * (proposed - start), 1000 * (approved - proposed), 1000 * (now_s() - approved));
    return now_s() - start;
  }

  // What the posting engine takes for the same entries. Seconds; the run is undone afterwards.
  double post_alone() {
    auto drafts = pay::pay_entries(*run_, by(1));
    for (books::Draft& draft : drafts)
      draft.request_key = books::fingerprint_of("bulk " + std::to_string(++keys_));
    const double start = now_s();
    database_.in_tx([&](Tx& tx) {
      return books::all_recorded_or_throw(
          books::post(tx, node_, drafts, books::Together::all_or_none, system_clock()()));
    });
    const double took = now_s() - start;
    entries_ = drafts.size();
    database_.in_tx([&](Tx& tx) { return pay::undo_pay_run(tx, node_, run_->number, "again", by(1)); });
    return took;
  }
  std::size_t entries() const { return entries_; }

 private:
  static books::Author by(int user) { return {UserId{user}, system_clock()()}; }
  pay::PayRun propose(Tx& tx) {
    return pay::propose_wages(
        tx, node_,
        {.from_on = Day::parse("2026-01-01"),
         .to_on = Day::parse("2026-12-31"),
         .booked_on = Day::parse("2026-12-31"),
         .unit = *books::find_unit(tx, "EUR"),
         .amount_minor = 123'456'789,
         .rule = "own_rates",
         .deferred_as = pay::DeferredAs::debt,
         .accounts = {"expenses:wages", "liabilities:wages", "liabilities:deferred-wages"}},
        by(1));
  }

  Database& database_;
  NodeId node_;
  std::optional<pay::PayRun> run_;
  std::size_t entries_ = 0;
  int keys_ = 0;
};

std::string filled(std::string sql, int members, int records, int tariffs) {
  for (const auto& [mark, value] :
       {std::pair{"$members", members}, std::pair{"$records", records}, std::pair{"$tariffs", tariffs}})
    for (auto at = sql.find(mark); at != std::string::npos; at = sql.find(mark))
      sql.replace(at, std::string{mark}.size(), std::to_string(value));
  return sql;
}

void run(int members, int records, int rounds, int tariffs) {
  BenchDatabase bench{"pay"};
  const NodeId node = make_books(bench.owner());
  PlainConnection plain{bench.address()};
  std::string rest = filled(fill_sql, members, records, tariffs);
  for (std::size_t end = rest.find(';'); !rest.empty(); end = rest.find(';')) {
    plain.run(rest.substr(0, end));
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
  keep_spare_wal(plain);
  Database database{DatabaseSettings{bench.address(), 8, 10'000, 60'000, "coopledger_service"}};
  PayRuns runs{database, node};
  Rounds figures;
  figures.add("plain aggregate", [&] {
    const double start = now_s();
    plain.value(aggregate_sql);
    return 1000 * (now_s() - start);
  });
  figures.add("pay run", [&] { return 1000 * runs.pay(); });
  figures.add("its entries alone", [&] { return 1000 * runs.post_alone(); });
  figures.run(rounds);
  const double baseline = figures.of("plain aggregate") + figures.of("its entries alone");
  std::printf("\n%d members, %d records, %zu entries; ms: run %.0f, aggregate %.0f, entries %.0f\n", members,
              records, runs.entries(), figures.of("pay run"), figures.of("plain aggregate"),
              figures.of("its entries alone"));
  report("pay run / (plain aggregate + the engine's time for its entries)", figures.of("pay run") / baseline,
         "<=", 3);
  require_verified(bench.address());
}

}  // namespace
}  // namespace coop::bench

int main(int count, char** values) {
  const coop::bench::Arguments arguments{count, values};
  coop::bench::run(arguments.number(1, 10'000), arguments.number(2, 100'000), arguments.number(3, 5),
                   arguments.number(4, 0));
  return 0;
}

// 100,000 hours: submitted and approved a thousand at a time, against a bare insert of as many rows into
// plain tables with the same keys; added up, listed and compared with what is owed, against one plain
// aggregate. In one run on one PostgreSQL. usage: work_bench [hours, 100000] [rounds, 5]
#include <cstdlib>
#include <filesystem>

#include "ledger/database/migrations.hpp"
#include "ledger/database/private_postgres.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/work/circle_service.hpp"
#include "ledger/work/hours_service.hpp"
#include "ledger/work/hours_store.hpp"
#include "ledger/work/obligation_service.hpp"
#include "ledger/work/standing_store.hpp"
#include "tests/bench/bench_support.hpp"

namespace coop::bench {
namespace {

constexpr int members = 1'000;
constexpr std::size_t at_once = work::most_hours_at_once;

constexpr const char* books_sql = R"sql(
  INSERT INTO unit (code, name, scale, origin) VALUES ('EUR', 'Euro', 2, 'currency') ON CONFLICT DO NOTHING;
  INSERT INTO user_account (name, title, created_at) VALUES ('writes', '', now()), ('decides', '', now());
)sql";

constexpr const char* plain_tables_sql = R"sql(
  CREATE TABLE plain_hours (node_id int, number int, party_id int, circle_id int, worked_on date, minutes int,
    kind text, intent text, recorded_at timestamptz, PRIMARY KEY (node_id, number));
  CREATE TABLE plain_step (node_id int, hours_number int, number int, kind text, party_id int, on_day date,
    recorded_at timestamptz, PRIMARY KEY (node_id, hours_number, number));
  GRANT INSERT ON plain_hours, plain_step TO coopledger_service;
)sql";

constexpr const char* plain_aggregate_sql = R"sql(
  SELECT h.party_id, h.kind, sum(h.minutes) FROM work_hours h WHERE h.node_id = $1 GROUP BY h.party_id, h.kind
)sql";

constexpr const char* plain_insert_sql = R"sql(
  INSERT INTO plain_hours
  SELECT 1, g, g % 1000 + 1, 1, date '2025-01-01' + g % 300, 30, 'livelihood', 'paid', now()
    FROM generate_series($1::int, $2::int) g
)sql";

constexpr const char* plain_step_sql = R"sql(
  INSERT INTO plain_step SELECT 1, g, 1, 'approved', 1, date '2025-12-31', now()
    FROM generate_series($1::int, $2::int) g
)sql";

template <class Work>
double ms_of(Work&& work) {
  const double start = now_s();
  work();
  return (now_s() - start) * 1'000;
}

class WorkLoad {
 public:
  WorkLoad(Database& owner, Database& database, int hours) : database_{database}, hours_{hours} {
    owner.in_tx([&](Tx& tx) {
      tx.run_script(books_sql);
      tx.run_script(plain_tables_sql);
    });
    writer_ = user("writes");
    decider_ = user("decides");
    database_.in_tx([&](Tx& tx) {
      node_ = books::make_node(tx, {"bcn", "Barcelona", "EUR", "ES", "UTC"}, {std::nullopt, now_}).id;
    });
    add_members();
  }

  double submit() {
    int number = 0;
    double spent = 0;
    while (number < hours_) {
      std::vector<work::HoursDraft> drafts;
      for (std::size_t i = 0; i < at_once && number < hours_; ++i) drafts.push_back(draft(number++));
      spent += ms_of([&] {
        database_.in_tx([&](Tx& tx) {
          before_commit_ += ms_of(
              [&] { work::submit_hours(tx, books::read_node(tx, "bcn"), drafts, {{writer_, now_}, true}); });
        });
      });
    }
    return spent;
  }
  double approve() {
    double spent = 0;
    for (int first = 1; first <= hours_; first += static_cast<int>(at_once)) {
      std::vector<work::HoursNumber> numbers;
      for (int i = first; i < first + static_cast<int>(at_once) && i <= hours_; ++i) numbers.emplace_back(i);
      spent += ms_of([&] {
        database_.in_tx(
            [&](Tx& tx) { work::approve_hours(tx, books::read_node(tx, "bcn"), numbers, {decider_, now_}); });
      });
    }
    return spent;
  }
  double insert_plainly(const char* sql) {
    double spent = 0;
    for (int first = 1; first <= hours_; first += static_cast<int>(at_once))
      spent += ms_of([&] {
        database_.in_tx(
            [&](Tx& tx) { rows(tx, sql, first, std::min(hours_, first + static_cast<int>(at_once) - 1)); });
      });
    return spent;
  }
  void owe() {
    database_.in_tx([&](Tx& tx) {
      std::vector<std::string> all;
      for (int i = 1; i <= members; ++i) all.push_back("M" + std::to_string(i));
      work::record_obligation(tx, books::read_node(tx, "bcn"),
                              {.title = "Contribution",
                               .from_on = Day::parse("2025-01-01"),
                               .until_on = Day::parse("2025-12-31"),
                               .minutes = 2'400,
                               .by_hours = true,
                               .by_money = false,
                               .by_kind = false,
                               .decision = "Assembly"},
                              all, {writer_, now_});
    });
  }
  NodeId node() const { return *node_; }
  /// Of submitting, without the checks at the commit.
  double before_commit() const { return before_commit_; }
  Database& database() { return database_; }
  template <class Ask>
  double asked(const Ask& ask) {
    return ms_of([&] { database_.in_snapshot([&](Tx& tx) { ask(tx); }); });
  }

 private:
  UserId user(const std::string& name) {
    return database_.in_snapshot([&](Tx& tx) { return members::read_user_id(tx, name); });
  }
  void add_members() {
    database_.in_tx([&](Tx& tx) {
      const books::Author author{std::nullopt, now_};
      std::vector<members::PartyDraft> people;
      for (int i = 1; i <= members + 1; ++i)
        people.push_back({"M" + std::to_string(i), members::PartyKind::person});
      members::add_parties(tx, *node_, people, author);
      work::found_circle(tx, *node_, {"tech", "Technology", Day::parse("2025-01-01")}, author);
      for (int i = 1; i <= members + 1; ++i)
        work::join_circle(tx, *node_, "tech", "M" + std::to_string(i), Day::parse("2025-01-01"), author);
      members::insert_party_user(tx, *node_, PartyId{members + 1}, decider_, now_, {});
    });
  }
  static work::HoursDraft draft(int number) {
    return {.member = "M" + std::to_string(number % members + 1),
            .circle = "tech",
            .worked_on = Day::parse("2025-01-01").plus_days(number % 300),
            .minutes = 30,
            .kind = number % 5 == 0 ? "care" : "livelihood",
            .intent = number % 5 == 0   ? work::Intent::gift
                      : number % 5 == 1 ? work::Intent::obligation
                                        : work::Intent::paid};
  }

  Database& database_;
  int hours_;
  std::optional<NodeId> node_;
  UserId writer_{1};
  UserId decider_{1};
  double before_commit_ = 0;
  Instant now_ = instant_from_text("2026-01-31T12:00:00Z");
};

void measure_reports(WorkLoad& load, int rounds) {
  Rounds measured;
  const auto sums = [&](const work::HoursGrouping& grouping, std::optional<Instant> known_at) {
    return load.asked([&](Tx& tx) { work::sum_hours(tx, load.node(), grouping, {}, known_at); });
  };
  measured.add("plain", [&] {
    return load.asked([&](Tx& tx) { report_rows(tx, plain_aggregate_sql, load.node()); });
  });
  measured.add("by member and kind", [&] { return sums({.by_member = true, .by_kind = true}, {}); });
  measured.add("by member, kind and month",
               [&] { return sums({.by_member = true, .by_kind = true, .by_month = true}, {}); });
  measured.add("as known", [&] {
    return sums({.by_member = true, .by_kind = true}, instant_from_text("2026-02-01T00:00:00Z"));
  });
  measured.add("standings", [&] {
    return load.asked([&](Tx& tx) { work::read_standings(tx, load.node(), {.limit = 100'000}); });
  });
  measured.add(
      "page", [&] { return load.asked([&](Tx& tx) { work::list_hours(tx, load.node(), {.limit = 100}); }); });
  measured.add("page of what waits", [&] {
    return load.asked([&](Tx& tx) {
      work::list_hours(tx, load.node(), {.state = work::HoursState::submitted, .limit = 100});
    });
  });
  measured.run(rounds);
  for (const char* what : {"plain", "by member and kind", "by member, kind and month", "as known",
                           "standings", "page", "page of what waits"})
    std::printf("%s: %.1f ms\n", what, measured.of(what));
  report("hours by member and kind / plain aggregate", measured.ratio("by member and kind", "plain"),
         "<=", 5);
  report("the same with months", measured.ratio("by member, kind and month", "plain"), "<=", 6);
  report("the same as known at an instant", measured.ratio("as known", "plain"), "<=", 5);
  report("how everybody stands / plain aggregate", measured.ratio("standings", "plain"), "<=", 6);
  report("a page of hours / plain aggregate", measured.ratio("page", "plain"), "<=", 0.5);
  report("a page of those that wait / plain aggregate", measured.ratio("page of what waits", "plain"),
         "<=", 0.5);
}

void run_work_bench(int hours, int rounds) {
  const auto folder = std::filesystem::temp_directory_path() / ("work_bench-" + std::to_string(getpid()));
  {
    PrivatePostgres postgres{folder};
    postgres.require_database("work");
    const auto as = [&](const std::string& role) {
      return DatabaseSettings{
          .address = postgres.address("work"), .connections = 1, .statement_timeout_ms = 0, .role = role};
    };
    Database owner{as({})};
    migrate(owner);
    Database database{as("coopledger_service")};
    WorkLoad load{owner, database, hours};
    const double plain_hours = load.insert_plainly(plain_insert_sql);
    const double plain_steps = load.insert_plainly(plain_step_sql);
    const double submitted = load.submit();
    const double approved = load.approve();
    load.owe();
    std::printf(
        "%d hours: submitted %.0f ms (%.0f before the commit), approved %.0f ms; inserted plainly "
        "%.0f and %.0f ms\n",
        hours, submitted, load.before_commit(), approved, plain_hours, plain_steps);
    std::printf("submitting a thousand at a time / bare inserts: %.1f, approving: %.1f\n",
                submitted / plain_hours, approved / plain_steps);
    owner.in_autocommit([](Tx& tx) { tx.run_script("VACUUM ANALYZE"); });
    measure_reports(load, rounds);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace coop::bench

int main(int count, char** values) {
  coop::bench::run_work_bench(count > 1 ? std::atoi(values[1]) : 100'000,
                              count > 2 ? std::atoi(values[2]) : 5);
  return 0;
}

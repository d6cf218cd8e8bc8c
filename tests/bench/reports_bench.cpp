// The readers of reports against the plain aggregate over the same postings, in one run on one PostgreSQL.
// usage: reports_bench [postings, 10000000] [rounds, 5] [folder to keep the books in and find them again]
// [only reports with this in their name, and no recording]
#include <cstdlib>
#include <filesystem>

#include "ledger/database/migrations.hpp"
#include "ledger/database/private_postgres.hpp"
#include "reports/entry_reading.hpp"
#include "reports/statement.hpp"
#include "reports/trial_balance.hpp"
#include "tests/bench/baselines.hpp"
#include "tests/bench/bench_history.hpp"
#include "tests/bench/bench_support.hpp"
#include "tests/bench/posting_load.hpp"

namespace coop::bench {
namespace {

using namespace reports;

const NodeId node{1};
const AccountId hottest{1};
const std::string hottest_path = "assets:group1:account1";

constexpr const char* plain_balance_sql = R"sql(
  SELECT coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0),
         coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0)
    FROM posting WHERE node_id = 1 AND account_id = 1 AND booked_on <= $1
)sql";

constexpr const char* plain_known_sql = R"sql(
  SELECT coalesce(sum(p.amount_minor) FILTER (WHERE p.amount_minor > 0), 0),
         coalesce(-sum(p.amount_minor) FILTER (WHERE p.amount_minor < 0), 0)
    FROM posting p
   WHERE p.node_id = 1 AND p.account_id = 1 AND p.booked_on <= $1
     AND p.entry_number <= last_known_entry(1, $2)
)sql";

constexpr const char* plain_page_sql = R"sql(
  SELECT booked_on, entry_number, line, amount_minor,
         sum(amount_minor) OVER (ORDER BY booked_on, entry_number, line)
    FROM posting WHERE node_id = 1 AND account_id = 1
   ORDER BY booked_on, entry_number, line OFFSET $1 LIMIT 100
)sql";

constexpr const char* plain_trial_balance_sql = R"sql(
  SELECT account_id, sum(amount_minor) FROM posting WHERE node_id = 1 AND booked_on <= $1 GROUP BY account_id
)sql";

constexpr const char* plain_known_trial_balance_sql = R"sql(
  SELECT account_id, sum(amount_minor) FROM posting
   WHERE node_id = 1 AND booked_on <= $1 AND entry_number <= last_known_entry(1, $2) GROUP BY account_id
)sql";

constexpr const char* buffers_sql = R"sql(
  SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()
)sql";

// Milliseconds that `work` takes in a snapshot, the mean of `times`.
template <class Work>
double snapshot_ms(Database& database, int times, Work work) {
  const double start = now_s();
  for (int i = 0; i < times; ++i) database.in_snapshot([&](Tx& tx) { work(tx, i); });
  return (now_s() - start) * 1000 / times;
}

// Pages of the database that `work` looks at.
template <class Work>
std::int64_t buffers_of(Database& database, Work work) {
  const auto count = [&] {
    database.in_tx([](Tx& tx) { rows(tx, "SELECT pg_stat_force_next_flush()"); });
    return database.in_tx([](Tx& tx) {
      const Rows found = rows(tx, buffers_sql);
      return found[0].int64(0);
    });
  };
  const std::int64_t nothing = -count() + count();
  const std::int64_t before = count();
  database.in_snapshot([&](Tx& tx) { work(tx, 0); });
  return count() - before - nothing;
}

// The days and moments that are asked for: the middle of a month is the worst day there is.
Day some_day(int i) {
  static const std::vector<Day> days{Day::parse("2024-06-15"), Day::parse("2025-02-14"),
                                     Day::parse("2023-11-15"), Day::parse("2025-07-16"),
                                     Day::parse("2024-09-11")};
  return days[static_cast<std::size_t>(i) % days.size()];
}

Instant some_instant(int i) {
  static const std::vector<Instant> instants{
      instant_from_text("2024-08-02T11:00:00Z"), instant_from_text("2025-06-30T12:00:00Z"),
      instant_from_text("2024-01-07T07:30:00Z"), instant_from_text("2025-11-20T23:00:00Z"),
      instant_from_text("2024-10-29T03:00:00Z")};
  return instants[static_cast<std::size_t>(i) % instants.size()];
}

struct Deep {
  StatementQuery query;
  std::int64_t offset = 0;
};

// Where a statement of the hottest account is `part` of its way through, with the cursor that leads there.
Deep deep_page(Database& database, double part) {
  return database.in_snapshot([&](Tx& tx) {
    const Rows found =
        rows(tx, "SELECT posting_count FROM account_balance WHERE node_id = 1 AND account_id = 1");
    Deep deep;
    deep.offset = static_cast<std::int64_t>(static_cast<double>(found[0].int64(0)) * part);
    const Rows day = rows(tx,
                          "SELECT booked_on FROM posting WHERE node_id = 1 AND account_id = 1"
                          " ORDER BY booked_on, entry_number, line OFFSET $1 LIMIT 1",
                          deep.offset);
    deep.query.account = hottest_path;
    deep.query.from_on = day[0].day(0);
    return deep;
  });
}

// Measurements of one history.
class Measured {
 public:
  Measured(Database& database, std::string name) : database_{database}, name_{std::move(name)} {}

  template <class Plain, class Ours>
  void compare(const std::string& what, int times, double target, Plain plain, Ours ours) {
    const std::string title = name_ + ", " + what;
    rounds_.add(title + " (plain)", [this, plain] { return snapshot_ms(database_, 2, plain); });
    rounds_.add(title, [this, ours, times] { return snapshot_ms(database_, times, ours); });
    compared_.push_back({title, target, buffers_of(database_, plain), buffers_of(database_, ours)});
  }

  template <class Ours>
  void time(const std::string& what, int times, Ours ours) {
    rounds_.add(name_ + ", " + what, [this, ours, times] { return snapshot_ms(database_, times, ours); });
    timed_.push_back(name_ + ", " + what);
  }

  void run(int rounds, const std::string& only) {
    rounds_.run(rounds, only);
    for (const auto& [title, target, plain, ours] : compared_) {
      if (title.find(only) == std::string::npos) continue;
      std::printf("%s: %.2f ms and %lld pages against %.1f ms and %lld pages\n", title.c_str(),
                  rounds_.of(title), static_cast<long long>(ours), rounds_.of(title + " (plain)"),
                  static_cast<long long>(plain));
      report(title, rounds_.ratio(title, title + " (plain)"), "<=", target);
    }
    for (const std::string& title : timed_) {
      if (title.find(only) == std::string::npos) continue;
      std::printf("%s: %.2f ms\n", title.c_str(), rounds_.of(title));
    }
  }

  double ratio(const std::string& a, const std::string& b) const {
    return rounds_.ratio(name_ + ", " + a, name_ + ", " + b);
  }

 private:
  struct Compared {
    std::string title;
    double target;
    std::int64_t plain_buffers;
    std::int64_t our_buffers;
  };
  Database& database_;
  std::string name_;
  Rounds rounds_;
  std::vector<Compared> compared_;
  std::vector<std::string> timed_;
};

void measure_account(Measured& measured, Database& database) {
  measured.compare(
      "balance of the hottest account at a past day", 20, 1.0 / 50,
      [](Tx& tx, int i) { report_rows(tx, plain_balance_sql, some_day(i)); },
      [](Tx& tx, int i) {
        read_turnover(tx, node, hottest, read_extent(tx, node, {some_day(i), std::nullopt}));
      });
  measured.compare(
      "balance of the hottest account at a past day as known then", 20, 1.0 / 10,
      [](Tx& tx, int i) { report_rows(tx, plain_known_sql, some_day(i), some_instant(i)); },
      [](Tx& tx, int i) {
        read_turnover(tx, node, hottest, read_extent(tx, node, {some_day(i), some_instant(i)}));
      });
  const Deep deep = deep_page(database, 0.9);
  measured.compare(
      "page of 100 lines at 9/10 of the hottest account's statement", 20, 1.0 / 50,
      [deep](Tx& tx, int) { report_rows(tx, plain_page_sql, deep.offset); },
      [deep](Tx& tx, int) { read_statement(tx, node, deep.query); });
  const Deep first = deep_page(database, 0);
  measured.time("first page of the statement", 20,
                [first](Tx& tx, int) { read_statement(tx, node, first.query); });
  StatementQuery next = deep.query;
  next.cursor = database.in_snapshot([&](Tx& tx) { return read_statement(tx, node, deep.query); }).next;
  measured.time("next page deep in the statement", 20,
                [next](Tx& tx, int) { read_statement(tx, node, next); });
}

void measure_all_accounts(Measured& measured) {
  measured.compare(
      "balances of 10,000 accounts at a past day", 3, 1.0 / 10,
      [](Tx& tx, int i) { report_rows(tx, plain_trial_balance_sql, some_day(i)); },
      [](Tx& tx, int i) {
        const std::array<Day, 1> day{some_day(i)};
        read_balances(tx, node, std::nullopt, {}, day, std::nullopt);
      });
  measured.compare(
      "trial balance of 10,000 accounts at a past day", 3, 1.0 / 10,
      [](Tx& tx, int i) { report_rows(tx, plain_trial_balance_sql, some_day(i)); },
      [](Tx& tx, int i) {
        TrialBalanceQuery query;
        query.days = {some_day(i)};
        read_trial_balance(tx, node, query);
      });
  measured.compare(
      "trial balance at a past day as known then", 1, 1.0,
      [](Tx& tx, int i) { report_rows(tx, plain_known_trial_balance_sql, some_day(i), some_instant(i)); },
      [](Tx& tx, int i) {
        TrialBalanceQuery query;
        query.days = {some_day(i)};
        query.known_at = some_instant(i);
        read_trial_balance(tx, node, query);
      });
}

void measure_entries(Measured& measured) {
  const auto list = [](EntryOrder order, std::optional<std::string> account) {
    return [order, account](Tx& tx, int i) {
      EntryFilter filter;
      filter.to_on = some_day(i);
      filter.account = account;
      read_entries(tx, node, filter, order, 100, std::nullopt);
    };
  };
  measured.time("100 entries by day, newest first", 5, list(EntryOrder::booked_newest_first, std::nullopt));
  measured.time("100 entries as recorded", 5, list(EntryOrder::recorded, std::nullopt));
  measured.time("100 entries of the hottest account by day", 5, list(EntryOrder::booked, hottest_path));
  measured.time("100 entries of a cold account, newest first", 5,
                list(EntryOrder::recorded_newest_first, "liabilities:group2:account42"));
}

std::string replaced(std::string text, const std::string& mark, const std::string& value) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), value);
  }
  return text;
}

// The database of a name, with so many postings of history; made if it is not there yet.
std::string books_with(PrivatePostgres& postgres, const std::string& database_name, std::int64_t postings) {
  postgres.require_database(database_name);
  std::string address = postgres.address(database_name);
  Database database{{.address = address, .connections = 1, .statement_timeout_ms = 0, .role = {}}};
  migrate(database);
  if (database.in_tx([](Tx& tx) { return !rows(tx, "SELECT 1 FROM node").empty(); })) return address;
  std::fprintf(stderr, "making %lld postings for %s …\n", static_cast<long long>(postings),
               database_name.c_str());
  std::string sql = replaced(history_sql, "$entries", std::to_string(postings / 2));
  sql = replaced(sql, "$shuffled", database_name == "import" ? "1" : "0");
  database.in_tx([&](Tx& tx) { tx.run_script(sql); });
  PlainConnection{address}.run("VACUUM ANALYZE");
  return address;
}

void measure_reports(const std::string& address, const std::string& name, int rounds,
                     const std::string& only) {
  Database fresh{{.address = address, .connections = 2, .statement_timeout_ms = 0, .role = {}}};
  Measured measured{fresh, name};
  measure_account(measured, fresh);
  measure_all_accounts(measured);
  measure_entries(measured);
  measured.run(rounds, only);
}

std::string path_in_history(int account) {
  static constexpr std::array<const char*, 5> roots{"assets", "assets", "liabilities", "income", "expenses"};
  const std::string number = std::to_string(account);
  return std::string{roots[static_cast<std::size_t>(account % 5)]} + ":group" + std::to_string(account % 40) +
         ":account" + number;
}

// A server at work on the books at `address`.
struct Posting {
  Database database;
  books::EntryQueue queue;
  explicit Posting(const std::string& address)
      : database{{.address = address, .connections = 4, .statement_timeout_ms = 0, .role = {}}},
        queue{database, system_clock(), 2} {}
  double rate() {
    const UnitId euro = database.in_tx([](Tx& tx) {
      return UnitId{
          static_cast<std::int32_t>(only_row(rows(tx, "SELECT id FROM unit WHERE code = 'EUR'")).int64(0))};
    });
    return ClosedLoops{queue, BenchNode{node, euro, path_in_history}, false, 4}.rate(256);
  }
};

// Recording where ten million postings are, against recording where next to none are.
void measure_posting(const std::string& full, const std::string& empty, int rounds) {
  Posting in_full{full};
  Posting in_empty{empty};
  PlainConnection plain{full};
  keep_spare_wal(plain);
  Rounds figures;
  in_full.rate();  // every account is used once before anything is measured
  in_empty.rate();
  figures.add("entries a second, full books", [&] { return in_full.rate(); });
  figures.add("entries a second, empty books", [&] { return in_empty.rate(); });
  figures.run(rounds);
  std::printf("entries a second: full books %.0f, empty books %.0f\n",
              figures.of("entries a second, full books"), figures.of("entries a second, empty books"));
  report("recording in full books / in empty books",
         figures.ratio("entries a second, full books", "entries a second, empty books"), ">=", 0.8);
}

}  // namespace
}  // namespace coop::bench

int main(int count, char** words) {
  using namespace coop;
  const std::int64_t postings = count > 1 ? std::atoll(words[1]) : 10'000'000;
  const int rounds = count > 2 ? std::atoi(words[2]) : 5;
  const bool keep = count > 3;
  const std::string only = count > 4 ? words[4] : "";
  const std::filesystem::path folder =
      keep ? std::filesystem::path{words[3]}
           : std::filesystem::temp_directory_path() / "coopledger-reports-bench";
  if (!keep) std::filesystem::remove_all(folder);
  {
    PrivatePostgres postgres{folder};
    const std::string daily = bench::books_with(postgres, "daily", postings);
    bench::measure_reports(daily, "daily books", rounds, only);
    if (only.empty()) bench::measure_posting(daily, bench::books_with(postgres, "empty", 20'000), rounds);
    bench::measure_reports(bench::books_with(postgres, "import", postings), "shuffled import", rounds, only);
  }
  if (!keep) std::filesystem::remove_all(folder);
}

// Statements of banks: how much more reading them costs than looking at their bytes, at what rate a large
// file is read, taken in and matched, against the posting engine's own bulk rate, and what a page of the open
// list costs. In one run on one PostgreSQL. usage: bank_bench [lines, 100000] [members, 20000] [rounds, 5]
// [seconds of bulk, 4]
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/import_service.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "ledger/bank/match_run_service.hpp"
#include "ledger/books/chart_service.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/members/class_service.hpp"
#include "tests/bench/bank_files.hpp"
#include "tests/bench/baselines.hpp"
#include "tests/bench/bench_database.hpp"
#include "tests/bench/bench_support.hpp"
#include "tests/bench/posting_load.hpp"
#include "tests/bench/reading_load.hpp"
#include "tests/support/many_members.hpp"

namespace coop::bench {
namespace {

const Day first_day = Day::parse("2026-01-01");

// Keeps the compiler from leaving out what is measured.
volatile std::size_t kept = 0;

template <class Work>
double seconds_of(const Work& work) {
  const double start = now_s();
  work();
  return now_s() - start;
}

// ---------------------------------------------------------------- a co-operative with a bank

books::Author now() { return {std::nullopt, system_clock()()}; }

NodeId make_cooperative(Database& owner, const std::string& name, int members) {
  const books::Author author = now();
  return owner.in_tx([&](Tx& tx) {
    const auto node =
        books::make_node(tx, books::NodeDraft{name, name, "EUR", "ES", "Europe/Madrid", {1, 1}}, author);
    books::apply_chart(tx, node.id, books::require_chart_template("multi-stakeholder"), {"EUR"}, first_day,
                       author);
    members::add_class(tx, node.id, "user", "Users", author);
    dues::add_tier(
        tx, node.id,
        {"standard", "Standard", dues::Interval::month, dues::Proration::by_days, 14, node.base_unit},
        author);
    dues::TierPrice price{.number = 0, .from_on = first_day};
    price.suggested_minor = 20'00;
    dues::add_price(tx, node.id, "standard", price, author);
    if (members > 0) test::add_many_members(tx, node.id, members);
    bank::open_bank_account(tx, node.id,
                            {.path = "assets:bank:main",
                             .unit = node.base_unit,
                             .identifier = "ES9121000418450200051332",
                             .title = "Current account"},
                            author);
    return node.id;
  });
}

bank::BankImport read(Database& database, NodeId node, const std::string& file) {
  const auto received = database.in_tx(
      [&](Tx& tx) { return bank::receive_file(tx, node, {"statement.xml", file, {}}, now()); });
  return bank::read_file(database, node, received.import.number, now());
}

void take_in(Database& database, NodeId node, const bank::BankImport& import) {
  database.in_tx([&](Tx& tx) { return bank::take_in(tx, node, import.number, false, now()); });
}

// The months of one co-operative: dues are raised, a statement comes.
class Months {
 public:
  Months(Database& database, NodeId node, int lines, int members)
      : database_{database}, node_{node}, lines_{made_lines(lines, members)} {}

  // Raises the month's dues, unmeasured, and brings its statement. Returns lines a second, matched and all.
  double bring() {
    const Day month = first_day.plus_months(months_++);
    raise(Period::month_of(month));
    const std::string file = camt053_of(lines_, opening_minor_, months_, month.plus_days(20).text());
    opening_minor_ += sum_of(lines_);
    const double start = now_s();
    const auto import = read(database_, node_, file);
    const double at_hand = now_s();
    take_in(database_, node_, import);
    const double taken = now_s();
    const auto run = bank::match_unattended(database_, node_, import.number, {}, now,
                                            [](const bank::MatchRun&) { return true; });
    const double end = now_s();
    std::fprintf(stderr, "  %.1f MB read in %.2f s, taken in %.2f, matched %.2f: %ld of %zu lines\n",
                 static_cast<double>(file.size()) / 1e6, at_hand - start, taken - at_hand, end - taken,
                 static_cast<long>(run.matched), lines_.size());
    if (run.refused != 0 || run.matched == 0) throw std::runtime_error{"not what was to be measured"};
    return static_cast<double>(lines_.size()) / (end - start);
  }

 private:
  void raise(const Period& period) {
    const int run = database_.in_tx(
        [&](Tx& tx) { return dues::begin_run(tx, node_, dues::window_of(period, std::nullopt), now()); });
    dues::run_all(database_, node_, run, now, [](std::int64_t) { return true; });
  }

  Database& database_;
  NodeId node_;
  std::vector<MadeLine> lines_;
  int months_ = 0;
  std::int64_t opening_minor_ = 0;
};

// Milliseconds of the first page of the list of open lines.
double page_ms(Database& database, NodeId node) {
  constexpr int times = 20;
  const double took_s = seconds_of([&] {
    for (int i = 0; i < times; ++i)
      kept = database.in_tx([&](Tx& tx) {
        return bank::list_lines(tx, node, {.state = bank::LineState::open, .limit = 50}).size();
      });
  });
  return took_s * 1000 / times;
}

// A co-operative with so many open lines.
NodeId make_open_list(Database& owner, const std::string& name, int lines) {
  const NodeId node = make_cooperative(owner, name, 0);
  take_in(owner, node, read(owner, node, camt053_of(made_lines(lines, 0), 0, 1, "2026-01-31")));
  return node;
}

void run(int lines, int members, int rounds, double seconds) {
  BenchDatabase bench{"bank"};
  const NodeId cooperative = make_cooperative(bench.owner(), "coop", members);
  const NodeId few = make_open_list(bench.owner(), "few", 100);
  const NodeId many = make_open_list(bench.owner(), "many", 10'000);
  const BenchNode node =
      bench.owner().in_tx([&](Tx& tx) { return make_bench_node(tx, "one", system_clock()()); });
  PlainConnection plain{bench.address()};
  plain.run("VACUUM ANALYZE");
  keep_spare_wal(plain);

  Database database{DatabaseSettings{bench.address(), 8, 10'000, 60'000, "coopledger_service"}};
  books::EntryQueue queue{database, system_clock(), 2};
  use_every_account(queue, node);
  const auto some = made_lines(20'000, 0);
  const std::string camt = camt053_of(some, 0, 1, "2026-03-31");
  const std::string mt940 = mt940_of(some, 0, 1, "260331");
  Months months{database, cooperative, lines, members};
  Rounds figures;
  add_reading(figures, camt, mt940);
  figures.add("bulk of 1,000, one node", [&] { return bulk_rate(queue, {node}, seconds); });
  figures.add("lines brought and matched", [&] { return months.bring(); });
  figures.add("ms, page of 100 open lines", [&] { return page_ms(database, few); });
  figures.add("ms, page of 10,000 open lines", [&] { return page_ms(database, many); });
  figures.run(rounds);
  std::printf("\n%.0f lines a second, bulk %.0f entries a second\n", figures.of("lines brought and matched"),
              figures.of("bulk of 1,000, one node"));
  report_reading(figures);
  report("lines brought and matched / bulk in one node",
         figures.ratio("lines brought and matched", "bulk of 1,000, one node"), ">=", 0.3);
  report("a page of the open list at 10,000 open lines / at 100",
         figures.ratio("ms, page of 10,000 open lines", "ms, page of 100 open lines"), "<=", 1.2);
  require_verified(bench.address());
}

}  // namespace
}  // namespace coop::bench

int main(int count, char** values) {
  const coop::bench::Arguments arguments{count, values};
  coop::bench::run(arguments.number(1, 100'000), arguments.number(2, 20'000), arguments.number(3, 5),
                   arguments.number(4, 4));
  return 0;
}

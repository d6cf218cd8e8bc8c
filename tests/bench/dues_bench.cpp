// Raising a month's dues for every member as one run, by the job that the server would do it with, against
// the posting engine's own bulk rate (entries of two postings, a thousand a request), in one run on one
// PostgreSQL. usage: dues_bench [members, 100000] [rounds, 5] [seconds of bulk, 4] [months charged before, 0]
#include <sys/resource.h>

#include <fstream>

#include "api/server/job_kinds.hpp"
#include "ledger/books/chart_service.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/jobs/job_service.hpp"
#include "ledger/members/class_service.hpp"
#include "tests/bench/baselines.hpp"
#include "tests/bench/bench_database.hpp"
#include "tests/bench/bench_support.hpp"
#include "tests/bench/posting_load.hpp"
#include "tests/support/many_members.hpp"

namespace coop::bench {
namespace {

const Day first_day = Day::parse("2026-01-01");

// A co-operative with so many members, who pay 20.00 a month.
NodeId make_cooperative(Database& owner, int members) {
  const books::Author author{std::nullopt, system_clock()()};
  return owner.in_tx([&](Tx& tx) {
    const auto node =
        books::make_node(tx, books::NodeDraft{"coop", "Coop", "EUR", "ES", "Europe/Madrid", {1, 1}}, author);
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
    test::add_many_members(tx, node.id, members);
    return node.id;
  });
}

double resident_mib() {
  std::ifstream file{"/proc/self/statm"};
  double all = 0;
  double resident = 0;
  file >> all >> resident;
  return resident * 4096 / (1 << 20);
}

// The runs of one co-operative, a month after the other.
class Runs {
 public:
  Runs(Database& database, NodeId node) : database_{database}, node_{node}, units_{database} {}

  // Raises the next month's dues. Returns entries a second.
  double raise() {
    const Day month = first_day.plus_months(months_++);
    const jobs::Job job = database_.in_tx([&](Tx& tx) { return begun(tx, Period::month_of(month)); });
    const std::function<bool()> look = [this] {
      most_mib_ = std::max(most_mib_, resident_mib());
      if (least_mib_ == 0) least_mib_ = resident_mib();
      return false;
    };
    jobs::JobAtWork work{database_, clock_, look, job};
    const auto kinds = api::job_kinds(database_, clock_, units_);
    const std::int64_t before = entries();
    const double start = now_s();
    kinds.at(job.kind)(work);
    const double took_s = now_s() - start;
    if (work.job().done_count != work.job().total_count) throw std::runtime_error{"the progress is not told"};
    return static_cast<double>(entries() - before) / took_s;
  }

  void print_memory() const {
    std::printf("memory during the runs: %.0f to %.0f MiB\n", least_mib_, most_mib_);
  }
  double most_mib() const { return most_mib_; }

 private:
  jobs::Job begun(Tx& tx, const Period& period) {
    const books::Author author{std::nullopt, clock_()};
    const int run = dues::begin_run(tx, node_, dues::window_of(period, std::nullopt), author);
    return jobs::start_job(
        tx, node_, {"charge_dues", R"({"node":"coop","run":)" + std::to_string(run) + "}", std::nullopt},
        std::nullopt, author.now);
  }

  std::int64_t entries() {
    return database_.in_tx([&](Tx& tx) {
      return only_row(rows(tx, "SELECT last_number FROM book_head WHERE node_id = $1", node_)).int64(0);
    });
  }

  Database& database_;
  NodeId node_;
  api::UnitDirectory units_;
  Clock clock_ = system_clock();
  int months_ = 0;
  double least_mib_ = 0;
  double most_mib_ = 0;
};

void run(int members, int rounds, double seconds, int months_before) {
  BenchDatabase bench{"dues"};
  const NodeId cooperative = make_cooperative(bench.owner(), members);
  std::vector<BenchNode> nodes;
  for (const char* name : {"one", "two"})
    nodes.push_back(bench.owner().in_tx([&](Tx& tx) { return make_bench_node(tx, name, system_clock()()); }));
  PlainConnection plain{bench.address()};
  plain.run("VACUUM ANALYZE");
  keep_spare_wal(plain);

  Database database{DatabaseSettings{bench.address(), 8, 10'000, 60'000, "coopledger_service"}};
  books::EntryQueue queue{database, system_clock(), 2};
  for (const BenchNode node : nodes) use_every_account(queue, node);
  Runs runs{database, cooperative};
  for (int month = 0; month < months_before; ++month) runs.raise();
  Rounds figures;
  figures.add("bulk of 1,000, one node", [&] { return bulk_rate(queue, {nodes[0]}, seconds); });
  figures.add("bulk of 1,000, two nodes", [&] { return bulk_rate(queue, nodes, seconds); });
  figures.add("dues of a month", [&] { return runs.raise(); });
  figures.run(rounds);
  std::printf("\nentries a second: dues %.0f, bulk in one node %.0f, in two nodes %.0f\n",
              figures.of("dues of a month"), figures.of("bulk of 1,000, one node"),
              figures.of("bulk of 1,000, two nodes"));
  runs.print_memory();
  report("dues of all members / bulk in one node, as the run is",
         figures.ratio("dues of a month", "bulk of 1,000, one node"), ">=", 0.4);
  report("  the same / bulk in two nodes at once",
         figures.ratio("dues of a month", "bulk of 1,000, two nodes"), ">=", 0.4);
  report("memory of the process, MiB", runs.most_mib(), "<=", 256);
  require_verified(bench.address());
}

}  // namespace
}  // namespace coop::bench

int main(int count, char** values) {
  const coop::bench::Arguments arguments{count, values};
  coop::bench::run(arguments.number(1, 100'000), arguments.number(2, 5), arguments.number(3, 4),
                   arguments.number(4, 0));
  return 0;
}

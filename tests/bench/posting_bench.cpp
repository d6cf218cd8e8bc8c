// The posting engine against a naive ledger and against bare COPY, in one run on one PostgreSQL with durable
// settings. usage: posting_bench [seconds a measurement, 3] [rounds, 5] [only measurements with this in their
// name; "verify": that alone, of what ten measurements of bulk record]
#include <atomic>
#include <cstdlib>
#include <future>
#include <thread>

#include "tests/bench/baselines.hpp"
#include "tests/bench/bench_database.hpp"
#include "tests/bench/bench_support.hpp"
#include "tests/bench/posting_load.hpp"

namespace coop::bench {
namespace {

using namespace books;

double seconds = 3;

double naive_rate(const std::string& address, bool hot) {
  constexpr int connections = 16;
  std::atomic<long> done{0};
  std::vector<std::thread> threads;
  const double until = now_s() + seconds;
  for (int t = 0; t < connections; ++t) {
    threads.emplace_back([&] {
      NaiveBooks books{address};
      auto random = fresh_random();
      while (now_s() < until) {
        const auto [from, to] = two_accounts(random, hot);
        books.post(uuid_text_of(request_key_of("ann", std::to_string(random()))), from, to, 7);
        ++done;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(done) / seconds;
}

// One client that waits for each answer.
double one_entry_ms(EntryQueue& queue, BenchNode node) {
  auto random = fresh_random();
  std::vector<double> times;
  for (int i = 0; i < 500; ++i) {
    Draft draft = draft_of(random, node, false);
    const double begun = now_s();
    std::promise<void> settled;
    queue.submit(node.id, std::move(draft), [&](const Settled&) { settled.set_value(); });
    settled.get_future().get();
    times.push_back((now_s() - begun) * 1000);
  }
  return median(times);
}

// What verifying everything reads, against writing the same postings out.
void measure_verify(const std::string& address, PlainConnection& plain, int rounds) {
  plain.run("DROP FUNCTION naive_balanced() CASCADE");  // verify finds what is not ours
  const double postings = std::strtod(plain.value("SELECT count(*) FROM posting").c_str(), nullptr);
  const auto rate = [postings](auto work) {
    return [postings, work] {
      const double begun = now_s();
      work();
      return postings / (now_s() - begun);
    };
  };
  Rounds figures;
  figures.add("COPY … TO, postings a second", rate([&] { plain.copy_out("COPY posting TO STDOUT"); }));
  figures.add("verify, postings a second", rate([&] { require_verified(address); }));
  figures.run(rounds);
  std::printf("\n%.0f postings: verify %.0f a second, COPY %.0f\n", postings,
              figures.of("verify, postings a second"), figures.of("COPY … TO, postings a second"));
  report("verify / COPY … TO of the postings",
         figures.ratio("verify, postings a second", "COPY … TO, postings a second"), ">=", 0.5);
}

void run(int rounds, const std::string& only) {
  BenchDatabase bench{"posting"};
  Database db{DatabaseSettings{bench.address(), 16, 1000, 0, "coopledger_service"}};
  PlainConnection plain{bench.address()};
  make_baselines(plain);
  std::vector<BenchNode> nodes;
  for (const char* name : {"one", "two"})
    nodes.push_back(db.in_tx([&](Tx& tx) { return make_bench_node(tx, name, system_clock()()); }));
  plain.run("VACUUM ANALYZE");
  keep_spare_wal(plain);

  EntryQueue queue{db, system_clock(), 2};
  for (const BenchNode node : nodes) use_every_account(queue, node);
  Rounds figures;
  figures.add("naive, 16 connections", [&] { return naive_rate(bench.address(), false); });
  figures.add("single, 256 clients", [&] { return ClosedLoops{queue, nodes[0], false, seconds}.rate(256); });
  figures.add("naive hot, 16 connections", [&] { return naive_rate(bench.address(), true); });
  figures.add("single hot, 256 clients",
              [&] { return ClosedLoops{queue, nodes[0], true, seconds}.rate(256); });
  figures.add("bulk of 1000, two nodes", [&] { return bulk_rate(queue, nodes, seconds); });
  figures.add("ceiling: bare COPY", [&] { return ceiling_rate(plain); });
  figures.add("bare durable commit, ms", [&] { return bare_commit_ms(plain); });
  figures.add("one entry alone, ms", [&] { return one_entry_ms(queue, nodes[0]); });
  figures.run(rounds, only);
  const auto counts = queue.counts();
  std::printf("\naverage batch of single entries: %.0f\n",
              static_cast<double>(counts.drafts_settled) / static_cast<double>(counts.batches));

  std::printf(
      "\nentries per second: naive %.0f, single %.0f, bulk %.0f, ceiling %.0f; ms: commit %.3f, one entry "
      "%.3f\n",
      figures.of("naive, 16 connections"), figures.of("single, 256 clients"),
      figures.of("bulk of 1000, two nodes"), figures.of("ceiling: bare COPY"),
      figures.of("bare durable commit, ms"), figures.of("one entry alone, ms"));
  report("single entries, 256 clients / naive", figures.ratio("single, 256 clients", "naive, 16 connections"),
         ">=", 5);
  report("one hot account / naive hot", figures.ratio("single hot, 256 clients", "naive hot, 16 connections"),
         ">=", 10);
  report("one hot account / our own uniform", figures.ratio("single hot, 256 clients", "single, 256 clients"),
         ">=", 0.9);
  report("bulk of 1000, two nodes / ceiling", figures.ratio("bulk of 1000, two nodes", "ceiling: bare COPY"),
         ">=", 0.35);
  report("one entry alone / one bare durable commit",
         figures.ratio("one entry alone, ms", "bare durable commit, ms"), "<=", 3);
  if (only == "verify") bulk_rate(queue, nodes, 10 * seconds);
  if (only.empty() || only == "verify") measure_verify(bench.address(), plain, rounds);
}

}  // namespace
}  // namespace coop::bench

int main(int count, char** values) {
  if (count > 1) coop::bench::seconds = std::atof(values[1]);
  coop::bench::run(count > 2 ? std::atoi(values[2]) : 5, count > 3 ? values[3] : "");
  return 0;
}

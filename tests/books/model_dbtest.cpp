// Random sequences of every command, against the database and against a small model of the books in memory:
// each outcome is the one the rules explain, and afterwards both hold the same balances. COOP_SEED replays a
// run, COOP_ROUNDS makes more.
#include <future>
#include <mutex>
#include <thread>

#include "ledger/books/entry_queue_service.hpp"
#include "tests/support/random_commands.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using test::BooksModel;
using test::Command;
using test::KnownNumbers;
using test::number_from_environment;
using test::PostDrafts;
using test::RandomCommands;
using test::run_seed;

std::string recorded_state_sql(NodeId node) {
  return "SELECT coalesce(string_agg(line, '' ORDER BY line COLLATE \"C\"), '') FROM (SELECT a.path || ' ' "
         "|| u.code || ' ' || "
         "b.balance_minor || ' ' || b.held_debit_minor || '/' || b.held_credit_minor || ' ' || "
         "coalesce(b.lower_limit_minor::text, '-') || '..' || coalesce(b.upper_limit_minor::text, '-') || ' "
         "' || "
         "coalesce(a.closed_on::text, 'open') || E'\\n' AS line FROM account a JOIN unit u ON u.id = "
         "a.unit_id "
         "JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id WHERE a.node_id = " +
         std::to_string(node.number()) + ") AS lines";
}

class Model : public test::BooksTest {
 protected:
  Model() {
    db().in_tx([](Tx& tx) { rows(tx, "SELECT 1"); });
  }

  /// What the database makes of a command, posting with `cache`: its outcome, or the code of its refusal.
  /// `inside` runs in the same database transaction, after the command and before its end, whether it was
  /// refused or not.
  std::string answer(
      Database& database, const Command& command, StandingCache& cache,
      const std::function<void()>& inside = [] {}) const {
    bool again = false;  // what an attempt that was rolled back put in the cache goes with it
    const auto work = [&](Tx& tx) {
      if (again) cache.clear();
      again = true;
      try {
        std::string told = test::carried_out(tx, node(), command, units(), cache);
        inside();
        return told;
      } catch (const Refused&) {
        inside();
        throw;
      }
    };
    try {
      const auto* posting = std::get_if<PostDrafts>(&command.what);
      if (posting == nullptr || !posting->dry_run) return database.in_tx(work);
      std::string told = database.in_dry_tx(work);
      cache.clear();
      return told;
    } catch (const Refused& refused) {
      cache.clear();
      return std::string{text_of(refused.refusal()).code};
    }
  }

  std::string recorded_state() const { return superuser_value(recorded_state_sql(node())); }

  /// The same by way of an entry queue, which reads its time from `clock`: lone drafts one by one, or as one
  /// order of several.
  std::string answer_of_queue(EntryQueue& queue, const PostDrafts& asked, bool one_by_one) const {
    std::vector<Draft> drafts = test::drafts_of(asked.drafts, units());
    std::vector<std::promise<std::vector<Settled>>> ends(one_by_one ? drafts.size() : 1);
    if (one_by_one) {
      for (std::size_t i = 0; i < drafts.size(); ++i) {
        queue.submit(node(), std::move(drafts[i]),
                     [&end = ends[i]](Settled settled) { end.set_value({std::move(settled)}); });
      }
    } else {
      queue.submit_batch(
          node(), std::move(drafts), asked.together,
          [&end = ends[0]](std::vector<Settled> settled) { end.set_value(std::move(settled)); });
    }
    std::vector<Outcome> outcomes;
    for (auto& end : ends) {
      for (const Settled& settled : end.get_future().get()) {
        if (const auto* refused = std::get_if<Refused>(&settled)) outcomes.emplace_back(*refused);
        else if (const auto* recorded = std::get_if<Recorded>(&settled)) outcomes.emplace_back(*recorded);
        else std::rethrow_exception(std::get<std::exception_ptr>(settled));
      }
    }
    return test::told_of(outcomes);
  }

  /// Answers one command after the other, in the node's books.
  using Answerer = std::function<std::string(const Command&)>;

  /// Answers by the engine that remembers accounts.
  Answerer by_engine() {
    return [this, cache = std::make_shared<StandingCache>()](const Command& command) {
      return answer(db(), command, *cache);
    };
  }

  /// Answers by `queue`, which reads its time from `clock`, what it can do; the rest beside it.
  Answerer by_queue(EntryQueue& queue, std::atomic<Instant>& clock) {
    return [this, &queue, &clock, turn = 0](const Command& command) mutable {
      StandingCache nothing_known;
      clock = command.now;
      const auto* posting = std::get_if<PostDrafts>(&command.what);
      if (posting == nullptr || posting->dry_run) return answer(db(), command, nothing_known);
      const bool one_by_one = posting->together == Together::each_alone && ++turn % 2 == 0;
      return answer_of_queue(queue, *posting, one_by_one);
    };
  }

  /// Runs one sequence in a node of its own. False at the first difference.
  bool agrees(std::uint64_t seed, int commands, const std::function<Answerer()>& answerer) {
    use_node("n" + std::to_string(++nodes_));
    // The node was made at the test's own time, before every command's.
    BooksModel model{"Europe/Madrid"};
    const Answerer ask = answerer();
    RandomCommands random{seed, "alone"};
    const std::vector<Command> openings = random.openings();
    for (int step = -static_cast<int>(openings.size()); step < commands; ++step) {
      const Command command = step < 0
                                  ? openings[openings.size() + static_cast<std::size_t>(step)]
                                  : random.next({model.last_entry(), model.last_hold(), model.last_lock()});
      const std::string expected = model.answer(command);
      const std::string got = ask(command);
      EXPECT_EQ(got, expected) << "step " << step << ", " << test::text_of(command);
      if (got != expected) return false;
      if (step % 8 != 0 && step + 1 != commands) continue;
      const std::string state = recorded_state();
      EXPECT_EQ(state, model.state()) << "after step " << step << ", " << test::text_of(command);
      if (state != model.state()) return false;
    }
    return true;
  }

  /// As many sequences as are asked for.
  void run_rounds(const std::function<Answerer()>& answerer) {
    const std::uint64_t seed = run_seed();
    const auto rounds = static_cast<int>(number_from_environment("COOP_ROUNDS", 2));
    for (int round = 0; round < rounds; ++round) {
      const std::uint64_t of_round = seed + static_cast<std::uint64_t>(round);
      SCOPED_TRACE("COOP_SEED=" + std::to_string(of_round));
      ASSERT_TRUE(agrees(of_round, 200, answerer));
    }
  }

 private:
  int nodes_ = 0;
};

TEST_F(Model, ExplainsEveryOutcomeOfRandomCommands) {
  run_rounds([&] { return by_engine(); });
}

TEST_F(Model, ExplainsEveryOutcomeOfTheEntryQueue) {
  std::atomic<Instant> clock{Instant{}};
  EntryQueue queue{db(), [&] { return clock.load(); }, 2};
  run_rounds([&] { return by_queue(queue, clock); });
}

/// A command as a client gave it, and the place it took: drawn while the books' head was locked, if it was.
struct Given {
  Command command;
  std::string outcome;
  std::int64_t place;
};

TEST_F(Model, ExplainsSeveralClientsOfSeveralServersAtOnce) {
  constexpr int clients = 6;
  constexpr int servers = 3;
  const std::uint64_t seed = run_seed();
  const auto commands = 40 * static_cast<int>(number_from_environment("COOP_ROUNDS", 1));
  std::vector<std::unique_ptr<Database>> databases;
  for (int i = 0; i < servers; ++i) {
    databases.push_back(std::make_unique<Database>(
        DatabaseSettings{.address = address(), .connections = 2, .role = "coopledger_service"}));
  }
  std::mutex mutex;
  std::vector<Given> given;
  std::atomic<std::int64_t> places{0};
  StandingCache first_cache;
  for (const Command& command : RandomCommands{seed, "opening"}.openings()) {
    given.push_back({command, answer(db(), command, first_cache), ++places});
  }
  std::atomic<std::int64_t> entries{0};
  std::atomic<std::int64_t> holds{0};
  const auto client = [&](int number) {
    Database& database = *databases[static_cast<std::size_t>(number % servers)];
    StandingCache cache;
    RandomCommands random{seed * 100 + static_cast<std::uint64_t>(number),
                          "client " + std::to_string(number)};
    for (int step = 0; step < commands; ++step) {
      // Only what is surely on record is named: of the rest nobody can say whether it came before.
      const Command command = random.next({entries, holds, 0});
      std::int64_t place = 0;
      const std::string outcome = answer(database, command, cache, [&] { place = ++places; });
      const std::lock_guard lock{mutex};
      given.push_back({command, outcome, place});
      std::int64_t said = 0;
      const bool dry =
          std::holds_alternative<PostDrafts>(command.what) && std::get<PostDrafts>(command.what).dry_run;
      if (!dry && std::sscanf(outcome.c_str(), "entry %ld", &said) == 1)
        entries = std::max(entries.load(), said);
      if (std::sscanf(outcome.c_str(), "hold %ld", &said) == 1) holds = std::max(holds.load(), said);
    }
  };
  std::vector<std::future<void>> running;
  for (int number = 0; number < clients; ++number) {
    running.push_back(std::async(std::launch::async, [&client, number] { client(number); }));
  }
  for (auto& one : running) one.get();

  std::sort(given.begin(), given.end(), [](const Given& a, const Given& b) { return a.place < b.place; });
  BooksModel model{"Europe/Madrid"};
  for (const Given& one : given) {
    ASSERT_EQ(one.outcome, model.answer(one.command))
        << "place " << one.place << ", " << test::text_of(one.command);
  }
  EXPECT_EQ(recorded_state(), model.state());
  EXPECT_EQ(count("entry"), model.last_entry());
}

}  // namespace
}  // namespace coop::books

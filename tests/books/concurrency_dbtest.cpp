#include <atomic>
#include <future>
#include <random>
#include <thread>

#include "ledger/books/entry_queue_service.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using test::code_of;

constexpr int server_count = 3;
constexpr int clients_of_each = 3;

/// Several Database objects, as several server processes have, each with several clients at once.
class Concurrency : public test::BooksTest {
 protected:
  Concurrency() {
    open("assets:bank");
    open("assets:till", "EUR", "0", "50");
    open("income:dues");
    for (int i = 0; i < server_count; ++i) {
      servers_.push_back(std::make_unique<Database>(DatabaseSettings{
          .address = address(), .connections = clients_of_each, .role = "coopledger_service"}));
    }
  }

  /// Runs `work(database, client)` in every client of every server, and passes the first failure on.
  template <class Work>
  void in_every_client(Work&& work) {
    std::vector<std::future<void>> clients;
    for (int client = 0; client < server_count * clients_of_each; ++client) {
      Database& database = *servers_[static_cast<std::size_t>(client % server_count)];
      clients.push_back(
          std::async(std::launch::async, [&work, &database, client] { work(database, client); }));
    }
    for (auto& client : clients) client.get();
  }

  Draft keyed(const std::string& key, const std::string& account, const std::string& amount) const {
    Draft made = draft("2026-01-31", {{account, amount},
                                      {"income:dues", amount[0] == '-' ? amount.substr(1) : "-" + amount}});
    made.request_key = fingerprint_of(key);
    return made;
  }
  std::vector<Outcome> post_in(Database& database, const std::vector<Draft>& drafts) const {
    return database.in_tx([&](Tx& tx) { return books::post(tx, node(), drafts, Together::each_alone, now); });
  }

 private:
  std::vector<std::unique_ptr<Database>> servers_;
};

TEST_F(Concurrency, OfManyServersOnOneNodeLeavesNoGapAndLosesNothing) {
  std::mutex mutex;
  std::set<std::int64_t> numbers;
  in_every_client([&](Database& database, int client) {
    for (int i = 0; i < 12; ++i) {
      std::vector<Draft> drafts;
      for (int k = 0; k <= i % 3; ++k) {
        drafts.push_back(keyed(std::to_string(client) + "/" + std::to_string(i) + "/" + std::to_string(k),
                               "assets:bank", "1.00"));
      }
      for (const Outcome& outcome : post_in(database, drafts)) {
        const std::lock_guard lock{mutex};
        EXPECT_TRUE(numbers.insert(recorded_or_throw(outcome).number.number()).second);
      }
    }
  });
  const auto posted = static_cast<std::int64_t>(numbers.size());
  EXPECT_EQ(posted, server_count * clients_of_each * 24);
  EXPECT_EQ(*numbers.begin(), 1);
  EXPECT_EQ(*numbers.rbegin(), posted);
  EXPECT_EQ(balance("assets:bank"), std::to_string(posted) + ".00");
}

TEST_F(Concurrency, OfTheSameRequestRecordsItOnceAndAnswersAllAlike) {
  std::mutex mutex;
  std::map<int, std::set<std::int64_t>> numbers;
  std::atomic<int> recorded{0};
  in_every_client([&](Database& database, int) {
    for (int i = 0; i < 10; ++i) {
      const Recorded answer = recorded_or_throw(
          post_in(database, {keyed("the same " + std::to_string(i), "assets:bank", "1.00")}).front());
      recorded += answer.repeated ? 0 : 1;
      const std::lock_guard lock{mutex};
      numbers[i].insert(answer.number.number());
    }
  });
  EXPECT_EQ(recorded, 10);
  for (const auto& [key, answers] : numbers) EXPECT_EQ(answers.size(), 1u) << key;
  EXPECT_EQ(count("entry"), 10);
}

TEST_F(Concurrency, NeverPassesALimit) {
  std::atomic<int> accepted{0};
  in_every_client([&](Database& database, int client) {
    std::mt19937 random{static_cast<unsigned>(client)};
    for (int i = 0; i < 12; ++i) {
      const bool out = random() % 3 == 0;
      const auto key = std::to_string(client) + "/" + std::to_string(i);
      const Outcome outcome = post_in(database, {keyed(key, "assets:till", out ? "-9.00" : "9.00")}).front();
      if (code_of(outcome).empty()) accepted += 1;
      else EXPECT_EQ(code_of(outcome), "limit_exceeded");
    }
  });
  EXPECT_EQ(count("entry"), accepted);
}

TEST_F(Concurrency, OfHoldsReversalsLocksAndAccountsEndsInBooksThatAgree) {
  record("2026-01-01", {{"assets:bank", "1000.00"}, {"income:dues", "-1000.00"}});
  in_every_client([&](Database& database, int client) {
    std::mt19937 random{static_cast<unsigned>(client)};
    for (int i = 0; i < 10; ++i) {
      const std::string key = std::to_string(client) + "/" + std::to_string(i);
      try {
        database.in_tx([&](Tx& tx) {
          switch (random() % 5) {
            case 0:
              make_hold(tx, node(),
                        hold_draft({{"assets:till", "5.00"}, {"assets:bank", "-5.00"}},
                                   now + std::chrono::hours{1}),
                        author());
              break;
            case 1: {
              Draft use = keyed(key, "assets:till", "5.00");
              use.postings.clear();
              use.uses_hold = HoldNumber{1 + static_cast<std::int64_t>(random() % 10)};
              post_hold(tx, node(), use, author());
              break;
            }
            case 2:
              void_hold_of(tx, node(), HoldNumber{1 + static_cast<std::int64_t>(random() % 10)}, author());
              break;
            case 3:
              reverse(tx, node(),
                      {fingerprint_of(key), EntryNumber{1 + static_cast<std::int64_t>(random() % 5)},
                       std::nullopt, LateEntry::first_open_day, ""},
                      author());
              break;
            default:
              open_account(
                  tx, node(),
                  {"assets:new:" + key, "EUR", AccountType::asset, "", {}, {}, Day::parse("2026-01-01")},
                  author());
              lock_period(tx, node(), LockKind::soft, Day::parse("2025-12-31"), "Closed", author());
          }
        });
      } catch (const Refused&) {
        // Which of these succeed depends on who came first; that the books agree afterwards does not.
      }
    }
  });
  EXPECT_GT(count("event"), 10);
}

TEST_F(Concurrency, OfTwoNodesDoesNotMix) {
  const NodeId first = node();
  const NodeId second = use_node("mcr");
  open("assets:bank");
  open("income:dues");
  in_every_client([&](Database& database, int client) {
    const NodeId mine = client % 2 == 0 ? first : second;
    for (int i = 0; i < 10; ++i) {
      const std::vector<Draft> one{
          keyed(std::to_string(client) + "/" + std::to_string(i), "assets:bank", "1.00")};
      database.in_tx(
          [&](Tx& tx) { recorded_or_throw(books::post(tx, mine, one, Together::each_alone, now).front()); });
    }
  });
  EXPECT_EQ(balance("assets:bank"), "40.00");
  use(first);
  EXPECT_EQ(balance("assets:bank"), "50.00");
}

/// Answers of a queue, waited for.
class Answers {
 public:
  EntryQueue::OnSettled taker() {
    const std::lock_guard lock{mutex_};
    ++asked_;
    return [this](Settled settled) {
      const std::lock_guard inner{mutex_};
      settled_.push_back(std::move(settled));
      all_.notify_one();
    };
  }
  std::vector<Settled> wait() {
    std::unique_lock lock{mutex_};
    all_.wait(lock, [&] { return settled_.size() == asked_; });
    return settled_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  std::size_t asked_ = 0;
  std::vector<Settled> settled_;
};

TEST_F(Concurrency, OfQueuesGivesEveryDraftItsOwnAnswer) {
  std::atomic<std::int64_t> recorded{0};
  std::atomic<std::int64_t> refused{0};
  in_every_client([&](Database& database, int client) {
    EntryQueue queue{database, [&] { return now; }, 2};
    Answers answers;
    for (int i = 0; i < 40; ++i) {
      Draft one = keyed(std::to_string(client) + "/" + std::to_string(i), "assets:bank", "1.00");
      if (i % 4 == 3) one.postings[0].amount = money("2.00");
      queue.submit(node(), one, answers.taker());
    }
    for (const Settled& settled : answers.wait()) {
      if (std::holds_alternative<Recorded>(settled)) ++recorded;
      else if (std::get<Refused>(settled).refusal() == Refusal::entry_unbalanced) ++refused;
    }
  });
  EXPECT_EQ(recorded, server_count * clients_of_each * 30);
  EXPECT_EQ(refused, server_count * clients_of_each * 10);
  EXPECT_EQ(count("entry"), recorded);
}

// What is judged while a batch is written stands on it: here that batch is often not recorded, since other
// servers moved the books on, or a draft asks again, or is refused.
TEST_F(Concurrency, OfQueuesRecordsInOrderWhateverBecomesOfTheBatchBefore) {
  constexpr int drafts = 150;
  std::atomic<std::int64_t> recorded{0};
  in_every_client([&](Database& database, int client) {
    std::vector<std::promise<Settled>> answers(drafts);
    {
      EntryQueue queue{database, [&] { return now; }, 3};
      for (int i = 0; i < drafts; ++i) {
        const int asked = i % 40 == 39 ? i - 1 : i;
        Draft one = keyed(std::to_string(client) + "/" + std::to_string(asked), "assets:bank", "1.00");
        if (i % 31 == 30) one.postings[0].account = "assets:none";
        queue.submit(node(), one, [&answer = answers[static_cast<std::size_t>(i)]](Settled settled) {
          answer.set_value(settled);
        });
        if (i % 25 == 24) std::this_thread::sleep_for(std::chrono::milliseconds{3});
      }
    }
    std::int64_t last = 0;
    for (int i = 0; i < drafts; ++i) {
      const Settled settled = answers[static_cast<std::size_t>(i)].get_future().get();
      if (i % 31 == 30) {
        EXPECT_EQ(code_of(std::get<Refused>(settled)), "account_unknown");
        continue;
      }
      const Recorded& entry = std::get<Recorded>(settled);
      EXPECT_EQ(entry.repeated, i % 40 == 39);
      if (entry.repeated) continue;
      EXPECT_GT(entry.number.number(), last);
      last = entry.number.number();
      ++recorded;
    }
  });
  EXPECT_EQ(count("entry"), recorded);
  EXPECT_EQ(balance("assets:bank"), std::to_string(recorded) + ".00");
}

TEST_F(Concurrency, LetsADraftThatFillsATotalHarmNoNeighbour) {
  const std::string most = "10000000000000000.00";
  for (int i = 0; i < 9; ++i) {  // one more passes 2^63
    record(keyed("in " + std::to_string(i), "assets:bank", most));
    record(keyed("out " + std::to_string(i), "assets:bank", "-" + most));
  }
  Answers answers;
  {
    EntryQueue queue{db(), [&] { return now; }, 1};
    for (int i = 0; i < 20; ++i) {
      Draft one = keyed("one " + std::to_string(i), "assets:bank", "1.00");
      if (i == 7) {
        one = keyed("full", "assets:bank", most);
      } else {
        one.booked_on = Day::parse("2026-02-01");
      }
      queue.submit(node(), one, answers.taker());
    }
  }
  int overflows = 0;
  for (const Settled& settled : answers.wait()) {
    if (std::holds_alternative<Recorded>(settled)) continue;
    const Refused& refused = std::get<Refused>(settled);
    EXPECT_EQ(refused.refusal(), Refusal::amount_overflow);
    EXPECT_NE(refused.detail().find("'assets:bank'"), std::string::npos) << refused.detail();
    ++overflows;
  }
  EXPECT_EQ(overflows, 1);
  EXPECT_EQ(balance("assets:bank"), "19.00");
}

}  // namespace
}  // namespace coop::books

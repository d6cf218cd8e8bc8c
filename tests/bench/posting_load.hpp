#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ledger/books/account_service.hpp"
#include "ledger/books/entry_queue_service.hpp"
#include "ledger/books/node_service.hpp"
#include "tests/bench/bench_support.hpp"

namespace coop::bench {

/// How many accounts a measured node has.
inline constexpr int accounts = 10'000;

/// A node to post to.
struct BenchNode {
  NodeId id;
  UnitId unit;
  std::string (*path_of)(int account);  ///< of its accounts, from 1 on
};

/// The paths of a node that was made for posting.
inline std::string path_of(int account) { return "assets:a" + std::to_string(account); }

/// Makes a node with an account at each of those paths.
inline BenchNode make_bench_node(Tx& tx, const std::string& name, Instant now) {
  const books::Author author{std::nullopt, now};
  const auto node =
      books::make_node(tx, books::NodeDraft{name, name, "EUR", "ES", "Europe/Madrid", {1, 1}}, author);
  std::vector<books::AccountDraft> drafts;
  for (int i = 1; i <= accounts; ++i) {
    drafts.push_back({path_of(i), "EUR", books::AccountType::asset, "", {}, {}, Day::parse("2020-01-01")});
  }
  books::open_accounts(tx, node.id, drafts, author);
  return BenchNode{node.id, node.base_unit, path_of};
}

/// Pseudo-random and different for every call and thread.
inline std::mt19937_64 fresh_random() {
  static std::atomic<std::uint64_t> seed{20260205};
  return std::mt19937_64{seed++};
}

/// Two accounts of the node; `hot`: the first is always the same.
inline std::pair<int, int> two_accounts(std::mt19937_64& random, bool hot) {
  const int from = hot ? 1 : static_cast<int>(random() % accounts) + 1;
  int to = static_cast<int>(random() % accounts) + 1;
  if (to == from) to = from % accounts + 1;
  return {from, to};
}

/// An entry of two postings.
inline books::Draft draft_of(std::mt19937_64& random, const BenchNode& node, bool hot) {
  const auto [from, to] = two_accounts(random, hot);
  const auto amount = static_cast<std::int64_t>(random() % 100'000) + 1;
  const std::string key = std::to_string(random()) + std::to_string(random());
  return books::Draft{books::request_key_of("ann", key),
                      UserId{1},
                      Day::parse("2026-02-05"),
                      books::LateEntry::refuse,
                      "A month's dues",
                      "",
                      "",
                      std::nullopt,
                      std::nullopt,
                      {{node.path_of(from), Money::of_minor(-amount, node.unit), {}, ""},
                       {node.path_of(to), Money::of_minor(amount, node.unit), {}, ""}}};
}

/// Entries a second of one client a node, each sending its next thousand when the last is settled.
inline double bulk_rate(books::EntryQueue& queue, const std::vector<BenchNode>& nodes, double seconds) {
  std::atomic<long> done{0};
  std::vector<std::thread> threads;
  const double until = now_s() + seconds;
  for (const BenchNode node : nodes) {
    threads.emplace_back([&, node] {
      auto random = fresh_random();
      while (now_s() < until) {
        std::vector<books::Draft> drafts;
        for (int i = 0; i < 1000; ++i) drafts.push_back(draft_of(random, node, false));
        std::promise<std::size_t> settled;
        queue.submit_batch(node.id, std::move(drafts), books::Together::all_or_none,
                           [&](std::vector<books::Settled> all) { settled.set_value(all.size()); });
        done += static_cast<long>(settled.get_future().get());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(done) / seconds;
}

/// Uses each account once: a server that has been at work for a while.
inline void use_every_account(books::EntryQueue& queue, BenchNode node) {
  auto random = fresh_random();
  std::vector<books::Draft> drafts;
  for (int account = 1; account < accounts; account += 2) {
    drafts.push_back(draft_of(random, node, false));
    drafts.back().postings[0].account = path_of(account);
    drafts.back().postings[1].account = path_of(account + 1);
  }
  std::promise<void> settled;
  queue.submit_batch(node.id, std::move(drafts), books::Together::each_alone,
                     [&](const std::vector<books::Settled>&) { settled.set_value(); });
  settled.get_future().get();
}

/// Clients in closed loops: each submits its next draft when the last one is settled.
class ClosedLoops {
 public:
  ClosedLoops(books::EntryQueue& queue, BenchNode node, bool hot, double seconds)
      : queue_{queue}, node_{node}, hot_{hot}, seconds_{seconds}, until_{now_s() + seconds} {}

  /// Entries a second.
  double rate(int clients) {
    left_ = clients;
    for (int i = 0; i < clients; ++i) next(std::make_shared<std::mt19937_64>(fresh_random()));
    std::unique_lock lock{mutex_};
    all_left_.wait(lock, [&] { return left_ == 0; });
    return static_cast<double>(done_) / seconds_;
  }

 private:
  void next(std::shared_ptr<std::mt19937_64> random) {
    books::Draft draft = draft_of(*random, node_, hot_);
    queue_.submit(node_.id, std::move(draft), [this, random](books::Settled settled) {
      if (!std::holds_alternative<books::Recorded>(settled)) std::abort();
      ++done_;
      if (now_s() < until_) return next(random);
      const std::lock_guard lock{mutex_};
      if (--left_ == 0) all_left_.notify_all();
    });
  }

  books::EntryQueue& queue_;
  BenchNode node_;
  bool hot_;
  double seconds_;
  double until_;
  std::atomic<long> done_{0};
  std::mutex mutex_;
  std::condition_variable all_left_;
  int left_ = 0;
};

}  // namespace coop::bench

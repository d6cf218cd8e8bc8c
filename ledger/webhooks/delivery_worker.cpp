#include "ledger/webhooks/delivery_worker.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "ledger/values/refusal.hpp"
#include "ledger/webhooks/webhook_service.hpp"

namespace coop::webhooks {

namespace {
constexpr std::chrono::milliseconds look_every{500};
}

struct DeliveryWorker::Held {
  Database& database;
  Clock clock;
  ReachRules rules;
  std::mutex mutex{};
  std::condition_variable end{};
  bool ending = false;
  std::vector<std::thread> threads{};

  bool deliver() {
    try {
      return deliver_next(database, rules, clock);
    } catch (const Unavailable&) {
      return false;  // the database is away: the lease runs out and the page is sent again
    }
  }

  void serve() {
    std::unique_lock lock{mutex};
    while (!ending) {
      lock.unlock();
      const bool had_some = deliver();
      lock.lock();
      if (!had_some) end.wait_for(lock, look_every, [this] { return ending; });
    }
  }
};

DeliveryWorker::DeliveryWorker(Database& database, Clock clock, ReachRules rules, int threads)
    : held_{new Held{database, std::move(clock), rules}} {
  for (int i = 0; i < threads; ++i) held_->threads.emplace_back([held = held_.get()] { held->serve(); });
}

DeliveryWorker::~DeliveryWorker() {
  {
    const std::lock_guard lock{held_->mutex};
    held_->ending = true;
  }
  held_->end.notify_all();
  for (std::thread& thread : held_->threads) thread.join();
}

}  // namespace coop::webhooks

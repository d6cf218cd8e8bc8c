#include "ledger/reminders/message_worker.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "ledger/reminders/delivery_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reminders {

namespace {
constexpr std::chrono::milliseconds look_every{1'000};
}

struct MessageWorker::Held {
  Database& database;
  Clock clock;
  DeliverySettings settings;
  std::mutex mutex{};
  std::condition_variable end{};
  bool ending = false;
  std::thread thread{};

  bool deliver() {
    try {
      return deliver_next(database, settings, clock);
    } catch (const Unavailable&) {
      return false;  // the database is away: the lease runs out and the message is sent then
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

MessageWorker::MessageWorker(Database& database, Clock clock, DeliverySettings settings)
    : held_{new Held{database, std::move(clock), std::move(settings)}} {
  if (held_->settings.way != DeliveryWay::off)
    held_->thread = std::thread{[held = held_.get()] { held->serve(); }};
}

MessageWorker::~MessageWorker() {
  {
    const std::lock_guard lock{held_->mutex};
    held_->ending = true;
  }
  held_->end.notify_all();
  if (held_->thread.joinable()) held_->thread.join();
}

}  // namespace coop::reminders

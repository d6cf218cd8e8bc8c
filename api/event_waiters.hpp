#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "ledger/books/event_store.hpp"
#include "ledger/database/database.hpp"

namespace coop::api {

/// Callers who wait for a change in the books, without holding a thread or a connection each: one thread
/// looks for all of them four times a second.
class EventWaiters {
 public:
  /// Called once, on the waiters' thread: the time is over, or there is something to read.
  using OnWake = std::function<void()>;

  explicit EventWaiters(Database& database);
  ~EventWaiters();
  EventWaiters(const EventWaiters&) = delete;
  EventWaiters& operator=(const EventWaiters&) = delete;

  /// Wakes the caller when any node has an event after its place, after `patience` at the latest. At once, if
  /// too many wait already.
  void wait(std::vector<books::EventPlace> after, std::chrono::milliseconds patience, OnWake on_wake);
  /// Wakes everybody, and from now on whoever comes, at once.
  void end();
  std::size_t waiting() const;

 private:
  struct Waiter {
    std::vector<books::EventPlace> after;
    std::chrono::steady_clock::time_point until;
    OnWake on_wake;
  };
  void serve();
  std::vector<OnWake> take_ready();
  std::map<NodeId, std::int64_t> last_events_of(const std::set<NodeId>& nodes);

  Database& database_;
  mutable std::mutex mutex_;
  std::condition_variable come_;
  std::vector<Waiter> waiters_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace coop::api

#include "api/event_waiters.hpp"

#include <algorithm>
#include <map>

namespace coop::api {

namespace {
constexpr std::chrono::milliseconds look_every{250};
constexpr std::size_t most_waiters = 2'000;
}  // namespace

EventWaiters::EventWaiters(Database& database) : database_{database}, thread_{[this] { serve(); }} {}

EventWaiters::~EventWaiters() { end(); }

void EventWaiters::end() {
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  come_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void EventWaiters::wait(std::vector<books::EventPlace> after, std::chrono::milliseconds patience,
                        OnWake on_wake) {
  {
    const std::lock_guard lock{mutex_};
    if (!ending_ && waiters_.size() < most_waiters) {
      waiters_.push_back({std::move(after), std::chrono::steady_clock::now() + patience, std::move(on_wake)});
      on_wake = nullptr;
    }
  }
  come_.notify_all();
  if (on_wake) on_wake();
}

std::size_t EventWaiters::waiting() const {
  const std::lock_guard lock{mutex_};
  return waiters_.size();
}

void EventWaiters::serve() {
  std::unique_lock lock{mutex_};
  while (!ending_) {
    if (waiters_.empty()) come_.wait(lock, [this] { return ending_ || !waiters_.empty(); });
    else come_.wait_for(lock, look_every, [this] { return ending_; });
    lock.unlock();
    for (const OnWake& wake : take_ready()) wake();
    lock.lock();
  }
  auto left = std::move(waiters_);
  lock.unlock();
  for (const Waiter& waiter : left) waiter.on_wake();
}

std::vector<EventWaiters::OnWake> EventWaiters::take_ready() {
  std::set<NodeId> nodes;
  {
    const std::lock_guard lock{mutex_};
    for (const Waiter& waiter : waiters_)
      for (const auto& place : waiter.after) nodes.insert(place.node);
  }
  const auto last = last_events_of(nodes);
  const auto now = std::chrono::steady_clock::now();
  const auto is_ready = [&](const Waiter& waiter) {
    const auto is_news = [&](const books::EventPlace& place) {
      const auto found = last.find(place.node);
      return found != last.end() && found->second > place.number;
    };
    return waiter.until <= now || std::any_of(waiter.after.begin(), waiter.after.end(), is_news);
  };
  std::vector<OnWake> ready;
  const std::lock_guard lock{mutex_};
  for (Waiter& waiter : waiters_)
    if (is_ready(waiter)) ready.push_back(std::move(waiter.on_wake));
  std::erase_if(waiters_, [](const Waiter& waiter) { return !waiter.on_wake; });
  return ready;
}

std::map<NodeId, std::int64_t> EventWaiters::last_events_of(const std::set<NodeId>& nodes) {
  try {
    return database_.in_tx([&](Tx& tx) { return books::read_last_events(tx, nodes); });
  } catch (const std::exception&) {
    return {};  // the database is away: whoever waits is woken by the clock and hears of it then
  }
}

}  // namespace coop::api

#include "ledger/books/entry_queue_service.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace coop::books {

namespace {

constexpr std::size_t most_waiting = 100'000;
constexpr std::size_t most_in_batch = 1'024;

struct Batch {
  std::vector<Draft> drafts;
  std::vector<EntryQueue::OnSettled> on_settled;
};

struct Waiting {
  std::deque<std::pair<Draft, EntryQueue::OnSettled>> items;
  bool busy = false;  ///< a writer is committing a batch of this node: it alone uses the cache meanwhile
  StandingCache cache;
};

std::vector<Settled> all_failed(std::size_t count, const std::exception_ptr& error) {
  return std::vector<Settled>(count, Settled{error});
}

// A bug that one draft provokes must not harm its neighbours: what breaks together is tried again in halves.
std::vector<Settled> settle(Database& database, const Clock& clock, NodeId node, std::span<const Draft> drafts,
                            StandingCache& cache) {
  std::vector<Settled> settled;
  try {
    bool again = false;  // the work may run more than once: what an attempt put in the cache was rolled back with it
    auto outcomes = database.in_tx([&](Tx& tx) {
      if (again) cache.clear();
      again = true;
      return post_cached(tx, node, drafts, Together::each_alone, clock(), cache);
    });
    settled.reserve(outcomes.size());
    for (Outcome& outcome : outcomes) {
      std::visit([&](auto& one) { settled.emplace_back(std::move(one)); }, outcome);
    }
    return settled;
  } catch (const InvariantBroken&) {
    cache.clear();
    if (drafts.size() == 1) return all_failed(1, std::current_exception());
  } catch (const Refused& refused) {
    cache.clear();
    return std::vector<Settled>(drafts.size(), Settled{refused});
  } catch (...) {
    cache.clear();
    return all_failed(drafts.size(), std::current_exception());
  }
  const std::size_t half = drafts.size() / 2;
  settled = settle(database, clock, node, drafts.first(half), cache);
  std::vector<Settled> rest = settle(database, clock, node, drafts.subspan(half), cache);
  std::move(rest.begin(), rest.end(), std::back_inserter(settled));
  return settled;
}

}  // namespace

struct EntryQueue::Held {
  Database& database;
  Clock clock;
  mutable std::mutex mutex;
  std::condition_variable work;
  std::unordered_map<NodeId, Waiting> nodes;
  std::deque<NodeId> ready;  ///< nodes with drafts waiting and no writer at work, in the order they became so
  std::uint64_t waiting = 0;
  std::uint64_t settled = 0;
  std::uint64_t batches = 0;
  bool stopping = false;
  std::vector<std::thread> writers;

  Held(Database& a_database, Clock a_clock) : database{a_database}, clock{std::move(a_clock)} {}

  void write() {
    std::unique_lock lock{mutex};
    while (true) {
      work.wait(lock, [&] { return !ready.empty() || stopping; });
      if (ready.empty()) return;
      const NodeId node = ready.front();
      ready.pop_front();
      const Batch batch = take(node);
      StandingCache& cache = nodes[node].cache;
      lock.unlock();
      std::vector<Settled> outcomes = settle(database, clock, node, batch.drafts, cache);
      lock.lock();
      release(node, batch.drafts.size());
      lock.unlock();
      // Answering comes after the node is free again: another writer is at work on its next batch by now.
      for (std::size_t i = 0; i < outcomes.size(); ++i) batch.on_settled[i](std::move(outcomes[i]));
      lock.lock();
    }
  }

  Batch take(NodeId node) {
    Waiting& waiting_here = nodes[node];
    waiting_here.busy = true;
    Batch batch;
    const std::size_t count = std::min(waiting_here.items.size(), most_in_batch);
    batch.drafts.reserve(count);
    batch.on_settled.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      batch.drafts.push_back(std::move(waiting_here.items.front().first));
      batch.on_settled.push_back(std::move(waiting_here.items.front().second));
      waiting_here.items.pop_front();
    }
    return batch;
  }

  void release(NodeId node, std::size_t count) {
    waiting -= count;
    settled += count;
    batches += 1;
    Waiting& waiting_here = nodes[node];
    waiting_here.busy = false;
    if (waiting_here.items.empty()) return;
    ready.push_back(node);
    work.notify_one();
  }
};

EntryQueue::EntryQueue(Database& database, Clock clock, int writers)
    : held_{std::make_unique<Held>(database, std::move(clock))} {
  for (int i = 0; i < writers; ++i) held_->writers.emplace_back([held = held_.get()] { held->write(); });
}

EntryQueue::~EntryQueue() {
  {
    const std::lock_guard lock{held_->mutex};
    held_->stopping = true;
  }
  held_->work.notify_all();
  for (std::thread& writer : held_->writers) writer.join();
}

void EntryQueue::submit(NodeId node, Draft draft, OnSettled on_settled) {
  const std::lock_guard lock{held_->mutex};
  if (held_->waiting >= most_waiting) throw Unavailable{"too many entries are waiting to be recorded"};
  Waiting& waiting = held_->nodes[node];
  waiting.items.emplace_back(std::move(draft), std::move(on_settled));
  held_->waiting += 1;
  if (waiting.busy || waiting.items.size() > 1) return;
  held_->ready.push_back(node);
  held_->work.notify_one();
}

EntryQueue::Counts EntryQueue::counts() const {
  const std::lock_guard lock{held_->mutex};
  return {held_->waiting, held_->settled, held_->batches};
}

}  // namespace coop::books

#include "ledger/books/entry_queue_service.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

namespace coop::books {

namespace {

constexpr std::size_t most_waiting = 100'000;
constexpr std::size_t most_in_batch = 1'024;

// What one request asks for: a lone draft, to be gathered with others, or drafts that belong together.
struct Order {
  std::vector<Draft> drafts;
  Together together;
  bool alone;
  EntryQueue::OnBatchSettled on_settled;
};

// What is committed in one database transaction, and who is answered with which part of it.
struct QueuedBatch {
  std::vector<Draft> drafts;
  Together together = Together::each_alone;
  std::vector<std::pair<std::size_t, EntryQueue::OnBatchSettled>> answers;  ///< how many drafts, and whose

  void add(Order order) {
    answers.emplace_back(order.drafts.size(), std::move(order.on_settled));
    together = order.together;
    std::move(order.drafts.begin(), order.drafts.end(), std::back_inserter(drafts));
  }

  void answer(std::vector<Settled> settled) const {
    auto next = settled.begin();
    for (const auto& [count, on_settled] : answers) {
      const auto end = next + static_cast<std::ptrdiff_t>(count);
      on_settled({std::make_move_iterator(next), std::make_move_iterator(end)});
      next = end;
    }
  }
};

struct Waiting {
  std::deque<Order> orders;
  bool busy = false;  ///< a writer is committing a batch of this node: it alone uses the cache meanwhile
  StandingCache cache;
};

std::vector<Settled> all_failed(std::size_t count, const std::exception_ptr& error) {
  return std::vector<Settled>(count, Settled{error});
}

std::vector<Settled> all_settled(std::vector<Outcome> outcomes) {
  std::vector<Settled> settled;
  settled.reserve(outcomes.size());
  for (Outcome& outcome : outcomes) {
    std::visit([&](auto& one) { settled.emplace_back(std::move(one)); }, outcome);
  }
  return settled;
}

// Whatever goes wrong here is found out again, and answered, the long way: requests carry keys, so that even
// one whose commit is in doubt is recorded once.
std::optional<std::vector<Outcome>> settled_from_memory(Database& database, const Clock& clock,
                                                        std::span<const Draft> drafts, StandingCache& cache) {
  try {
    return post_from_memory(database, drafts, clock(), cache);
  } catch (...) {
    cache.clear();
    return std::nullopt;
  }
}

// PostgreSQL does not say whose total it was: one of the accounts of the entry.
Refused naming_accounts(const Refused& refused, const Draft& draft) {
  std::set<std::string> accounts;
  for (const DraftPosting& posting : draft.postings) accounts.insert("'" + posting.account + "'");
  std::string words;
  for (const std::string& one : accounts) {
    if (refused.detail().find(one) != std::string::npos) return refused;
    words += (words.empty() ? "" : ", ") + one;
  }
  return {refused.refusal(), refused.detail() + ": of one of " + words, refused.field()};
}

// A bug or a total beyond 64 bits that one draft provokes must not harm its neighbours: what breaks together
// is tried again in halves.
std::vector<Settled> settle(Database& database, const Clock& clock, NodeId node,
                            std::span<const Draft> drafts, Together together, StandingCache& cache) {
  if (auto outcomes = settled_from_memory(database, clock, drafts, cache)) {
    return all_settled(std::move(*outcomes));
  }
  std::vector<Settled> settled;
  try {
    // The work may run more than once: what an attempt put in the cache was rolled back with it.
    bool again = false;
    auto outcomes = database.in_tx([&](Tx& tx) {
      if (again) cache.clear();
      again = true;
      return post_cached(tx, node, drafts, together, clock(), cache);
    });
    return all_settled(std::move(outcomes));
  } catch (const InvariantBroken&) {
    cache.clear();
    if (drafts.size() == 1 || together == Together::all_or_none) {
      return all_failed(drafts.size(), std::current_exception());
    }
  } catch (const Refused& refused) {
    cache.clear();
    const bool by_one_alone = refused.refusal() == Refusal::amount_overflow && drafts.size() > 1 &&
                              together == Together::each_alone;
    if (!by_one_alone && refused.refusal() == Refusal::amount_overflow && drafts.size() == 1)
      return {Settled{naming_accounts(refused, drafts.front())}};
    if (!by_one_alone) return std::vector<Settled>(drafts.size(), Settled{refused});
  } catch (...) {
    cache.clear();
    return all_failed(drafts.size(), std::current_exception());
  }
  const std::size_t half = drafts.size() / 2;
  settled = settle(database, clock, node, drafts.first(half), together, cache);
  std::vector<Settled> rest = settle(database, clock, node, drafts.subspan(half), together, cache);
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
      const QueuedBatch batch = take(node);
      StandingCache& cache = nodes[node].cache;
      lock.unlock();
      std::vector<Settled> outcomes = settle(database, clock, node, batch.drafts, batch.together, cache);
      lock.lock();
      release(node, batch.drafts.size());
      lock.unlock();
      // Answering comes after the node is free again: another writer is at work on its next batch by now.
      batch.answer(std::move(outcomes));
      lock.lock();
    }
  }

  // The orders at the front that may be committed together: lone drafts, or one order of many.
  QueuedBatch take(NodeId node) {
    Waiting& waiting_here = nodes[node];
    waiting_here.busy = true;
    QueuedBatch batch;
    do {
      const bool alone = waiting_here.orders.front().alone;
      batch.add(std::move(waiting_here.orders.front()));
      waiting_here.orders.pop_front();
      if (!alone) break;
    } while (!waiting_here.orders.empty() && waiting_here.orders.front().alone &&
             batch.drafts.size() < most_in_batch);
    return batch;
  }

  void put(NodeId node, Order order) {
    const std::lock_guard lock{mutex};
    if (waiting + order.drafts.size() > most_waiting)
      throw Unavailable{"too many entries are waiting to be recorded"};
    waiting += order.drafts.size();
    Waiting& waiting_here = nodes[node];
    waiting_here.orders.push_back(std::move(order));
    if (waiting_here.busy || waiting_here.orders.size() > 1) return;
    ready.push_back(node);
    work.notify_one();
  }

  void release(NodeId node, std::size_t count) {
    waiting -= count;
    settled += count;
    batches += 1;
    Waiting& waiting_here = nodes[node];
    waiting_here.busy = false;
    if (waiting_here.orders.empty()) return;
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
  std::vector<Draft> one;
  one.push_back(std::move(draft));
  held_->put(node, Order{std::move(one), Together::each_alone, true,
                         [answer = std::move(on_settled)](std::vector<Settled> settled) {
                           answer(std::move(settled.front()));
                         }});
}

void EntryQueue::submit_batch(NodeId node, std::vector<Draft> drafts, Together together,
                              OnBatchSettled on_settled) {
  if (drafts.size() > most_drafts) {
    throw Refused{Refusal::batch_too_large, "a batch has at most " + std::to_string(most_drafts) + " entries",
                  "/entries"};
  }
  if (drafts.empty()) return on_settled({});
  held_->put(node, Order{std::move(drafts), together, false, std::move(on_settled)});
}

EntryQueue::Counts EntryQueue::counts() const {
  const std::lock_guard lock{held_->mutex};
  return {held_->waiting, held_->settled, held_->batches};
}

}  // namespace coop::books

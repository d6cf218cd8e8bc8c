#include "ledger/books/entry_queue_service.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "ledger/books/remembered_batch_service.hpp"

namespace coop::books {

namespace {

constexpr std::size_t most_waiting = 100'000;
constexpr std::size_t most_in_batch = 1'024;

// While a batch is being written, drafts that came meanwhile are judged as soon as there are so many.
constexpr std::size_t worth_judging = 24;

// What memory suffices for. Whatever goes wrong in it is found out again, and answered, the long way:
// requests carry keys, so that even one whose commit is in doubt is recorded once.
bool is_done(const std::function<bool()>& work) {
  try {
    return work();
  } catch (...) {
    return false;
  }
}

// What one request asks for: a lone draft, to be gathered with others, or drafts that belong together.
struct Order {
  std::vector<Draft> drafts;
  std::size_t count;  ///< of the drafts
  Together together;
  bool alone;
  EntryQueue::OnBatchSettled on_settled;
};

// What is committed in one database transaction, and who is answered with which part of it.
struct QueuedBatch {
  std::deque<Order> orders;  ///< their drafts stay where they are: what is judged refers to them
  std::size_t count = 0;     ///< of all their drafts
  std::unique_ptr<RememberedBatch> judged;  ///< absent: only the database can tell

  bool has_room_for(const Order& order) const {
    return orders.empty() || (order.alone && orders.front().alone && count < most_in_batch);
  }

  void add(Order order) {
    count += order.count;
    orders.push_back(std::move(order));
  }

  // Judges the orders from this one on. Where memory does not suffice the batch ends: the rest is returned.
  std::optional<QueuedBatch> judge_from(std::size_t first, StandingCache& cache) {
    if (!judged && (first > 0 || !cache.head)) return std::nullopt;
    const bool is_usable = is_done([&] {
      if (!judged) judged = std::make_unique<RememberedBatch>(cache);
      const auto is_added = [&](const Draft& draft) { return judged->add(draft, cache); };
      while (first < orders.size() && std::ranges::all_of(orders[first].drafts, is_added)) ++first;
      return true;
    });
    if (!is_usable) first = 0;
    if (first == orders.size()) return std::nullopt;
    if (first == 0) {
      judged.reset();
      return std::nullopt;
    }
    QueuedBatch rest;
    for (; first < orders.size(); orders.pop_back(), count -= rest.orders.front().count) {
      rest.count += orders.back().count;
      rest.orders.push_front(std::move(orders.back()));
    }
    return rest;
  }

  bool finish(const Clock& clock, StandingCache& cache) const {
    return is_done([&] { return judged && judged->finish(clock(), cache); });
  }

  bool write(Database& database) const {
    return is_done([&] { return judged->write(database); });
  }

  // The drafts of all orders, which have none afterwards.
  std::vector<Draft> take_drafts() {
    std::vector<Draft> drafts;
    drafts.reserve(count);
    for (Order& order : orders) std::ranges::move(order.drafts, std::back_inserter(drafts));
    return drafts;
  }

  void answer(std::vector<Settled> settled) const {
    auto next = settled.begin();
    for (const Order& order : orders) {
      const auto end = next + static_cast<std::ptrdiff_t>(order.count);
      order.on_settled({std::make_move_iterator(next), std::make_move_iterator(end)});
      next = end;
    }
  }
};

// One node's orders on their way: waiting, judged (or for the database to judge), being written. One batch at
// most is written, and while it is the next one is judged as if the books stood where it will leave them.
struct Waiting {
  std::deque<Order> orders;
  std::deque<QueuedBatch> batches;
  bool judging = false;  ///< a writer judges, and has the cache alone
  bool writing = false;
  bool misjudged = false;  ///< what is being judged follows a batch that was not recorded
  bool is_ready = false;   ///< it is in the line of nodes that have something to do
  StandingCache cache;

  bool can_judge() const {
    if (judging || orders.size() < (writing ? worth_judging : 1)) return false;
    if (batches.empty()) return true;
    return batches.size() == 1 && batches.front().judged && batches.front().has_room_for(orders.front());
  }
  bool can_write() const { return !writing && !judging && !batches.empty(); }

  // A batch to which more is added: the one that waits, or a new one.
  QueuedBatch open_batch() {
    QueuedBatch batch;
    if (batches.empty()) return batch;
    batch = std::move(batches.front());
    batches.pop_front();
    return batch;
  }

  void fill(QueuedBatch& batch) {
    while (!orders.empty() && batch.has_room_for(orders.front())) {
      batch.add(std::move(orders.front()));
      orders.pop_front();
    }
  }

  // The batch at the front was not recorded: the cache goes back to where it was, and what was judged after
  // it waits to be judged again.
  void judge_again() {
    misjudged = false;
    batches.front().judged->undo(cache);
    batches.front().judged.reset();
    for (; batches.size() > 1; batches.pop_back()) {
      std::deque<Order>& behind = batches.back().orders;
      for (; !behind.empty(); behind.pop_back()) orders.push_front(std::move(behind.back()));
    }
  }
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

// The long way, in which the database tells of everything. A bug or a total beyond 64 bits that one draft
// provokes must not harm its neighbours: what breaks together is tried again in halves.
std::vector<Settled> settle(Database& database, const Clock& clock, NodeId node,
                            std::span<const Draft> drafts, Together together, StandingCache& cache) {
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
  std::condition_variable something_to_do;
  std::unordered_map<NodeId, Waiting> nodes;
  std::deque<NodeId> ready;  ///< nodes for which there is something to do, in the order they came to be so
  std::uint64_t waiting = 0;
  std::uint64_t settled = 0;
  std::uint64_t batches = 0;
  bool stopping = false;
  std::vector<std::thread> writers;

  Held(Database& a_database, Clock a_clock) : database{a_database}, clock{std::move(a_clock)} {}

  void work() {
    std::unique_lock lock{mutex};
    while (true) {
      something_to_do.wait(lock, [&] { return !ready.empty() || stopping; });
      if (ready.empty()) return;
      const NodeId node = ready.front();
      ready.pop_front();
      Waiting& here = nodes[node];
      here.is_ready = false;
      if (here.can_judge()) judge_waiting(here, lock);
      if (here.can_write()) write_first(node, here, lock);
      else offer(node, here);
    }
  }

  void judge_waiting(Waiting& here, std::unique_lock<std::mutex>& lock) {
    QueuedBatch batch = here.open_batch();
    const std::size_t first = batch.orders.size();
    here.fill(batch);
    here.judging = true;
    lock.unlock();
    std::optional<QueuedBatch> rest = batch.judge_from(first, here.cache);
    lock.lock();
    here.judging = false;
    here.batches.push_back(std::move(batch));
    if (rest) here.batches.push_back(std::move(*rest));
    if (here.misjudged) here.judge_again();
  }

  void write_first(NodeId node, Waiting& here, std::unique_lock<std::mutex>& lock) {
    QueuedBatch batch = here.open_batch();
    if (!batch.judged && here.batches.empty()) here.fill(batch);
    here.writing = here.judging = true;
    lock.unlock();
    std::vector<Settled> outcomes;
    if (batch.finish(clock, here.cache)) {
      lock.lock();
      here.judging = false;
      offer(node, here);
      lock.unlock();
      const bool is_recorded = batch.write(database);
      if (is_recorded) outcomes = all_settled(batch.judged->take_outcomes());
      lock.lock();
      if (!is_recorded) return return_unrecorded(node, here, std::move(batch));
    } else {
      outcomes =
          settle(database, clock, node, batch.take_drafts(), batch.orders.front().together, here.cache);
      lock.lock();
      here.judging = false;
    }
    here.writing = false;
    waiting -= batch.count;
    settled += batch.count;
    batches += 1;
    offer(node, here);
    lock.unlock();
    // Answering comes after the node is free again: another writer is at work on its next batch by now.
    batch.answer(std::move(outcomes));
    lock.lock();
  }

  void return_unrecorded(NodeId node, Waiting& here, QueuedBatch batch) {
    here.batches.push_front(std::move(batch));
    here.writing = false;
    here.misjudged = true;
    if (!here.judging) here.judge_again();
    offer(node, here);
  }

  // Puts the node in the line, if there is something to do for it.
  void offer(NodeId node, Waiting& here) {
    if (here.is_ready || !(here.can_judge() || here.can_write())) return;
    here.is_ready = true;
    ready.push_back(node);
    something_to_do.notify_one();
  }

  void put(NodeId node, Order order) {
    const std::lock_guard lock{mutex};
    if (waiting + order.drafts.size() > most_waiting)
      throw Unavailable{"too many entries are waiting to be recorded"};
    waiting += order.drafts.size();
    Waiting& here = nodes[node];
    here.orders.push_back(std::move(order));
    offer(node, here);
  }
};

EntryQueue::EntryQueue(Database& database, Clock clock, int writers)
    : held_{std::make_unique<Held>(database, std::move(clock))} {
  for (int i = 0; i < writers; ++i) held_->writers.emplace_back([held = held_.get()] { held->work(); });
}

EntryQueue::~EntryQueue() {
  {
    const std::lock_guard lock{held_->mutex};
    held_->stopping = true;
  }
  held_->something_to_do.notify_all();
  for (std::thread& writer : held_->writers) writer.join();
}

void EntryQueue::submit(NodeId node, Draft draft, OnSettled on_settled) {
  std::vector<Draft> one;
  one.push_back(std::move(draft));
  held_->put(node, Order{std::move(one), 1, Together::each_alone, true,
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
  const std::size_t count = drafts.size();
  held_->put(node, Order{std::move(drafts), count, together, false, std::move(on_settled)});
}

EntryQueue::Counts EntryQueue::counts() const {
  const std::lock_guard lock{held_->mutex};
  return {held_->waiting, held_->settled, held_->batches};
}

}  // namespace coop::books

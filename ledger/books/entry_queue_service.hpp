#pragma once
#include <exception>
#include <functional>
#include <memory>
#include <variant>

#include "ledger/books/posting_service.hpp"
#include "ledger/values/day.hpp"

namespace coop::books {

/// How a submitted draft ended: as an Outcome, or with an exception (Unavailable: repeat with the same key).
using Settled = std::variant<Recorded, Refused, std::exception_ptr>;

/// Gathers single drafts that arrive at the same moment and commits them together, node by node: while one
/// batch of a node is being committed the next one grows and is judged as if that one were recorded, so a
/// batch is as large as the load makes it and a lone draft never waits. Thread-safe. Every draft gets its own
/// answer, after the durable commit.
class EntryQueue {
 public:
  using OnSettled = std::function<void(Settled)>;

  /// Starts `writers` threads; each works on one node at a time, so it is also how many nodes commit side by
  /// side, or commit while their next batch is judged.
  EntryQueue(Database& database, Clock clock, int writers);
  /// Settles everything that was submitted, then stops.
  ~EntryQueue();
  EntryQueue(const EntryQueue&) = delete;
  EntryQueue& operator=(const EntryQueue&) = delete;

  /// Takes a draft and returns at once; `on_settled` is called once, from another thread, and must not block
  /// or throw. Throws Unavailable, if too many drafts are waiting already.
  void submit(NodeId node, Draft draft, OnSettled on_settled);

  using OnBatchSettled = std::function<void(std::vector<Settled>)>;
  /// The same for drafts that belong to one request: a database transaction of their own, in the node's turn.
  /// With all_or_none they are recorded together or not at all. At most most_drafts; more are refused with
  /// batch_too_large.
  void submit_batch(NodeId node, std::vector<Draft> drafts, Together together, OnBatchSettled on_settled);

  /// Figures for /metrics.
  struct Counts {
    std::uint64_t drafts_waiting;
    std::uint64_t drafts_settled;
    std::uint64_t batches;
  };
  Counts counts() const;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop::books

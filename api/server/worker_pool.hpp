#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace coop::api {

/// Threads that do what may block, in the order it came, with a bounded line of waiting work.
class WorkerPool {
 public:
  WorkerPool(int threads, std::size_t most_waiting);
  /// Ends after the work that was taken.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Takes the work, or answers false if the line is full or the pool is ending. The work must not throw.
  bool take(std::function<void()> work);
  std::size_t waiting() const;
  std::size_t busy() const;

 private:
  void serve();
  mutable std::mutex mutex_;
  std::condition_variable come_;
  std::deque<std::function<void()>> line_;
  std::size_t most_waiting_;
  std::size_t busy_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace coop::api

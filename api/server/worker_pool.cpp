#include "api/server/worker_pool.hpp"

namespace coop::api {

WorkerPool::WorkerPool(int threads, std::size_t most_waiting) : most_waiting_{most_waiting} {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  come_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::take(std::function<void()> work) {
  {
    const std::lock_guard lock{mutex_};
    if (ending_ || line_.size() >= most_waiting_) return false;
    line_.push_back(std::move(work));
  }
  come_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock{mutex_};
  return line_.size();
}

std::size_t WorkerPool::busy() const {
  const std::lock_guard lock{mutex_};
  return busy_;
}

void WorkerPool::serve() {
  std::unique_lock lock{mutex_};
  while (true) {
    come_.wait(lock, [this] { return ending_ || !line_.empty(); });
    if (line_.empty()) return;
    std::function<void()> work = std::move(line_.front());
    line_.pop_front();
    ++busy_;
    lock.unlock();
    work();
    work = nullptr;
    lock.lock();
    --busy_;
  }
}

}  // namespace coop::api

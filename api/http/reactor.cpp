#include "api/http/reactor.hpp"

#include <pistache/reactor.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <system_error>
#include <vector>

namespace coop::api {

namespace {

namespace Polling = Pistache::Polling;

constexpr std::uint64_t resume_tag = 1;
constexpr std::uint64_t tick_tag = 2;
constexpr long tick_ms = 250;
constexpr std::size_t scratch_bytes = 64 * 1024;

thread_local bool this_thread_is_reactor = false;

Polling::NotifyOn notify_on(Interest interest) {
  Pistache::Flags<Polling::NotifyOn> flags;
  if (interest.read) flags.setFlag(Polling::NotifyOn::Read);
  if (interest.write) flags.setFlag(Polling::NotifyOn::Write);
  return flags;
}

int require_descriptor(int descriptor, const char* what) {
  if (descriptor < 0) throw std::system_error{errno, std::generic_category(), what};
  return descriptor;
}

/// The owners of one thread, found by tag. Tags of slots carry a generation in their upper half, from 1 on.
class Owners {
 public:
  std::uint64_t add(std::shared_ptr<Watched> owner) {
    const std::lock_guard lock{mutex_};
    if (free_.empty()) {
      free_.push_back(slots_.size());
      slots_.emplace_back();
    }
    const std::size_t slot = free_.back();
    free_.pop_back();
    slots_[slot].owner = std::move(owner);
    return (std::uint64_t{++slots_[slot].generation} << 32) | slot;
  }

  std::shared_ptr<Watched> find(std::uint64_t tag) const {
    const std::lock_guard lock{mutex_};
    const Slot* slot = slot_of(tag);
    return slot == nullptr ? nullptr : slot->owner;
  }

  void remove(std::uint64_t tag) {
    std::shared_ptr<Watched> leaving;  // destroyed after the lock is released
    const std::lock_guard lock{mutex_};
    if (const Slot* slot = slot_of(tag); slot != nullptr) {
      const auto index = static_cast<std::size_t>(slot - slots_.data());
      leaving = std::move(slots_[index].owner);
      slots_[index].owner = nullptr;
      free_.push_back(index);
    }
  }

  template <typename Wanted>
  std::vector<std::shared_ptr<Watched>> all_that(const Wanted& wanted) const {
    std::vector<std::shared_ptr<Watched>> found;
    const std::lock_guard lock{mutex_};
    for (const Slot& slot : slots_) {
      if (slot.owner != nullptr && wanted(*slot.owner)) found.push_back(slot.owner);
    }
    return found;
  }

 private:
  struct Slot {
    std::uint32_t generation = 0;
    std::shared_ptr<Watched> owner;
  };

  const Slot* slot_of(std::uint64_t tag) const {
    const std::size_t index = tag & 0xFFFFFFFF;
    if (index >= slots_.size() || slots_[index].generation != tag >> 32) return nullptr;
    return slots_[index].owner == nullptr ? nullptr : &slots_[index];
  }

  mutable std::mutex mutex_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> free_;
};

/// One thread's share of the work, as Pistache wants it: cloned from a prototype for each thread.
class Worker final : public Pistache::Aio::Handler {
 public:
  Worker() = default;
  Worker(const Worker&) : Pistache::Aio::Handler{} {}
  Worker& operator=(const Worker&) = delete;
  ~Worker() override {
    if (resume_event_ >= 0) ::close(resume_event_);
    if (tick_timer_ >= 0) ::close(tick_timer_);
  }

  std::shared_ptr<Pistache::Aio::Handler> clone() const override { return std::make_shared<Worker>(*this); }

  void registerPoller(Polling::Epoll& poller) override {
    resume_event_ = require_descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd");
    tick_timer_ =
        require_descriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), "timerfd");
    const itimerspec each_tick{{0, tick_ms * 1'000'000}, {0, tick_ms * 1'000'000}};
    ::timerfd_settime(tick_timer_, 0, &each_tick, nullptr);
    const Pistache::Flags<Polling::NotifyOn> read{Polling::NotifyOn::Read};
    poller.addFd(resume_event_, read, Polling::Tag{resume_tag});
    poller.addFd(tick_timer_, read, Polling::Tag{tick_tag});
  }

  void onReady(const Pistache::Aio::FdSet& ready) override {
    this_thread_is_reactor = true;
    for (std::size_t i = 0; i < ready.size(); ++i) {
      const auto& entry = ready[i];
      const std::uint64_t tag = entry.getTag().value();
      if (tag == resume_tag) {
        resume_waiting();
      } else if (tag == tick_tag) {
        tick();
      } else if (const std::shared_ptr<Watched> owner = owners.find(tag); owner != nullptr) {
        Readiness readiness{entry.isReadable(), entry.isWritable(), entry.isHangup()};
        if (!readiness.readable && !readiness.writable) readiness.broken = true;
        guarded(*owner, [&] { owner->on_ready(readiness, buffer_); });
      }
    }
  }

  void resume(std::uint64_t tag) {
    const std::lock_guard lock{waiting_mutex_};
    waiting_.push_back(tag);
    if (waiting_.size() == 1) {
      const std::uint64_t one = 1;
      [[maybe_unused]] const ssize_t written = ::write(resume_event_, &one, sizeof one);
    }
  }

  Owners owners;

 private:
  /// An exception that left this thread would end the program; none may.
  template <typename Action>
  static void guarded(Watched& owner, const Action& action) noexcept {
    try {
      action();
    } catch (...) {
      owner.on_failure();
    }
  }

  static void drain(int descriptor) {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t bytes = ::read(descriptor, &count, sizeof count);
  }

  void resume_waiting() {
    drain(resume_event_);
    std::vector<std::uint64_t> tags;
    {
      const std::lock_guard lock{waiting_mutex_};
      tags.swap(waiting_);
    }
    for (const std::uint64_t tag : tags) {
      if (const auto owner = owners.find(tag); owner != nullptr) guarded(*owner, [&] { owner->on_resume(); });
    }
  }

  void tick() {
    drain(tick_timer_);
    const std::int64_t now_ms = steady_ms();
    for (const auto& owner : owners.all_that([now_ms](const Watched& one) { return one.due(now_ms); })) {
      guarded(*owner, [&] { owner->on_tick(now_ms); });
    }
  }

  int resume_event_ = -1;
  int tick_timer_ = -1;
  std::mutex waiting_mutex_;
  std::vector<std::uint64_t> waiting_;
  std::array<char, scratch_bytes> buffer_;
};

}  // namespace

std::int64_t steady_ms() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

bool on_reactor_thread() noexcept { return this_thread_is_reactor; }

struct Reactor::Held {
  std::shared_ptr<Pistache::Aio::Reactor> pistache = Pistache::Aio::Reactor::create();
  std::vector<std::shared_ptr<Worker>> workers;
  std::atomic<std::size_t> next_worker{0};
  bool running = false;
};

Reactor::Reactor(int threads) : held_{std::make_unique<Held>()} {
  held_->pistache->init(Pistache::Aio::AsyncContext{static_cast<std::size_t>(threads), "coop-http"});
  const auto key = held_->pistache->addHandler(std::make_shared<Worker>());
  for (const auto& handler : held_->pistache->handlers(key)) {
    held_->workers.push_back(std::static_pointer_cast<Worker>(handler));
  }
}

Reactor::~Reactor() { stop(); }

WatchPlace Reactor::add(std::shared_ptr<Watched> owner) {
  const std::size_t worker = held_->next_worker++ % held_->workers.size();
  return {worker, held_->workers[worker]->owners.add(std::move(owner))};
}

bool Reactor::watch(WatchPlace place, int descriptor, Interest interest) {
  Worker& worker = *held_->workers[place.worker];
  try {
    held_->pistache->registerFd(worker.key(), descriptor, notify_on(interest), Polling::Tag{place.tag});
  } catch (const std::exception&) {
    return false;
  }
  return true;
}

void Reactor::change(WatchPlace place, int descriptor, Interest interest) {
  Worker& worker = *held_->workers[place.worker];
  held_->pistache->modifyFd(worker.key(), descriptor, notify_on(interest), Polling::Tag{place.tag});
}

void Reactor::forget(WatchPlace place, int descriptor) noexcept {
  Worker& worker = *held_->workers[place.worker];
  try {
    if (held_->pistache != nullptr) held_->pistache->removeFd(worker.key(), descriptor);
  } catch (const std::exception&) {  // it was not watched yet
  }
  worker.owners.remove(place.tag);
}

void Reactor::resume(WatchPlace place) { held_->workers[place.worker]->resume(place.tag); }

void Reactor::for_each(const std::function<void(const std::shared_ptr<Watched>&)>& visit) const {
  for (const auto& worker : held_->workers) {
    for (const auto& owner : worker->owners.all_that([](const Watched&) { return true; })) visit(owner);
  }
}

void Reactor::run() {
  held_->running = true;
  held_->pistache->run();
}

void Reactor::stop() {
  if (!held_->running) return;
  held_->running = false;
  held_->pistache->shutdown();
  held_->pistache.reset();  // joins the threads
}

}  // namespace coop::api

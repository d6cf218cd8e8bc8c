#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace coop::api {

/// Milliseconds of a clock that only goes forward, exact to a few milliseconds, cheap enough for every
/// request.
std::int64_t steady_ms() noexcept;
/// True on the reactor's own threads, which must never wait.
bool on_reactor_thread() noexcept;

/// What the reactor knows of a descriptor. `broken`: hung up or failed; it is reported even if nothing is
/// awaited.
struct Readiness {
  bool readable = false;
  bool writable = false;
  bool broken = false;
};

/// What to wait for on a descriptor.
struct Interest {
  bool read = false;
  bool write = false;
  bool operator==(const Interest&) const = default;
};

/// Somebody who owns a descriptor and is told when it is ready. All calls come from the one reactor thread
/// that the descriptor was given to, and must not block. An exception that escapes is followed by on_failure.
class Watched {
 public:
  virtual ~Watched() = default;
  /// `buffer` is scratch space of the thread, valid during the call.
  virtual void on_ready(Readiness readiness, std::span<char> buffer) = 0;
  /// Answers, lock-free and quickly, whether on_tick has anything to do at `now_ms`.
  virtual bool due(std::int64_t now_ms) const noexcept = 0;
  virtual void on_tick(std::int64_t now_ms) = 0;
  /// Comes once after each Reactor::resume.
  virtual void on_resume() = 0;
  virtual void on_failure() noexcept = 0;
};

/// Where a descriptor is watched. `tag` is never used twice, so that an event of a closed descriptor finds
/// nobody.
struct WatchPlace {
  std::size_t worker = 0;
  std::uint64_t tag = 0;
};

/// Pistache's reactor: a fixed number of threads, each with its own epoll set; every 250 ms each asks its
/// descriptors whether something is due. The only file that sees Pistache is reactor.cpp. All functions are
/// safe from any thread.
class Reactor {
 public:
  explicit Reactor(int threads);
  ~Reactor();
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  /// Chooses a thread for a new owner and remembers it. No event comes before `watch`.
  WatchPlace add(std::shared_ptr<Watched> owner);
  /// Starts to watch, level-triggered; false if the kernel refuses.
  bool watch(WatchPlace place, int descriptor, Interest interest);
  /// Alters what is awaited; errors and hang-ups are always reported.
  void change(WatchPlace place, int descriptor, Interest interest);
  /// Forgets the owner and, if it is watched, the descriptor; call it before closing the descriptor.
  void forget(WatchPlace place, int descriptor) noexcept;
  /// Has `on_resume` called on the owner's thread soon.
  void resume(WatchPlace place);
  /// Every owner at this moment.
  void for_each(const std::function<void(const std::shared_ptr<Watched>&)>& visit) const;

  void run();
  /// Ends the threads and waits for them. Not from a reactor thread.
  void stop();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop::api

#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "api/http/door.hpp"
#include "api/http/reactor.hpp"

namespace coop::api {

/// The listening socket. Connections above the door's limit are closed at once; when the system has no
/// descriptor left, accepting pauses for a moment instead of spinning.
class Listener final : public Watched {
 public:
  /// Binds "address:port", "[::1]:port" or "unix:/path". A path left behind by a server that is gone is taken
  /// over. Throws Unavailable.
  Listener(std::shared_ptr<Door> door, const std::string& address);
  ~Listener() override;
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Starts to accept; the door's reactor must know the listener already by `place`. Throws Unavailable.
  void accept_at(WatchPlace place);
  /// Stops accepting and frees the address.
  void close();
  /// The bound port; 0 for a Unix socket.
  std::uint16_t port() const;

  void on_ready(Readiness readiness, std::span<char> buffer) override;
  bool due(std::int64_t now_ms) const noexcept override;
  void on_tick(std::int64_t now_ms) override;
  void on_resume() override {}
  void on_failure() noexcept override {}

 private:
  bool accept_one();

  const std::shared_ptr<Door> door_;
  std::mutex mutex_;
  int descriptor_ = -1;
  std::string unix_path_;
  WatchPlace place_;
  std::atomic<bool> paused_{false};
};

/// Raises this process's limit of open files as far as allowed, and says how many connections it can bear
/// while leaving room for body files, the database and the rest; at most `wanted`.
std::size_t bearable_connections(std::size_t wanted);

}  // namespace coop::api

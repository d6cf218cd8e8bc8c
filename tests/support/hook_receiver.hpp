#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/machine.hpp"

namespace coop::test {

/// A small HTTP server on this machine that keeps what webhooks send to it.
class HookReceiver {
 public:
  /// One request that arrived.
  struct Received {
    std::string signature;
    std::string body;
  };

  HookReceiver();
  ~HookReceiver();
  HookReceiver(const HookReceiver&) = delete;
  HookReceiver& operator=(const HookReceiver&) = delete;

  std::string url() const;
  std::uint16_t port() const noexcept { return port_; }
  /// The status of the answers from now on; 200 at first.
  void answer_with(int status) { status_ = status; }
  /// The next request, in order. Throws std::runtime_error after `patience`.
  Received wait();
  int connections() const noexcept { return connections_; }

 private:
  void serve();
  void answer(int client);
  int listener_;
  std::uint16_t port_;
  std::atomic<int> status_{200};
  std::atomic<int> connections_{0};
  std::mutex mutex_;
  std::condition_variable come_;
  std::deque<Received> received_;
  std::thread thread_;
};

/// True if the signature was made with `secret` over the body.
bool is_signed(const HookReceiver::Received& received, const std::string& secret);

}  // namespace coop::test

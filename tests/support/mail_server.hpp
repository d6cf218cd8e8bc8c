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

/// A small mail server (SMTP, without TLS) on this machine that keeps what is sent to it.
class MailServer {
 public:
  /// One mail that was taken.
  struct Mail {
    std::string from;
    std::string to;
    std::string text;  ///< head and body as sent
  };

  MailServer();
  ~MailServer();
  MailServer(const MailServer&) = delete;
  MailServer& operator=(const MailServer&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  /// What recipients are answered from now on: 250 at first; 450 is for now, 550 for good.
  void answer_recipients_with(int status) { status_ = status; }
  /// The next mail, in order. Throws std::runtime_error after `patience`.
  Mail wait();
  int recipients_asked() const noexcept { return recipients_asked_; }

 private:
  void serve();
  void talk(int client);
  int listener_;
  std::uint16_t port_;
  std::atomic<int> status_{250};
  std::atomic<int> recipients_asked_{0};
  std::mutex mutex_;
  std::condition_variable come_;
  std::deque<Mail> mails_;
  std::thread thread_;
};

}  // namespace coop::test

#pragma once
#include <atomic>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/temporary_folder.hpp"

namespace coop::test {

/// Stands between a program and PostgreSQL on a Unix socket, and cuts the connection at a message of the
/// program's.
class CuttingProxy {
 public:
  /// When the connection is cut.
  enum class Cut {
    before,  ///< PostgreSQL never sees the message
    after    ///< PostgreSQL has done what the message asks and says so, but nobody hears it
  };

  CuttingProxy();
  ~CuttingProxy();
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;

  /// The address that leads to `address` through here: "host='…' port=…".
  std::string address_through(const std::string& address);
  /// Cuts at the `message`-th message from now on, counted over all connections, once.
  void cut_at(int message, Cut when);
  /// Lets everything pass from now on. True if there was a cut since cut_at.
  bool stop_cutting();

 private:
  void accept_all();
  void serve(int client);
  bool pass_on(int from, int to) const;
  bool is_cut(int client, int server);

  TemporaryFolder folder_;
  std::string target_;
  int listener_;
  std::mutex mutex_;
  int messages_left_ = 0;  ///< 0: nothing is cut
  Cut when_ = Cut::before;
  bool was_cut_ = false;
  std::atomic<bool> ending_{false};
  std::list<std::thread> connections_;
  std::thread accepting_;
};

}  // namespace coop::test

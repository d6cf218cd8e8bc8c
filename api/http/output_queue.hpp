#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace coop::api {

/// Bytes on their way to one client, in order. Not safe for several threads: its connection guards it.
class OutputQueue {
 public:
  enum class Sent { everything, blocked, failed };

  bool empty() const noexcept { return bytes_ == 0; }
  std::size_t bytes() const noexcept { return bytes_; }

  /// Sends `head` and `body` at once if nothing waits, and queues what the socket does not take.
  Sent send(int descriptor, std::string_view head, std::string&& body);
  /// Sends what waits, up to a bound that leaves time for other connections.
  Sent send_waiting(int descriptor);
  void clear();

 private:
  void queue(std::string piece, std::size_t from);
  void drop_sent(std::size_t count);

  std::vector<std::string> pieces_;
  std::size_t first_ = 0;   ///< index of the first piece not yet sent whole
  std::size_t offset_ = 0;  ///< bytes of it that were sent
  std::size_t bytes_ = 0;
};

}  // namespace coop::api

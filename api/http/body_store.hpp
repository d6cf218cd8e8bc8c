#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/http_server.hpp"

namespace coop::api {

/// The room that the bodies of all connections share, so that many half-sent requests cannot exhaust the
/// machine. Outlives the server: body files that are still read hold it.
struct BodyRoom {
  std::atomic<std::uint64_t> in_memory{0};  ///< bytes of bodies being received
  std::atomic<std::uint64_t> in_files{0};  ///< bytes of bodies in temporary files, received or being received
};

/// Collects the body of one request: in memory up to HttpSettings::body_in_memory, beyond that (or when all
/// bodies together hold more than `bodies_in_memory`) in an unlinked temporary file.
class BodyStore {
 public:
  BodyStore(const HttpSettings& settings, std::shared_ptr<BodyRoom> room);
  ~BodyStore() { clear(); }
  BodyStore(const BodyStore&) = delete;
  BodyStore& operator=(const BodyStore&) = delete;

  /// Makes room for a body whose length is announced; little is believed before it arrives.
  void expect(std::uint64_t bytes);
  /// False if there is no room left in memory or on disk.
  bool append(std::string_view bytes);
  std::uint64_t size() const noexcept { return size_; }
  /// Moves the body into the request and is empty again.
  void move_to(HttpRequest& request);
  void clear();

 private:
  bool move_to_file();
  bool write_to_file(std::string_view bytes);

  const HttpSettings& settings_;
  std::shared_ptr<BodyRoom> room_;
  std::string text_;
  std::shared_ptr<BodyFile> file_;
  std::uint64_t size_ = 0;
};

}  // namespace coop::api

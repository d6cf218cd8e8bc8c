#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "api/answer.hpp"
#include "api/http/http_server.hpp"
#include "api/route.hpp"

namespace coop::api {

class Metrics;

/// One request on its way to its answer: knows how to send it, and writes the access log and the metrics when
/// it is sent. Shared by whoever may answer; the first answer counts.
class Exchange {
 public:
  /// What all exchanges of a server have in common.
  struct Habits {
    Metrics* metrics = nullptr;
    bool access_log = true;
    bool behind_proxy = false;  ///< the caller's address is taken from X-Forwarded-For
    std::vector<std::string> cors_origins;
  };

  Exchange(const HttpRequest& request, Reply reply, const Habits& habits);
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  const std::string& id() const noexcept { return id_; }
  void set_route(const Route* route) noexcept { route_ = route; }
  void set_caller(std::string name) { caller_ = std::move(name); }

  /// Sends the answer; runs its stream, if it has one, on this thread.
  void send(Answer answer);
  /// Sends the problem document of whatever was thrown.
  void send_problem(std::exception_ptr thrown);

 private:
  using Headers = std::vector<std::pair<std::string, std::string>>;
  Headers headers_of(Answer& answer) const;
  void send_stream(const Answer& answer, Headers headers);
  std::string logged_path() const;
  void tell(int status, std::size_t bytes) const;

  Reply reply_;
  const Habits& habits_;
  std::string id_;
  std::string method_;
  std::string path_;
  std::string remote_;
  std::string origin_;
  std::string if_none_match_;
  std::string caller_;
  const Route* route_ = nullptr;
  std::chrono::steady_clock::time_point begun_at_;
  std::atomic<bool> answered_{false};
};

/// A strong ETag of a body: the first sixteen bytes of its SHA-256, in quotation marks.
std::string etag_of(std::string_view body);

}  // namespace coop::api

#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "api/http/body_store.hpp"
#include "api/http/http_server.hpp"

namespace coop::api {

/// Cuts the bytes of one connection into requests, with Boost.Beast's parser and stricter rules where a proxy
/// and the door could understand the same bytes differently (RFC 9112): one Content-Length of digits only,
/// one Host, the transfer coding `chunked` alone and never beside Content-Length.
class RequestFraming {
 public:
  enum class Outcome { need_more, complete, refused };
  enum class Phase { nothing, headers, body };
  /// What became of the bytes: `used` of them are done with, the rest must be offered again together with
  /// more.
  struct Fed {
    std::size_t used;
    Outcome outcome;
  };

  RequestFraming(const HttpSettings& settings, std::shared_ptr<BodyRoom> room);
  ~RequestFraming();
  RequestFraming(const RequestFraming&) = delete;
  RequestFraming& operator=(const RequestFraming&) = delete;

  /// Reads on. After `complete` call take(); after `refused` nothing more can be read from this connection.
  Fed feed(std::string_view bytes);
  Phase phase() const noexcept;
  /// True once, if the client waits for "100 Continue" before it sends the body.
  bool wants_continue() noexcept;
  /// Bytes of the body so far; tells progress.
  std::uint64_t body_bytes() const noexcept;

  /// The version of the request being read or just completed, and whether the client wants the connection
  /// kept.
  bool is_http_1_1() const noexcept;
  bool keep_alive() const;
  /// The complete request, without `remote`; the framing is ready for the next one.
  HttpRequest take();
  /// The answer to bytes that were refused.
  HttpAnswer refusal() const;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop::api

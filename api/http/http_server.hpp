#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coop::api {

/// A request as it arrived: framed, size-limited, percent-decoded. Header names are lower case.
struct HttpRequest {
  std::string method;                 ///< "GET"
  std::string path;                   ///< raw path of the target, not decoded: "/v1/nodes"
  std::vector<std::string> segments;  ///< decoded path segments: {"v1","nodes"}
  std::vector<std::pair<std::string, std::string>> query;    ///< decoded, in order, repeats kept
  std::vector<std::pair<std::string, std::string>> headers;  ///< in order, repeats kept
  std::string body;                                          ///< empty if the body was spooled to `body_file`
  std::shared_ptr<const class BodyFile> body_file;           ///< bodies above HttpSettings::body_in_memory
  std::string remote;                                        ///< the client's address, "127.0.0.1" or "unix"
  std::optional<std::string_view> header(std::string_view lower_name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
};

/// A large body kept in an unlinked temporary file; it may be read by several threads.
class BodyFile {
 public:
  /// Takes the open file `descriptor`, which is empty; `room` counts the bytes of all such files.
  BodyFile(int descriptor, std::shared_ptr<std::atomic<std::uint64_t>> room);
  ~BodyFile();
  BodyFile(const BodyFile&) = delete;
  BodyFile& operator=(const BodyFile&) = delete;
  std::uint64_t size() const noexcept { return size_; }
  /// Reads up to `count` bytes at `offset`; empty at the end. Throws Unavailable if the disk fails.
  std::string read(std::uint64_t offset, std::size_t count) const;
  /// Adds to the end; false if the disk is full or broken.
  bool append(std::string_view bytes);

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
  std::shared_ptr<std::atomic<std::uint64_t>> room_;
};

/// An answer. Content-Length, Date, Connection are the server's own business; values with CR, LF or NUL are
/// refused (InvariantBroken, nothing is sent). HEAD sends no body, 204 and 304 neither.
struct HttpAnswer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

/// The way to answer one request, from any thread. Copies share the one answer: the first counts, later ones
/// do nothing. If the last copy goes away without an answer the client gets a 500. Sending to a client that
/// has left does nothing.
class Reply {
 public:
  struct Held;
  explicit Reply(std::shared_ptr<Held> held) : held_{std::move(held)} {}

  void send(HttpAnswer answer) const;
  /// Starts a chunked answer. Then write() pieces and finish(). write() blocks while more than 1 MiB waits
  /// for the client, up to HttpSettings::write_stall_ms without progress, so it is not for the thread of
  /// on_request; it returns false once the client is gone (stop producing).
  void begin_stream(int status, std::vector<std::pair<std::string, std::string>> headers) const;
  bool write(std::string_view piece) const;
  void finish() const;
  /// Ends a stream that cannot be completed: the connection is closed without the last chunk, so that the
  /// client sees it.
  void abandon() const;
  bool client_gone() const noexcept;

 private:
  std::shared_ptr<Held> held_;
};

/// Limits that keep slow, huge or broken clients from starving others.
struct HttpSettings {
  /// "address:port" or "[::1]:port", port 0 picks one; or "unix:/path", a socket for its owner and group
  /// (0660).
  std::string listen = "127.0.0.1:8080";
  int threads = 2;                       ///< reactor threads; they never block
  std::size_t max_connections = 10'000;  ///< further ones are closed at once
  std::size_t max_header_bytes = 16 * 1024;
  std::uint64_t max_body_bytes = 256ull << 20;
  std::size_t body_in_memory = 1 << 20;  ///< larger bodies go to a temporary file
  /// All connections together: beyond it bodies go to files at once.
  std::uint64_t bodies_in_memory = 64ull << 20;
  /// All connections together: beyond it 503.
  std::uint64_t bodies_in_files = 4ull << 30;
  /// Bytes of later requests that wait behind the one being served; beyond it the connection is not read.
  std::size_t max_pipelined_bytes = 1 << 20;
  int header_timeout_ms = 10'000;  ///< from accept, then from the first byte, to the end of the headers
  int body_timeout_ms = 30'000;    ///< for each 4 KiB of a body
  int idle_timeout_ms = 75'000;    ///< between requests
  int write_stall_ms = 15'000;     ///< a client that takes nothing for so long is closed
};

/// The door: accepts connections with Pistache's reactor and frames requests with Boost.Beast's parser.
/// `on_request` runs on a reactor thread and must not block: answer quickly, or hand the work over and answer
/// through the Reply later. Whatever it throws becomes a 500.
class HttpServer {
 public:
  using OnRequest = std::function<void(HttpRequest&&, Reply)>;
  HttpServer(HttpSettings settings, OnRequest on_request);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Binds and starts; returns at once. Throws Unavailable if the address cannot be bound. Raises the
  /// process's limit of open files to what is allowed, and lowers max_connections to what that limit bears.
  /// Works again after stop().
  void start();
  /// The bound port; 0 for a Unix socket.
  std::uint16_t port() const;
  /// Stops accepting, lets requests that are being served end (new requests on open connections get 503 with
  /// `Connection: close`), then closes everything; at most `patience_ms`. Not from a reactor thread.
  void stop(int patience_ms);
  /// Counters for /metrics.
  struct Counts {
    std::uint64_t connections_open, connections_total, connections_refused, requests_total,
        requests_in_flight;
  };
  Counts counts() const;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop::api

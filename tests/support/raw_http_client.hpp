#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace coop::testing {

/// An answer as it came over the wire. Header names are lower case; of repeated ones the last is kept.
struct RawAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;  ///< chunks joined
};

/// A client that speaks bytes, not HTTP: for requests no decent client would send. Every wait ends after
/// test::patience with std::runtime_error. Failing to send is not an error: the server may have closed
/// already.
class RawHttpClient {
 public:
  explicit RawHttpClient(std::uint16_t port, int receive_buffer_bytes = 0);
  explicit RawHttpClient(const std::string& unix_path);
  ~RawHttpClient();
  RawHttpClient(RawHttpClient&& other) noexcept;
  RawHttpClient& operator=(RawHttpClient&& other) noexcept;

  bool send(std::string_view bytes);
  /// Reads one answer, also an interim 1xx; `to_head`: none of them has a body. Throws if the connection ends
  /// before.
  RawAnswer read_answer(bool to_head = false);
  /// The status of the next answer, or 0 if the connection ends before; the rest of that answer is lost.
  int read_status();
  /// Reads all bytes until the server ends the connection or resets it.
  std::string read_to_end();
  /// Whether the server closes, without sending anything more.
  bool is_closed();
  /// The same within the time.
  bool is_closed_within(int timeout_ms);
  /// Ends the sending side only.
  void half_close();
  /// Vanishes: with a reset instead of a goodbye.
  void vanish();
  void close();
  int descriptor() const noexcept { return descriptor_; }

 private:
  bool read_more();
  std::string take_line();
  std::string take(std::size_t count);
  std::string take_chunks();

  int descriptor_;
  std::string received_;
};

/// "GET `path` HTTP/1.1" with a Host.
std::string get_request(std::string_view path);
/// "POST `path` HTTP/1.1" with a Host, a Content-Length and `body`.
std::string post_request(std::string_view path, std::string_view body);

}  // namespace coop::testing

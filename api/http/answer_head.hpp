#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coop::api {

/// Names and values in order; a name may stand several times.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// How an answer's body is delimited and what becomes of the connection.
struct AnswerFraming {
  std::optional<std::uint64_t> content_length;  ///< nothing for 204, 304 and streams
  bool chunked = false;
  bool close = false;           ///< "Connection: close"
  bool say_keep_alive = false;  ///< HTTP/1.0 clients must be told
};

/// Refuses (InvariantBroken) what no answer may carry: a status outside 200 to 599, a header name that is not
/// a token or is the server's own (Content-Length, Date, Connection, Transfer-Encoding), a value with CR, LF
/// or NUL.
void require_sendable(int status, const HttpHeaders& headers);

/// The status line, the server's headers, then `headers`, then the empty line.
void append_head(std::string& out, int status, const HttpHeaders& headers, const AnswerFraming& framing);

/// 204 and 304 have no body and say no length.
constexpr bool has_body(int status) noexcept { return status != 204 && status != 304; }

}  // namespace coop::api

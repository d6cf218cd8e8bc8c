#pragma once
#include <string>
#include <vector>

#include "tests/support/raw_http_client.hpp"

namespace coop::testing {

/// Bytes that are no acceptable request, and what they are answered with.
struct RefusedRequest {
  const char* what;
  std::string bytes;
  int status;
  std::string code;
};

/// A POST with more header lines, each with its end, and a body.
inline std::string post_with(const std::string& headers, const std::string& body = "abc") {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
}

/// A GET with more header lines, each with its end.
inline std::string get_with(const std::string& headers) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}

/// So many headers.
inline std::string many_headers(int count) {
  std::string headers;
  for (int i = 0; i < count; ++i) headers += "X-" + std::to_string(i) + ": y\r\n";
  return headers;
}

/// The table of them.
inline std::vector<RefusedRequest> refused_requests() {
  const std::string malformed = "malformed_request";
  return {
      {"no HTTP at all", "hello\r\n\r\n", 400, malformed},
      {"a TLS greeting", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), 400,
       malformed},
      {"no version", "GET /\r\n\r\n", 400, malformed},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, malformed},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"an odd method", "GE\"T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a control character in the target", "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a relative target", get_request("v1/nodes"), 400, malformed},
      {"an authority as target", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"another scheme", get_request("ftp://a/b"), 400, malformed},
      {"a fragment", get_request("/a#b"), 400, malformed},
      {"a half escape", get_request("/%4"), 400, malformed},
      {"an escape that is none", get_request("/%zz"), 400, malformed},
      {"an escaped NUL", get_request("/a%00b"), 400, malformed},
      {"an escape that is not UTF-8", get_request("/%ff"), 400, malformed},
      {"an overlong escape", get_request("/%c0%af"), 400, malformed},
      {"an escaped surrogate", get_request("/%ed%a0%80"), 400, malformed},
      {"a broken escape in the query", get_request("/?a=%g1"), 400, malformed},
      {"a way upwards", get_request("/v1/../secret"), 400, malformed},
      {"an escaped way upwards", get_request("/v1/%2e%2E/secret"), 400, malformed},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400, malformed},
      {"two Hosts", get_with("Host: b\r\n"), 400, malformed},
      {"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, malformed},
      {"a header without a colon", get_with("nonsense\r\n"), 400, malformed},
      {"a space before the colon", get_with("X-A : b\r\n"), 400, malformed},
      {"a NUL in a header", get_with(std::string("X-A: b\0c\r\n", 10)), 400, malformed},
      {"a lone CR in a header", get_with("X-A: b\rc\r\n"), 400, malformed},
      {"lines ended by LF only", "GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", 400, malformed},
      {"a length with a unit", post_with("Content-Length: 2abc\r\n"), 400, malformed},
      {"a length in hexadecimal", post_with("Content-Length: 0x2\r\n"), 400, malformed},
      {"a length with a sign", post_with("Content-Length: +3\r\n"), 400, malformed},
      {"a negative length", post_with("Content-Length: -1\r\n"), 400, malformed},
      {"an empty length", post_with("Content-Length:\r\n"), 400, malformed},
      {"an endless length", post_with("Content-Length: 99999999999999999999999\r\n"), 400, malformed},
      {"two different lengths", post_with("Content-Length: 3\r\nContent-Length: 4\r\n"), 400, malformed},
      {"two equal lengths", post_with("Content-Length: 3\r\nContent-Length: 3\r\n"), 400, malformed},
      {"a list of lengths", post_with("Content-Length: 3, 3\r\n"), 400, malformed},
      {"length, then chunks", post_with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400,
       malformed},
      {"chunks, then length", post_with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"), 400,
       malformed},
      {"chunks twice", post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400,
       malformed},
      {"an unknown coding", post_with("Transfer-Encoding: gzip\r\n"), 501, malformed},
      {"an unknown coding before chunks", post_with("Transfer-Encoding: gzip, chunked\r\n"), 501, malformed},
      {"a coding that hides",
       post_with("Transfer-Encoding: \x0b"
                 "chunked\r\n"),
       400, malformed},
      {"a coding almost right", post_with("Transfer-Encoding: xchunked\r\n"), 501, malformed},
      {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400, malformed},
      {"a chunk size that is none", post_with("Transfer-Encoding: chunked\r\n", "xyz\r\nabc\r\n"), 400,
       malformed},
      {"a negative chunk size", post_with("Transfer-Encoding: chunked\r\n", "-1\r\nabc\r\n"), 400, malformed},
      {"an endless chunk size", post_with("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nabc\r\n"),
       400, malformed},
      {"a chunk longer than it says", post_with("Transfer-Encoding: chunked\r\n", "2\r\nabcd\r\n0\r\n\r\n"),
       400, malformed},
      {"a chunk line ended by LF", post_with("Transfer-Encoding: chunked\r\n", "3\nabc\r\n0\r\n\r\n"), 400,
       malformed},
      {"an unknown expectation", post_with("Content-Length: 3\r\nExpect: a miracle\r\n"), 417, malformed},
      {"a body that says it is too large", post_with("Content-Length: 100001\r\n"), 413, "too_large"},
      {"a chunk that says it is too large", post_with("Transfer-Encoding: chunked\r\n", "186a1\r\n"), 413,
       "too_large"},
      {"chunks that add up to too much",
       post_with("Transfer-Encoding: chunked\r\n", "c350\r\n" + std::string(50'000, 'x') + "\r\nc351\r\n"),
       413, "too_large"},
      {"a long target", get_request("/" + std::string(20'000, 'a')), 431, "too_large"},
      {"a long header", get_with("X-A: " + std::string(20'000, 'a') + "\r\n"), 431, "too_large"},
      {"many headers", get_with(many_headers(101)), 431, "too_large"},
      {"a flood of empty lines", std::string(40'000, '\n'), 431, "too_large"},
      {"a flood of trailers",
       post_with("Transfer-Encoding: chunked\r\n", "0\r\nX-A: " + std::string(20'000, 'a')), 431,
       "too_large"},
      {"a flood of chunk extensions",
       post_with("Transfer-Encoding: chunked\r\n", "1;a=" + std::string(20'000, 'a')), 431, "too_large"},
  };
}

}  // namespace coop::testing

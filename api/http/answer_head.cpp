#include "api/http/answer_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 207:
      return "Multi-Status";
    case 301:
      return "Moved Permanently";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return "Answer";
  }
}

/// "Date: Sun, 06 Nov 1994 08:49:37 GMT" and a line end, made once a second and thread.
std::string_view date_line() {
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t made_at = 0;
  thread_local std::array<char, 40> line{};
  const std::time_t now = std::time(nullptr);
  if (now != made_at) {
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::snprintf(line.data(), line.size(), "Date: %s, %02u %s %04u %02u:%02u:%02u GMT\r\n",
                  days[static_cast<std::size_t>(parts.tm_wday)], static_cast<unsigned>(parts.tm_mday) % 100,
                  months[static_cast<std::size_t>(parts.tm_mon)],
                  static_cast<unsigned>(parts.tm_year + 1900) % 10000,
                  static_cast<unsigned>(parts.tm_hour) % 100, static_cast<unsigned>(parts.tm_min) % 100,
                  static_cast<unsigned>(parts.tm_sec) % 100);
    made_at = now;
  }
  return line.data();
}

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

bool is_token(std::string_view name) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || marks.find(letter) != std::string_view::npos;
  });
}

bool is_servers_own(std::string_view name) {
  constexpr std::array<std::string_view, 4> own{"date", "connection", "content-length", "transfer-encoding"};
  return std::ranges::any_of(own, [name](std::string_view mine) {
    return std::ranges::equal(name, mine, [](char left, char right) { return (left | 0x20) == right; });
  });
}

}  // namespace

void require_sendable(int status, const HttpHeaders& headers) {
  ensure(status >= 200 && status <= 599, "an answer's status lies between 200 and 599");
  for (const auto& [name, value] : headers) {
    ensure(is_token(name), "an answer's header name is a token");
    ensure(!is_servers_own(name), "length, date and connection of an answer are the server's own headers");
    ensure(value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos,
           "an answer's header value holds no line end and no NUL");
  }
}

void append_head(std::string& out, int status, const HttpHeaders& headers, const AnswerFraming& framing) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(status));
  out += ' ';
  out += reason_of(status);
  out += "\r\n";
  out += date_line();
  if (framing.content_length) {
    out += "Content-Length: ";
    append_number(out, *framing.content_length);
    out += "\r\n";
  }
  if (framing.chunked) out += "Transfer-Encoding: chunked\r\n";
  if (framing.close) {
    out += "Connection: close\r\n";
  } else if (framing.say_keep_alive) {
    out += "Connection: keep-alive\r\n";
  }
  for (const auto& [name, value] : headers) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
  }
  out += "\r\n";
}

}  // namespace coop::api

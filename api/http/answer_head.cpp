#include "api/http/answer_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

/// The statuses this program answers with, in ascending order.
constexpr std::array<std::pair<int, std::string_view>, 29> reasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {207, "Multi-Status"},
    {301, "Moved Permanently"},
    {303, "See Other"},
    {304, "Not Modified"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
}};

std::string_view reason_of(int status) {
  const auto found =
      std::ranges::lower_bound(reasons, status, {}, [](const auto& reason) { return reason.first; });
  return found != reasons.end() && found->first == status ? found->second : "Answer";
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

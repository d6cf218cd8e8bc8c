#include "api/server/exchange.hpp"

#include <algorithm>
#include <random>

#include "api/log.hpp"
#include "api/metrics.hpp"
#include "api/problem.hpp"
#include "ledger/books/draft.hpp"

namespace coop::api {

namespace {

/// Unique among the servers of one database with great likelihood: 32 random bits of this process and a
/// counter.
std::string next_request_id() {
  static const std::uint32_t process = std::random_device{}();
  static std::atomic<std::uint64_t> counter{0};
  const std::uint64_t number = counter.fetch_add(1, std::memory_order_relaxed) + 1;
  constexpr char digits[] = "0123456789abcdef";
  std::string id(18, '0');
  for (int i = 0; i < 8; ++i) id[static_cast<std::size_t>(7 - i)] = digits[(process >> (4 * i)) & 15];
  for (int i = 0; i < 10; ++i) id[static_cast<std::size_t>(17 - i)] = digits[(number >> (4 * i)) & 15];
  return id;
}

std::string header_or_empty(const HttpRequest& request, std::string_view name) {
  return std::string{request.header(name).value_or(std::string_view{})};
}

/// True if the list of an If-None-Match holds the tag (weak comparison).
bool holds_tag(std::string_view list, std::string_view tag) {
  return list == "*" || list.find(tag) != std::string_view::npos;
}

}  // namespace

std::string etag_of(std::string_view body) {
  return '"' + books::uuid_text_of(books::fingerprint_of(body)) + '"';
}

Exchange::Exchange(const HttpRequest& request, Reply reply, const Habits& habits)
    : reply_{std::move(reply)},
      habits_{habits},
      id_{next_request_id()},
      method_{request.method},
      path_{request.path},
      remote_{request.remote},
      origin_{header_or_empty(request, "origin")},
      if_none_match_{header_or_empty(request, "if-none-match")},
      begun_at_{std::chrono::steady_clock::now()} {}

Exchange::Headers Exchange::headers_of(Answer& answer) const {
  Headers headers = std::move(answer.headers);
  headers.reserve(headers.size() + 10);
  if (!answer.content_type.empty()) headers.emplace_back("Content-Type", std::move(answer.content_type));
  headers.emplace_back("X-Request-Id", id_);
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Cache-Control", "private, no-cache");
  headers.emplace_back("Content-Security-Policy",
                       "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
  headers.emplace_back("Referrer-Policy", "no-referrer");
  if (!origin_.empty() && !habits_.cors_origins.empty()) {
    const auto& allowed = habits_.cors_origins;
    headers.emplace_back("Vary", "Origin");
    if (std::find(allowed.begin(), allowed.end(), origin_) != allowed.end()) {
      headers.emplace_back("Access-Control-Allow-Origin", origin_);
      headers.emplace_back("Access-Control-Expose-Headers",
                           "ETag, Link, Location, Idempotent-Replay, X-Request-Id");
    }
  }
  return headers;
}

void Exchange::send(Answer answer) {
  if (answered_.exchange(true)) return;
  const bool is_read = method_ == "GET" || method_ == "HEAD";
  std::string etag;
  if (is_read && answer.status == 200 && !answer.stream) {
    etag = etag_of(answer.body);
    if (!if_none_match_.empty() && holds_tag(if_none_match_, etag)) {
      answer.status = 304;
      answer.body.clear();
      answer.content_type.clear();
    }
  }
  Headers headers = headers_of(answer);
  if (!etag.empty()) headers.emplace_back("ETag", std::move(etag));
  if (answer.stream) return send_stream(answer, std::move(headers));
  const int status = answer.status;
  const std::size_t bytes = answer.body.size();
  reply_.send({status, std::move(headers), std::move(answer.body)});
  tell(status, bytes);
}

void Exchange::send_stream(const Answer& answer, Headers headers) {
  std::size_t bytes = 0;
  reply_.begin_stream(answer.status, std::move(headers));
  if (method_ != "HEAD") {
    try {
      answer.stream([&](std::string_view piece) {
        bytes += piece.size();
        return piece.empty() || reply_.write(piece);
      });
    } catch (const std::exception& fault) {
      log_event(LogLevel::error, "stream broken off", {{"request", id_}, {"cause", fault.what()}});
      reply_.abandon();
      return tell(answer.status, bytes);
    }
  }
  reply_.finish();
  tell(answer.status, bytes);
}

void Exchange::send_problem(std::exception_ptr thrown) {
  if (!answered_) send(problem_of_exception(std::move(thrown), id_));
}

// A link is a secret: the log shows where it led, not what it says. Where nothing stands, whatever is as long
// as a link or a token may be one.
std::string Exchange::logged_path() const {
  if (route_) return route_->pattern.ends_with("{link}") ? std::string{route_->pattern} : path_;
  constexpr std::size_t longest_shown = 30;
  std::string shown;
  for (std::size_t at = 0; at < path_.size();) {
    const std::size_t end = std::min(path_.find('/', at + 1), path_.size());
    shown += end - at > longest_shown ? "/…" : path_.substr(at, end - at);
    at = end;
  }
  return shown;
}

void Exchange::tell(int status, std::size_t bytes) const {
  const auto took = std::chrono::steady_clock::now() - begun_at_;
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  if (habits_.metrics) habits_.metrics->answered(route_, status, static_cast<double>(microseconds) * 1e-6);
  if (!habits_.access_log) return;
  log_event(LogLevel::info, "request answered",
            {{"request", id_},
             {"method", method_},
             {"path", logged_path()},
             {"status", status},
             {"bytes", static_cast<long long>(bytes)},
             {"us", static_cast<long long>(microseconds)},
             {"user", caller_.empty() ? std::string_view{"-"} : std::string_view{caller_}},
             {"remote", remote_}});
}

}  // namespace coop::api

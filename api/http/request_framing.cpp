#include "api/http/request_framing.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <optional>
#include <string>

#include "api/http/problem.hpp"
#include "api/http/request_target.hpp"

namespace coop::api {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BeastText = boost::beast::string_view;

constexpr std::size_t max_header_fields = 100;
/// The shortest end of a chunked body is "0\r\n\r\n"; Beast expects not to be asked with less twice.
constexpr std::size_t least_chunk_end = 5;

std::string_view text_of_beast(BeastText text) { return {text.data(), text.size()}; }

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; }

std::string lower_case(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

bool equals_ignoring_case(std::string_view text, std::string_view lower_text) {
  return std::ranges::equal(text, lower_text, [](char left, char right) { return lower(left) == right; });
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 19 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Why a request was refused: an HTTP status and a sentence.
struct Fault {
  int status = 400;
  std::string detail;
};

/// Beast's state machine, filling an HttpRequest directly.
class Parser final : public http::basic_parser<true> {
 public:
  explicit Parser(BodyStore& body) : body_{body} {
    eager(true);
    request.headers.reserve(8);
  }

  HttpRequest request;
  std::optional<Fault> fault;
  bool http_1_1 = false;
  bool headers_done = false;
  bool wants_continue = false;

  /// Between chunks, where the next bytes are a chunk's size or the trailers.
  bool awaits_chunk_size() const noexcept { return headers_done && chunked() && chunk_left_ == 0; }

 private:
  void refuse(int status, std::string detail, error_code& error) {
    fault = Fault{status, std::move(detail)};
    error = http::error::bad_value;
  }

  void on_request_impl(http::verb, BeastText method, BeastText target, int version,
                       error_code& error) override {
    request.method = text_of_beast(method);
    http_1_1 = version == 11;
    const std::string_view wrong = read_target(text_of_beast(target), request);
    if (!wrong.empty()) refuse(400, std::string{wrong}, error);
  }

  void on_response_impl(int, BeastText, int, error_code&) override {}

  void on_field_impl(http::field field, BeastText name, BeastText value, error_code& error) override {
    if (headers_done) return;  // trailers are read and forgotten
    if (request.headers.size() == max_header_fields) return refuse(431, "There are too many headers.", error);
    const std::string_view text = text_of_beast(value);
    request.headers.emplace_back(lower_case(text_of_beast(name)), text);
    if (field == http::field::host) check_host(text, error);
    if (field == http::field::content_length) check_length(text, error);
    if (field == http::field::transfer_encoding) check_transfer_coding(text, error);
    if (field == http::field::expect) check_expectation(text, error);
  }

  void check_host(std::string_view host, error_code& error) {
    if (++hosts_ > 1) return refuse(400, "There are two Host headers.", error);
    if (host.find_first_of(" \t/@?#\\\"<>") != std::string_view::npos)
      refuse(400, "The Host header is wrong.", error);
  }

  void check_length(std::string_view length, error_code& error) {
    if (++lengths_ > 1) return refuse(400, "There are two Content-Length headers.", error);
    if (!is_number(length)) refuse(400, "The Content-Length is not a number.", error);
  }

  void check_transfer_coding(std::string_view coding, error_code& error) {
    if (!http_1_1) return refuse(400, "HTTP/1.0 knows no Transfer-Encoding.", error);
    if (!equals_ignoring_case(coding, "chunked"))
      refuse(501, "Only the transfer coding `chunked` is read.", error);
  }

  void check_expectation(std::string_view expectation, error_code& error) {
    if (!equals_ignoring_case(expectation, "100-continue")) {
      refuse(417, "The only expectation that can be met is 100-continue.", error);
    }
    wants_continue = http_1_1;
  }

  void on_header_impl(error_code& error) override {
    headers_done = true;
    if (http_1_1 && hosts_ == 0) refuse(400, "The Host header is missing.", error);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) body_.expect(*length);
  }

  std::size_t on_body_impl(BeastText bytes, error_code& error) override { return keep(bytes, error); }

  void on_chunk_header_impl(std::uint64_t size, BeastText, error_code&) override { chunk_left_ = size; }

  std::size_t on_chunk_body_impl(std::uint64_t, BeastText bytes, error_code& error) override {
    chunk_left_ -= bytes.size();
    return keep(bytes, error);
  }

  void on_finish_impl(error_code&) override {}

  std::size_t keep(BeastText bytes, error_code& error) {
    wants_continue = false;
    if (!body_.append(text_of_beast(bytes)))
      refuse(503, "There is no room for the body at the moment.", error);
    return bytes.size();
  }

  BodyStore& body_;
  int hosts_ = 0;
  int lengths_ = 0;
  std::uint64_t chunk_left_ = 0;
};

Fault fault_of(const error_code& error) {
  if (error == http::error::header_limit) return {431, "The headers are too long."};
  if (error == http::error::body_limit) return {413, "The body is too large."};
  return {400, "The request cannot be read: " + error.message() + "."};
}

}  // namespace

struct RequestFraming::Held {
  Held(const HttpSettings& http_settings, std::shared_ptr<BodyRoom> room)
      : settings{http_settings}, body{http_settings, std::move(room)} {}

  const HttpSettings& settings;
  BodyStore body;
  std::optional<Parser> parser;
  Fault fault;
  std::size_t header_bytes = 0;
  bool http_1_1 = false;
  bool keep_alive = false;

  /// A client may send empty lines before a request (RFC 9112, 2.2).
  std::size_t skip_empty_lines(std::string_view bytes) {
    const std::size_t first = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
    header_bytes += first;
    return first;
  }

  Outcome refuse(Fault why) {
    fault = std::move(why);
    return Outcome::refused;
  }

  Outcome parse(std::string_view bytes, std::size_t& used);
};

RequestFraming::Outcome RequestFraming::Held::parse(std::string_view bytes, std::size_t& used) {
  if (!parser) {
    parser.emplace(body);
    parser->body_limit(settings.max_body_bytes);
  }
  if (parser->awaits_chunk_size() && bytes.size() < least_chunk_end) return Outcome::need_more;
  if (!parser->headers_done) {
    if (header_bytes >= settings.max_header_bytes) return refuse({431, "The headers are too long."});
    parser->header_limit(static_cast<std::uint32_t>(settings.max_header_bytes - header_bytes));
  }
  error_code error;
  used = parser->put({bytes.data(), bytes.size()}, error);
  if (parser->fault) return refuse(*std::exchange(parser->fault, std::nullopt));
  if (error && error != http::error::need_more) return refuse(fault_of(error));
  if (parser->is_done()) return Outcome::complete;
  if (!parser->headers_done) header_bytes += used;
  const std::size_t waiting = bytes.size() - used + (parser->headers_done ? 0 : header_bytes);
  if (waiting > settings.max_header_bytes) return refuse({431, "The headers or trailers are too long."});
  return Outcome::need_more;
}

RequestFraming::RequestFraming(const HttpSettings& settings, std::shared_ptr<BodyRoom> room)
    : held_{std::make_unique<Held>(settings, std::move(room))} {}

RequestFraming::~RequestFraming() = default;

RequestFraming::Fed RequestFraming::feed(std::string_view bytes) {
  std::size_t skipped = 0;
  if (!held_->parser) skipped = held_->skip_empty_lines(bytes);
  bytes.remove_prefix(skipped);
  if (bytes.empty() && held_->header_bytes <= held_->settings.max_header_bytes)
    return {skipped, Outcome::need_more};
  std::size_t used = 0;
  const Outcome outcome = held_->parse(bytes, used);
  if (outcome == Outcome::complete) {
    held_->http_1_1 = held_->parser->http_1_1;
    held_->keep_alive = held_->parser->keep_alive();
  }
  return {skipped + used, outcome};
}

RequestFraming::Phase RequestFraming::phase() const noexcept {
  if (!held_->parser) return Phase::nothing;
  return held_->parser->headers_done ? Phase::body : Phase::headers;
}

bool RequestFraming::wants_continue() noexcept {
  return held_->parser && held_->parser->headers_done && std::exchange(held_->parser->wants_continue, false);
}

std::uint64_t RequestFraming::body_bytes() const noexcept { return held_->body.size(); }

bool RequestFraming::is_http_1_1() const noexcept {
  return held_->parser ? held_->parser->http_1_1 : held_->http_1_1;
}

bool RequestFraming::keep_alive() const { return held_->keep_alive; }

HttpRequest RequestFraming::take() {
  HttpRequest request = std::move(held_->parser->request);
  held_->body.move_to(request);
  held_->parser.reset();
  held_->header_bytes = 0;
  return request;
}

HttpAnswer RequestFraming::refusal() const {
  return framing_problem(held_->fault.status, held_->fault.detail);
}

}  // namespace coop::api

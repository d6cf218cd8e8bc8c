// Feeds arbitrary bytes to the framing of requests: whole, and cut into pieces, which must give the same
// requests.
#include <memory>
#include <string>
#include <string_view>

#include "api/http/request_framing.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::api {
namespace {

constexpr std::string_view refusal = "refused";

/// What became of the bytes: every request with its parts, then how it ended.
std::string described(std::string_view bytes, std::size_t step) {
  HttpSettings settings;
  settings.max_body_bytes = 2000;
  settings.body_in_memory = 4000;
  const auto room = std::make_shared<BodyRoom>();
  std::string text;
  {
    RequestFraming framing{settings, room};
    std::string waiting;
    while (!bytes.empty()) {
      waiting += bytes.substr(0, step);
      bytes.remove_prefix(std::min(step, bytes.size()));
      auto outcome = RequestFraming::Outcome::complete;
      while (outcome == RequestFraming::Outcome::complete && !waiting.empty()) {
        const auto fed = framing.feed(waiting);
        fuzz::require(fed.used <= waiting.size(), "no more is used than there is");
        waiting.erase(0, fed.used);
        outcome = fed.outcome;
        if (outcome == RequestFraming::Outcome::refused) return text + std::string{refusal};
        if (outcome != RequestFraming::Outcome::complete) continue;
        const HttpRequest request = framing.take();
        text += request.method + ' ' + request.path + '\n' + request.body + '\n';
        for (const auto& [name, value] : request.headers) text += name + ':' + value + '\n';
        for (const auto& [name, value] : request.query) text += name + '=' + value + '\n';
        for (const auto& segment : request.segments) text += segment + '/';
      }
    }
  }
  fuzz::require(room->in_memory == 0 && room->in_files == 0, "all room is given back");
  return text;
}

/// The first byte chooses how the others are cut.
void look_at_framing(std::string_view bytes) {
  if (bytes.size() < 2 || bytes.size() > 8000) return;  // the limit of headers is not exact to the byte
  const std::string_view text = bytes.substr(1);
  const auto accepted = [](std::string_view all) {
    return all.ends_with(refusal) ? all.substr(0, all.size() - refusal.size()) : all;
  };
  // A refusal may come a few bytes later when less is known at once; what was accepted before it is the same.
  const std::string whole = described(text, text.size());
  const std::string pieces = described(text, 1 + static_cast<unsigned char>(bytes.front()) % 64);
  fuzz::require(accepted(whole) == accepted(pieces), "cutting changes nothing");
}

const bool added_framing = fuzz::add_target(
    {"request_framing",
     look_at_framing,
     {"\x01GET /v1/nodes/bcn?a=b%20c&d HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\r\n",
      "\x03POST /a%2Fb HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /n HTTP/1.1\r\nHost: a\r\n\r\n",
      "\x05POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"1\"\r\nhello\r\n0\r\nT: "
      "x\r\n\r\n",
      "\x07PUT http://a/b HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n",
      "\x09POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "\x0bOPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nCookie: a=b\r\n\r\n"}});

}  // namespace
}  // namespace coop::api

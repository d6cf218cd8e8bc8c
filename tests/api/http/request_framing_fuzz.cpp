// Feeds arbitrary bytes to the framing of requests: whole, and cut into pieces, which must give the same
// requests.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/request_framing.hpp"

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
        if (fed.used > waiting.size()) std::abort();
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
  if (room->in_memory != 0 || room->in_files != 0) std::abort();
  return text;
}

}  // namespace
}  // namespace coop::api

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  if (count < 2 || count > 8000) return 0;  // below the limit of headers, which is not exact to the byte
  const std::string_view text{reinterpret_cast<const char*>(bytes) + 1, count - 1};
  using coop::api::refusal;
  const auto accepted = [](std::string_view all) {
    return all.ends_with(refusal) ? all.substr(0, all.size() - refusal.size()) : all;
  };
  // A refusal may come a few bytes later when less is known at once; what was accepted before it is the same.
  const std::string whole = coop::api::described(text, text.size());
  const std::string pieces = coop::api::described(text, 1 + bytes[0] % 64);
  if (accepted(whole) != accepted(pieces)) std::abort();
  return 0;
}

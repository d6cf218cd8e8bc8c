#pragma once
#include <string>
#include <utility>

#include "api/http/http_server.hpp"
#include "tests/support/raw_http_client.hpp"

namespace coop::testing {

/// Says what arrived: method, path, segments, query, body, each on a line of its own.
inline std::string described(const api::HttpRequest& request) {
  std::string text = request.method + " " + request.path + "\n";
  for (const auto& segment : request.segments) text += "[" + segment + "]";
  text += "\n";
  for (const auto& [name, value] : request.query) text += name + "=" + value + ";";
  text += "\n";
  text += request.body_file != nullptr ? request.body_file->read(0, request.body_file->size()) : request.body;
  return text;
}

/// Settings for tests: any free port, and so much patience that a slow machine does not exhaust it; otherwise
/// the defaults.
inline api::HttpSettings test_settings() {
  api::HttpSettings settings;
  settings.listen = "127.0.0.1:0";
  settings.header_timeout_ms = settings.body_timeout_ms = settings.write_stall_ms = 120'000;
  return settings;
}

/// A started server that answers every request at once with its description, or with `handler`.
class EchoServer {
 public:
  explicit EchoServer(api::HttpSettings settings = test_settings(), api::HttpServer::OnRequest handler = echo)
      : server_{std::move(settings), std::move(handler)} {
    server_.start();
  }

  static void echo(api::HttpRequest&& request, const api::Reply& reply) {
    reply.send({200, {{"Content-Type", "text/plain"}}, described(request)});
  }

  RawHttpClient client() const { return RawHttpClient{server_.port()}; }
  /// Sends `bytes` over a connection of its own and reads one answer.
  RawAnswer ask(std::string_view bytes) const {
    RawHttpClient one = client();
    one.send(bytes);
    return one.read_answer(bytes.starts_with("HEAD"));
  }
  api::HttpServer& server() { return server_; }
  std::uint16_t port() const { return server_.port(); }

 private:
  api::HttpServer server_;
};

}  // namespace coop::testing

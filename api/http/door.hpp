#pragma once
#include <atomic>
#include <cstdint>
#include <memory>

#include "api/http/body_store.hpp"
#include "api/http/http_server.hpp"
#include "api/http/reactor.hpp"

namespace coop::api {

/// What all connections of one running server share. Held by every connection and every unanswered Reply, so
/// that an answer that comes after the server has stopped still finds solid ground.
struct Door {
  Door(HttpSettings http_settings, HttpServer::OnRequest handler)
      : settings{std::move(http_settings)}, on_request{std::move(handler)}, reactor{settings.threads} {}

  const HttpSettings settings;
  HttpServer::OnRequest on_request;  ///< emptied once the reactor has stopped
  Reactor reactor;
  std::shared_ptr<BodyRoom> body_room = std::make_shared<BodyRoom>();

  std::size_t connection_limit = 0;   ///< max_connections, or what the limit of descriptors allows
  std::atomic<bool> stopping{false};  ///< new requests get 503
  std::atomic<std::uint64_t> connections_open{0};
  std::atomic<std::uint64_t> connections_total{0};
  std::atomic<std::uint64_t> connections_refused{0};
  std::atomic<std::uint64_t> requests_total{0};
  std::atomic<std::uint64_t> requests_in_flight{0};  ///< handed to on_request, not yet answered
  std::atomic<std::uint64_t> answers_unsent{0};  ///< connections whose answer is not wholly with the kernel
};

}  // namespace coop::api

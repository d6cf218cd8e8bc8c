#include "api/http/http_server.hpp"

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>

#include "api/http/connection.hpp"
#include "api/http/door.hpp"
#include "api/http/listener.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

/// How long the door waits at the end for clients to notice that it closes.
constexpr int goodbye_ms = 300;

/// The reactor's threads take no signals: those belong to the program's own threads.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

/// Waits until `reached` or `until_ms`.
template <typename Condition>
bool wait_for(std::int64_t until_ms, const Condition& reached) {
  while (!reached()) {
    if (steady_ms() >= until_ms) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

void for_each_connection(Door& door, const std::function<void(Connection&)>& visit) {
  door.reactor.for_each([&](const std::shared_ptr<Watched>& watched) {
    if (auto* connection = dynamic_cast<Connection*>(watched.get()); connection != nullptr)
      visit(*connection);
  });
}

}  // namespace

std::optional<std::string_view> HttpRequest::header(std::string_view lower_name) const {
  const auto found =
      std::ranges::find(headers, lower_name, [](const auto& pair) { return std::string_view{pair.first}; });
  if (found == headers.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string_view> HttpRequest::query_value(std::string_view name) const {
  const auto found =
      std::ranges::find(query, name, [](const auto& pair) { return std::string_view{pair.first}; });
  if (found == query.end()) return std::nullopt;
  return found->second;
}

struct HttpServer::Held {
  const HttpSettings settings;
  const OnRequest on_request;
  mutable std::mutex mutex;    ///< guards what follows: counters are read while the server starts and stops
  std::shared_ptr<Door> door;  ///< of the last start
  std::shared_ptr<Listener> listener;  ///< nothing unless started
  std::uint16_t port = 0;

  std::shared_ptr<Door> current_door() const {
    const std::lock_guard lock{mutex};
    return door;
  }
};

HttpServer::HttpServer(HttpSettings settings, OnRequest on_request)
    : held_{new Held{std::move(settings), std::move(on_request), {}, nullptr, nullptr, 0}} {
  ensure(held_->settings.threads > 0 && held_->settings.threads < 256, "a server has 1 to 255 threads");
}

HttpServer::~HttpServer() { stop(0); }

void HttpServer::start() {
  const std::lock_guard lock{held_->mutex};
  ensure(held_->listener == nullptr, "a server is started once before it is stopped");
  auto door = std::make_shared<Door>(held_->settings, held_->on_request);
  auto listener = std::make_shared<Listener>(door, held_->settings.listen);
  door->connection_limit = bearable_connections(held_->settings.max_connections);
  {
    const SignalsBlocked blocked;
    door->reactor.run();
  }
  held_->door = door;
  held_->listener = listener;
  held_->port = listener->port();
  listener->accept_at(door->reactor.add(listener));
}

std::uint16_t HttpServer::port() const {
  const std::lock_guard lock{held_->mutex};
  return held_->port;
}

void HttpServer::stop(int patience_ms) {
  std::shared_ptr<Listener> listener;
  {
    const std::lock_guard lock{held_->mutex};
    listener.swap(held_->listener);
  }
  if (listener == nullptr) return;
  ensure(!on_reactor_thread(), "a server is not stopped by its own threads");
  Door& door = *held_->current_door();
  const std::int64_t until_ms = steady_ms() + patience_ms;
  door.stopping = true;
  listener->close();
  const auto all_answered = [&door] { return door.answers_unsent == 0 && door.requests_in_flight == 0; };
  if (wait_for(until_ms, all_answered)) {
    for_each_connection(door, [](Connection& connection) { connection.close_gently(goodbye_ms); });
    wait_for(std::min(until_ms, steady_ms() + goodbye_ms), [&door] { return door.connections_open == 0; });
  }
  for_each_connection(door, [](Connection& connection) { connection.close_at_once(); });
  door.reactor.stop();
  door.on_request = nullptr;
}

HttpServer::Counts HttpServer::counts() const {
  const auto door = held_->current_door();
  if (door == nullptr) return {};
  return {door->connections_open, door->connections_total, door->connections_refused, door->requests_total,
          door->requests_in_flight};
}

}  // namespace coop::api

#pragma once
#include <cstddef>
#include <memory>
#include <span>

#include "api/http/http_server.hpp"
#include "api/route.hpp"
#include "api/server/exchange.hpp"
#include "api/server/router.hpp"
#include "api/server/worker_pool.hpp"
#include "api/services.hpp"

namespace coop::api {

/// Brings each request to its handler and the answer back. What is checked, in this order: the address, the
/// method, who asks, the rate, the node, the rights, the query's names, the key; then the handler reads the
/// body.
class Dispatcher {
 public:
  /// How much may be done at once.
  struct Widths {
    int workers = 16;
    int long_workers = 8;
    std::size_t most_waiting = 1'024;
    std::size_t most_long_waiting = 64;
  };
  /// The routes, services and habits must outlive it.
  Dispatcher(std::span<const Route> routes, Services& services, const Exchange::Habits& habits,
             Widths widths);
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  /// Takes a request on a reactor thread; never blocks.
  void take(HttpRequest&& request, Reply reply);
  const WorkerPool& workers() const noexcept { return workers_; }
  const WorkerPool& long_workers() const noexcept { return long_workers_; }

 private:
  using Shared = std::shared_ptr<Exchange>;
  void answer_without_route(const HttpRequest& request, const RouteMatch& match, Exchange& exchange) const;
  /// True if the call can be served without waiting; caller and node are set then.
  bool is_all_at_hand(Call& call) const;
  /// `at_once`: on a reactor thread, with everything at hand; nothing may wait.
  void admit(Call& call, Exchange& exchange, bool at_once);
  void serve(Call&& call, const Shared& exchange, bool at_once);
  void hand_over(Call&& call, const Shared& exchange);
  Answer written(Write write, const Call& call);
  Answer tried(Write write, const Call& call);

  Services& services_;
  const Exchange::Habits& habits_;
  Router router_;
  WorkerPool workers_;
  WorkerPool long_workers_;
};

}  // namespace coop::api

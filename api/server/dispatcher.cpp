#include "api/server/dispatcher.hpp"

#include "api/kept_answer.hpp"
#include "api/problem.hpp"
#include "ledger/access/rate_limiter.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr std::size_t most_key_bytes = 200;

/// True if `name` is one of the words of `list`.
bool is_listed(std::string_view list, std::string_view name) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (list.substr(at, end - at) == name) return true;
    at = end + 1;
  }
  return false;
}

void require_known_parameters(const Call& call) {
  for (const auto& [name, value] : call.request.query) {
    if (is_listed(call.route->parameters, name) || (call.route->is_write() && name == "dry_run")) continue;
    std::string known{call.route->parameters};
    if (call.route->is_write()) known += known.empty() ? "dry_run" : " dry_run";
    throw Refused{Refusal::field_unknown,
                  "there is no parameter '" + name.substr(0, 60) +
                      "' here; known are: " + (known.empty() ? "none" : known),
                  "?" + name.substr(0, 60)};
  }
}

std::string require_key(const Call& call) {
  const auto key = call.request.header("idempotency-key");
  if (!key || key->empty()) {
    if (call.route->is_write() && !call.dry_run)
      throw Refused{Refusal::key_missing, "send the header Idempotency-Key with a value of your own choice"};
    return {};
  }
  if (key->size() > most_key_bytes)
    throw Refused{Refusal::too_large,
                  "the Idempotency-Key has at most " + std::to_string(most_key_bytes) + " bytes"};
  return std::string{*key};
}

void require_plain_body(const Call& call) {
  const auto coding = call.request.header("content-encoding");
  if (coding && !coding->empty() && *coding != "identity")
    throw Refused{Refusal::media_type_unsupported,
                  "the body is sent as '" + std::string{coding->substr(0, 60)} + "': send it as it is"};
}

/// The token of "Authorization: Bearer …", or "".
std::string_view bearer_token_of(const Call& call) {
  const std::string_view header = call.request.header("authorization").value_or(std::string_view{});
  constexpr std::string_view scheme = "bearer ";
  if (header.size() <= scheme.size()) return {};
  for (std::size_t i = 0; i < scheme.size(); ++i)
    if ((header[i] | 0x20) != (scheme[i] | 0x20)) return {};
  return header.substr(scheme.size());
}

/// A proxy on this machine tells in X-Forwarded-For who asked it: the last address there is the one it saw
/// itself.
void take_address_from_proxy(HttpRequest& request) {
  if (request.remote != "unix" && request.remote != "127.0.0.1" && request.remote != "::1") return;
  const std::string_view told = request.header("x-forwarded-for").value_or(std::string_view{});
  const std::size_t comma = told.rfind(',');
  std::string_view last = comma == std::string_view::npos ? told : told.substr(comma + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  const bool is_address = !last.empty() && last.size() <= 45 &&
                          last.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  if (is_address) request.remote = last;
}

/// Services and reports point to what they call a value, "/unit": that is the parameter `unit` where the
/// route has one. A request without a body has nothing else to point to.
Refused pointing_into_request(const Call& call, const Refused& refused) {
  const std::string& field = refused.field();
  if (!field.starts_with('/')) return refused;
  const bool is_parameter = is_listed(call.route->parameters, std::string_view{field}.substr(1));
  if (!is_parameter && call.route->method != "GET") return refused;
  return {refused.refusal(), refused.detail(), is_parameter ? "?" + field.substr(1) : std::string{}};
}

/// Whoever holds no role in a node is not told that it exists.
void require_allowed(const Call& call, access::Action need) {
  const access::Access& access = *call.caller.access;
  const auto node = call.at_node ? std::optional{call.at_node->id} : std::nullopt;
  const auto is_here = [&](const access::HeldRole& held) { return held.node == node; };
  if (node && !access.is_operator && std::none_of(access.roles.begin(), access.roles.end(), is_here))
    throw Refused{Refusal::node_unknown,
                  "there is no node '" + call.at_node->name + "', or you have no role in it"};
  access::require_allowed(&access, need, node, call.now);
}

}  // namespace

Dispatcher::Dispatcher(std::span<const Route> routes, Services& services, const Exchange::Habits& habits,
                       Widths widths)
    : services_{services},
      habits_{habits},
      router_{routes},
      workers_{widths.workers, widths.most_waiting},
      long_workers_{widths.long_workers, widths.most_long_waiting} {}

void Dispatcher::take(HttpRequest&& request, Reply reply) {
  if (habits_.behind_proxy) take_address_from_proxy(request);
  const auto exchange = std::make_shared<Exchange>(request, std::move(reply), habits_);
  RouteMatch match = router_.match(request.method, request.segments);
  if (!match.route) return answer_without_route(request, match, *exchange);
  exchange->set_route(match.route);
  Call call;
  call.request = std::move(request);
  call.route = match.route;
  call.id = exchange->id();
  call.path_values = std::move(match.path_values);
  call.now = services_.clock();
  if (is_all_at_hand(call)) serve(std::move(call), exchange, true);
  else hand_over(std::move(call), exchange);
}

namespace {

// A whole list as CSV is written as fast as its reader takes it.
bool may_wait_for_its_reader(const Call& call) {
  if (call.route->is_long) return true;
  for (const auto& [name, value] : call.request.query)
    if (name == "format") return value == "csv";
  return call.request.header("accept").value_or(std::string_view{}).starts_with("text/csv");
}

}  // namespace

void Dispatcher::hand_over(Call&& call, const Shared& exchange) {
  WorkerPool& pool = may_wait_for_its_reader(call) ? long_workers_ : workers_;
  const auto waiting = std::make_shared<Call>(std::move(call));
  if (!pool.take([this, exchange, waiting] { serve(std::move(*waiting), exchange, false); }))
    exchange->send(unavailable("Too many requests are waiting.", exchange->id(), 1));
}

void Dispatcher::answer_without_route(const HttpRequest& request, const RouteMatch& match,
                                      Exchange& exchange) const {
  if (match.allow.empty())
    return exchange.send(problem_of(
        Refused{Refusal::route_unknown, "nothing is at " + request.path.substr(0, 200)}, exchange.id()));
  Answer answer;
  if (request.method == "OPTIONS") {
    answer.status = 204;
    answer.content_type.clear();
    if (!habits_.cors_origins.empty()) {
      answer.headers.emplace_back("Access-Control-Allow-Methods", match.allow);
      answer.headers.emplace_back("Access-Control-Allow-Headers",
                                  "Authorization, Content-Type, Idempotency-Key, If-None-Match");
      answer.headers.emplace_back("Access-Control-Max-Age", "600");
    }
  } else {
    answer = problem_of(Refused{Refusal::method_not_allowed, "allowed here: " + match.allow}, exchange.id());
  }
  answer.headers.emplace_back("Allow", match.allow);
  exchange.send(std::move(answer));
}

bool Dispatcher::is_all_at_hand(Call& call) const {
  if (!std::holds_alternative<Start>(call.route->handler) || !call.request.query.empty() ||
      call.request.body_file)
    return false;
  const auto access = services_.tokens.at_hand(bearer_token_of(call), call.now);
  call.at_node = services_.nodes.at_hand(call.path_value("node"));
  if (!access || !call.at_node || !services_.units.at_hand()) return false;
  call.caller.access = *access;
  return true;
}

void Dispatcher::admit(Call& call, Exchange& exchange, bool at_once) {
  call.at_reactor = at_once;
  const std::string_view token = bearer_token_of(call);
  if (!at_once && !token.empty()) call.caller.access = services_.tokens.find(token, call.now);
  const access::Access* access = call.caller.access.get();
  if (access) exchange.set_caller(access->name);
  if (services_.requests)
    services_.requests->require(access ? "user " + access->name : "address " + call.request.remote, call.now);
  const auto need = call.route->need;
  if (need && !access) access::require_allowed(nullptr, *need, std::nullopt, call.now);
  if (!at_once && call.route->pattern.find("{node}") != std::string_view::npos)
    call.at_node = services_.nodes.require(call.path_value("node"));
  if (need) require_allowed(call, *need);
  require_known_parameters(call);
  call.dry_run = call.route->is_write() && call.query_truth("dry_run", false);
  call.key = require_key(call);
  require_plain_body(call);
}

void Dispatcher::serve(Call&& call, const Shared& exchange, bool at_once) {
  try {
    admit(call, *exchange, at_once);
    if (const auto* ask = std::get_if<Ask>(&call.route->handler)) {
      exchange->send((*ask)(call, services_));
    } else if (const auto* write = std::get_if<Write>(&call.route->handler)) {
      exchange->send(call.dry_run ? tried(*write, call) : written(*write, call));
    } else if (const auto* later = std::get_if<Later>(&call.route->handler)) {
      later->run(call, services_, [exchange](Answer answer) { exchange->send(std::move(answer)); });
    } else if (call.dry_run) {
      exchange->send(std::get<Start>(call.route->handler).dry(call, services_));
    } else {
      const auto start = std::get<Start>(call.route->handler).start;
      start(std::move(call), services_, [exchange](Answer answer) { exchange->send(std::move(answer)); });
    }
  } catch (const Refused& refused) {
    // A unit that is not at hand may have been added by another server: ask where waiting is allowed.
    if (at_once && refused.refusal() == Refusal::unit_unknown) hand_over(std::move(call), exchange);
    else exchange->send_problem(std::make_exception_ptr(pointing_into_request(call, refused)));
  } catch (...) {
    exchange->send_problem(std::current_exception());
  }
}

Answer Dispatcher::written(Write write, const Call& call) {
  return answered_once(services_.database, call, content_of(call, call.route->holds_secret),
                       [&](Tx& tx) { return write(tx, call, services_); });
}

Answer Dispatcher::tried(Write write, const Call& call) {
  Answer answer = services_.database.in_dry_tx([&](Tx& tx) { return write(tx, call, services_); });
  answer.status = 200;
  answer.headers.clear();
  answer.body = answer.body_when_repeated.value_or(std::move(answer.body));
  if (answer.body.empty()) answer.body = "{}";
  ensure(answer.body.front() == '{', "a write answers with an object");
  answer.body.insert(1, answer.body.size() > 2 ? "\"dry_run\":true," : "\"dry_run\":true");
  answer.content_type = "application/json";
  return answer;
}

}  // namespace coop::api

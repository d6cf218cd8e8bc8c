#include "api/server/router.hpp"

#include <map>

#include "ledger/values/refusal.hpp"

namespace coop::api {

/// A point of the tree of addresses.
struct Router::Fork {
  std::map<std::string, std::unique_ptr<Fork>, std::less<>> fixed;
  std::unique_ptr<Fork> place;
  std::vector<const Route*> routes;
};

Router::Router(std::span<const Route> routes) : root_{new Fork} {
  for (const Route& route : routes) {
    Fork* fork = root_.get();
    for (const std::string_view part : PatternParts{route.pattern}) {
      auto& next = is_place(part) ? fork->place : fork->fixed[std::string{part}];
      if (!next) next = std::make_unique<Fork>();
      fork = next.get();
    }
    for (const Route* other : fork->routes)
      ensure(other->method != route.method, "no two routes have the same method and pattern");
    fork->routes.push_back(&route);
  }
}

Router::~Router() = default;

RouteMatch Router::match(std::string_view method, const std::vector<std::string>& segments) const {
  RouteMatch match;
  const Fork* fork = root_.get();
  for (const std::string& segment : segments) {
    const auto fixed = fork->fixed.find(segment);
    if (fixed != fork->fixed.end()) {
      fork = fixed->second.get();
    } else if (fork->place && !segment.empty()) {
      fork = fork->place.get();
      match.path_values.push_back(segment);
    } else {
      return {};
    }
  }
  if (fork->routes.empty()) return {};
  const std::string_view wanted = method == "HEAD" ? std::string_view{"GET"} : method;
  for (const Route* route : fork->routes)
    if (route->method == wanted) match.route = route;
  if (match.route) return match;
  for (const Route* route : fork->routes) {
    match.allow += route->method;
    match.allow += route->method == "GET" ? ", HEAD, " : ", ";
  }
  match.allow += "OPTIONS";
  return match;
}

}  // namespace coop::api

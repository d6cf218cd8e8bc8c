#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"

namespace coop::api {

/// What stands at an address.
struct RouteMatch {
  const Route* route = nullptr;          ///< null: nothing for this method
  std::vector<std::string> path_values;  ///< of the route's {places}
  std::string allow;  ///< the methods that stand here: "GET, HEAD, POST, OPTIONS"; "" if nothing does
};

/// Finds routes by their segments; a fixed segment goes before a {place}. The routes must outlive it.
class Router {
 public:
  /// InvariantBroken if two routes have the same method and pattern.
  explicit Router(std::span<const Route> routes);
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  /// HEAD finds the GET route. An empty segment stands nowhere.
  RouteMatch match(std::string_view method, const std::vector<std::string>& segments) const;

 private:
  struct Fork;
  std::unique_ptr<Fork> root_;
};

}  // namespace coop::api

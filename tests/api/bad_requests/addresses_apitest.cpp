// Requests to a wrong address, with a wrong method, or by somebody who may not.
#include "api/handlers/routes.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {
namespace {

using access::Role;
using AddressesApi = BadRequests;

constexpr auto every_scope = R"("read","write","admin")";

bool has_node(const api::Route& route) { return route.pattern.find("{node}") != std::string_view::npos; }

/// The specimen's path with `value` in the place that is the `wanted`th segment.
std::string path_with(const std::string& path, std::size_t wanted, std::string_view value) {
  std::string spoiled;
  std::size_t index = 0;
  for (const std::string_view part : api::PatternParts{path}) {
    spoiled += "/";
    spoiled += index++ == wanted ? value : part;
  }
  return spoiled;
}

TEST_F(AddressesApi, OfThingsThatAreNotThereAreRefused) {
  for (const Specimen& specimen : specimens()) {
    std::string_view before;
    std::size_t index = 0;
    for (const std::string_view part : api::PatternParts{specimen.pattern}) {
      int faults = 0;
      for (const PlaceFault& fault : place_faults()) {
        if (fault.place != part || (!fault.after.empty() && fault.after != before)) continue;
        ++faults;
        Spoiled spoiled = request_of(specimen, false);
        spoiled.path = path_with(spoiled.path, index, fault.value);
        refuses(specimen, spoiled, {fault.code, std::nullopt}, spoiled.path);
      }
      EXPECT_TRUE(!api::is_place(part) || faults > 0) << name_of(specimen) << ", " << part;
      before = part;
      ++index;
    }
  }
}

TEST_F(AddressesApi, ThatCannotBeReadAreRefused) {
  for (const Specimen& specimen : specimens()) {
    for (const std::string_view bad : {"%ff", "a%00b", "%c0%af", "%ed%a0%80", "%4", "%zz", "..", "%2e%2E"}) {
      std::size_t index = 0;
      for (const std::string_view part : api::PatternParts{specimen.pattern}) {
        if (api::is_place(part)) {
          Spoiled spoiled = request_of(specimen, false);
          spoiled.path = path_with(spoiled.path, index, bad);
          refuses(specimen, spoiled, {"malformed_request", ""}, spoiled.path);
        }
        ++index;
      }
    }
  }
}

TEST_F(AddressesApi, WhereNothingIsAreRefused) {
  for (const std::string path : {"/v2", "/v1/nodes/bcn/nothing", "/v1//nodes", "/v1/nodes/bcn/entries/1/2/3",
                                 "/favicon.ico", "/V1/nodes", "/v1/nodes/bcn/entries/"})
    if (!path.ends_with("entries/")) expect_refused(get(path), {"route_unknown", ""}, path);
  for (const Specimen& specimen : specimens()) {
    Spoiled spoiled = request_of(specimen, false);
    spoiled.path += spoiled.path == "/" ? "nothing/at/all" : "/nothing/at/all";
    refuses(specimen, spoiled, {"route_unknown", ""}, spoiled.path);
  }
}

TEST_F(AddressesApi, WithAMethodThatIsNotOfferedTellWhichAre) {
  for (const Specimen& specimen : specimens()) {
    std::string allow;
    for (const api::Route& route : api::routes())
      if (route.pattern == specimen.pattern)
        allow += std::string{route.method} + (route.method == "GET" ? ", HEAD, " : ", ");
    for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "get"}) {
      if (lists(allow, method + ",")) continue;
      const Spoiled spoiled = request_of(specimen, false);
      const ApiAnswer answer = send(method, spoiled.path, spoiled.request);
      expect_refused(answer, {"method_not_allowed", ""}, method + " " + spoiled.path);
      EXPECT_EQ(answer.headers.count("allow") ? answer.headers.at("allow") : "", allow + "OPTIONS");
    }
    const ApiAnswer asked = send("OPTIONS", filled_in(specimen.path));
    EXPECT_EQ(asked.status, 204);
    EXPECT_EQ(asked.headers.at("allow"), allow + "OPTIONS");
    EXPECT_EQ(asked.body, "");
  }
}

TEST_F(AddressesApi, AreClosedToStrangers) {
  const std::string expired = token_with("eve", {Role::treasurer}, every_scope);
  superuser_sql(
      "UPDATE access_token SET expires_at = issued_at + interval '1 microsecond' WHERE id = (SELECT max(id) "
      "FROM access_token)");
  look_anew();
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || !route->need) continue;
    Spoiled spoiled = request_of(specimen, false);
    for (const std::string& token :
         {std::string{"-"}, std::string{"nonsense"}, "coop_" + std::string(43, 'A'), std::string(3000, 'x'),
          operator_token() + "x", operator_token().substr(0, 40)}) {
      spoiled.request.token = token;
      refuses(specimen, spoiled, {"sign_in_required", ""}, "by a stranger");
    }
    spoiled.request.token = expired;
    refuses(specimen, spoiled, {"token_expired", ""}, "with an old token");
    spoiled.request.token = "-";
    spoiled.request.headers.emplace_back("Authorization", "Basic dGVzczpwYXNz");
    refuses(specimen, spoiled, {"sign_in_required", ""}, "with another scheme");
  }
}

TEST_F(AddressesApi, AreClosedToOtherRoles) {
  std::map<Role, std::string> tokens;
  for (const Role role :
       {Role::treasurer, Role::bookkeeper, Role::approver, Role::auditor, Role::member, Role::neighbour})
    tokens[role] = token_with("a" + std::string{access::text_of(role)}, {role}, every_scope);
  const std::string stranger = token_with("sue", {}, every_scope);
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || !route->need) continue;
    const access::Permission& permission = access::permission_of(*route->need);
    if (permission.for_everybody) continue;
    Spoiled spoiled = request_of(specimen, false);
    for (const auto& [role, token] : tokens) {
      if (std::find(permission.roles.begin(), permission.roles.end(), role) != permission.roles.end())
        continue;
      spoiled.request.token = token;
      refuses(specimen, spoiled, {"role_missing", ""}, "by the role " + std::string{access::text_of(role)});
    }
    spoiled.request.token = stranger;
    refuses(specimen, spoiled, {has_node(*route) ? "node_unknown" : "role_missing", ""}, "without a role");
  }
}

TEST_F(AddressesApi, OfAnotherNodeAreClosed) {
  const std::string treasurer = token_with("tom", {Role::treasurer}, every_scope);
  const std::string elsewhere = token_with("una", {Role::treasurer}, every_scope, R"(,"only_node":"lon")");
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || !has_node(*route)) continue;
    Spoiled spoiled = request_of(specimen, false);
    spoiled.request.token = elsewhere;
    refuses(specimen, spoiled, {"scope_missing", ""}, "with a token for another node");
    spoiled.path = path_with(spoiled.path, 2, "lon");
    spoiled.request.token = treasurer;
    refuses(specimen, spoiled, {"node_unknown", ""}, "in another node");
  }
}

TEST_F(AddressesApi, AreClosedToTokensWithoutTheScope) {
  const std::map<access::Scope, std::string> without{
      {access::Scope::read, token_with("wim", {Role::treasurer}, R"("write")")},
      {access::Scope::write, token_with("rae", {Role::treasurer}, R"("read")")},
      {access::Scope::admin, token_with("raw", {Role::treasurer}, R"("read","write")")}};
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || !route->need) continue;
    Spoiled spoiled = request_of(specimen, false);
    spoiled.request.token = without.at(access::permission_of(*route->need).scope);
    refuses(specimen, spoiled, {"scope_missing", ""}, "without the scope");
  }
}

}  // namespace
}  // namespace coop::test

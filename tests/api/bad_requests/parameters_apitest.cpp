// Requests with query parameters that are unknown, doubled, missing or wrong.
#include "api/handlers/routes.hpp"
#include "ledger/values/cursor.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {
namespace {

using ParametersApi = BadRequests;

std::vector<std::string> parameters_of(const api::Route& route) {
  std::istringstream words{std::string{route.parameters} + (route.is_write() ? " dry_run" : "")};
  return {std::istream_iterator<std::string>{words}, {}};
}

/// "kind=fund&" without the parameter that is spoiled.
std::string others_in(std::string_view query, const std::string& parameter) {
  std::string others;
  std::istringstream parts{std::string{query}};
  for (std::string part; std::getline(parts, part, '&');)
    if (!part.starts_with(parameter + "=")) others += part + "&";
  return others;
}

TEST_F(ParametersApi, ThatAreUnknownAreRefused) {
  for (const Specimen& specimen : specimens()) {
    Spoiled spoiled = request_of(specimen, false);
    for (const std::string name : {"nonsense", "Limit", "limit%20", "as_of%5B%5D", "%C3%A9", ""}) {
      spoiled.query = others_in(specimen.query, name) + name + "=1";
      const std::string field = "?" + (name == "limit%20"      ? "limit "
                                       : name == "as_of%5B%5D" ? "as_of[]"
                                       : name == "%C3%A9"      ? "é"
                                                               : name);
      refuses(specimen, spoiled, {"field_unknown", field}, spoiled.query);
    }
    for (const std::string bad : {"%ff", "%", "%4", "a%00", "%c0%af"}) {
      spoiled.query = "nonsense=" + bad;
      refuses(specimen, spoiled, {"malformed_request", ""}, spoiled.query);
    }
  }
}

TEST_F(ParametersApi, ThatAreWrongAreRefused) {
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route) continue;
    for (const std::string& parameter : parameters_of(*route)) {
      for (const ParameterFault& fault : parameter_faults()) {
        if (fault.name != parameter || !concerns(fault.route, specimen)) continue;
        Spoiled spoiled = request_of(specimen, false);
        spoiled.query = others_in(specimen.query, parameter) + parameter + "=" + fault.value;
        const std::string field = fault.field.empty()  ? "?" + parameter
                                  : fault.field == "-" ? ""
                                                       : std::string{fault.field};
        refuses(specimen, spoiled, {fault.codes, field}, spoiled.query.substr(0, 80));
      }
    }
  }
}

TEST_F(ParametersApi, ThatStandTwiceAreRefused) {
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route) continue;
    for (const std::string& parameter : parameters_of(*route)) {
      Spoiled spoiled = request_of(specimen, false);
      spoiled.query = others_in(specimen.query, parameter) + parameter + "=x&" + parameter + "=x";
      refuses(specimen, spoiled, {"field_invalid", "?" + parameter}, spoiled.query);
    }
  }
}

TEST_F(ParametersApi, ThatAreMissingAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (specimen.query.empty()) continue;
    Spoiled spoiled = request_of(specimen, false);
    spoiled.query.clear();
    const std::string name{specimen.query.substr(0, specimen.query.find('='))};
    refuses(specimen, spoiled, {"field_missing", "?" + name}, "without " + name);
  }
}

/// Days, numbers and cursors at the very ends of what can be written are answered or refused, never our
/// fault.
TEST_F(ParametersApi, AtTheEndsOfTheirRangesAreNoIncident) {
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || route->is_write()) continue;
    for (const std::string& parameter : parameters_of(*route)) {
      std::vector<std::string> values;
      if (lists("as_of from to days", parameter)) values = {"0001-01-01", "9999-12-31"};
      if (parameter == "periods") values = {"0001", "9999", "0001-01-01..9999-12-31", "0001,9999-12"};
      if (parameter == "known_at") values = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"};
      if (lists("from_number to_number", parameter)) values = {"0", std::to_string(largest)};
      if (lists("amount_from amount_to", parameter)) values = {"92233720368547758.07&amount_unit=EUR"};
      if (lists("q prefix reference source account", parameter))
        values = {"%25_%5C", "%27%3B--", "", std::string(1000, 'x'), "%F0%9F%92%B6", "%01"};
      if (parameter == "cursor")
        for (const std::int64_t number : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 40, largest})
          for (const int fields : {1, 2, 3, 5})
            for (const char* before : {"", "events "}) {
              const std::string list = before + std::string{specimen.path};
              Cursor cursor{list};
              for (int i = 0; i < fields; ++i) cursor.add(number);
              values.push_back(cursor.text());
              values.push_back(Cursor{list}.add("é'").add(number).text());
            }
      for (const std::string& value : values) {
        Spoiled spoiled = request_of(specimen, false);
        spoiled.query = others_in(specimen.query, parameter) + parameter + "=" + value;
        const ApiAnswer answer = ask(specimen, spoiled);
        EXPECT_LT(answer.status, 500) << name_of(specimen) << "?" << spoiled.query << ": " << answer.body;
      }
    }
  }
  expect_nothing_recorded("reading");
}

}  // namespace
}  // namespace coop::test

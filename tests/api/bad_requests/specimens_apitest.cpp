// Every route has a specimen, and every specimen is a request that would be done: else the tests would spoil
// what was bad already.
#include "api/handlers/routes.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {
namespace {

namespace json = boost::json;

using SpecimensApi = BadRequests;

/// The words of a list with blanks between.
std::vector<std::string> words_of(std::string_view list) {
  std::istringstream words{std::string{list}};
  return {std::istream_iterator<std::string>{words}, {}};
}

TEST_F(SpecimensApi, ExistForEveryRoute) {
  for (const api::Route& route : api::routes())
    EXPECT_NE(specimen_of(route), nullptr)
        << route.method << " " << route.pattern
        << " is new: give it a line in tests/api/bad_requests/specimens.cpp, and new names of fields and "
           "parameters their faults in faults.cpp";
  for (const Specimen& specimen : specimens())
    EXPECT_NE(route_of(specimen), nullptr) << name_of(specimen) << " is no route any more";
}

TEST_F(SpecimensApi, HaveAFaultForEveryPlaceParameterAndValue) {
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route) continue;
    for (const std::string& parameter : words_of(route->parameters))
      EXPECT_TRUE(std::any_of(parameter_faults().begin(), parameter_faults().end(),
                              [&](const ParameterFault& fault) {
                                return fault.name == parameter && concerns(fault.route, specimen);
                              }))
          << "what is wrong with ?" << parameter << " of " << name_of(specimen) << "? See faults.cpp";
    for (const std::string_view part : api::PatternParts{specimen.pattern})
      EXPECT_TRUE(!api::is_place(part) ||
                  std::any_of(place_faults().begin(), place_faults().end(),
                              [&](const PlaceFault& fault) { return fault.place == part; }))
          << "what is not there at " << part << " of " << name_of(specimen) << "? See faults.cpp";
    if (specimen.whole.empty()) continue;
    const json::value whole = json::parse(filled_in(specimen.whole));
    for (const JsonPlace& place : places_in(whole)) {
      const json::value& value = whole.at_pointer(place.pointer);
      if (!value.is_string() && !value.is_number()) continue;
      EXPECT_TRUE(std::any_of(field_faults().begin(), field_faults().end(),
                              [&](const FieldFault& fault) {
                                return fault.name == place.name && concerns(fault.route, specimen);
                              }))
          << "what is wrong with " << place.pointer << " of " << name_of(specimen) << "? See faults.cpp";
    }
  }
}

/// A problem's field "/unit" that comes from below means the parameter where there is one: so none may be
/// called like a field of the same route's body.
TEST_F(SpecimensApi, CallNoParameterLikeAField) {
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || specimen.whole.empty()) continue;
    const json::value whole = json::parse(filled_in(specimen.whole));
    for (const auto& member : whole.as_object())
      EXPECT_FALSE(lists(route->parameters, std::string{member.key()})) << name_of(specimen) << member.key();
  }
}

TEST_F(SpecimensApi, WouldBeDone) {
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || specimen.body == Body::journal) continue;
    for (const bool whole : {false, true}) {
      if (whole && specimen.body == Body::none) continue;
      Spoiled good = request_of(specimen, whole);
      if (route->is_write()) good.query += good.query.empty() ? "dry_run=true" : "&dry_run=true";
      const ApiAnswer answer = ask(specimen, good);
      EXPECT_TRUE(answer.status == 200 || answer.status == 201)
          << name_of(specimen) << ": " << answer.status << " " << answer.body;
      if (specimen.body == Body::lines) {
        EXPECT_EQ(answer.body.find("problem"), std::string::npos) << answer.body;
      }
      if (route->is_write()) expect_nothing_recorded(name_of(specimen) + ", a dry run");
      else look_anew();  // signing in makes a token
    }
  }
}

}  // namespace
}  // namespace coop::test

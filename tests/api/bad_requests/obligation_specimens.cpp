// What members owe in work: a good request for every address, and what they must not say.
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

// M2 owes obligation 1; its settlement 1 waives an hour. Nobody owes obligation 2. The entry is of 50.00
// about M2. The operator is M1.
const Specimen obligation_requests[] = {
    {"POST", "/v1/nodes/{node}/work-hours-imports", "/v1/nodes/bcn/work-hours-imports", "", Body::table},
    {"GET", "/v1/nodes/{node}/work-hours-imports", "/v1/nodes/bcn/work-hours-imports"},
    {"GET", "/v1/nodes/{node}/obligations", "/v1/nodes/bcn/obligations"},
    {"POST", "/v1/nodes/{node}/obligations", "/v1/nodes/bcn/obligations", "", Body::json,
     R"({"title":"Cleaning","from_on":"2030-01-01","until_on":"2030-12-31","minutes":60,)"
     R"("payable_in":["hours"],"decision":"d/1"})",
     R"({"title":"Cleaning","circle":"tech","from_on":"2030-01-01","until_on":"2030-12-31","minutes":60,)"
     R"("unit":"EUR","rate_an_hour":"25.00","payable_in":["hours","money","kind"],"decision":"d/1",)"
     R"("members":["M2"]})"},
    {"GET", "/v1/nodes/{node}/obligations/{number}", "/v1/nodes/bcn/obligations/1"},
    {"POST", "/v1/nodes/{node}/obligations/{number}/members", "/v1/nodes/bcn/obligations/1/members", "",
     Body::json, R"({"members":["M1"]})", R"({"members":["M1"]})"},
    {"POST", "/v1/nodes/{node}/obligations/{number}/withdrawal", "/v1/nodes/bcn/obligations/2/withdrawal", "",
     Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"GET", "/v1/nodes/{node}/obligations/{number}/settlements", "/v1/nodes/bcn/obligations/1/settlements"},
    {"POST", "/v1/nodes/{node}/obligations/{number}/settlements", "/v1/nodes/bcn/obligations/1/settlements",
     "", Body::json, R"({"how":"kind","member":"M2","on":"2026-01-05","amount":"1.00","words":"a chair"})",
     R"({"how":"money","member":"M2","on":"2026-01-05","amount":"1.00","entry":{obligation entry},)"
     R"("words":"in cash"})"},
    {"POST", "/v1/nodes/{node}/obligations/{number}/settlements/{settlement}/reversal",
     "/v1/nodes/bcn/obligations/1/settlements/1/reversal", "", Body::json, R"({"reason":"a mistake"})",
     R"({"reason":"a mistake"})"},
    {"GET", "/v1/nodes/{node}/obligation-standings", "/v1/nodes/bcn/obligation-standings"},
    {"GET", "/v1/nodes/{node}/obligation-split", "/v1/nodes/bcn/obligation-split",
     "member=M2&circle=tech&worked_on=2026-01-10&minutes=60"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/obligations", "/v1/nodes/bcn/own-members/M1/obligations"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/obligation-split",
     "/v1/nodes/bcn/own-members/M1/obligation-split", "circle=tech&worked_on=2026-01-10&minutes=60"},
};

std::string so_many_letters(std::size_t count) { return '"' + std::string(count, 'x') + '"'; }

void add_obligation_fault(std::vector<FieldFault>& all, std::initializer_list<std::string_view> names,
                          std::initializer_list<std::string> values, std::string_view codes,
                          std::string_view route) {
  for (const std::string_view name : names)
    for (const std::string& value : values) all.push_back({name, value, codes, route});
}

void add_obligation_fault(std::vector<ParameterFault>& all, std::initializer_list<std::string_view> names,
                          std::initializer_list<std::string> values, std::string_view codes,
                          std::string_view route) {
  for (const std::string_view name : names)
    for (const std::string& value : values) all.push_back({name, value, codes, route});
}

}  // namespace

void add_obligation_faults(std::vector<FieldFault>& all) {
  constexpr std::string_view owed = "/obligations ";
  constexpr std::string_view settled = "/settlements ";
  add_obligation_fault(all, {"title"}, {R"("")", R"(" ")", so_many_letters(201)}, "field_invalid", owed);
  add_obligation_fault(all, {"from_on", "until_on"}, {R"("2026-02-30")", R"("20260203")", R"("")"},
                       "day_malformed", owed);
  add_obligation_fault(all, {"until_on"}, {R"("2029-12-31")"}, "day_malformed", owed);
  add_obligation_fault(all, {"circle"}, {R"("nowhere")", R"("")"}, "circle_unknown", owed);
  add_obligation_fault(all, {"minutes"}, {"0", "-1", "1.5", "600001"}, "field_invalid", owed);
  add_obligation_fault(all, {"rate_an_hour"}, {R"("0")", R"("-1.00")", R"("100000000.01")"}, "field_invalid",
                       owed);
  add_obligation_fault(all, {"payable_in"}, {R"("favours")", R"("")"}, "field_invalid", owed);
  add_obligation_fault(all, {"decision"}, {R"("")", R"(" ")"}, "decision_missing", owed);
  add_obligation_fault(all, {"members"}, {R"("nobody")", R"("")"}, "party_unknown", "/obligations");
  add_obligation_fault(all, {"how"}, {R"("reversed")", R"("fun")", R"("")"}, "field_invalid", settled);
  add_obligation_fault(all, {"member"}, {R"("nobody")", R"("")"}, "party_unknown", settled);
  add_obligation_fault(all, {"member"}, {R"("M1")"}, "obligation_not_owed", settled);
  add_obligation_fault(all, {"on"}, {R"("2099-01-01")"}, "field_invalid", settled);
  add_obligation_fault(all, {"amount"}, {R"("0")", R"("-1.00")"}, "field_invalid", settled);
  add_obligation_fault(all, {"amount"}, {R"("999999.00")"}, "obligation_exceeded", settled);
  add_obligation_fault(all, {"entry"}, {"0", "-1", "1.5"}, "field_invalid", settled);
  add_obligation_fault(all, {"entry"}, {"999999"}, "entry_unknown", settled);
  add_obligation_fault(all, {"words"}, {so_many_letters(501), R"(" ")"}, "field_invalid", settled);
}

void add_obligation_parameter_faults(std::vector<ParameterFault>& all) {
  add_obligation_fault(all, {"member"}, {"nobody", ""}, "party_unknown", "/obligation");
  add_obligation_fault(all, {"circle"}, {"nowhere", ""}, "circle_unknown", "/obligation");
  add_obligation_fault(all, {"on", "worked_on"}, {"never", "2026-1-1", ""}, "day_malformed", "/obligation");
  add_obligation_fault(
      all, {"map"}, {"", "%3B", "x", "colour=Date", "colour:x=y", "member:x=", "days=up", "note=a%3Bnote=b"},
      "field_invalid", "/work-hours-imports");
  add_obligation_fault(all, {"minutes"}, {"0", "-1", "1.5", "x", "", "600001"}, "field_invalid",
                       "/obligation-split");
  add_obligation_fault(all, {"obligation"}, {"0", "-1", "x", ""}, "field_invalid", "/obligation-standings");
  add_obligation_fault(all, {"obligation"}, {"999"}, "obligation_unknown", "/obligation-standings");
}

std::span<const Specimen> obligation_specimens() { return obligation_requests; }

void BadRequests::add_obligations() {
  const auto make = [&](const std::string& path, const std::string& body, int status) {
    const ApiAnswer answer = post("/v1/nodes/bcn/" + path, body);
    EXPECT_EQ(answer.status, status) << path << answer.body;
    return answer;
  };
  names_["{obligation entry}"] =
      make("entries",
           R"({"booked_on":"2026-01-05","description":"x","postings":[{"account":"assets:bank",)"
           R"("amount":"50.00","unit":"EUR"},{"account":"income:dues","amount":"-50.00","unit":"EUR",)"
           R"("member":"M2"}]})",
           201)
          .text("number");
  make("obligations",
       R"({"title":"Contribution","from_on":"2026-01-01","until_on":"2026-12-31","minutes":2400,)"
       R"("unit":"EUR","rate_an_hour":"25.00","payable_in":["hours","money","kind"],"decision":"d/1",)"
       R"("members":["M2"]})",
       201);
  make("obligations",
       R"({"title":"A mistake","from_on":"2026-01-01","until_on":"2026-12-31","minutes":60,)"
       R"("payable_in":["hours"],"decision":"d/2"})",
       201);
  make("obligations/1/settlements",
       R"({"how":"waived","member":"M2","on":"2026-01-05","minutes":60,"words":"was ill"})", 200);
}

}  // namespace coop::test

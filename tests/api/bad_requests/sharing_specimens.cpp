#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

constexpr std::size_t as_much_as_a_try = 1u << 20;

constexpr std::string_view version_required =
    R"({"code":"wages","title":"Gone","valid_from":"2099-01-01","decision":"Assembly",)"
    R"("adopted_on":"2026-01-02"})";
constexpr std::string_view version_whole =
    R"({"code":"wages","title":"Fair","valid_from":"2099-01-01","decision":"Assembly",)"
    R"("adopted_on":"2026-01-02","handbook_link":"https://handbook.example/wages",)"
    R"("rule":{"unit":"EUR","steps":[{"step":"percentage","pot":"pot","percent":"5%","of":"total",)"
    R"("to":[{"name":"reserve"}]}]}})";
constexpr std::string_view try_required = R"({"amount":"10.00","unit":"EUR","participants":[{"id":"A"}]})";
constexpr std::string_view try_whole =
    R"({"amount":"10.00","unit":"EUR","on":"2026-02-01","version":1,)"
    R"("figures":[{"name":"costs","value":"5"}],"participants":[{"id":"A","place":"bcn",)"
    R"("measures":[{"name":"hours","value":"2"}],"lots":[{"since":"2025-01-01","amount":"3.00"}]}]})";
constexpr std::string_view new_try_required =
    R"({"rule":{"steps":[{"step":"equal"}]},"amount":"10.00","unit":"EUR","participants":[{"id":"A"}]})";
constexpr std::string_view new_try_whole =
    R"({"rule":{"steps":[{"step":"equal"}]},"title":"Equal","amount":"10.00","unit":"EUR",)"
    R"("on":"2026-02-01","figures":[{"name":"costs","value":"5"}],"participants":[{"id":"A","place":"bcn",)"
    R"("measures":[{"name":"hours","value":"2"}],"lots":[{"since":"2025-01-01","amount":"3.00"}]}]})";
constexpr std::string_view value_required =
    R"({"name":"living_wage","place":"bcn","valid_from":"2026-01-01","value":"13.85",)"
    R"("source":"published","published_on":"2025-12-01"})";
constexpr std::string_view value_whole =
    R"({"name":"living_wage","place":"bcn","valid_from":"2026-01-01","value":"13.85",)"
    R"("source":"published","published_on":"2025-12-01","unit":"EUR"})";

// The rule wages divides equally.
const Specimen sharing_requests[] = {
    {"GET", "/v1/nodes/{node}/sharing-rules", "/v1/nodes/bcn/sharing-rules"},
    {"POST", "/v1/nodes/{node}/sharing-rules", "/v1/nodes/bcn/sharing-rules", "", Body::json,
     version_required, version_whole},
    {"GET", "/v1/nodes/{node}/sharing-rules/{code}", "/v1/nodes/bcn/sharing-rules/wages"},
    {"POST", "/v1/nodes/{node}/sharing-rules/{code}/try", "/v1/nodes/bcn/sharing-rules/wages/try", "",
     Body::json, try_required, try_whole, as_much_as_a_try},
    {"POST", "/v1/nodes/{node}/sharing-tries", "/v1/nodes/bcn/sharing-tries", "", Body::json,
     new_try_required, new_try_whole, as_much_as_a_try},
    {"GET", "/v1/nodes/{node}/place-values", "/v1/nodes/bcn/place-values"},
    {"POST", "/v1/nodes/{node}/place-values", "/v1/nodes/bcn/place-values", "", Body::json, value_required,
     value_whole},
};

}  // namespace

std::span<const Specimen> sharing_specimens() { return sharing_requests; }

std::vector<FieldFault> sharing_faults() {
  constexpr std::string_view rules = "/sharing-rules ";
  constexpr std::string_view values = "/place-values";
  constexpr std::string_view tried = "/try ";
  constexpr std::string_view new_try = "/sharing-tries";
  const auto text = [](std::size_t length) { return '"' + std::string(length, 'x') + '"'; };
  std::vector<FieldFault> all;
  const auto add = [&](std::string_view name, std::string_view codes, std::string_view route,
                       const std::vector<std::string>& wrong, std::string_view field = {}) {
    for (const std::string& value : wrong) all.push_back({name, value, codes, route, field});
  };
  for (const std::string_view route : {rules, values, tried, new_try})
    add("name", "name_malformed", route, {R"("")", R"("Name")", R"("a b")", text(41)});
  add("code", "name_malformed", rules, {R"("")", R"("Wages")", R"("a b")", text(41)});
  add("title", "field_invalid", rules, {R"("")", R"(" ")"});
  add("decision", "decision_missing", rules, {R"("")", R"(" ")"});
  add("adopted_on", "field_invalid", rules, {R"("2099-01-01")"});
  add("handbook_link", "field_invalid", rules, {R"("wages")", R"("https://a b")", R"("javascript:x")"});
  for (const std::string_view day : {"valid_from", "adopted_on"})
    add(day, "day_malformed", rules, {R"("2026-02-30")", R"("20260203")", R"("tomorrow")", R"("")"});
  for (const std::string_view day : {"valid_from", "published_on"})
    add(day, "day_malformed", values, {R"("2026-02-30")", R"("tomorrow")", R"("")"});
  for (const std::string_view route : {tried, new_try}) {
    add("since", "day_malformed", route, {R"("2026-02-30")", R"("tomorrow")", R"("")"});
    add("id", "field_invalid", route, {R"("")", text(61)});
    add("place", "field_invalid", route, {text(61)});
  }
  add("valid_from", "sharing_versions_overlap", rules, {R"("2026-01-01")", R"("2025-01-01")"});
  for (const std::string_view word : {"step", "of"})
    add(word, "field_invalid", rules, {R"("")", R"("give")"});
  add("step", "field_invalid", new_try, {R"("")", R"("give")"});
  add("pot", "name_malformed", rules, {R"("")", R"("Pot")"});
  add("pot", "field_invalid", rules, {R"("wages")"});
  add("percent", "field_invalid", rules, {R"("")", R"("0")", R"("101%")", R"("-1%")", R"("half")"});
  add("version", "field_invalid", tried, {"0", "-1", "4294967296"});
  add("version", "sharing_rule_unknown", tried, {"999"}, "-");
  add("place", "field_invalid", values, {R"("")", text(61)});
  add("source", "field_missing", values, {R"("")"});
  for (const std::string_view route : {values, tried, new_try})
    add("value", "field_invalid", route, {R"("")", R"("x")", R"("1/0")"});
  add("value", "field_invalid", values, {R"("-1")"});
  return all;
}

void BadRequests::add_sharing() {
  as_owner_.in_tx([&](Tx& tx) {
    const books::Author author{std::nullopt, system_clock()()};
    const NodeId node = books::read_node(tx, "bcn").id;
    return sharing::adopt_version(tx, node,
                                  {.code = "wages",
                                   .title = "The same for everybody",
                                   .valid_from = Day::parse("2026-01-01"),
                                   .rule = sharing::example_rule("equal_parts"),
                                   .decision = "Assembly of 10 December 2025",
                                   .adopted_on = Day::parse("2025-12-10")},
                                  author);
  });
}

}  // namespace coop::test

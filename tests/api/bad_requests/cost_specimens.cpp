#include "ledger/access/access_service.hpp"
#include "ledger/costs/cost_allocation_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

constexpr std::size_t as_much_as_an_entry = 1u << 20;

// Bill 1 is open; divisions 1 and 3 are proposed, 2 is posted.
const Specimen cost_requests[] = {
    {"GET", "/v1/nodes/{node}/cost-pools", "/v1/nodes/bcn/cost-pools"},
    {"POST", "/v1/nodes/{node}/cost-pools", "/v1/nodes/bcn/cost-pools", "", Body::json,
     R"({"code":"office","unit":"EUR","expense":"expenses:servers","claims":"assets:claims",)"
     R"("from_on":"2026-02-01","title":"The office","rule":"wages","decision":"Assembly",)"
     R"("participants":[{"kind":"node","code":"bcn"}]})",
     R"({"code":"office","unit":"EUR","expense":"expenses:servers","claims":"assets:claims",)"
     R"("from_on":"2026-02-01","until_on":"2026-12-31","title":"The office","rule":"wages",)"
     R"("decision":"Assembly","participants":[{"kind":"node","code":"bcn","weighting":"1.5",)"
     R"("fixed":"10.00"},{"kind":"member","code":"M1"}]})",
     as_much_as_an_entry},
    {"GET", "/v1/nodes/{node}/cost-pools/{code}", "/v1/nodes/bcn/cost-pools/server"},
    {"POST", "/v1/nodes/{node}/cost-pools/{code}/usage-imports",
     "/v1/nodes/bcn/cost-pools/server/usage-imports", "", Body::table},
    {"POST", "/v1/nodes/{node}/cost-pools/{code}/member-count",
     "/v1/nodes/bcn/cost-pools/server/member-count", "", Body::json,
     R"({"on":"2026-01-31","from_on":"2026-01-01","until_on":"2026-01-31"})",
     R"({"on":"2026-01-31","from_on":"2026-01-01","until_on":"2026-01-31"})"},
    {"GET", "/v1/nodes/{node}/cost-bills", "/v1/nodes/bcn/cost-bills"},
    {"POST", "/v1/nodes/{node}/cost-bills", "/v1/nodes/bcn/cost-bills", "", Body::json,
     R"({"pool":"server","billed_on":"2026-01-20","amount":"5.00","unit":"EUR",)"
     R"("payer":{"kind":"node","code":"lon"},"title":"Server"})",
     R"({"pool":"server","bill":"paid","billed_on":"2026-01-20","amount":"5.00","unit":"EUR",)"
     R"("payer":{"kind":"node","code":"bcn"},"title":"Server","document":"https://example.org/bill",)"
     R"("entry":{cost entry}})"},
    {"POST", "/v1/nodes/{node}/cost-bills/{number}/withdrawal", "/v1/nodes/bcn/cost-bills/1/withdrawal", "",
     Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"GET", "/v1/nodes/{node}/cost-usage", "/v1/nodes/bcn/cost-usage"},
    {"POST", "/v1/nodes/{node}/cost-usage", "/v1/nodes/bcn/cost-usage", "", Body::json,
     R"({"pool":"server","usage":[{"participant":"bcn","measure":"minutes","from_on":"2026-01-01",)"
     R"("until_on":"2026-01-31","value":"5"}]})",
     R"({"pool":"server","usage":[{"participant":"bcn","measure":"minutes","from_on":"2026-01-01",)"
     R"("until_on":"2026-01-31","value":"5.5","source":"rooms"}]})",
     as_much_as_an_entry},
    {"GET", "/v1/nodes/{node}/cost-allocations", "/v1/nodes/bcn/cost-allocations"},
    {"POST", "/v1/nodes/{node}/cost-allocations", "/v1/nodes/bcn/cost-allocations", "", Body::json,
     R"({"pool":"server","from_on":"2026-01-01","to_on":"2026-01-31"})",
     R"({"pool":"server","from_on":"2026-01-01","to_on":"2026-01-31","booked_on":"2026-01-31",)"
     R"("figures":[]})"},
    {"GET", "/v1/nodes/{node}/cost-allocations/{number}", "/v1/nodes/bcn/cost-allocations/1"},
    {"POST", "/v1/nodes/{node}/cost-allocations/{number}/approval",
     "/v1/nodes/bcn/cost-allocations/1/approval"},
    {"GET", "/v1/nodes/{node}/cost-allocations/{number}/evidence",
     "/v1/nodes/bcn/cost-allocations/1/evidence", "participant=bcn"},
    {"POST", "/v1/nodes/{node}/cost-allocations/{number}/cancelling",
     "/v1/nodes/bcn/cost-allocations/3/cancelling", "", Body::json, R"({"reason":"a mistake"})",
     R"({"reason":"a mistake"})"},
    {"POST", "/v1/nodes/{node}/cost-allocations/{number}/reversal",
     "/v1/nodes/bcn/cost-allocations/2/reversal", "", Body::json, R"({"reason":"a mistake"})",
     R"({"reason":"a mistake"})"},
    {"GET", "/v1/nodes/{node}/reports/cost-pool", "/v1/nodes/bcn/reports/cost-pool", "pool=server"},
    {"GET", "/v1/nodes/{node}/reports/cost-claims", "/v1/nodes/bcn/reports/cost-claims"},
    {"GET", "/v1/nodes/{node}/reports/cost-account", "/v1/nodes/bcn/reports/cost-account", "participant=lon"},
};

}  // namespace

std::span<const Specimen> cost_specimens() { return cost_requests; }

std::vector<FieldFault> cost_faults() {
  constexpr std::string_view pools = "/cost-pools ";
  constexpr std::string_view bills = "/cost-bills ";
  constexpr std::string_view usage = "/cost-usage ";
  const auto text = [](std::size_t length) { return '"' + std::string(length, 'x') + '"'; };
  std::vector<FieldFault> all;
  const auto add = [&](std::string_view name, std::string_view codes, std::string_view route,
                       const std::vector<std::string>& wrong, std::string_view field = {}) {
    for (const std::string& value : wrong) all.push_back({name, value, codes, route, field});
  };
  // The pool's own code, and those of who shares it.
  add("code", "name_malformed field_invalid", pools, {R"("")", text(41)});
  add("code", "node_unknown", bills, {R"("")", R"("nowhere")"});
  add("expense", "account_unknown", pools, {R"("")", R"("assets:nowhere")"});
  add("claims", "account_unknown", pools, {R"("")", R"("assets:nowhere")"});
  add("title", "field_invalid", pools, {R"("")"});
  add("title", "field_invalid", bills, {R"("")"});
  add("rule", "name_malformed", pools, {R"("")", R"("By hand")"});
  add("rule", "sharing_rule_unknown", pools, {R"("by_hand")"});
  add("weighting", "amount_malformed", pools, {R"("")", R"("1,5")"});
  add("weighting", "field_invalid", pools, {R"("-1")"});
  add("fixed", "amount_malformed", pools, {R"("")", R"("1,5")"});
  add("fixed", "field_invalid", pools, {R"("-1.00")"});
  for (const std::string_view route : {bills, usage, std::string_view{"/cost-allocations "}})
    add("pool", "cost_pool_unknown", route, {R"("")", R"("nothing")"}, "-");
  add("bill", "field_invalid", bills, {R"("")", R"("owed")"});
  add("billed_on", "day_malformed", bills, {R"("2026-02-30")", R"("tomorrow")", R"("")"});
  add("billed_on", "field_invalid", bills, {R"("2025-12-31")"});
  add("amount", "amount_zero", bills, {R"("0")", R"("-0.00")"});
  add("document", "field_invalid", bills, {text(501)});
  add("entry", "field_invalid", bills, {"0", "-1", "1.5"});
  add("entry", "entry_unknown", bills, {"999999"});
  add("participant", "field_invalid", usage, {R"("")", R"("nobody")"});
  add("measure", "name_malformed", usage, {R"("")", R"("Minutes")"});
  add("measure", "field_invalid", usage, {R"("weight")", R"("fixed")"});
  add("value", "amount_malformed", usage, {R"("")", R"("1,5")"});
  add("value", "amount_too_precise", usage, {R"("0.0000001")"});
  add("value", "field_invalid", usage, {R"("-1")"});
  return all;
}

std::vector<ParameterFault> cost_parameter_faults() {
  const std::string much(1'001, 'x');
  std::vector<ParameterFault> all;
  for (const std::string_view name : {"pool", "payer", "participant", "measure"})
    all.push_back({name, much, "field_invalid", "/cost-"});
  for (const std::string value : {"nothing", ""})
    all.push_back({"pool", value, "cost_pool_unknown", "/reports/cost-pool", "-"});
  for (const std::string_view route : {"/evidence", "/reports/cost-account"})
    for (const std::string value : {"nothing", ""})
      all.push_back({"participant", value, "field_invalid", route});
  for (const std::string value : {"owed", ""}) all.push_back({"bill", value, "field_invalid", "/cost-bills"});
  return all;
}

void BadRequests::add_costs() {
  open("expenses:servers", "expense");
  open("assets:claims", "asset");
  names_["{cost entry}"] = std::to_string(record("expenses:servers", "assets:bank", "5.00"));
  const auto make = [&](const std::string& path, const std::string& body) {
    const ApiAnswer answer = post("/v1/nodes/bcn/" + path, body);
    EXPECT_EQ(answer.status, 201) << path << answer.body;
  };
  make("cost-pools", R"({"code":"server","unit":"EUR","expense":"expenses:servers","claims":"assets:claims",)"
                     R"("from_on":"2026-01-01","title":"The server","rule":"wages","decision":"Assembly",)"
                     R"("participants":[{"kind":"node","code":"bcn"},{"kind":"node","code":"lon"}]})");
  const auto bill = [&](const std::string& day) {
    make("cost-bills", R"({"pool":"server","billed_on":")" + day +
                           R"(","amount":"5.00","unit":"EUR","payer":{"kind":"node","code":"lon"},)"
                           R"("title":"Server"})");
  };
  // Of a later day, so that no division takes it.
  bill("2026-06-01");
  for (int i = 0; i < 3; ++i) {
    bill("2026-01-20");
    make("cost-allocations", R"({"pool":"server","from_on":"2026-01-01","to_on":"2026-01-31"})");
  }
  bill("2026-01-20");
  const Instant now = system_clock()();
  as_owner_.in_tx([&](Tx& tx) {
    costs::approve_cost_allocation(tx, NodeId{1}, costs::CostAllocationNumber{2},
                                   {access::read_user(tx, "ann").id, now});
    return 0;
  });
}

}  // namespace coop::test

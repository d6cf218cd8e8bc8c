#include "ledger/access/access_service.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_rule_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

constexpr std::size_t as_much_as_an_entry_is = 1u << 20;

// Mandates 1 and 2 of the fund "media" grant 100.00 each; no entry spends the draws 1 and 2 on the first.
// Mandate 3 waits for approval, 4 grants an hour at 5.00. Budget 1 warns.
const Specimen fund_requests[] = {
    {"GET", "/v1/nodes/{node}/reports/funds", "/v1/nodes/bcn/reports/funds"},
    {"GET", "/v1/nodes/{node}/reports/funds/{fund}", "/v1/nodes/bcn/reports/funds/media"},
    {"GET", "/v1/nodes/{node}/funds/{fund}", "/v1/nodes/bcn/funds/media"},
    {"POST", "/v1/nodes/{node}/funds/{fund}/terms", "/v1/nodes/bcn/funds/media/terms", "", Body::json,
     R"({"from_on":"2026-01-01","purpose":"media","unit":"EUR","decision":"d/1"})",
     R"({"from_on":"2026-01-01","purpose":"media","unit":"EUR","indivisible":false,"funder":"The city",)"
     R"("conditions":"a report","buffers":[{"measure":"a quarter","amount":"5.00"},{"measure":"a year",)"
     R"("worked_out":{"of":"expense","whose":"node","account":"expense:rent","over_months":12,)"
     R"("keep_months":1}},{"measure":"a tenth","worked_out":{"of":"income","over_months":12,)"
     R"("share":"10%"}}],)"
     R"("accounts":["assets:bank"],"decision":"d/1"})"},
    {"GET", "/v1/nodes/{node}/spending-mandates", "/v1/nodes/bcn/spending-mandates"},
    {"POST", "/v1/nodes/{node}/spending-mandates", "/v1/nodes/bcn/spending-mandates", "", Body::json,
     R"({"body":"Media circle","purpose":"Films","fund":"media","unit":"EUR","amount":"1.00",)"
     R"("from_on":"2026-01-01","until_on":"2099-12-31","decision":"d/2"})",
     R"({"body":"Media circle","level":"node","purpose":"Films","fund":"media","cost_object":"C1",)"
     R"("unit":"EUR","hours":{"minutes_a_month":60,"rate_an_hour":"1.00","months":1},"from_on":"2026-01-01",)"
     R"("until_on":"2099-12-31","decision":"d/2"})"},
    {"GET", "/v1/nodes/{node}/spending-mandates/{number}", "/v1/nodes/bcn/spending-mandates/1"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/recalling",
     "/v1/nodes/bcn/spending-mandates/2/recalling", "", Body::json, R"({"reason":"off"})",
     R"({"reason":"off"})"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/draws", "/v1/nodes/bcn/spending-mandates/1/draws",
     "", Body::json, R"({"on":"2026-01-05","amount":"1.00"})",
     R"({"on":"2026-01-05","amount":"1.00","unit":"EUR","member":"M2","entry":{fund entry},"words":"Film"})"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/draws/{draw}/entry",
     "/v1/nodes/bcn/spending-mandates/1/draws/1/entry", "", Body::json, R"({"entry":{fund entry}})",
     R"({"entry":{fund entry}})"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/draws/{draw}/taking-back",
     "/v1/nodes/bcn/spending-mandates/1/draws/2/taking-back", "", Body::json, R"({"reason":"not made"})",
     R"({"reason":"not made"})"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/approval",
     "/v1/nodes/bcn/spending-mandates/3/approval"},
    {"GET", "/v1/nodes/{node}/spending-rules", "/v1/nodes/bcn/spending-rules"},
    {"POST", "/v1/nodes/{node}/spending-rules", "/v1/nodes/bcn/spending-rules", "", Body::json,
     R"({"rule":"authority","from_on":"2026-01-01","unit":"EUR","body":"Assembly","level":"node",)"
     R"("decision":"d/3"})",
     R"({"rule":"authority","from_on":"2026-01-01","unit":"EUR","fund":"media","body":"Assembly",)"
     R"("level":"node","up_to":"100.00","decision":"d/3"})"},
    {"GET", "/v1/nodes/{node}/budgets", "/v1/nodes/bcn/budgets"},
    {"POST", "/v1/nodes/{node}/budgets", "/v1/nodes/bcn/budgets", "", Body::json,
     R"({"title":"Films","unit":"EUR","from_on":"2026-01-01","until_on":"2026-12-31",)"
     R"("lines":[{"title":"Films","fund":"media","amount":"5.00"}],"decision":"d/4"})",
     R"({"title":"Films","unit":"EUR","from_on":"2026-01-01","until_on":"2026-12-31","beyond":"warns",)"
     R"("lines":[{"title":"Films","fund":"media","cost_object":"C1","amount":"5.00"}],"decision":"d/4"})",
     as_much_as_an_entry_is},
    {"GET", "/v1/nodes/{node}/budgets/{number}", "/v1/nodes/bcn/budgets/1"},
    {"POST", "/v1/nodes/{node}/budgets/{number}/revisions", "/v1/nodes/bcn/budgets/1/revisions", "",
     Body::json,
     R"({"from_on":"2026-01-01","lines":[{"title":"Films","fund":"media","amount":"5.00"}],)"
     R"("decision":"d/5"})",
     R"({"from_on":"2026-01-01","beyond":"warns",)"
     R"("lines":[{"title":"Films","fund":"media","cost_object":"C1","amount":"5.00"}],"decision":"d/5"})",
     as_much_as_an_entry_is},
    {"GET", "/v1/nodes/{node}/reports/budgets/{number}", "/v1/nodes/bcn/reports/budgets/1"},
    {"GET", "/v1/nodes/{node}/allocation-rounds", "/v1/nodes/bcn/allocation-rounds"},
    {"POST", "/v1/nodes/{node}/allocation-rounds", "/v1/nodes/bcn/allocation-rounds", "", Body::json,
     R"({"title":"Spring","body":"Assembly","fund":"media","unit":"EUR","pot":"5.00","members":["M1"],)"
     R"("from_on":"2026-01-01","until_on":"2026-12-31","decision":"d/6"})",
     R"({"title":"Spring","body":"Assembly","level":"node","fund":"media","unit":"EUR","pot":"5.00",)"
     R"("members":["M1","M2"],"from_on":"2026-01-01","until_on":"2026-12-31","decision":"d/6"})",
     as_much_as_an_entry_is},
    {"GET", "/v1/nodes/{node}/allocation-rounds/{number}", "/v1/nodes/bcn/allocation-rounds/1"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/proposals",
     "/v1/nodes/bcn/allocation-rounds/1/proposals", "", Body::json, R"({"title":"Films","goal":"1.00"})",
     R"({"title":"Films","goal":"1.00","cost_object":"C1"})"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/proposals/{proposal}/contributions",
     "/v1/nodes/bcn/allocation-rounds/1/proposals/1/contributions", "", Body::json,
     R"({"member":"M1","amount":"1.00"})", R"({"member":"M1","amount":"1.00"})"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/proposals/{proposal}/giving-back",
     "/v1/nodes/bcn/allocation-rounds/1/proposals/1/giving-back", "", Body::json,
     R"({"member":"M1","amount":"1.00"})", R"({"member":"M1","amount":"1.00"})"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/allocation-rounds",
     "/v1/nodes/bcn/own-members/M1/allocation-rounds"},
    {"POST",
     "/v1/nodes/{node}/own-members/{member}/allocation-rounds/{number}/proposals/{proposal}/contributions",
     "/v1/nodes/bcn/own-members/M1/allocation-rounds/1/proposals/1/contributions", "", Body::json,
     R"({"amount":"1.00"})", R"({"amount":"1.00"})"},
    {"POST",
     "/v1/nodes/{node}/own-members/{member}/allocation-rounds/{number}/proposals/{proposal}/giving-back",
     "/v1/nodes/bcn/own-members/M1/allocation-rounds/1/proposals/1/giving-back", "", Body::json,
     R"({"amount":"1.00"})", R"({"amount":"1.00"})"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/closing",
     "/v1/nodes/bcn/allocation-rounds/1/closing"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/giving-up",
     "/v1/nodes/bcn/allocation-rounds/2/giving-up", "", Body::json, R"({"reason":"Nobody gave"})",
     R"({"reason":"Nobody gave"})"},
};

std::string letters(std::size_t count) { return '"' + std::string(count, 'x') + '"'; }

void add_fund_fault(std::vector<FieldFault>& all, std::initializer_list<std::string_view> names,
                    std::initializer_list<std::string> values, std::string_view codes,
                    std::string_view route) {
  for (const std::string_view name : names)
    for (const std::string& value : values) all.push_back({name, value, codes, route});
}

void add_faults_of_spending(std::vector<FieldFault>& all) {
  constexpr std::string_view orders = "/disbursements ";
  add_fund_fault(all, {"mandate", "minutes"}, {"0", "-1", "1.5"}, "field_invalid", orders);
  add_fund_fault(all, {"mandate"}, {"999"}, "spending_mandate_unknown", orders);
  add_fund_fault(all, {"minutes"}, {"61"}, "spending_mandate_exceeded", orders);
  constexpr std::string_view rounds = "/allocation-rounds ";
  constexpr std::string_view proposals = "/proposals ";
  add_fund_fault(all, {"title", "body", "decision"}, {R"("")", R"(" ")", letters(501)}, "field_invalid",
                 rounds);
  add_fund_fault(all, {"level"}, {R"("county")", R"("")"}, "field_invalid", rounds);
  add_fund_fault(all, {"fund"}, {R"("nowhere")", R"("")"}, "dimension_unknown", rounds);
  add_fund_fault(all, {"pot"}, {R"("0")", R"("-1.00")"}, "field_invalid", rounds);
  add_fund_fault(all, {"pot"}, {R"("999999.00")"}, "fund_below_buffer", rounds);
  add_fund_fault(all, {"members"}, {R"("nobody")", R"("")"}, "party_unknown", rounds);
  add_fund_fault(all, {"title"}, {R"("")", R"(" ")", letters(201)}, "field_invalid", proposals);
  add_fund_fault(all, {"goal"}, {R"("0")", R"("-1.00")"}, "field_invalid", proposals);
  add_fund_fault(all, {"goal"}, {R"("999999.00")"}, "round_impossible", proposals);
  add_fund_fault(all, {"cost_object"}, {R"("nowhere")", R"("")"}, "dimension_unknown", proposals);
  for (const std::string_view route : {"/contributions ", "/giving-back "}) {
    add_fund_fault(all, {"member"}, {R"("nobody")", R"("")"}, "round_impossible", route);
    add_fund_fault(all, {"amount"}, {R"("0")", R"("-1.00")"}, "field_invalid", route);
    add_fund_fault(all, {"amount"}, {R"("999999.00")"}, "round_impossible", route);
  }
  constexpr std::string_view rules = "/spending-rules ";
  constexpr std::string_view budgets = "/budgets ";
  constexpr std::string_view revisions = "/revisions ";
  add_fund_fault(all, {"rule"}, {R"("sometimes")", R"("")"}, "field_invalid", rules);
  add_fund_fault(all, {"level"}, {R"("county")", R"("")"}, "field_invalid", rules);
  add_fund_fault(all, {"fund"}, {R"("nowhere")", R"("")"}, "dimension_unknown", rules);
  add_fund_fault(all, {"body"}, {R"(" ")", letters(201)}, "field_invalid", rules);
  add_fund_fault(all, {"body"}, {R"("")"}, "field_missing", rules);
  add_fund_fault(all, {"up_to"}, {R"("-0.01")"}, "field_invalid", rules);
  for (const std::string_view route : {rules, budgets, revisions})
    add_fund_fault(all, {"decision"}, {R"("")", R"(" ")", letters(501)}, "field_invalid", route);
  for (const std::string_view route : {budgets, revisions}) {
    add_fund_fault(all, {"beyond"}, {R"("sometimes")", R"("")"}, "field_invalid", route);
    add_fund_fault(all, {"title"}, {R"("")", R"(" ")", letters(201)}, "field_invalid", route);
    add_fund_fault(all, {"fund", "cost_object"}, {R"("nowhere")", R"("")"}, "dimension_unknown", route);
    add_fund_fault(all, {"amount"}, {R"("-0.01")"}, "field_invalid", route);
    add_fund_fault(all, {"lines"}, {"[]"}, "field_invalid", route);
  }
  add_fund_fault(all, {"circle"}, {R"("nowhere")", R"("")"}, "circle_unknown", budgets);
}

}  // namespace

void add_fund_faults(std::vector<FieldFault>& all) {
  constexpr std::string_view terms = "/terms ";
  constexpr std::string_view granted = "/spending-mandates ";
  constexpr std::string_view draws = "/draws ";
  add_fund_fault(all, {"purpose"}, {R"("sometimes")", R"("")"}, "field_invalid", terms);
  add_fund_fault(all, {"funder", "measure"}, {letters(201), R"(" ")"}, "field_invalid", terms);
  add_fund_fault(all, {"measure"}, {R"("")"}, "field_invalid", terms);
  add_fund_fault(all, {"conditions"}, {letters(2001), R"(" ")"}, "field_invalid", terms);
  add_fund_fault(all, {"decision"}, {R"("")", R"(" ")", letters(501)}, "field_invalid", terms);
  add_fund_fault(all, {"decision"}, {R"("")", R"(" ")", letters(501)}, "field_invalid", granted);
  add_fund_fault(all, {"accounts"}, {R"("nowhere")", R"("")", R"("income:dues")"}, "account_unknown", terms);
  add_fund_fault(all, {"amount"}, {R"("-0.01")"}, "field_invalid", terms);
  add_fund_fault(all, {"share"}, {R"("")", R"("0%")", R"("-1%")", R"("1001%")", R"("much")"}, "field_invalid",
                 terms);
  add_fund_fault(all, {"of", "whose"}, {R"("sometimes")", R"("")"}, "field_invalid", terms);
  add_fund_fault(all, {"account"}, {R"("nowhere")", R"("")", R"("income:dues")"}, "account_unknown", terms);
  add_fund_fault(all, {"over_months", "keep_months"}, {"0", "-1", "1.5", "121"}, "field_invalid", terms);
  add_fund_fault(all, {"body", "purpose"}, {R"("")", R"(" ")", letters(501)}, "field_invalid", granted);
  add_fund_fault(all, {"level"}, {R"("county")", R"("")"}, "field_invalid", granted);
  add_fund_fault(all, {"fund", "cost_object"}, {R"("nowhere")", R"("")"}, "dimension_unknown", granted);
  add_fund_fault(all, {"amount", "rate_an_hour"}, {R"("0")", R"("-1.00")"}, "field_invalid", granted);
  add_fund_fault(all, {"amount"}, {R"("999999.00")"}, "fund_below_buffer", granted);
  add_fund_fault(all, {"minutes_a_month", "months"}, {"0", "-1", "1.5", "600001"}, "field_invalid", granted);
  add_fund_fault(all, {"amount"}, {R"("0")", R"("-1.00")"}, "field_invalid", draws);
  add_fund_fault(all, {"amount"}, {R"("999999.00")"}, "spending_mandate_exceeded", draws);
  add_fund_fault(all, {"member"}, {R"("nobody")", R"("")"}, "party_unknown", draws);
  add_fund_fault(all, {"words"}, {letters(501)}, "field_invalid", draws);
  add_faults_of_spending(all);
  for (const std::string_view route : {draws, std::string_view{"/{draw}/entry "}}) {
    add_fund_fault(all, {"entry"}, {"0", "-1", "1.5"}, "field_invalid", route);
    add_fund_fault(all, {"entry"}, {"999999"}, "entry_unknown", route);
  }
}

std::span<const Specimen> fund_specimens() { return fund_requests; }

void BadRequests::add_funds() {
  const auto make = [&](const std::string& path, const std::string& body, int status) {
    const ApiAnswer answer = post("/v1/nodes/bcn/" + path, body);
    EXPECT_EQ(answer.status, status) << path << answer.body;
    return answer;
  };
  make("funds/media/terms", R"({"from_on":"2026-01-01","purpose":"media","unit":"EUR","decision":"d/1"})",
       201);
  const auto record = [&](const std::string& debit, const std::string& credit, const std::string& of_debit,
                          const std::string& of_credit, const std::string& amount) {
    return make("entries",
                R"({"booked_on":"2026-01-05","description":"x","postings":[{"account":")" + debit +
                    R"(","amount":")" + amount + R"(","unit":"EUR")" + of_debit + R"(},{"account":")" +
                    credit + R"(","amount":"-)" + amount + R"(","unit":"EUR")" + of_credit + "}]}",
                201)
        .text("number");
  };
  const std::string media = R"(,"fund":"media")";
  record("assets:bank", "income:dues", "", media, "1000.00");
  names_["{fund entry}"] = record("expense:rent", "assets:bank", media, "", "50.00");
  for (int i = 0; i < 2; ++i)
    make("spending-mandates",
         R"({"body":"Media circle","purpose":"Films","fund":"media","unit":"EUR","amount":"100.00",)"
         R"("from_on":"2026-01-01","until_on":"2099-12-31","decision":"d/2"})",
         201);
  for (int i = 0; i < 2; ++i)
    make("spending-mandates/1/draws", R"({"on":"2026-01-05","amount":"1.00"})", 200);
  add_pending_mandate();
  make("spending-mandates",
       R"({"body":"Media circle","purpose":"Films","fund":"media","unit":"EUR",)"
       R"("hours":{"minutes_a_month":60,"rate_an_hour":"5.00","months":1},)"
       R"("from_on":"2026-01-01","until_on":"2099-12-31","decision":"d/2"})",
       201);
  make("budgets",
       R"({"title":"Films","unit":"EUR","from_on":"2026-01-01","until_on":"2026-12-31",)"
       R"("lines":[{"title":"Films","fund":"media","amount":"5.00"}],"decision":"d/4"})",
       201);
  // The first is closed, the second given up.
  for (int i = 0; i < 2; ++i)
    make("allocation-rounds",
         R"({"title":"Spring","body":"Assembly","fund":"media","unit":"EUR","pot":"20.00",)"
         R"("members":["M1","M2"],"from_on":"2026-01-01","until_on":"2026-12-31","decision":"d/6"})",
         201);
  make("allocation-rounds/1/proposals", R"({"title":"Films","goal":"10.00"})", 200);
  make("allocation-rounds/1/proposals/1/contributions", R"({"member":"M1","amount":"5.00"})", 200);
}

// Somebody else than the caller grants it.
void BadRequests::add_pending_mandate() {
  const Instant now = system_clock()();
  as_owner_.in_tx([&](Tx& tx) {
    const books::Author author{access::read_user(tx, "tess").id, now};
    const books::Node node = books::read_node(tx, "bcn");
    funds::adopt_spending_rule(tx, node.id,
                               {.kind = funds::SpendingRuleKind::approvals,
                                .from_on = Day::parse("2020-01-01"),
                                .unit = node.base_unit,
                                .fund = "media",
                                .one_from = 400'00,
                                .decision = "d/3"},
                               author);
    funds::grant(tx, node.id,
                 {.body = "Media circle",
                  .purpose = "Films",
                  .fund = "media",
                  .unit = node.base_unit,
                  .minor = 400'00,
                  .from_on = Day::parse("2026-01-01"),
                  .until_on = Day::parse("2099-12-31"),
                  .decision = "d/2"},
                 day_in_zone(now, node.time_zone), author);
  });
}

}  // namespace coop::test

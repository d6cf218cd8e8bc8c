#include "ledger/access/access_service.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/pay/pay_approving_service.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/tariff_service.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/work/hours_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

constexpr std::size_t as_much_as_a_pay_run = 1u << 20;

// Run 1 is posted, 2 proposed, 3 approved by two, all of M2; 4 is posted and of M1. Hours of 15 January wait
// to be paid.
const Specimen pay_requests[] = {
    {"GET", "/v1/nodes/{node}/tariffs", "/v1/nodes/bcn/tariffs"},
    {"POST", "/v1/nodes/{node}/tariffs", "/v1/nodes/bcn/tariffs", "", Body::json,
     R"({"work":"livelihood","from_on":"2026-06-01","decision":"Assembly"})",
     R"({"work":"livelihood","circle":"tech","member":"M2","from_on":"2026-06-01","amount":"25.00",)"
     R"("unit":"EUR","decision":"Assembly"})"},
    {"GET", "/v1/nodes/{node}/pay-runs", "/v1/nodes/bcn/pay-runs"},
    {"POST", "/v1/nodes/{node}/pay-runs", "/v1/nodes/bcn/pay-runs", "", Body::json,
     R"({"from_on":"2026-01-15","to_on":"2026-01-15","amount":"5.00","unit":"EUR","rule":"fair",)"
     R"("deferred_as":"points","wages":"expense:wages","payable":"liabilities:wages"})",
     R"({"from_on":"2026-01-15","to_on":"2026-01-15","booked_on":"2026-01-31","amount":"5.00",)"
     R"("unit":"EUR","rule":"fair","figures":[],"members":[{"member":"M2",)"
     R"("place":"bcn","measures":[],"local_share":"1/3"}],)"
     R"("deferred_as":"debt","wages":"expense:wages","payable":"liabilities:wages",)"
     R"("deferred":"liabilities:later","decision":"Board","fund":"media","local":{"unit":"GBP",)"
     R"("share":"20%","most":"4.00","payable":"liabilities:wages","conversion":"equity:exchanged"},)"
     R"("pots":[{"name":"pot","from":"equity:before","to":"equity:kept","fund":"media"}],"circle":"tech",)"
     R"("mandate":1})",
     as_much_as_a_pay_run},
    {"GET", "/v1/nodes/{node}/pay-runs/{number}", "/v1/nodes/bcn/pay-runs/1"},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/approval", "/v1/nodes/bcn/pay-runs/2/approval"},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/posting", "/v1/nodes/bcn/pay-runs/3/posting"},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/cancelling", "/v1/nodes/bcn/pay-runs/2/cancelling", "",
     Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/undoing", "/v1/nodes/bcn/pay-runs/4/undoing", "", Body::json,
     R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/payment", "/v1/nodes/bcn/pay-runs/1/payment", "", Body::json,
     R"({"bank_account":1,"requested_on":"2099-01-05"})",
     R"({"bank_account":1,"requested_on":"2099-01-05","mandate":1,"members":["M2"]})"},
    {"GET", "/v1/nodes/{node}/pay-runs/{number}/payslips/{member}", "/v1/nodes/bcn/pay-runs/1/payslips/M2"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/payslips", "/v1/nodes/bcn/own-members/M1/payslips"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/payslips/{number}",
     "/v1/nodes/bcn/own-members/M1/payslips/4"},
    {"GET", "/v1/nodes/{node}/deferred-claims", "/v1/nodes/bcn/deferred-claims"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/deferred-claims",
     "/v1/nodes/bcn/own-members/M1/deferred-claims"},
    {"GET", "/v1/nodes/{node}/reports/deferred-claims", "/v1/nodes/bcn/reports/deferred-claims"},
    {"POST", "/v1/nodes/{node}/claim-settlements", "/v1/nodes/bcn/claim-settlements", "", Body::json,
     R"({"booked_on":"2026-01-31","amount":"5.00","unit":"EUR","rule":"fair_debts","deferred_as":"debt",)"
     R"("wages":"expense:wages","payable":"liabilities:wages"})",
     R"({"booked_on":"2026-01-31","amount":"5.00","unit":"EUR","rule":"fair_debts",)"
     R"("figures":[],"members":[{"member":"M2","place":"bcn",)"
     R"("measures":[],"local_share":"1/3"}],"deferred_as":"debt",)"
     R"("wages":"expense:wages","payable":"liabilities:wages","decision":"Board","fund":"media",)"
     R"("local":{"unit":"GBP","share":"20%","most":"4.00","payable":"liabilities:wages",)"
     R"("conversion":"equity:exchanged"},"pots":[{"name":"pot","from":"equity:before",)"
     R"("to":"equity:kept","fund":"media"}],"grants":true,"mandate":1})",
     as_much_as_a_pay_run},
    {"POST", "/v1/nodes/{node}/old-claims", "/v1/nodes/bcn/old-claims", "", Body::json,
     R"({"booked_on":"2026-01-31","unit":"EUR","deferred_as":"points","against":"expense:wages",)"
     R"("claims":[{"member":"M2","since":"2025-03-31","amount":"12.00"}],"decision":"Assembly"})",
     R"({"booked_on":"2026-01-31","unit":"EUR","deferred_as":"debt","against":"equity:before",)"
     R"("deferred":"liabilities:later","claims":[{"member":"M2","since":"2025-03-31","amount":"12.00"}],)"
     R"("decision":"Assembly"})",
     as_much_as_a_pay_run},
    {"POST", "/v1/nodes/{node}/claim-lapses", "/v1/nodes/bcn/claim-lapses", "", Body::json,
     R"({"booked_on":"2026-01-31","unit":"EUR","deferred_as":"debt","wages":"expense:wages",)"
     R"("decision":"Assembly"})",
     R"({"booked_on":"2026-01-31","unit":"EUR","deferred_as":"debt","wages":"expense:wages",)"
     R"("since_until":"2026-01-31","members":["M2"],"decision":"Assembly"})",
     as_much_as_a_pay_run},
};

}  // namespace

std::span<const Specimen> pay_specimens() { return pay_requests; }

namespace {

void add_pay_fault(std::vector<FieldFault>& all, std::initializer_list<std::string_view> names,
                   std::initializer_list<std::string> values, std::string_view codes, std::string_view route,
                   std::string_view field = {}) {
  for (const std::string_view name : names)
    for (const std::string& value : values) all.push_back({name, value, codes, route, field});
}

void add_old_claim_faults(std::vector<FieldFault>& all) {
  constexpr std::string_view old_claims = "/old-claims";
  add_pay_fault(all, {"against"}, {R"("assets:nowhere")", R"("")"}, "account_unknown", old_claims);
  add_pay_fault(all, {"deferred"}, {R"("assets:nowhere")", R"("")"}, "account_unknown field_missing",
                old_claims);
  add_pay_fault(all, {"amount"}, {R"("0")", R"("-1.00")"}, "field_invalid", old_claims);
  add_pay_fault(all, {"since"}, {R"("2026-02-30")", R"("tomorrow")", R"("")"}, "day_malformed", old_claims);
  add_pay_fault(all, {"since"}, {R"("2026-02-01")"}, "field_invalid", old_claims);
  add_pay_fault(all, {"member"}, {R"("nobody")", R"("")"}, "party_unknown", old_claims);
  add_pay_fault(all, {"deferred_as"}, {R"("thanks")", R"("")"}, "field_invalid", old_claims);
}

}  // namespace

std::vector<FieldFault> pay_faults() {
  std::vector<FieldFault> all;
  const auto add = [&](std::initializer_list<std::string_view> names,
                       std::initializer_list<std::string> values, std::string_view codes,
                       std::string_view route, std::string_view field = {}) {
    add_pay_fault(all, names, values, codes, route, field);
  };
  constexpr std::string_view runs = "/pay-runs ";
  constexpr std::string_view settlements = "/claim-settlements";
  constexpr std::string_view lapses = "/claim-lapses";
  constexpr std::string_view tariffs = "/tariffs";
  add({"work"}, {R"("sleep")", R"("")"}, "work_kind_unknown", tariffs);
  add({"circle"}, {R"("nowhere")"}, "circle_unknown", tariffs);
  add({"member"}, {R"("nobody")"}, "party_unknown", tariffs);
  add({"amount"}, {R"("0")", R"("-1.00")"}, "field_invalid", tariffs);
  add({"circle"}, {R"("nowhere")"}, "circle_unknown", runs);
  add({"amount"}, {R"("-1.00")"}, "field_invalid", runs);
  add({"amount"}, {R"("0")", R"("-1.00")"}, "field_invalid", settlements);
  add({"from_on"}, {R"("2026-01-16")"}, "field_invalid", runs, "/to_on");
  add({"to_on"}, {R"("2026-02-30")", R"("tomorrow")", R"("")"}, "day_malformed", runs);
  add({"since_until"}, {R"("2026-02-30")", R"("tomorrow")", R"("")"}, "day_malformed", lapses);
  for (const std::string_view route : {runs, settlements}) {
    add({"rule"}, {R"("nothing")", R"("")"}, "sharing_rule_unknown", route);
    add({"name"}, {R"("")", R"("Name")", R"("a b")"}, "name_malformed field_invalid", route);
    add({"from", "to"}, {R"("assets:nowhere")", R"("")"}, "account_unknown", route);
    add({"value"}, {R"("")", R"("x")", R"("1/0")", R"("-1")"}, "field_invalid", route);
    add({"member"}, {R"("nobody")", R"("")"}, "party_unknown", route);
    add({"place"}, {"\"" + std::string(61, 'x') + "\""}, "field_invalid", route);
    add({"payable", "conversion"}, {R"("assets:nowhere")", R"("")"}, "account_unknown", route);
    add({"fund"}, {R"("nowhere")"}, "dimension_unknown field_invalid", route);
    add({"mandate"}, {"0", "-1", "4294967296"}, "field_invalid", route);
    add({"mandate"}, {"999"}, "spending_mandate_unknown", route);
    add({"share", "local_share"}, {R"("")", R"("x")", R"("1/0")", R"("-1")", R"("2")"}, "field_invalid",
        route);
    add({"most"}, {R"("-1.00")", R"("")", "4", R"("0.001")"},
        "field_invalid amount_malformed amount_not_text amount_too_precise", route);
  }
  for (const std::string_view route : {runs, settlements, lapses}) {
    add({"wages"}, {R"("assets:nowhere")", R"("")"}, "account_unknown", route);
    add({"deferred_as"}, {R"("thanks")", R"("")"}, "field_invalid", route);
  }
  add({"deferred"}, {R"("assets:nowhere")", R"("")"}, "account_unknown field_missing", runs);
  add({"members"}, {R"("nobody")", R"("")"}, "party_unknown", lapses, "-");
  constexpr std::string_view payment = "/payment ";
  add({"members"}, {R"("nobody")", R"("")"}, "party_unknown", payment);
  add({"mandate"}, {"0", "-1", "4294967296"}, "field_invalid", payment);
  add({"mandate"}, {"999"}, "spending_mandate_unknown", payment);
  add_old_claim_faults(all);
  return all;
}

void BadRequests::add_pay() {
  for (const char* path : {"liabilities:wages", "liabilities:later"}) open(path, "liability");
  open("expense:wages", "expense");
  EXPECT_EQ(send("PATCH", "/v1/nodes/bcn/members/M2", {.body = R"({"iban":"BE68539007547034"})"}).status,
            200);
  const Instant now = system_clock()();
  as_owner_.in_tx([&](Tx& tx) {
    const books::Node node = books::read_node(tx, "bcn");
    const books::Author nobody{std::nullopt, now};
    for (const auto& [code, example] :
         {std::pair{"fair", "equal_hour"}, {"fair_debts", "all_debts_alike"}, {"fair_rates", "own_rates"}})
      sharing::adopt_version(tx, node.id,
                             {.code = code,
                              .title = "Fair",
                              .valid_from = Day::parse("2026-01-01"),
                              .rule = sharing::example_rule(example),
                              .decision = "Assembly",
                              .adopted_on = Day::parse("2025-12-10")},
                             nobody);
    pay::adopt_tariff(tx, node.id,
                      {.work = "livelihood",
                       .from_on = Day::parse("2026-01-01"),
                       .minor = 2'500,
                       .unit = "EUR",
                       .decision = "Assembly"},
                      nobody);
  });
  add_pay_hours();
  const Instant later = system_clock()();
  const Unit euro{as_owner_.in_snapshot([&](Tx& tx) { return books::read_node(tx, "bcn").base_unit; }), "EUR",
                  2};
  for (int i = 0; i < 4; ++i)
    as_owner_.in_tx([&](Tx& tx) {
      const NodeId node = books::read_node(tx, "bcn").id;
      const auto user = [&](const char* name) {
        return books::Author{access::read_user(tx, name).id, later};
      };
      const Day day = Day::parse("2026-01-12").plus_days(i == 3 ? 9 : i);
      const auto run =
          pay::propose_wages(tx, node,
                             {.from_on = day,
                              .to_on = day,
                              .booked_on = Day::parse("2026-01-31"),
                              .unit = euro,
                              .amount_minor = 1'000,
                              .rule = "fair_rates",
                              .deferred_as = pay::DeferredAs::debt,
                              .accounts = {"expense:wages", "liabilities:wages", "liabilities:later"}},
                             {std::nullopt, later});
      if (i == 1) return 0;
      for (const char* name : {"ann", "tess"}) pay::approve_pay_run(tx, node, run.number, user(name));
      if (i != 2) pay::post_pay_run(tx, node, run.number, {std::nullopt, later});
      return 0;
    });
}

void BadRequests::add_pay_hours() {
  open("liabilities:wages", "liability", "GBP");
  for (const char* path : {"equity:before", "equity:kept"}) open(path, "equity");
  for (const char* unit : {"EUR", "GBP"}) open("equity:exchanged", "equity", unit);
  const Instant now = system_clock()();
  as_owner_.in_tx([&](Tx& tx) {
    const books::Node node = books::read_node(tx, "bcn");
    std::vector<work::HoursDraft> drafts;
    for (const char* day : {"2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15", "2026-01-21"})
      drafts.push_back({.member = std::string{day} == "2026-01-21" ? "M1" : "M2",
                        .circle = "tech",
                        .worked_on = Day::parse(day),
                        .minutes = 60,
                        .kind = "livelihood",
                        .intent = work::Intent::paid});
    const books::Author nobody{std::nullopt, now};
    std::vector<work::HoursNumber> numbers;
    for (const auto& outcome : work::submit_hours(tx, node, drafts, {nobody, true}))
      numbers.push_back(std::get<work::Hours>(outcome).number);
    const work::HoursNumber own = numbers.back();
    numbers.pop_back();
    work::approve_hours(tx, node, numbers, {access::read_user(tx, "operator").id, now});
    members::insert_party_user(tx, node.id, members::read_party(tx, node.id, "M2").id,
                               access::read_user(tx, "ann").id, now, {});
    work::approve_hours(tx, node, std::vector{own}, {access::read_user(tx, "ann").id, now});
    members::end_party_users(tx, node.id, members::read_party(tx, node.id, "M2").id, std::nullopt, now, {});
    return 0;
  });
}

}  // namespace coop::test

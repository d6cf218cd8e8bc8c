#include "ledger/access/access_service.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

constexpr std::size_t as_much_as_a_long_entry = 1u << 20;

// Run 1 is proposed, 2 booked.
const Specimen capital_requests[] = {
    {"GET", "/v1/nodes/{node}/share-classes", "/v1/nodes/bcn/share-classes"},
    {"POST", "/v1/nodes/{node}/share-classes", "/v1/nodes/bcn/share-classes", "", Body::json,
     R"({"code":"silver","from_on":"2026-01-01","title":"Silver","unit":"EUR","nominal":"1.00",)"
     R"("withdrawable":"yes","capital":"equity:members","reserve":"equity:reserve",)"
     R"("receivable":"assets:shares-due","payable":"liabilities:shares","decision":"Assembly"})",
     R"({"code":"silver","from_on":"2026-01-01","title":"Silver","unit":"EUR","nominal":"1.00",)"
     R"("lowest":"1.00","highest":"10.00","withdrawable":"yes","notice_days":30,"transferable":true,)"
     R"("reserve_part":"25%","capital":"equity:members","reserve":"equity:reserve",)"
     R"("receivable":"assets:shares-due","payable":"liabilities:shares","fund":"media",)"
     R"("decision":"Assembly"})"},
    {"GET", "/v1/nodes/{node}/share-movements", "/v1/nodes/bcn/share-movements"},
    {"POST", "/v1/nodes/{node}/share-movements", "/v1/nodes/bcn/share-movements", "", Body::json,
     R"({"movement":"subscribe","share_class":"gold","member":"M1","amount":"5.00","unit":"EUR",)"
     R"("on":"2026-01-05","reason":"Board"})",
     R"({"movement":"pay_in","share_class":"gold","member":"M1","amount":"5.00","unit":"EUR",)"
     R"("on":"2026-01-05","reason":"Board","account":"assets:bank"})"},
    {"POST", "/v1/nodes/{node}/share-movements/{number}/undoing", "/v1/nodes/bcn/share-movements/1/undoing",
     "", Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"POST", "/v1/nodes/{node}/share-movements/{number}/taking-back",
     "/v1/nodes/bcn/share-movements/4/taking-back", "", Body::json, R"({"on":"2026-01-06","reason":"Board"})",
     R"({"on":"2026-01-06","reason":"Board","amount":"1.00","unit":"EUR"})"},
    {"GET", "/v1/nodes/{node}/share-withdrawals", "/v1/nodes/bcn/share-withdrawals"},
    {"POST", "/v1/nodes/{node}/share-withdrawals", "/v1/nodes/bcn/share-withdrawals", "", Body::json,
     R"({"share_class":"gold","on":"2026-01-05","surplus":"5.00","unit":"EUR","reason":"Board"})",
     R"({"share_class":"gold","on":"2026-01-05","surplus":"5.00","unit":"EUR","reason":"Board"})"},
    {"GET", "/v1/nodes/{node}/reports/share-register", "/v1/nodes/bcn/reports/share-register"},
    {"GET", "/v1/nodes/{node}/reports/share-certificate", "/v1/nodes/bcn/reports/share-certificate",
     "share_class=gold&holder=M1"},
    {"GET", "/v1/nodes/{node}/reports/capital-accounts", "/v1/nodes/bcn/reports/capital-accounts"},
    {"GET", "/v1/nodes/{node}/surplus-rules", "/v1/nodes/bcn/surplus-rules"},
    {"POST", "/v1/nodes/{node}/surplus-rules", "/v1/nodes/bcn/surplus-rules", "", Body::json,
     R"({"from_on":"2026-06-01","title":"Halves","decision":"Assembly","unit":"EUR","reserve_weight":1,)"
     R"("members_weight":1,"loss_reserve_weight":1,"loss_members_weight":1,"patronage":"hours",)"
     R"("result":"equity:result","reserve":"equity:reserve","capital":"equity:members",)"
     R"("payable":"liabilities:shares"})",
     R"({"from_on":"2026-06-01","title":"Parts","decision":"Assembly","unit":"EUR","reserve_weight":45,)"
     R"("members_weight":45,"other_weight":10,"loss_reserve_weight":1,"loss_members_weight":1,)"
     R"("patronage":"hours","interest_rate":"3%","interest_most":"20%","cash_part":"20%",)"
     R"("indivisible":true,"result":"equity:result","reserve":"equity:reserve",)"
     R"("capital":"equity:members","payable":"liabilities:shares","other":"liabilities:social"})"},
    {"GET", "/v1/nodes/{node}/surplus-runs", "/v1/nodes/bcn/surplus-runs"},
    {"POST", "/v1/nodes/{node}/surplus-runs", "/v1/nodes/bcn/surplus-runs", "", Body::json,
     R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":"5.00","unit":"EUR","decision":"Assembly",)"
     R"("members":[{"member":"M1","measure":"1"}]})",
     R"({"from_on":"2026-01-01","to_on":"2026-01-31","booked_on":"2026-01-31","amount":"5.00","unit":"EUR",)"
     R"("source":"result","decision":"Assembly","members":[{"member":"M1","measure":"1.5"},)"
     R"({"member":"M2","measure":"2"}]})",
     as_much_as_a_long_entry},
    {"GET", "/v1/nodes/{node}/surplus-runs/{number}", "/v1/nodes/bcn/surplus-runs/1"},
    {"POST", "/v1/nodes/{node}/surplus-runs/{number}/approval", "/v1/nodes/bcn/surplus-runs/1/approval"},
    {"POST", "/v1/nodes/{node}/surplus-runs/{number}/cancelling", "/v1/nodes/bcn/surplus-runs/1/cancelling",
     "", Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"POST", "/v1/nodes/{node}/surplus-runs/{number}/undoing", "/v1/nodes/bcn/surplus-runs/2/undoing", "",
     Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
};

}  // namespace

std::span<const Specimen> capital_specimens() { return capital_requests; }

void BadRequests::add_capital() {
  for (const char* path : {"equity:members", "equity:reserve", "equity:result"}) open(path, "equity");
  for (const char* path : {"liabilities:shares", "liabilities:social"}) open(path, "liability");
  open("assets:shares-due", "asset");
  record("assets:bank", "income:dues", "5000.00");
  const auto make = [&](const std::string& path, const std::string& body) {
    const ApiAnswer answer = post("/v1/nodes/bcn/" + path, body);
    EXPECT_EQ(answer.status, 201) << path << answer.body;
  };
  make("share-classes",
       R"({"code":"gold","from_on":"2020-01-01","title":"Gold","unit":"EUR","nominal":"0.01",)"
       R"("withdrawable":"yes","capital":"equity:members","reserve":"equity:reserve",)"
       R"("receivable":"assets:shares-due","payable":"liabilities:shares","decision":"Assembly"})");
  make("share-movements",
       R"({"movement":"subscribe","share_class":"gold","member":"M1","amount":"50.00","unit":"EUR",)"
       R"("on":"2026-01-05","reason":"Board"})");
  for (const char* more : {R"("subscribe",)", R"("pay_in","account":"assets:bank",)", R"("ask",)"})
    make("share-movements", std::string{R"({"movement":)"} + more +
                                R"("share_class":"gold","member":"M2","amount":"10.00","unit":"EUR",)"
                                R"("on":"2026-01-05","reason":"Board"})");
  make("surplus-rules",
       R"({"from_on":"2020-01-01","title":"Halves","decision":"Assembly","unit":"EUR","reserve_weight":1,)"
       R"("members_weight":1,"loss_reserve_weight":1,"loss_members_weight":1,"patronage":"hours",)"
       R"("result":"equity:result","reserve":"equity:reserve","capital":"equity:members",)"
       R"("payable":"liabilities:shares"})");
  for (int i = 0; i < 2; ++i)
    make("surplus-runs", R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":"5.00","unit":"EUR",)"
                         R"("decision":"Assembly","members":[{"member":"M2","measure":"1"}]})");
  const Instant now = system_clock()();
  for (const char* name : {"ann", "operator"})
    as_owner_.in_tx([&](Tx& tx) {
      capital::approve_surplus_run(tx, NodeId{1}, capital::SurplusRunNumber{2},
                                   {access::read_user(tx, name).id, now});
      return 0;
    });
}

}  // namespace coop::test

#include "ledger/access/access_service.hpp"
#include "ledger/disbursements/approving_service.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

constexpr std::size_t as_much_as_an_entry = 1u << 20;

constexpr std::string_view disbursement_whole =
    R"({"bank_account":1,"requested_on":"2099-01-05","title":"Bills","account_holder":"Meeting",)"
    R"("bic":"CAIXESBB","orders":[{"amount":"5.00","purpose":"refund","account":"expense:rent",)"
    R"("member":"M1","name":"Maria","iban":"BE68539007547034","bic":"BPOTBEB1",)"
    R"("address":{"street":"Rue Haute","building":"12","post_code":"1000","town":"Bruxelles",)"
    R"("country":"BE"},"text":"a key","source":"2099-1","fund":"media","cost_object":"C1","tax_code":"T1"},)"
    R"({"amount":"6.00","purpose":"payout","account":"expense:rent","name":"Jordi",)"
    R"("iban":"BE68539007547034","reference":"RF18539007547034"}]})";

// Disbursement 1 is proposed, 2 approved, 3 at the bank, 4 approved by the operator alone.
const Specimen disbursement_requests[] = {
    {"GET", "/v1/nodes/{node}/disbursements", "/v1/nodes/bcn/disbursements"},
    {"POST", "/v1/nodes/{node}/disbursements", "/v1/nodes/bcn/disbursements", "", Body::json,
     R"({"bank_account":1,"requested_on":"2099-01-05","title":"Bills","orders":[{"amount":"5.00",)"
     R"("purpose":"supplier_bill","account":"expense:rent","name":"Jordi","iban":"BE68539007547034"}]})",
     disbursement_whole, as_much_as_an_entry},
    {"GET", "/v1/nodes/{node}/disbursements/{number}", "/v1/nodes/bcn/disbursements/1"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/orders/{order}/leaving-out",
     "/v1/nodes/bcn/disbursements/1/orders/2/leaving-out", "", Body::json, R"({"reason":"late"})",
     R"({"reason":"late"})"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/approval", "/v1/nodes/bcn/disbursements/1/approval"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/approval-withdrawal",
     "/v1/nodes/bcn/disbursements/4/approval-withdrawal", "", Body::json, R"({"reason":"too early"})",
     R"({"reason":"too early"})"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/cancelling", "/v1/nodes/bcn/disbursements/1/cancelling",
     "", Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/file", "/v1/nodes/bcn/disbursements/2/file"},
    {"GET", "/v1/nodes/{node}/disbursements/{number}/file", "/v1/nodes/bcn/disbursements/3/file"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/not-taken", "/v1/nodes/bcn/disbursements/3/not-taken",
     "", Body::json, R"({"reason":"the bank wrote so"})", R"({"order":1,"reason":"the bank wrote so"})"},
    {"GET", "/v1/nodes/{node}/disbursement-orders", "/v1/nodes/bcn/disbursement-orders"},
};

}  // namespace

std::span<const Specimen> disbursement_specimens() { return disbursement_requests; }

void BadRequests::add_disbursements() {
  const Instant now = system_clock()();
  const auto as = [&](const std::string& name) {
    return as_owner_.in_tx([&](Tx& tx) { return books::Author{access::read_user(tx, name).id, now}; });
  };
  const books::Node node = as_owner_.in_tx([](Tx& tx) { return books::read_node(tx, "bcn"); });
  const auto propose = [&] {
    disbursements::OrderDraft order{.minor = 500, .account = "expense:rent"};
    order.name = "Jordi";
    order.iban = Iban::parse("BE68539007547034");
    const books::Author author = as("tess");
    return as_owner_.in_tx([&](Tx& tx) {
      return disbursements::propose(tx, node,
                                    {.bank_account = 1,
                                     .requested_on = Day::parse("2099-01-05"),
                                     .title = "Bills",
                                     .orders = {order, order}},
                                    author)
          .number;
    });
  };
  const auto approve = [&](disbursements::DisbursementNumber number, const char* name) {
    const books::Author author = as(name);
    as_owner_.in_tx([&](Tx& tx) { return disbursements::approve(tx, node.id, number, author); });
  };
  propose();
  for (int i = 0; i < 2; ++i) {
    const auto number = propose();
    approve(number, "ann");
    approve(number, "operator");
    if (i == 1)
      as_owner_.in_tx([&](Tx& tx) { return disbursements::make_file(tx, node.id, number, {{}, now}); });
  }
  approve(propose(), "operator");
}

}  // namespace coop::test

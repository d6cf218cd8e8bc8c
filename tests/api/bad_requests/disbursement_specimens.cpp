#include "ledger/access/access_service.hpp"
#include "ledger/disbursements/approving_service.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

constexpr std::size_t as_much_as_an_order = 1u << 20;

constexpr std::string_view disbursement_whole =
    R"({"bank_account":1,"requested_on":"2099-01-05","title":"Bills","account_holder":"Meeting",)"
    R"("bic":"CAIXESBB","orders":[{"amount":"5.00","purpose":"refund","account":"expense:rent",)"
    R"("member":"M1","name":"Maria","iban":"BE68539007547034","bic":"BPOTBEB1",)"
    R"("address":{"street":"Rue Haute","building":"12","post_code":"1000","town":"Bruxelles",)"
    R"("country":"BE"},"text":"a key","source":"2099-1","fund":"media","cost_object":"C1","tax_code":"T1"},)"
    R"({"amount":"6.00","purpose":"payout","account":"expense:rent","name":"Jordi",)"
    R"("iban":"BE68539007547034","reference":"RF18539007547034"},)"
    R"({"amount":"5.00","purpose":"supplier_bill","account":"expense:rent","name":"Jordi",)"
    R"("iban":"BE68539007547034","mandate":4,"minutes":60}]})";

// Disbursement 1 is proposed, 2 approved, 3 at the bank, 4 approved by the operator alone.
const Specimen disbursement_requests[] = {
    {"GET", "/v1/nodes/{node}/disbursements", "/v1/nodes/bcn/disbursements"},
    {"POST", "/v1/nodes/{node}/disbursements", "/v1/nodes/bcn/disbursements", "", Body::json,
     R"({"bank_account":1,"requested_on":"2099-01-05","title":"Bills","orders":[{"amount":"5.00",)"
     R"("purpose":"supplier_bill","account":"expense:rent","name":"Jordi","iban":"BE68539007547034"}]})",
     disbursement_whole, as_much_as_an_order},
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

std::string letters_of_order(std::size_t count) { return '"' + std::string(count, 'x') + '"'; }

void add_disbursement_fault(std::vector<FieldFault>& all, std::initializer_list<std::string_view> names,
                            std::initializer_list<std::string> values, std::string_view codes,
                            std::string_view route = {}, std::string_view field = {}) {
  for (const std::string_view name : names)
    for (const std::string& value : values) all.push_back({name, value, codes, route, field});
}

}  // namespace

void add_disbursement_faults(std::vector<FieldFault>& all) {
  constexpr std::string_view route = "/disbursements ";
  add_disbursement_fault(all, {"requested_on"},
                         {R"("2026-02-30")", R"("20260203")", R"("tomorrow")", R"("")"}, "day_malformed");
  add_disbursement_fault(all, {"requested_on"}, {R"("2020-01-02")", R"("2099-01-04")"},
                         "disbursement_impossible "
                         "spending_mandate_not_open");
  add_disbursement_fault(all, {"bank_account"}, {"0", "-1", "1.5", "4294967296"}, "field_invalid");
  add_disbursement_fault(all, {"bank_account"}, {"999"}, "bank_account_unknown");
  add_disbursement_fault(all, {"title"}, {R"("")", R"(" ")"}, "field_invalid", route);
  add_disbursement_fault(all, {"amount"}, {R"("0")", R"("-1.00")", R"("1000000000.00")"},
                         "disbursement_impossible "
                         "fund_below_buffer field_invalid",
                         route);
  add_disbursement_fault(all, {"purpose"}, {R"("sometimes")", R"("")"}, "field_invalid", route);
  add_disbursement_fault(all, {"account"}, {R"("assets:bank")"}, "field_invalid", route);
  add_disbursement_fault(all, {"member"}, {R"("nobody")", R"("")"}, "party_unknown", route);
  add_disbursement_fault(all, {"name"}, {R"("")", R"(" ")", letters_of_order(201)}, "field_invalid", route);
  add_disbursement_fault(all, {"iban"}, {R"("MU17BOMM0101101030300200000MUR")"}, "disbursement_impossible",
                         route);
  add_disbursement_fault(all, {"street"}, {letters_of_order(71)}, "field_invalid");
  add_disbursement_fault(all, {"building", "post_code"}, {letters_of_order(17)}, "field_invalid");
  add_disbursement_fault(all, {"text"}, {letters_of_order(501)}, "field_invalid", route);
  add_disbursement_fault(all, {"reference"}, {R"("")", R"("RF00M1")", R"("hello")"}, "reference_malformed",
                         route);
  add_disbursement_fault(all, {"source"}, {letters_of_order(101)}, "field_invalid", route);
  add_disbursement_fault(all, {"fund", "cost_object", "tax_code"}, {R"("nowhere")", R"("")"},
                         "dimension_unknown", route);
  add_disbursement_fault(all, {"order"}, {"0", "-1", "1.5"}, "field_invalid", "/not-taken");
  add_disbursement_fault(all, {"order"}, {"999"}, "disbursement_unknown", "/not-taken", "-");
}

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

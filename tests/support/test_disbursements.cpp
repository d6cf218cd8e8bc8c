#include "tests/support/test_disbursements.hpp"

#include "ledger/members/party_service.hpp"
#include "ledger/values/money.hpp"

namespace coop::test {

using disbursements::Disbursement;

DisbursementTest::DisbursementTest() {
  superuser_sql("INSERT INTO user_account (name, title, created_at) VALUES ('tom', '', now())");
  for (const char* path : {"liabilities:payable", "expenses:office"}) open(path);
}

disbursements::OrderDraft DisbursementTest::bill(const std::string& amount, const std::string& source,
                                                 const std::string& name, const std::string& iban) {
  return {.minor = minor_from_text(amount, 2),
          .account = "liabilities:payable",
          .name = name,
          .iban = Iban::parse(iban),
          .text = source,
          .source = source};
}

disbursements::DisbursementDraft DisbursementTest::draft(const std::vector<disbursements::OrderDraft>& orders,
                                                         std::string_view on) const {
  return {.bank_account = main().number.number(),
          .requested_on = Day::parse(on),
          .title = "Bills of January",
          .orders = orders};
}

Disbursement DisbursementTest::propose(const disbursements::DisbursementDraft& draft) {
  return db().in_tx(
      [&](Tx& tx) { return disbursements::propose(tx, books::read_node(tx, "bcn"), draft, as("tom")); });
}

Disbursement DisbursementTest::leave_out(const Disbursement& of, int order) {
  return db().in_tx([&](Tx& tx) {
    return disbursements::leave_out(tx, node(), {of.number, order}, "the goods are late", as("tom"));
  });
}

Disbursement DisbursementTest::approve(const Disbursement& of, const std::string& user) {
  return db().in_tx([&](Tx& tx) { return disbursements::approve(tx, node(), of.number, as(user)); });
}

Disbursement DisbursementTest::withdraw(const Disbursement& of, const std::string& user) {
  return db().in_tx(
      [&](Tx& tx) { return disbursements::withdraw(tx, node(), of.number, "too early", as(user)); });
}

Disbursement DisbursementTest::cancel(const Disbursement& of) {
  return db().in_tx(
      [&](Tx& tx) { return disbursements::cancel(tx, node(), of.number, "a mistake", as("tom")); });
}

Disbursement DisbursementTest::make_file(const Disbursement& of) {
  return db().in_tx([&](Tx& tx) { return disbursements::make_file(tx, node(), of.number, as("tom")); });
}

Disbursement DisbursementTest::not_taken(const Disbursement& of, std::optional<int> order,
                                         const std::string& user) {
  return db().in_tx([&](Tx& tx) {
    return disbursements::say_not_taken(tx, node(), of.number, order, "the bank wrote so", as(user));
  });
}

Disbursement DisbursementTest::read(const Disbursement& of) {
  return db().in_tx([&](Tx& tx) { return disbursements::read_disbursement(tx, node(), of.number); });
}

std::string DisbursementTest::file_of(const Disbursement& of) {
  return db().in_tx([&](Tx& tx) { return disbursements::read_file(tx, node(), of.number); });
}

Disbursement DisbursementTest::at_bank(const std::vector<disbursements::OrderDraft>& orders) {
  const Disbursement proposed = propose(orders);
  approve(proposed, "ann");
  approve(proposed, "ben");
  return make_file(proposed);
}

void DisbursementTest::link(const std::string& member, const std::string& user) {
  superuser_sql(
      "INSERT INTO party_user (node_id, party_id, user_id, linked_at) SELECT p.node_id, p.id, u.id, "
      "'2026-01-01' FROM party p, user_account u WHERE p.node_id = " +
      std::to_string(node().number()) + " AND p.number = '" + member + "' AND u.name = '" + user + "'");
}

void DisbursementTest::erase(const std::string& member) {
  db().in_tx([&](Tx& tx) { members::erase_party(tx, node(), member, "asked for it", author()); });
}

void DisbursementTest::fill() {
  add_person("Ana Ruiz", "M0009");
  add(books::DimensionKind::fund, {"media"});
  const Disbursement paid =
      at_bank({bill("12.50", "a"), bill("20.00", "b"), bill("30.00", "c"), bill("1.00", "d")});
  statement({{.day = "2026-02-02", .amount = "-63.50", .message = "bcn-D1"},
             {.day = "2026-02-05",
              .amount = "20.00",
              .end_to_end = paid.orders[1].end_to_end_id,
              .return_code = "AC04"}});
  accept_proposal(line("-63.50"));
  accept_proposal(line("20.00"));
  const Disbursement shorter = propose({bill("5.00", "a"), bill("6.00", "b")});
  leave_out(shorter, 2);
  approve(shorter, "ann");
  withdraw(shorter, "ann");
  disbursements::OrderDraft whole = bill("7.00", "c");
  whole.bic = Bic::parse("BPOTBEB1");
  whole.address = disbursements::TransferAddress{"Rue Haute", "12", "1000", "Bruxelles", "BE"};
  whole.text.clear();
  whole.reference = StructuredReference::parse("RF18539007547034");
  whole.about[0] = "media";
  const Disbursement refused = at_bank({whole, bill("8.00", "d")});
  not_taken(refused, 1, "ann");
  not_taken(refused, {}, "ben");
  cancel(propose({bill("9.00", "e")}));
  disbursements::OrderDraft own = bill("10.00", "f", "Ana Ruiz");
  own.member = "M0009";
  at_bank({own});
  erase("M0009");
  approve(propose({bill("11.00", "g")}), "ann");
}

const std::vector<std::string>& DisbursementTest::tables() {
  static const std::vector<std::string> all{"disbursement", "disbursement_order", "disbursement_payee",
                                            "disbursement_step", "disbursement_file"};
  return all;
}

std::string DisbursementTest::stand_of(const Disbursement& of) {
  std::string text{disbursements::text_of(disbursements::state_of(of))};
  const char* between = ": ";
  for (const disbursements::Order& order : of.orders) {
    text += between + std::to_string(order.number) + " " +
            std::string{disbursements::text_of(disbursements::state_of(of, order))};
    between = ", ";
  }
  return text;
}

}  // namespace coop::test

// What the schema itself keeps of payments that leave, whatever the program does.
#include "ledger/proof/verify_service.hpp"
#include "tests/support/test_disbursements.hpp"

namespace coop::disbursements {
namespace {

constexpr const char* check_violated = "23514";
constexpr const char* unique_violated = "23505";
constexpr const char* foreign_key_violated = "23503";
constexpr const char* integrity_violated = "23000";
constexpr const char* restricted = "23001";

class DisbursementSchema : public test::DisbursementTest {
 protected:
  DisbursementSchema() {
    add_person("Ana Ruiz", "M0009");
    OrderDraft own = bill("5.00", "for ana");
    own.member = "M0009";
    one_ = propose({bill("12.50", "a"), own}).number;
  }
  Disbursement one() {
    return db().in_tx([&](Tx& tx) { return read_disbursement(tx, node(), one_); });
  }
  std::string user(const std::string& name) const {
    return "(SELECT id FROM user_account WHERE name = '" + name + "')";
  }
  std::string of_node() const { return std::to_string(node().number()); }
  std::string step_sql(int number, const std::string& kind, const std::string& by,
                       const std::string& columns = "", const std::string& values = "") const {
    return "INSERT INTO disbursement_step (node_id, disbursement_number, number, kind, recorded_at, "
           "recorded_by" +
           columns + ") VALUES (" + of_node() + ", 1, " + std::to_string(number) + ", '" + kind +
           "', '2026-01-31T12:00:00Z', " + user(by) + values + "); ";
  }
  std::string step(int number, const std::string& kind, const std::string& by,
                   const std::string& columns = "", const std::string& values = "") const {
    return state_of(step_sql(number, kind, by, columns, values));
  }
  std::string order_sql(int number, const std::string& account) const {
    return "INSERT INTO disbursement_order (node_id, disbursement_number, number, amount_minor, purpose, "
           "account_id, end_to_end_id) SELECT node_id, 1, " +
           std::to_string(number) + ", 100, 'refund', id, 'X" + std::to_string(number) +
           "' FROM account WHERE path = '" + account + "' AND node_id = " + of_node() + "; ";
  }
  std::string payee_sql(int number, const std::string& columns = "", const std::string& values = "") const {
    return "INSERT INTO disbursement_payee (node_id, disbursement_number, order_number, name, iban" +
           columns + ") VALUES (" + of_node() + ", 1, " + std::to_string(number) +
           ", 'x', 'BE68539007547034'" + values + "); ";
  }
  DisbursementNumber one_{1};
};

TEST_F(DisbursementSchema, LetsTwoOthersApprove) {
  EXPECT_EQ(step(1, "approved", "tom"), integrity_violated) << "nobody approves what they wrote";
  link("M0009", "ben");
  EXPECT_EQ(step(1, "approved", "ben"), integrity_violated) << "nobody approves what pays them";
  EXPECT_EQ(step(1, "approved", "nobody"), check_violated);
  EXPECT_EQ(step(2, "approved", "ann"), integrity_violated) << "a gap";
  EXPECT_EQ(state_of(step_sql(1, "approved", "ann") + step_sql(2, "approved", "ann")), integrity_violated);
  EXPECT_EQ(step(1, "withdrawn", "ann", ", reason", ", 'x'"), integrity_violated);
  EXPECT_EQ(step(1, "approved", "ann"), "accepted");
  EXPECT_EQ(step(2, "withdrawn", "tom", ", reason", ", 'x'"), integrity_violated);
}

TEST_F(DisbursementSchema, EndsApprovalsWhenAnOrderIsLeftOut) {
  const std::string approved = step_sql(1, "approved", "ann");
  const std::string left_out = step_sql(2, "left_out", "tom", ", order_number, reason", ", 2, 'x'");
  EXPECT_EQ(state_of(approved + left_out + step_sql(3, "approved", "ben") +
                     step_sql(4, "left_out", "tom", ", order_number, reason", ", 1, 'x'")),
            integrity_violated)
      << "one is left";
  EXPECT_EQ(state_of(approved + left_out + step_sql(3, "approved", "ben") + step_sql(4, "approved", "ann") +
                     step_sql(5, "approved", "tom")),
            integrity_violated)
      << "it is approved by ben and ann";
  EXPECT_EQ(state_of(approved + step_sql(2, "approved", "ben") +
                     step_sql(3, "left_out", "tom", ", order_number, reason", ", 2, 'x'")),
            integrity_violated)
      << "two have approved";
  EXPECT_EQ(
      state_of(approved + left_out + step_sql(3, "left_out", "tom", ", order_number, reason", ", 2, 'x'")),
      unique_violated);
  EXPECT_EQ(step(1, "left_out", "tom", ", reason", ", 'x'"), check_violated);
}

TEST_F(DisbursementSchema, KeepsTheFileWithItsHash) {
  const std::string hash = "encode(sha256('x'), 'hex')";
  const std::string file = "INSERT INTO disbursement_file (node_id, disbursement_number, bytes) VALUES (" +
                           of_node() + ", 1, 'x'); ";
  const std::string exported = step_sql(3, "exported", "tom", ", file_hash", ", " + hash);
  EXPECT_EQ(step(1, "exported", "tom", ", file_hash", ", " + hash), integrity_violated)
      << "nobody approved it";
  EXPECT_EQ(state_of(file), integrity_violated);
  approve(one(), "ann");
  approve(one(), "ben");
  EXPECT_EQ(state_of(exported), integrity_violated) << "without its file";
  EXPECT_EQ(state_of(file + step_sql(3, "exported", "tom", ", file_hash", ", encode(sha256('y'), 'hex')")),
            integrity_violated);
  make_file(one());
  EXPECT_EQ(state_of("UPDATE disbursement_file SET bytes = 'y'"), restricted);
  EXPECT_EQ(state_of("DELETE FROM disbursement_file"), restricted);
  EXPECT_EQ(step(4, "exported", "tom", ", file_hash", ", " + hash), unique_violated);
  EXPECT_EQ(step(4, "cancelled", "tom", ", reason", ", 'x'"), integrity_violated);
  EXPECT_EQ(step(4, "approved", "tom"), integrity_violated);
}

TEST_F(DisbursementSchema, KeepsOrdersAsTheyWereProposed) {
  EXPECT_EQ(state_of(order_sql(3, "liabilities:payable") + payee_sql(3)), integrity_violated)
      << "nothing is added";
  EXPECT_EQ(state_of("UPDATE disbursement_order SET amount_minor = 1"), restricted);
  EXPECT_EQ(state_of("DELETE FROM disbursement_order"), restricted);
  EXPECT_EQ(state_of("DELETE FROM disbursement_payee"), restricted);
  EXPECT_EQ(state_of("UPDATE disbursement_payee SET iban = 'DE89370400440532013000'"), restricted);
  const std::string another =
      "INSERT INTO disbursement (node_id, number, bank_account, requested_on, title, debtor_name, "
      "message_id, orders, recorded_at, counts_together) VALUES (" +
      of_node() + ", 2, 2, '2026-02-02', 'x', 'x', 'm', 1, now(), true); ";
  EXPECT_EQ(state_of(another), integrity_violated) << "it has orders";
  EXPECT_EQ(
      state_of("INSERT INTO disbursement_payee (node_id, disbursement_number, order_number, name, iban) "
               "VALUES (" +
               of_node() + ", 1, 9, 'x', 'BE68539007547034')"),
      foreign_key_violated);
  EXPECT_EQ(state_of(payee_sql(1, ", town", ", 'Gent'")), check_violated);
  EXPECT_EQ(state_of(payee_sql(1, ", remittance, reference", ", 'x', 'RF18'")), check_violated);
}

TEST_F(DisbursementSchema, LetsALineBeAnOrderOnce) {
  const Disbursement sent = at_bank({bill("12.50", "a"), bill("7.00", "b")});
  statement({{.day = "2026-02-02", .amount = "-12.50", .end_to_end = sent.orders[0].end_to_end_id},
             {.day = "2026-02-03", .amount = "-12.50"}});
  const std::string number = std::to_string(sent.number.number());
  const auto lines_now = lines();
  const auto first = lines_now[0].number;
  db().in_tx([&](Tx& tx) {
    bank::ProposedPart part{.amount_minor = -1'250, .made = bank::Made::order};
    part.disbursement = sent.number.number();
    part.order = 1;
    return bank::accept(tx, node(), first, {bank::MatchMethod::hand, {part}, {}, true}, author());
  });
  EXPECT_EQ(stand_of(read(sent)), "exported: 1 executed, 2 exported");
  // The other line, matched with the same order by hand in SQL: the entry is cleared already, so that the
  // posting is one of its own.
  const auto entry = record("2026-02-03", {{"liabilities:payable", "12.50"}, {"assets:bank:main", "-12.50"}});
  const auto match_sql = [&](const std::string& columns, const std::string& values) {
    return "INSERT INTO bank_match (node_id, number, line_number, method, is_attended, reasons, live, "
           "recorded_at) VALUES (" +
           of_node() + ", 2, " + std::to_string(lines_now[1].number.number()) +
           ", 'hand', true, '[]', true, now()); INSERT INTO bank_match_part (node_id, match_number, part, "
           "entry_number, posting_line, amount_minor, made" +
           columns + ") VALUES (" + of_node() + ", 2, 1, " + std::to_string(entry.number.number()) +
           ", 2, -1250, " + values + "); ";
  };
  const std::string of_order = ", disbursement_number, order_number";
  EXPECT_EQ(state_of(match_sql(of_order, "'order', " + number + ", 1")), integrity_violated) << "paid twice";
  EXPECT_EQ(state_of(match_sql(of_order, "'order', " + number + ", 2")), integrity_violated)
      << "of another amount";
  EXPECT_EQ(state_of(match_sql(of_order, "'order', 1, 1")), integrity_violated) << "it is a proposal";
  EXPECT_EQ(state_of(match_sql(of_order, "'order', " + number + ", 9")), foreign_key_violated);
  EXPECT_EQ(state_of(match_sql("", "'order'")), check_violated);
  EXPECT_EQ(state_of(match_sql(of_order, "'found', " + number + ", 1")), check_violated);
  EXPECT_EQ(state_of(match_sql("", "'found'")), "accepted");
  EXPECT_EQ(
      state_of("INSERT INTO disbursement_step (node_id, disbursement_number, number, kind, order_number, "
               "reason, recorded_at, recorded_by) SELECT " +
               of_node() + ", " + number +
               ", 3 + row_number() OVER (), 'not_taken', 1, 'x', now(), id "
               "FROM user_account WHERE name IN ('ann', 'ben')"),
      integrity_violated)
      << "the bank took it";
}

TEST_F(DisbursementSchema, GivesTheServiceNoMoreRightsThanItNeeds) {
  EXPECT_FALSE(service_may("UPDATE disbursement SET title = 'x'"));
  EXPECT_FALSE(service_may("UPDATE disbursement_order SET amount_minor = 1"));
  EXPECT_FALSE(service_may("DELETE FROM disbursement_step"));
  EXPECT_FALSE(service_may("UPDATE disbursement_payee SET name = 'x'"));
  EXPECT_FALSE(service_may("UPDATE disbursement_file SET bytes = 'x'"));
}

}  // namespace
}  // namespace coop::disbursements

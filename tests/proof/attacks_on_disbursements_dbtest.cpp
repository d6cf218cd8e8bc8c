// Payments that leave changed in raw SQL by the service's role, by the owner, and with the guards off. What
// became of each attempt stands in docs/concepts/promises.md.
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/disbursements/approving_service.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "ledger/funds/fund_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using disbursements::DisbursementNumber;
using test::Attack;
using test::Forging;

/// Full books with payments from assets:bank, written by tom: 1 at the bank, 2 approved by ann, 3 approved by
/// ann and ben. The fund media has less than its buffer.
class AttacksOnDisbursements : public test::AttackedBooks {
 protected:
  AttacksOnDisbursements() {
    use(NodeId{1});
    open("expenses:office");
    superuser_sql(
        "INSERT INTO user_account (name, title, created_at) VALUES ('ann', '', now()), ('ben', '', now()), "
        "('tom', '', now())");
    db().in_tx([&](Tx& tx) {
      bank::open_bank_account(tx, node(),
                              {.path = "assets:bank",
                               .unit = money("0").unit(),
                               .identifier = "ES9121000418450200051332",
                               .title = "Current account"},
                              author());
    });
    for (int number = 1; number <= 3; ++number) propose(number);
    db().in_tx([&](Tx& tx) {
      funds::adopt_fund_terms(tx, node(), "media",
                              {.from_on = Day::parse("2020-01-01"),
                               .purpose = funds::FundPurpose::media,
                               .unit = money("0").unit(),
                               .buffers = {{"at least", 900'000'00}},
                               .decision = "d/1"},
                              user("tom"));
    });
    db().in_tx([&](Tx& tx) { disbursements::make_file(tx, node(), DisbursementNumber{1}, user("tom")); });
  }

 private:
  books::Author user(const std::string& name) const {
    const std::string id = superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'");
    return {UserId{std::stoi(id)}, now};
  }
  void propose(int number) {
    disbursements::OrderDraft order{.minor = 500, .account = "expenses:office"};
    order.name = "Paper";
    order.iban = Iban::parse("BE68539007547034");
    db().in_tx([&](Tx& tx) {
      disbursements::propose(tx, books::read_node(tx, "bcn"),
                             {.bank_account = 1,
                              .requested_on = Day::parse("2026-02-02"),
                              .title = "Bills",
                              .orders = {order, order}},
                             user("tom"));
      disbursements::approve(tx, node(), DisbursementNumber{number}, user("ann"));
      if (number != 2) disbursements::approve(tx, node(), DisbursementNumber{number}, user("ben"));
    });
  }
};

Attack unnoticed_order(const char* what, const std::string& sql, const char* why) {
  return {what, sql, Forging::nothing, {}, why};
}

std::string order_step(int of, int number, const std::string& kind, const std::string& by,
                       const std::string& columns = "", const std::string& values = "") {
  return "INSERT INTO disbursement_step (node_id, disbursement_number, number, kind, recorded_at, "
         "recorded_by" +
         columns + ") SELECT 1, " + std::to_string(of) + ", " + std::to_string(number) + ", '" + kind +
         "', last_recorded_at, (SELECT id FROM user_account WHERE name = '" + by + "')" + values +
         " FROM book_head WHERE node_id = 1; ";
}

TEST_F(AttacksOnDisbursements, AreRefusedOrFound) {
  const std::string file = ", encode(sha256('x'), 'hex')";
  const std::string bytes =
      "INSERT INTO disbursement_file (node_id, disbursement_number, bytes) VALUES (1, 2, 'x'); ";
  const std::string below_buffer =
      "BEGIN; INSERT INTO disbursement (node_id, number, bank_account, requested_on, title, debtor_name, "
      "message_id, orders, recorded_at, counts_together) SELECT node_id, 4, bank_account, requested_on, "
      "title, debtor_name, 'X4', 1, recorded_at, true FROM disbursement WHERE number = 2; INSERT INTO "
      "disbursement_order (node_id, "
      "disbursement_number, number, amount_minor, purpose, account_id, fund, end_to_end_id) SELECT node_id, "
      "4, "
      "1, 100, purpose, account_id, 'media', 'X4-1' FROM disbursement_order WHERE disbursement_number = 2 "
      "AND "
      "number = 1; INSERT INTO disbursement_payee (node_id, disbursement_number, order_number, name, iban) "
      "SELECT node_id, 4, 1, name, iban FROM disbursement_payee WHERE disbursement_number = 2 AND "
      "order_number = 1; COMMIT";
  const std::vector<Attack> attacks{
      {"an order's amount raised", "UPDATE disbursement_order SET amount_minor = 50000 WHERE number = 1"},
      {"what one payee gets counted apart again",
       "UPDATE disbursement SET counts_together = false WHERE number = 3"},
      unnoticed_order(
          "a payee's account changed before the file is made",
          "UPDATE disbursement_payee SET iban = 'DE89370400440532013000' WHERE disbursement_number = 3",
          "the file shows it to whoever reads it"),
      unnoticed_order("an order of a fund that has less than its buffer", below_buffer,
                      "what the fund had then is not kept; others approve the order"),
      {"an order added to what was approved",
       "INSERT INTO disbursement_order (node_id, disbursement_number, number, amount_minor, purpose, "
       "account_id, end_to_end_id) SELECT node_id, 3, 3, 100, 'payout', account_id, 'X' FROM "
       "disbursement_order WHERE disbursement_number = 3 AND number = 1; "},
      {"an order taken out of what was approved",
       "DELETE FROM disbursement_payee WHERE disbursement_number = 3 AND order_number = 2; DELETE FROM "
       "disbursement_order WHERE disbursement_number = 3 AND number = 2"},
      {"approved by whoever wrote it", order_step(2, 2, "approved", "tom")},
      {"approved twice by one", order_step(2, 2, "approved", "ann")},
      {"a file of what one approved",
       "BEGIN; " + bytes + order_step(2, 2, "exported", "tom", ", file_hash", file) + "COMMIT"},
      {"a file that is not that of its hash",
       "BEGIN; " + order_step(3, 3, "exported", "tom", ", file_hash", file) + "COMMIT"},
      {"the bytes of the file changed", "UPDATE disbursement_file SET bytes = 'x'"},
      {"the file deleted", "DELETE FROM disbursement_file"},
      {"cancelled after the file was made", order_step(1, 4, "cancelled", "tom", ", reason", ", 'x'")},
      {"an order left out after two approved",
       order_step(3, 3, "left_out", "tom", ", reason, order_number", ", 'x', 1")},
      {"an approval deleted",
       "DELETE FROM disbursement_step WHERE disbursement_number = 1 AND kind = 'approved' AND number = 1"},
      {"two orders with one id",
       "UPDATE disbursement_order SET end_to_end_id = 'X' WHERE disbursement_number = 1"},
      {"the day that was asked for changed",
       "UPDATE disbursement SET requested_on = '2026-03-02' WHERE number = 1"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on payments that leave", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof

// Mandates and collections changed in raw SQL by the service's role, by the owner, and with the guards off.
// What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/collecting/mandate_service.hpp"
#include "ledger/collecting/settlement_service.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/members/party_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using collecting::CollectionNumber;
using test::Attack;
using test::Forging;

/// Full books with four members who gave mandates. Collection 1 of M0001 and M0002 is settled, and line 1
/// came back; collection 2 of M0003 is approved by ann; M0004 was erased.
class AttacksOnCollecting : public test::AttackedBooks {
 protected:
  AttacksOnCollecting() {
    use(NodeId{1});
    for (const char* path : {"assets:receivable:dues", "liabilities:deferred:dues"}) open(path);
    superuser_sql(
        "INSERT INTO user_account (name, title, created_at) VALUES ('ann', '', now()), ('ben', '', now())");
    ann_ = user("ann");
    ben_ = user("ben");
    db().in_tx([&](Tx& tx) {
      add_mandates(tx);
      collect(tx);
    });
    db().in_tx([&](Tx& tx) { collect_again(tx); });
  }

 private:
  books::Author user(const std::string& name) const {
    const std::string id = superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'");
    return {UserId{std::stoi(id)}, now};
  }

  void add_mandates(Tx& tx) {
    collecting::set_creditor(tx, node(),
                             {collecting::CreditorIdentifier::parse("DE98ZZZ09999999999"), "Co-operative",
                              Iban::parse("DE89370400440532013000"), std::nullopt, "assets:bank"},
                             author());
    for (const char* number : {"M0001", "M0002", "M0003", "M0004"}) {
      members::add_party(
          tx, node(), {number, members::PartyKind::person, members::Profile{.name = "Somebody"}}, author());
      collecting::sign_mandate(tx, node(),
                               {.member = number,
                                .reference = {},
                                .signed_on = Day::parse("2026-01-02"),
                                .used_on = {},
                                .iban = Iban::parse("ES9121000418450200051332"),
                                .bic = {},
                                .name = {},
                                .address = {}},
                               author());
    }
    members::erase_party(tx, node(), "M0004", "asked for it", author());
  }

  void charge(Tx& tx, const std::string& member) {
    dues::raise_charge(tx, node(),
                       {.member = member,
                        .payer = {},
                        .kind = dues::DueKind::other,
                        .unit = money("0").unit(),
                        .minor = 2'000,
                        .on = Day::parse("2026-01-05"),
                        .due_on = {},
                        .why = "January",
                        .income = {}},
                       author());
  }

  void collect(Tx& tx) {
    const CollectionNumber first{1};
    const Day due_on = Day::parse("2026-02-02");
    const books::Node bcn = books::read_node(tx, "bcn");
    for (const char* member : {"M0001", "M0002"}) charge(tx, member);
    collecting::propose(tx, bcn, {due_on, {}}, author());
    for (const books::Author& somebody : {ann_, ben_}) collecting::approve(tx, node(), first, somebody);
    collecting::hand_in(tx, bcn, first, Day::parse("2026-01-31"), author());
    collecting::settle(tx, node(), first, due_on, author());
  }

  void collect_again(Tx& tx) {
    collecting::return_line(tx, node(), {{CollectionNumber{1}, 1}, Day::parse("2026-02-05"), "AM04", {}, {}},
                            author());
    charge(tx, "M0003");
    collecting::propose(tx, books::read_node(tx, "bcn"), {Day::parse("2026-02-03"), {}}, author());
    collecting::approve(tx, node(), CollectionNumber{2}, ann_);
    dues::record_payment(tx, node(),
                         {.kind = dues::PaymentKind::money,
                          .payer = "M0003",
                          .unit = money("0").unit(),
                          .minor = 500,
                          .received_on = Day::parse("2026-01-20"),
                          .account = "assets:bank"},
                         author());
  }

  books::Author ann_{std::nullopt, now};
  books::Author ben_{std::nullopt, now};
};

Attack unnoticed_by_collecting(const char* what, const std::string& sql) {
  return {what, sql, Forging::nothing, {}, "the chain does not cover it"};
}

std::string by(const std::string& name) {
  return "(SELECT id FROM user_account WHERE name = '" + name + "')";
}

/// SQL that adds a step to collection 2.
std::string collection_step(int number, const std::string& kind, const std::string& columns,
                            const std::string& values) {
  return "INSERT INTO collection_step (node_id, collection_number, number, kind, recorded_at, " + columns +
         ") SELECT 1, 2, " + std::to_string(number) + ", '" + kind + "', last_recorded_at, " + values +
         " FROM book_head WHERE node_id = 1; ";
}

std::string handed_in(int number, const std::string& day) {
  return collection_step(number, "handed_in", "on_day, file_hash", "'" + day + "', repeat('a', 64)");
}

TEST_F(AttacksOnCollecting, OfMandates) {
  const std::vector<Attack> attacks{
      unnoticed_by_collecting("a mandate's signature day moved",
                              "UPDATE mandate SET signed_on = '2025-01-01' WHERE id = 1"),
      unnoticed_by_collecting(
          "a return of a mandate turned into its end",
          "UPDATE mandate_change SET kind = 'cancelled', code = NULL, sequence = NULL, "
          "collection_number = NULL, line = NULL WHERE mandate_id = 1 AND kind = 'returned'"),
      unnoticed_by_collecting("a mandate that rests made usable",
                              "DELETE FROM mandate_change WHERE kind = 'returned'"),
      {"a use of a mandate forgotten",
       "DELETE FROM mandate_change WHERE kind = 'collected' AND mandate_id = 2"},
      {"a mandate changed by the line of another",
       "INSERT INTO mandate_change (node_id, mandate_id, number, kind, on_day, sequence, collection_number, "
       "line, recorded_at) VALUES (1, 3, 1, 'collected', '2026-02-02', 'first', 1, 2, now())",
       Forging::nothing,
       {},
       "the chain does not cover it"},
      unnoticed_by_collecting(
          "an account after erasure",
          "INSERT INTO mandate_account (node_id, mandate_id, number, party_id, iban, name, recorded_at) "
          "VALUES (1, 4, 1, 4, 'ES9121000418450200051332', 'Back', now())"),
      unnoticed_by_collecting("another account written over the one that was signed",
                              "UPDATE mandate_account SET iban = 'BE68539007547034' WHERE mandate_id = 3"),
      unnoticed_by_collecting("an account forgotten before its member is erased",
                              "DELETE FROM mandate_account WHERE mandate_id = 3"),
      unnoticed_by_collecting("another account to collect into",
                              "UPDATE creditor SET iban = 'BE68539007547034'"),
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on mandates", table_of(attacks)));
}

TEST_F(AttacksOnCollecting, OfCollections) {
  const std::string third =
      "INSERT INTO collection (node_id, number, due_on, creditor_number, message_id, recorded_at) VALUES (1, "
      "3, '2026-02-03', 1, 'bcn-C3', now()); INSERT INTO collection_line (node_id, collection_number, line, "
      "mandate_id, party_id, account_number, amount_minor, sequence, account_changed, end_to_end_id) VALUES "
      "(1, 3, 1, 3, 3, 1, 2000, 'first', false, 'bcn-C3-1'); ";
  Attack in_another_name = unnoticed_by_collecting("an approval in another's name",
                                                   collection_step(2, "approved", "recorded_by", by("ben")));
  in_another_name.permitted = "it records what people who sign in approve; the row stays";
  const std::vector<Attack> attacks{
      {"a second approval by the same person", collection_step(2, "approved", "recorded_by", by("ann"))},
      {"an approval by nobody", collection_step(2, "approved", "recorded_by", "NULL::int")},
      in_another_name,
      {"handed in after one approval", handed_in(2, "2026-01-31")},
      {"handed in after the bank debits",
       collection_step(2, "approved", "recorded_by", by("ben")) + handed_in(3, "2026-02-04")},
      {"a step deleted", "DELETE FROM collection_step WHERE collection_number = 1 AND number = 2"},
      unnoticed_by_collecting("a step moved to another day",
                              "UPDATE collection_step SET on_day = '2026-01-30' WHERE kind = 'handed_in'"),
      unnoticed_by_collecting(
          "the hash of the file that went to the bank changed",
          "UPDATE collection_step SET file_hash = repeat('a', 64) WHERE kind = 'handed_in'"),
      unnoticed_by_collecting("a collection's day moved",
                              "UPDATE collection SET due_on = '2026-03-02' WHERE number = 2"),
      {"more collected than is owed",
       "UPDATE collection_line SET amount_minor = 9999 WHERE collection_number = 2"},
      unnoticed_by_collecting("a live charge freed",
                              "UPDATE collection_charge SET live = false WHERE collection_number = 2"),
      unnoticed_by_collecting("a charge held again that came back",
                              "UPDATE collection_charge SET live = true WHERE collection_number = 1"),
      {"a charge in two live collections",
       third +
           "INSERT INTO collection_charge (node_id, collection_number, line, charge_number, amount_minor, "
           "live) VALUES (1, 3, 1, 3, 2000, true)"},
      {"a line without charges", third},
      {"a settled line led to another payment",
       "UPDATE collection_payment SET payment_number = 3 WHERE line = 2"},
      {"a settled line's payment forgotten", "DELETE FROM collection_payment WHERE line = 2"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on collecting", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof

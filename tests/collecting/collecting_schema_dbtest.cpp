// What the schema itself keeps of direct debits, whatever the program does.
#include "ledger/members/party_service.hpp"
#include "tests/support/test_collecting.hpp"

namespace coop::collecting {
namespace {

constexpr const char* check_violated = "23514";
constexpr const char* unique_violated = "23505";
constexpr const char* foreign_key_violated = "23503";
constexpr const char* integrity_violated = "23000";
constexpr const char* restricted = "23001";

class CollectingSchema : public test::CollectingTest {
 protected:
  CollectingSchema() {
    for (const char* number : {"M0001", "M0002"}) {
      member(number, "2026-01-01");
      sign(number);
    }
    run("2026-01");
    collection_ = propose("2026-02-02").number;
  }
  Collection collection() {
    return db().in_tx([&](Tx& tx) { return read_collection(tx, node(), collection_); });
  }
  std::string insert(const std::string& table, const std::string& columns, const std::string& values) const {
    return state_of(insert_sql(table, columns, values));
  }
  std::string insert_sql(const std::string& table, const std::string& columns,
                         const std::string& values) const {
    return "INSERT INTO " + table + " (node_id, " + columns + ") VALUES (" + std::to_string(node().number()) +
           ", " + values + "); ";
  }
  /// A step of the collection, whose number and kind are given and whose other columns are `more`.
  std::string step(const std::string& number, const std::string& kind, const std::string& columns = "",
                   const std::string& values = "") const {
    return insert("collection_step", "collection_number, number, kind, recorded_at" + columns,
                  "1, " + number + ", '" + kind + "', '2026-01-31T12:00:00Z'" + values);
  }
  std::string user(const std::string& name) const {
    return "(SELECT id FROM user_account WHERE name = '" + name + "')";
  }
  CollectionNumber collection_{1};
};

TEST_F(CollectingSchema, CollectsAChargeOnce) {
  const std::string another =
      insert_sql("collection", "number, due_on, creditor_number, message_id, recorded_at",
                 "2, '2026-02-03', 1, 'bcn-C2', now()") +
      insert_sql("collection_line",
                 "collection_number, line, mandate_id, party_id, account_number, amount_minor, sequence, "
                 "account_changed, end_to_end_id",
                 "2, 1, 1, 1, 1, 2000, 'first', false, 'bcn-C2-1'");
  const std::string charge =
      insert_sql("collection_charge", "collection_number, line, charge_number, amount_minor, live",
                 "2, 1, 1, 2000, true");
  EXPECT_EQ(state_of(another + charge), unique_violated);
  EXPECT_EQ(state_of(another), integrity_violated) << "a line has charges";
  EXPECT_EQ(state_of("UPDATE collection_charge SET live = false WHERE line = 1"), integrity_violated)
      << "it is held as long as the line stands";
  EXPECT_EQ(state_of("DELETE FROM collection_charge"), restricted);
  cancel(collection());
  EXPECT_EQ(state_of("UPDATE collection_charge SET live = true"), restricted);
  EXPECT_EQ(state_of(another + charge), "accepted");
}

TEST_F(CollectingSchema, AddsChargesOfTheDebtorUpToTheLine) {
  const auto charge = [&](const std::string& line, const std::string& number, const std::string& minor) {
    return insert("collection_charge", "collection_number, line, charge_number, amount_minor, live",
                  "1, " + line + ", " + number + ", " + minor + ", false");
  };
  EXPECT_EQ(charge("1", "2", "1"), integrity_violated);
  EXPECT_EQ(charge("1", "1", "1"), unique_violated);
  EXPECT_EQ(charge("3", "1", "1"), foreign_key_violated);
  EXPECT_EQ(state_of("UPDATE collection_charge SET amount_minor = 1, live = false"), restricted);
  EXPECT_EQ(insert("collection", "number, due_on, creditor_number, message_id, recorded_at",
                   "3, '2026-02-03', 1, 'bcn-C3', now()"),
            integrity_violated)
      << "no lines";
}

TEST_F(CollectingSchema, LetsTwoDifferentPeopleApprove) {
  const auto approval = [&](const std::string& number, const std::string& by) {
    return step(number, "approved", ", recorded_by", ", " + by);
  };
  EXPECT_EQ(approval("1", "NULL"), check_violated);
  EXPECT_EQ(approval("1", user("ann")), "accepted");
  EXPECT_EQ(approval("2", user("ann")), unique_violated);
  const std::string bytes(64, 'a');
  EXPECT_EQ(step("2", "handed_in", ", on_day, file_hash", ", '2026-01-31', '" + bytes + "'"),
            integrity_violated);
  EXPECT_EQ(approval("3", user("ben")), integrity_violated) << "a gap";
  EXPECT_EQ(approval("2", user("ben")), "accepted");
  superuser_sql("INSERT INTO user_account (name, title, created_at) VALUES ('eve', '', now())");
  EXPECT_EQ(approval("3", user("eve")), integrity_violated) << "two are enough";
  EXPECT_EQ(step("3", "excluded", ", line, reason", ", 1, 'x'"), integrity_violated);
  EXPECT_EQ(step("3", "settled", ", on_day", ", '2026-02-02'"), integrity_violated);
  EXPECT_EQ(step("3", "returned", ", line, on_day, code", ", 1, '2026-02-02', 'AM04'"), integrity_violated);
  const auto handed_in = [&](const std::string& on) {
    return step("3", "handed_in", ", on_day, file_hash", ", '" + on + "', '" + bytes + "'");
  };
  EXPECT_EQ(handed_in("2026-01-29"), integrity_violated) << "before it was approved";
  EXPECT_EQ(handed_in("2026-02-02"), integrity_violated) << "later than it was recorded";
  EXPECT_EQ(handed_in("2026-02-03"), integrity_violated) << "after the bank debits";
  EXPECT_EQ(handed_in("2026-01-31"), "accepted");
  EXPECT_EQ(step("4", "cancelled", ", reason", ", 'x'"), integrity_violated);
  EXPECT_EQ(step("4", "handed_in", ", on_day, file_hash", ", '2026-01-31', '" + bytes + "'"),
            unique_violated);
  EXPECT_EQ(step("4", "settled", ", on_day", ", '2026-02-02'"), integrity_violated) << "no payments";
  EXPECT_EQ(step("4", "settled"), check_violated);
  leave_books_damaged();  // the mandates of a collection that was handed in like this are not used
}

TEST_F(CollectingSchema, LetsGoWhatALineHeld) {
  EXPECT_EQ(step("1", "excluded", ", line, reason", ", 1, 'x'"), integrity_violated);
  EXPECT_EQ(step("1", "excluded", ", line, reason", ", 7, 'x'"), foreign_key_violated);
  EXPECT_EQ(step("1", "cancelled", ", reason", ", 'x'"), integrity_violated);
}

TEST_F(CollectingSchema, TakesAPaymentOfTheDebtorForASettledLineOnly) {
  const auto other = pay("M0001", "20.00", "2026-01-20");
  const auto paid = [&](const std::string& line) {
    return insert("collection_payment", "collection_number, line, payment_number",
                  "1, " + line + ", " + std::to_string(other.number.number()));
  };
  EXPECT_EQ(paid("1"), integrity_violated) << "it is not settled";
  EXPECT_EQ(paid("2"), integrity_violated) << "of somebody else";
  return_payment(other, "2026-01-20");
  approve(collection(), "ann");
  approve(collection(), "ben");
  hand_in(collection(), "2026-01-31");
  settle(collection(), "2026-02-02");
  EXPECT_EQ(paid("1"), unique_violated);
}

TEST_F(CollectingSchema, KeepsMandatesAsTheyWere) {
  for (const char* table : {"creditor", "mandate", "collection", "collection_line", "collection_skip"})
    EXPECT_EQ(state_of("UPDATE " + std::string{table} + " SET node_id = node_id"), restricted) << table;
  const auto change = [&](const std::string& number, const std::string& columns, const std::string& values) {
    return insert("mandate_change", "mandate_id, number, recorded_at, " + columns,
                  "1, " + number + ", now(), " + values);
  };
  EXPECT_EQ(change("1", "kind, on_day", "'released', '2026-01-01'"), integrity_violated) << "not signed yet";
  EXPECT_EQ(change("2", "kind, on_day", "'released', '2026-01-03'"), integrity_violated) << "a gap";
  EXPECT_EQ(change("1", "kind, on_day", "'returned', '2026-01-03'"), check_violated) << "no code";
  EXPECT_EQ(change("1", "kind, on_day, sequence, collection_number, line",
                   "'collected', '2026-02-02', 'first', 1, 2"),
            integrity_violated)
      << "of another mandate";
  EXPECT_EQ(insert("mandate", "id, party_id, reference, scheme, use, signed_on, recorded_at",
                   "9, 1, 'd0001', 'core', 'recurring', '2026-01-01', now()"),
            unique_violated);
}

TEST_F(CollectingSchema, HoldsAccountsUntilTheirPartyIsErased) {
  EXPECT_EQ(state_of("DELETE FROM mandate_account"), restricted);
  EXPECT_EQ(state_of("UPDATE mandate_account SET name = 'x'"), restricted);
  EXPECT_EQ(state_of("TRUNCATE mandate_account"), restricted);
  const auto account = [&](const std::string& mandate, const std::string& party) {
    return insert("mandate_account", "mandate_id, number, party_id, iban, name, recorded_at",
                  mandate + ", 2, " + party + ", 'DE89370400440532013000', 'x', now()");
  };
  EXPECT_EQ(account("1", "2"), foreign_key_violated) << "of somebody else";
  cancel(collection());
  db().in_tx([&](Tx& tx) { members::erase_party(tx, node(), "M0001", "asked", author()); });
  EXPECT_EQ(superuser_value("SELECT string_agg(party_id::text, ',') FROM mandate_account"), "2");
  EXPECT_EQ(account("1", "1"), restricted);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM mandate"), "2");
}

TEST_F(CollectingSchema, LetsTheServiceWriteAndNothingMore) {
  EXPECT_TRUE(service_may("UPDATE collection_charge SET live = false WHERE false"));
  EXPECT_FALSE(service_may("UPDATE collection_charge SET amount_minor = 1 WHERE false"));
  EXPECT_FALSE(service_may("UPDATE mandate_account SET name = 'x' WHERE false"));
  for (const char* table : {"creditor", "mandate", "mandate_change", "collection", "collection_skip",
                            "collection_line", "collection_charge", "collection_step", "collection_payment"})
    EXPECT_FALSE(service_may("DELETE FROM " + std::string{table} + " WHERE false")) << table;
  superuser_sql("ALTER TABLE collection_step DISABLE TRIGGER follows");
  EXPECT_NE(first_flaw().find("a trigger of collection_step is switched off"), std::string::npos)
      << first_flaw();
  superuser_sql("ALTER TABLE collection_step ENABLE TRIGGER follows");
}

}  // namespace
}  // namespace coop::collecting

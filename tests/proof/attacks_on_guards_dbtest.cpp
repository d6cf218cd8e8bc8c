// Holds, locks and events that should not be, access, and the guards themselves: attacked in raw SQL. What
// became of each attempt stands in docs/concepts/promises.md.
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;
using test::Forging;
using test::id_of;
using test::RawRecording;
using test::told;

class AttacksOnGuards : public test::AttackedBooks {
 protected:
  /// Makes hold 5 of two postings, `first` being the account and amount of the first one.
  static std::string hold(const std::string& account, const std::string& amount,
                          const std::string& fund = "NULL", const std::string& other = "-500",
                          const std::string& number = "5") {
    return "INSERT INTO hold (node_id, number, made_at, posting_count, description, request_key, "
           "content_hash) "
           "SELECT 1, " +
           number +
           ", last_recorded_at, 2, 'Forged', gen_random_uuid(), gen_random_uuid() FROM "
           "book_head WHERE node_id = 1; INSERT INTO hold_posting (node_id, hold_number, line, account_id, "
           "amount_minor, fund_id) VALUES (1, " +
           number + ", 1, " + account + ", " + amount + ", " + fund + "), (1, " + number + ", 2, " +
           id_of("income:dues") + ", " + other +
           ", NULL); UPDATE account_balance "
           "SET held_credit_minor = held_credit_minor + 500 WHERE node_id = 1 AND account_id = " +
           id_of("income:dues") + ";";
  }
  static std::string held(const std::string& account, const std::string& amount) {
    return "UPDATE account_balance SET held_debit_minor = held_debit_minor + " + amount +
           " WHERE node_id = 1 AND account_id = " + account + ";";
  }
  static std::string known() {
    return told("hold_made", "{\"hold\": 5}") + "UPDATE book_head SET last_hold = 5 WHERE node_id = 1;";
  }
};

const std::string guarded_bank = id_of("assets:bank");
const std::string guarded_cash = id_of("assets:cash");

TEST_F(AttacksOnGuards, ByFalseHoldsAndLocks) {
  const std::string member = "(SELECT id FROM dimension WHERE node_id = 1 AND code = 'M0001')";
  const std::string lock =
      "INSERT INTO period_lock (node_id, number, kind, through_on, reason, locked_at) SELECT 1, ";
  const std::string at = ", 'soft', '2026-01-31', 'x', last_recorded_at FROM book_head WHERE node_id = 1;";
  const std::vector<Attack> attacks{
      {"a hold beyond an account's limit",
       hold(guarded_cash, "60000", "NULL", "-60000") + held(guarded_cash, "60000") + known()},
      {"the same, without counting it as held", hold(guarded_cash, "60000", "NULL", "-60000") + known()},
      {"a hold that does not balance", hold(guarded_bank, "499") + held(guarded_bank, "499") + known()},
      {"a hold on an account of another node", hold("4711", "500") + known()},
      {"a hold whose fund is another kind of row",
       hold(guarded_bank, "500", member) + held(guarded_bank, "500") + known()},
      {"a hold that the outbox does not tell of", hold(guarded_bank, "500") + held(guarded_bank, "500") +
                                                      "UPDATE book_head SET last_hold = 5 WHERE node_id = 1"},
      {"a hold that the head does not know", hold(guarded_bank, "500") + held(guarded_bank, "500")},
      {"a hold number that leaves a gap", hold(guarded_bank, "500", "NULL", "-500", "9") +
                                              held(guarded_bank, "500") + told("hold_made", "{\"hold\": 9}") +
                                              "UPDATE book_head SET last_hold = 9 WHERE node_id = 1"},
      {"a hold voided in secret",
       "INSERT INTO hold_end (node_id, hold_number, ended_at, kind) SELECT 1, 4, last_recorded_at, 'voided' "
       "FROM "
       "book_head WHERE node_id = 1; UPDATE account_balance SET held_debit_minor = 0, held_credit_minor = 0 "
       "WHERE "
       "node_id = 1"},
      {"a hold ended twice",
       "INSERT INTO hold_end (node_id, hold_number, ended_at, kind) VALUES (1, 2, now(), "
       "'voided')"},
      {"a hold ended by an entry that does not use it",
       "INSERT INTO hold_end (node_id, hold_number, ended_at, kind, entry_number) SELECT 1, 4, recorded_at, "
       "'posted', 45 FROM entry WHERE node_id = 1 AND number = 45; UPDATE account_balance SET "
       "held_debit_minor = 0, "
       "held_credit_minor = 0 WHERE node_id = 1"},
      {"a period closed in secret", lock + "3" + at},
      {"a lock number that leaves a gap", lock + "9" + at + told("period_locked", "{\"lock\": 9}")},
      {"a hard lock lifted", "INSERT INTO period_unlock VALUES (1, 2, 'never mind', NULL, now());" +
                                 told("period_unlocked", "{\"lock\": 2}")},
      {"a lock lifted twice", "INSERT INTO period_unlock VALUES (1, 1, 'never mind', NULL, now())"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks by holds and locks", table_of(attacks)));
}

TEST_F(AttacksOnGuards, ByFalseEventsAndEvidence) {
  const std::vector<Attack> attacks{
      {"an event that tells of entries that are not there",
       "INSERT INTO event (node_id, number, recorded_at, kind, first_entry, last_entry) SELECT 1, last_event "
       "+ 1, "
       "last_recorded_at, 'entries_recorded', 46, 46 FROM book_head WHERE node_id = 1; UPDATE book_head SET "
       "last_event = last_event + 1 WHERE node_id = 1"},
      {"an event that tells of a hold that is not there", told("hold_made", "{\"hold\": 5}")},
      {"an event that the head does not know",
       "INSERT INTO event (node_id, number, recorded_at, kind) SELECT 1, last_event + 1, now(), "
       "'account_changed' "
       "FROM book_head WHERE node_id = 1"},
      {"an event of a node that does not exist",
       "INSERT INTO event (node_id, number, recorded_at, kind) VALUES (99, 1, now(), 'account_changed')"},
      {"a checkpoint that nobody signed",
       "INSERT INTO checkpoint SELECT 1, 45, hash, now(), '0123456789abcdef', sha256('x'), sha256('x') || "
       "sha256('y') FROM entry WHERE node_id = 1 AND number = 45"},
      {"a checkpoint of an entry that is not there",
       "INSERT INTO checkpoint VALUES (1, 46, sha256('x'), now(), '0123456789abcdef', sha256('x'), "
       "sha256('x') || "
       "sha256('y'))"},
      {"a false answer kept for a request to come",
       "INSERT INTO request_answer (node_id, request_key, content_hash, status, body) VALUES (1, "
       "gen_random_uuid(), gen_random_uuid(), 201, '{}')",
       Forging::nothing, "it answers requests", "nothing recorded follows from it"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks by events and evidence", table_of(attacks)));
}

TEST_F(AttacksOnGuards, OfTheDatabaseItself) {
  const char* const replaced =
      "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; "
      "END'";
  const std::string shadow =
      "CREATE TEMP TABLE account AS SELECT * FROM public.account; UPDATE account SET closed_on = NULL; ";
  const std::string on_closed =
      RawRecording{.postings = {{"5", "500"}, {id_of("income:dues"), "-500"}}}.sql();
  const std::vector<Attack> attacks{
      {"a trigger switched off", "ALTER TABLE entry DISABLE TRIGGER append_only"},
      {"a trigger dropped", "DROP TRIGGER check_added ON posting"},
      {"a trigger's function replaced", replaced},
      {"a trigger led to another function",
       "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE OR "
       "REPLACE "
       "TRIGGER check_added AFTER INSERT ON entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE "
       "FUNCTION nothing()"},
      {"a rule that hides what is written", "CREATE RULE hidden AS ON INSERT TO event DO INSTEAD NOTHING"},
      {"a unique index dropped", "DROP INDEX entry_reverses"},
      {"the key of requests dropped", "ALTER TABLE entry DROP CONSTRAINT entry_node_id_request_key_key"},
      {"a limit's constraint dropped", "ALTER TABLE account_balance DROP CONSTRAINT within_lower_limit"},
      {"a constraint on amounts dropped", "ALTER TABLE posting DROP CONSTRAINT posting_amount_minor_check"},
      {"a foreign key dropped", "ALTER TABLE hold_end DROP CONSTRAINT hold_end_node_id_hold_number_fkey"},
      {"the service given the right to delete, and a deletion",
       "GRANT DELETE ON posting TO coopledger_service; DELETE FROM posting WHERE node_id = 1 AND "
       "entry_number = 7"},
      {"the tables shadowed by temporary ones, and then a posting on a closed account", shadow + on_closed,
       Forging::everything},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on the guards", table_of(attacks)));
}

TEST_F(AttacksOnGuards, ByTheServiceThatWantsMoreRights) {
  const std::string edit = "UPDATE entry SET description = 'x' WHERE node_id = 1 AND number = 7";
  const std::vector<Attack> attacks{
      {"becoming the owner", "SET SESSION AUTHORIZATION coopledger; " + edit},
      {"becoming the owner as a role", "SET ROLE coopledger; " + edit},
      {"leaving the service's role", "SET ROLE NONE; " + edit},
      {"switching the guards off for a session", "SET session_replication_role = replica; " + edit},
      {"running a program on the server", "COPY entry TO PROGRAM 'cat'"},
      {"writing a file on the server", "COPY entry TO '/tmp/entries'"},
      {"reading a file of the server", "SELECT pg_read_file('/etc/passwd')"},
      {"making a function in the schema", "CREATE FUNCTION nothing() RETURNS int LANGUAGE sql AS 'SELECT 1'"},
      {"changing PostgreSQL's settings", "ALTER SYSTEM SET fsync = off"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks for more rights", table_for_service(attacks)));
}

TEST_F(AttacksOnGuards, OfAccess) {
  superuser_sql(
      "INSERT INTO user_account (name, title, created_at) VALUES ('tess', '', now()), ('mallory', '', now());"
      "INSERT INTO access_token (user_id, token_hash, origin, label, scopes, issued_at, expires_at) SELECT "
      "id, "
      "sha256(name::bytea), 'issued', '', '{read}', now(), now() + interval '1 day' FROM user_account;"
      "INSERT INTO role_grant (node_id, user_id, role, granted_at) SELECT 1, id, 'member', now() FROM "
      "user_account");
  const std::vector<Attack> attacks{
      {"a user renamed", "UPDATE user_account SET name = 'tessa' WHERE name = 'tess'"},
      {"a user deleted", "DELETE FROM user_account WHERE name = 'mallory'"},
      {"a token given more scopes", "UPDATE access_token SET scopes = '{read,write,admin}'"},
      {"a token's life extended", "UPDATE access_token SET expires_at = 'infinity'"},
      {"a token led to another user", "UPDATE access_token SET user_id = 1"},
      {"a role changed", "UPDATE role_grant SET role = 'treasurer'"},
      {"a role's history deleted", "DELETE FROM role_grant"},
      {"who gave a role changed", "UPDATE role_grant SET granted_by = 1"},
      {"a password that is not a slow hash",
       "UPDATE user_account SET password_hash = 'secret', password_set_at = now()"},
      {"the same role given twice",
       "INSERT INTO role_grant (node_id, user_id, role, granted_at) SELECT 1, id, 'member', now() FROM "
       "user_account"},
      {"a role that does not exist",
       "INSERT INTO role_grant (node_id, user_id, role, granted_at) SELECT 1, id, 'king', now() FROM "
       "user_account"},
      {"a token for somebody else",
       "INSERT INTO access_token (user_id, token_hash, origin, label, scopes, issued_at, expires_at) SELECT "
       "id, "
       "sha256('m'), 'issued', '', '{read}', now(), now() + interval '1 day' FROM user_account WHERE name = "
       "'tess'",
       Forging::nothing, "it signs people in"},
      {"a role for oneself",
       "INSERT INTO role_grant (node_id, user_id, role, granted_at) SELECT 1, id, "
       "'treasurer', now() FROM user_account WHERE name = 'mallory'",
       Forging::nothing, "it gives roles; the row stays"},
      {"oneself made an operator", "UPDATE user_account SET is_operator = true WHERE name = 'mallory'",
       Forging::nothing, "it makes operators"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on access", table_for_service(attacks)));
}

}  // namespace
}  // namespace coop::proof

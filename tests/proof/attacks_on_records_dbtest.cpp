// What is recorded, and what follows from it, changed in raw SQL by the service's role, by the owner, and
// with the guards off. What became of each attempt stands in docs/concepts/promises.md.
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;
using test::Forging;
using test::id_of;

class AttacksOnRecords : public test::AttackedBooks {};

const std::string of_entry_seven = " WHERE node_id = 1 AND number = 7";
const std::string lines_of_seven = " WHERE node_id = 1 AND entry_number = 7";
const char* const not_chained = "the chain does not cover it";
const char* const told_by_nothing = "nothing recorded follows from it";

TEST_F(AttacksOnRecords, OfEntriesAndPostings) {
  const std::vector<Attack> attacks{
      {"an entry's text changed", "UPDATE entry SET description = 'x'" + of_entry_seven},
      {"an entry's reference changed", "UPDATE entry SET reference = 'x'" + of_entry_seven},
      {"an entry's day changed", "UPDATE entry SET booked_on = '2026-01-02'" + of_entry_seven +
                                     "; UPDATE posting SET "
                                     "booked_on = '2026-01-02'" +
                                     lines_of_seven},
      {"an entry's recording instant changed",
       "UPDATE entry SET recorded_at = recorded_at + interval '1 second'" + of_entry_seven},
      {"who recorded an entry changed",
       "UPDATE entry SET recorded_by = 4711" + of_entry_seven,
       Forging::nothing,
       {},
       not_chained},
      {"an entry's request key changed",
       "UPDATE entry SET request_key = gen_random_uuid()" + of_entry_seven,
       Forging::nothing,
       {},
       not_chained},
      {"an entry's hash changed", "UPDATE entry SET hash = sha256('x')" + of_entry_seven},
      {"an entry made a reversal", "UPDATE entry SET reverses = 6" + of_entry_seven},
      {"an entry deleted", "DELETE FROM posting" + lines_of_seven + "; DELETE FROM entry" + of_entry_seven},
      {"the last entry deleted",
       "DELETE FROM posting WHERE node_id = 1 AND entry_number = 45; DELETE FROM "
       "entry WHERE node_id = 1 AND number = 45"},
      {"all entries truncated", "TRUNCATE entry, posting CASCADE"},
      {"entries renumbered", "UPDATE entry SET number = number + 1000" + of_entry_seven},
      {"an entry moved to another node", "UPDATE posting SET node_id = 2, entry_number = 3" + lines_of_seven +
                                             "; UPDATE entry SET node_id = 2, number = 3" + of_entry_seven},
      {"an amount changed",
       "UPDATE posting SET amount_minor = amount_minor + 100" + lines_of_seven + " AND line = 1"},
      {"both amounts of an entry changed",
       "UPDATE posting SET amount_minor = amount_minor * 2" + lines_of_seven},
      {"a posting moved to another account",
       "UPDATE posting SET account_id = 4" + lines_of_seven + " AND line = 2"},
      {"a posting's member removed", "UPDATE posting SET member_id = NULL" + lines_of_seven},
      {"a posting deleted", "DELETE FROM posting" + lines_of_seven + " AND line = 2"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "changes of entries", table_of(attacks)));
}

TEST_F(AttacksOnRecords, OfHoldsLocksEventsAndCheckpoints) {
  const std::vector<Attack> attacks{
      {"a hold's amount changed",
       "UPDATE hold_posting SET amount_minor = amount_minor * 2 WHERE node_id = 1 AND "
       "hold_number = 4"},
      {"a hold deleted",
       "DELETE FROM hold_posting WHERE node_id = 1 AND hold_number = 4; DELETE FROM hold WHERE "
       "node_id = 1 AND number = 4"},
      {"a hold's expiry moved",
       "UPDATE hold SET expires_at = made_at + interval '1 hour' WHERE node_id = 1 AND "
       "number = 4"},
      {"an ended hold opened again", "DELETE FROM hold_end WHERE node_id = 1 AND hold_number = 2"},
      {"how a hold ended changed",
       "UPDATE hold_end SET kind = 'expired' WHERE node_id = 1 AND hold_number = 2"},
      {"a hold's text changed",
       "UPDATE hold SET description = 'x' WHERE node_id = 1",
       Forging::nothing,
       {},
       not_chained},
      {"a period lock moved",
       "UPDATE period_lock SET through_on = '2025-11-30' WHERE node_id = 1 AND number = 2"},
      {"a period lock deleted", "DELETE FROM period_lock WHERE node_id = 1 AND number = 2"},
      {"a hard lock made soft",
       "UPDATE period_lock SET kind = 'soft' WHERE node_id = 1 AND number = 2",
       Forging::nothing,
       {},
       "what was recorded under it stays right"},
      {"an event changed", "UPDATE event SET last_entry = 8 WHERE node_id = 1 AND first_entry = 7"},
      {"an event deleted", "DELETE FROM event WHERE node_id = 1 AND first_entry = 7"},
      {"a mark of a busy account changed",
       "UPDATE account_mark SET debit_minor = debit_minor + 1 WHERE node_id = 1"},
      {"a checkpoint changed", "UPDATE checkpoint SET made_at = made_at + interval '1 second'"},
      {"a checkpoint deleted",
       "DELETE FROM checkpoint",
       Forging::nothing,
       {},
       "whoever kept a copy of it has the proof"},
      {"a kept answer to a request changed",
       "UPDATE request_answer SET body = 'x'",
       Forging::nothing,
       {},
       not_chained},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "changes beside entries", table_of(attacks)));
}

TEST_F(AttacksOnRecords, OfAccountsUnitsAndNodes) {
  const std::string of_bank = " WHERE node_id = 1 AND path = 'assets:bank'";
  const std::vector<Attack> attacks{
      {"an account's path changed", "UPDATE account SET path = 'assets:bnk'" + of_bank},
      {"an account's unit changed",
       "UPDATE account SET unit_id = (SELECT id FROM unit WHERE code = 'GBP')" + of_bank},
      {"an account's type changed",
       "UPDATE account SET type = 'equity'" + of_bank,
       Forging::nothing,
       {},
       not_chained},
      {"an account's first day moved past its postings",
       "UPDATE account SET opened_on = '2026-01-01'" + of_bank},
      {"an account closed before its last posting", "UPDATE account SET closed_on = '2026-01-01'" + of_bank},
      {"an account deleted",
       "DELETE FROM account_balance WHERE node_id = 1 AND account_id = 1; DELETE FROM "
       "account" +
           of_bank},
      {"two accounts with the same path and unit",
       "INSERT INTO account (node_id, id, path, unit_id, type, opened_on) SELECT node_id, 99, path, unit_id, "
       "type, "
       "opened_on FROM account" +
           of_bank},
      {"an account without a balance",
       "INSERT INTO account (node_id, id, path, unit_id, type, opened_on) SELECT "
       "node_id, 99, 'assets:hidden', unit_id, type, opened_on FROM account" +
           of_bank},
      {"a dimension's code changed",
       "UPDATE dimension SET code = 'press' WHERE node_id = 1 AND code = 'media'"},
      {"a dimension deleted", "DELETE FROM dimension WHERE node_id = 1 AND code = 'media'"},
      {"a unit's decimals changed", "UPDATE unit SET scale = 3 WHERE code = 'EUR'"},
      {"a second unit of the same code",
       "INSERT INTO unit (code, name, scale, origin) VALUES ('EUR', 'Euro', 3, 'currency')"},
      {"a node's name changed", "UPDATE node SET name = 'bxn' WHERE id = 1"},
      {"a node deleted", "DELETE FROM node WHERE id = 1"},
      {"an account closed in secret", "UPDATE account SET closed_on = '2026-01-31'" + of_bank,
       Forging::nothing, "accounts close; the program tells the outbox", told_by_nothing},
      {"an account opened earlier in secret", "UPDATE account SET opened_on = opened_on - 1" + of_bank,
       Forging::nothing, "first days move to earlier ones; the program tells the outbox", told_by_nothing},
      {"an account's title changed", "UPDATE account SET title = 'x'" + of_bank, Forging::nothing,
       "titles change", told_by_nothing},
      {"an account's limits lifted", "UPDATE account_balance SET upper_limit_minor = NULL WHERE node_id = 1",
       Forging::nothing, "limits change; the program tells the outbox", told_by_nothing},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "changes of accounts", table_of(attacks)));
}

TEST_F(AttacksOnRecords, OfFiguresThatFollowFromEntries) {
  const std::string of_bank = " WHERE node_id = 1 AND account_id = " + id_of("assets:bank");
  const std::string head = " WHERE node_id = 1";
  const std::vector<Attack> attacks{
      {"a balance changed", "UPDATE account_balance SET balance_minor = balance_minor + 1" + of_bank},
      {"two balances changed against each other",
       "UPDATE account_balance SET balance_minor = balance_minor + CASE account_id WHEN 1 THEN 1 ELSE -1 END "
       "WHERE "
       "node_id = 1 AND account_id IN (1, 3)"},
      {"a balance brought beyond its limit",
       "UPDATE account_balance SET balance_minor = 60000 WHERE node_id = 1 AND account_id = " +
           id_of("assets:cash")},
      {"a balance that is held, freed",
       "UPDATE account_balance SET held_debit_minor = 0, held_credit_minor = 0" + head},
      {"a balance's row deleted", "DELETE FROM account_balance" + of_bank},
      {"a balance's row moved to another node",
       "UPDATE account_balance SET node_id = 2, account_id = 2" + of_bank},
      {"a month's total changed",
       "UPDATE period_total SET debit_minor = debit_minor + 1, credit_minor = "
       "credit_minor + 1" +
           of_bank},
      {"a month's total deleted", "DELETE FROM period_total" + of_bank},
      {"a year's total changed", "UPDATE year_total SET credit_minor = credit_minor + 1" + of_bank},
      {"the newest month's total changed",
       "UPDATE account_balance SET newest_debit_minor = newest_debit_minor + 1" + of_bank},
      {"a day's total added",
       "INSERT INTO day_total SELECT 1, account_id, '2026-01-10', 1, 1 FROM "
       "account_balance" +
           of_bank},
      {"a mark added",
       "INSERT INTO account_mark SELECT 1, account_id, 20, month_of('2026-01-01'), 1, 1 FROM "
       "account_balance" +
           of_bank},
      {"totals of a node that does not exist", "INSERT INTO period_total VALUES (99, 1, 24300, 1, 1)"},
      {"the head moved back", "UPDATE book_head SET last_number = 44" + head},
      {"the head moved on", "UPDATE book_head SET last_number = 46" + head},
      {"the head's hash changed", "UPDATE book_head SET last_hash = sha256('x')" + head},
      {"the head's moment moved back",
       "UPDATE book_head SET last_recorded_at = last_recorded_at - interval '1 day'" + head},
      {"the head's closed days moved back", "UPDATE book_head SET locked_through = '2025-11-30'" + head},
      {"the head's holds and events miscounted",
       "UPDATE book_head SET last_hold = last_hold + 1, last_event = last_event - 1" + head},
      {"the head given to another node", "UPDATE book_head SET node_id = 99" + head},
      {"the head deleted", "DELETE FROM book_head" + head},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "changes of figures", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof

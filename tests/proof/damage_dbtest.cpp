// Each kind of damage, done in SQL by somebody with every right, is found and named.
#include "tests/support/damaged_books.hpp"

namespace coop::proof {
namespace {

class Damages : public test::DamagedBooks {};

TEST_F(Damages, NamesTheEntryThatWasChanged) {
  const std::string seven = " WHERE node_id = 1 AND number = 7";
  const std::string lines = " WHERE node_id = 1 AND entry_number = 7";
  expect_each_found({
      {"UPDATE posting SET amount_minor = amount_minor * 2" + lines, Finding::entry_changed,
       "entry 7 was changed"},
      {"UPDATE posting SET amount_minor = amount_minor + 100" + lines + " AND line = 1",
       Finding::entry_unbalanced, "entry 7 is off by 1.00 EUR"},
      {"UPDATE posting SET account_id = account_id + 1" + lines + " AND line = 2", Finding::entry_changed,
       "entry 7 "},
      {"UPDATE posting SET member_id = NULL" + lines, Finding::entry_changed, "entry 7 "},
      {"UPDATE posting SET note = 'x'" + lines + " AND line = 1", Finding::entry_changed, "entry 7 "},
      {"UPDATE posting SET line = 3" + lines + " AND line = 2", Finding::postings_incomplete, "entry 7 "},
      {"UPDATE entry SET description = 'x'" + seven, Finding::entry_changed, "entry 7 was changed"},
      {"UPDATE entry SET reference = 'x'" + seven, Finding::entry_changed, "entry 7 "},
      {"UPDATE entry SET source = 'x'" + seven, Finding::entry_changed, "entry 7 "},
      {"UPDATE entry SET document_on = '2025-01-01'" + seven, Finding::entry_changed, "entry 7 "},
      {"UPDATE entry SET reverses = 6" + seven, Finding::reversal_differs,
       "entry 7 is not the opposite of entry 6"},
      {"UPDATE entry SET hold_number = 2" + seven, Finding::entry_changed, "entry 7 "},
      {"UPDATE entry SET hold_number = NULL WHERE node_id = 1 AND number = 10", Finding::entry_changed,
       "entry 10 "},
      {"UPDATE entry SET booked_on = '2025-12-19'" + seven, Finding::posting_day_differs,
       "entry 7 is booked on 2025-12-19"},
      {"UPDATE entry SET booked_on = '2025-12-19'" + seven + "; UPDATE posting SET booked_on = '2025-12-19'" +
           lines,
       Finding::entry_changed, "entry 7 "},
      {"UPDATE posting SET booked_on = '2025-12-19'" + lines + " AND line = 2", Finding::posting_day_differs,
       "its line 2 on 2025-12-19"},
      {"UPDATE entry SET recorded_at = recorded_at + interval '1 second'" + seven, Finding::entry_changed,
       "entry 7 "},
      {"UPDATE entry SET recorded_at = recorded_at - interval '1 day'" + seven, Finding::recorded_backwards,
       "entry 7 was recorded at 2026-01-30"},
      {"UPDATE entry SET booked_on = 'infinity'" + seven, Finding::entry_value_impossible, "entry 7 "},
      {"UPDATE entry SET hash = sha256('x')" + seven, Finding::entry_changed, "entry 7 "},
      {"UPDATE entry SET hash = sha256('x') WHERE node_id = 1 AND number = 45", Finding::entry_changed,
       "entry 45 "},
  });
}

TEST_F(Damages, NamesWhatIsGoneOrOutOfPlace) {
  const auto renumber = [](const char* from, const char* to) {
    return "UPDATE entry SET number = " + std::string{to} + " WHERE node_id = 1 AND number = " + from +
           "; UPDATE posting SET entry_number = " + to + " WHERE node_id = 1 AND entry_number = " + from +
           ";";
  };
  expect_each_found({
      {"DELETE FROM posting WHERE node_id = 1 AND entry_number = 7 AND line = 2",
       Finding::postings_incomplete, "entry 7 should have the postings 1 to 2, but has 1"},
      {"DELETE FROM posting WHERE node_id = 1 AND entry_number = 7", Finding::postings_incomplete,
       "but has 0"},
      {"DELETE FROM entry WHERE node_id = 1 AND number = 7", Finding::entry_missing, "entry 7 is missing"},
      {"DELETE FROM entry WHERE node_id = 1 AND number BETWEEN 6 AND 9; DELETE FROM posting WHERE node_id = "
       "1 AND "
       "entry_number BETWEEN 6 AND 9",
       Finding::entry_missing, "entries 6 to 9 are missing"},
      {"DELETE FROM entry WHERE node_id = 1 AND number > 43; DELETE FROM posting WHERE node_id = 1 AND "
       "entry_number > 43",
       Finding::entry_missing, "entries 44 to 45 are missing"},
      {"TRUNCATE entry, posting CASCADE", Finding::entry_missing, "entries 1 to 45 are missing"},
      {renumber("7", "1000000") + renumber("8", "7") + renumber("1000000", "8"), Finding::entry_changed,
       "entry 7 "},
      {renumber("45", "46"), Finding::entry_missing, "entry 45 is missing"},
      {renumber("45", "46") + "UPDATE book_head SET last_number = 46 WHERE node_id = 1",
       Finding::entry_missing, "entry 45 is missing"},
      {"INSERT INTO posting SELECT 46, amount_minor, node_id, account_id, booked_on, line FROM posting WHERE "
       "node_id = 1 AND "
       "entry_number = 7",
       Finding::entry_beyond_head, "entry 46 "},
      {"INSERT INTO entry SELECT 46, recorded_at, node_id, booked_on, recorded_by, document_on, "
       "posting_count, "
       "gen_random_uuid(), content_hash, hash, description FROM entry WHERE node_id = 1 AND number = 45",
       Finding::entry_beyond_head, "entry 46 "},
      {"ALTER TABLE entry DROP CONSTRAINT entry_pkey CASCADE, DROP CONSTRAINT entry_node_id_request_key_key; "
       "INSERT INTO entry SELECT * FROM entry WHERE node_id = 1 AND number = 7",
       Finding::entry_repeated, "entry 7 "},
      {"ALTER TABLE entry DROP CONSTRAINT entry_node_id_request_key_key; UPDATE entry SET request_key = "
       "(SELECT request_key FROM "
       "entry WHERE node_id = 1 AND number = 7) WHERE node_id = 1 AND number = 9",
       Finding::request_repeated, "entry 9 "},
      {"UPDATE posting SET node_id = 2, entry_number = 3 WHERE node_id = 1 AND entry_number = 7",
       Finding::postings_incomplete, "entry 7 "},
      {"INSERT INTO entry SELECT number, recorded_at, 99, booked_on, recorded_by, document_on, "
       "posting_count, "
       "request_key, content_hash, hash, description FROM entry WHERE node_id = 1 AND number = 7",
       Finding::node_unknown, "node 99"},
  });
}

TEST_F(Damages, NamesEntriesThatCannotHaveBeenRecordedSo) {
  const auto path = [](const char* column, const char* value, const char* account) {
    return "UPDATE account SET " + std::string{column} + " = " + value + " WHERE node_id = 1 AND path = '" +
           account + "'";
  };
  expect_each_found({
      {"UPDATE posting SET account_id = 4711 WHERE node_id = 1 AND entry_number = 7 AND line = 1",
       Finding::account_unknown, "entry 7 has an account that does not exist in its node (id 4711)"},
      {"UPDATE posting SET member_id = fund.id FROM dimension fund WHERE fund.node_id = 1 AND fund.kind = "
       "'fund' AND "
       "posting.node_id = 1 AND entry_number = 7 AND line = 1",
       Finding::dimension_unknown, "entry 7 is about a member"},
      {"ALTER TABLE posting DROP CONSTRAINT posting_amount_minor_check; UPDATE posting SET amount_minor = 0 "
       "WHERE node_id = 1 "
       "AND entry_number = 7",
       Finding::posting_amount_zero, "entry 7 "},
      {"ALTER TABLE posting DROP CONSTRAINT posting_amount_minor_check; UPDATE posting SET amount_minor = "
       "amount_minor / abs(amount_minor) * 1000000000000000001 WHERE node_id = 1 AND entry_number = 7",
       Finding::posting_amount_too_large, "than one posting moves"},
      {path("closed_on", "'2026-01-01'", "expenses:rent"), Finding::account_not_open,
       "'expenses:rent', which was not open"},
      {path("opened_on", "'2025-11-04'", "assets:bank"), Finding::account_not_open,
       "entry 1 has a posting on 'assets:bank'"},
      {"UPDATE period_lock SET through_on = '2026-01-31' WHERE node_id = 1 AND number = 2",
       Finding::period_was_locked, "which lock 2 had closed"},
      {path("path", "'assets:bnk'", "assets:bank"), Finding::entry_changed, "entry 1 "},
      {path("unit_id", "(SELECT id FROM unit WHERE code = 'GBP')", "income:dues"), Finding::entry_unbalanced,
       "entry 2 "},
      {"UPDATE unit SET scale = 3 WHERE code = 'EUR'", Finding::entry_changed, "entry 1 "},
      {"UPDATE unit SET code = 'JPX' WHERE code = 'JPY'", Finding::entry_changed, "entry 3 "},
      {"UPDATE dimension SET code = 'press' WHERE node_id = 1 AND code = 'media'", Finding::entry_changed,
       "entry 2 "},
      {"DELETE FROM dimension WHERE node_id = 1 AND code = 'media'", Finding::dimension_unknown,
       "entry 2 is about a fund"},
      {"UPDATE node SET name = 'bxn' WHERE id = 1", Finding::entry_changed, "entry 1 "},
      {"UPDATE posting SET amount_minor = amount_minor * 2 WHERE node_id = 1 AND entry_number = 5",
       Finding::reversal_differs, "entry 5 is not the opposite of entry 4"},
      {"DROP INDEX entry_reverses; UPDATE entry SET reverses = 4 WHERE node_id = 1 AND number = 7; UPDATE "
       "posting p SET "
       "account_id = q.account_id, amount_minor = -q.amount_minor, cost_object_id = q.cost_object_id, "
       "member_id = NULL FROM posting q "
       "WHERE p.node_id = 1 AND p.entry_number = 7 AND q.node_id = 1 AND q.entry_number = 4 AND q.line = "
       "p.line",
       Finding::entry_changed, "entry 7 "},
  });
}

TEST_F(Damages, NamesTheFigureThatDoesNotFit) {
  const std::string bank =
      " WHERE node_id = 1 AND account_id = (SELECT id FROM account WHERE node_id = 1 AND path = "
      "'assets:bank')";
  expect_each_found({
      {"UPDATE account_balance SET balance_minor = balance_minor + 1" + bank, Finding::balance_differs,
       "the balance of 'assets:bank' (EUR)"},
      {"UPDATE account_balance SET posting_count = posting_count - 1" + bank, Finding::balance_differs,
       "'assets:bank'"},
      {"DELETE FROM account_balance" + bank, Finding::balance_differs,
       "the balance of 'assets:bank' (EUR) is missing"},
      {"UPDATE account_balance SET has_day_totals = true" + bank, Finding::day_total_differs,
       "'assets:bank'"},
      {"UPDATE period_total SET debit_minor = debit_minor + 1, credit_minor = credit_minor + 1" + bank +
           " AND month = month_of('2025-11-01')",
       Finding::period_total_differs, "the month's total of 'assets:bank' (EUR) in 2025-11"},
      {"DELETE FROM period_total" + bank + " AND month = month_of('2025-12-01')",
       Finding::period_total_differs, "in 2025-12 is missing"},
      {"UPDATE account_balance SET newest_debit_minor = newest_debit_minor + 1" + bank,
       Finding::period_total_differs, "the month's total of 'assets:bank' (EUR) in 2026-01"},
      {"UPDATE account_balance SET newest_month = newest_month + 1" + bank, Finding::period_total_differs,
       "the newest month of 'assets:bank' (EUR) is not the one that is kept"},
      {"INSERT INTO period_total SELECT 1, account_id, 24300, 1, 1 FROM account_balance" + bank,
       Finding::period_total_differs, "in 2025-01"},
      {"UPDATE year_total SET debit_minor = debit_minor + 1" + bank + " AND year = 2025",
       Finding::period_total_differs, "the year's total of 'assets:bank' (EUR) in 2025 is kept as"},
      {"DELETE FROM year_total" + bank, Finding::period_total_differs, "in 2025 is missing"},
      {"INSERT INTO day_total SELECT 1, account_id, '2026-01-10', 1, 1 FROM account_balance" + bank,
       Finding::day_total_differs, "the day's total of 'assets:bank' (EUR) in 2026-01-10"},
      {"UPDATE account_mark SET debit_minor = debit_minor + 1 WHERE node_id = 1 AND month = "
       "month_of('2025-11-01')",
       Finding::account_mark_differs, "the mark of 'assets:bank' (EUR) after entry 15"},
      {"DELETE FROM account_mark WHERE node_id = 1", Finding::account_mark_differs,
       "after entry 15 is missing"},
      {"UPDATE account_mark SET entry_number = 14 WHERE node_id = 1", Finding::account_mark_differs,
       "after entry 14"},
      {"UPDATE account_balance SET held_debit_minor = 1" + bank, Finding::held_differs,
       "what is held of 'assets:bank'"},
      {"ALTER TABLE account_balance DROP CONSTRAINT within_upper_limit; UPDATE account_balance SET "
       "upper_limit_minor = 0" +
           bank,
       Finding::limit_broken, "'assets:bank' (EUR) stands at "},
      {"UPDATE book_head SET last_number = 44 WHERE node_id = 1", Finding::entry_beyond_head,
       "the last entry is 44"},
      {"UPDATE book_head SET last_number = 46 WHERE node_id = 1", Finding::entry_missing,
       "entry 46 is missing"},
      {"UPDATE book_head SET last_hash = sha256('x') WHERE node_id = 1", Finding::head_differs,
       "the head's hash"},
      {"UPDATE book_head SET last_recorded_at = last_recorded_at - interval '1 day' WHERE node_id = 1",
       Finding::head_differs, "nothing was recorded after"},
      {"DELETE FROM book_head WHERE node_id = 1", Finding::head_differs, "the node has no book head"},
  });
}

TEST_F(Damages, NamesHoldsAndLocksThatContradictTheEntries) {
  expect_each_found({
      {"DELETE FROM hold_end WHERE node_id = 1 AND hold_number = 2", Finding::held_differs,
       "what is held of "},
      {"DELETE FROM hold_end WHERE node_id = 1 AND hold_number = 1", Finding::held_differs,
       "what is held of "},
      {"UPDATE hold_end SET entry_number = 11 WHERE node_id = 1 AND hold_number = 1",
       Finding::hold_inconsistent, "hold 1 was posted as entry 11, which does not use it"},
      {"UPDATE hold_posting SET amount_minor = sign(amount_minor) * 100 WHERE node_id = 1 AND hold_number = "
       "1",
       Finding::hold_inconsistent, "hold 1 reserved less than entry 10 posted of it"},
      {"UPDATE hold_posting SET amount_minor = amount_minor + 1 WHERE node_id = 1 AND hold_number = 2 AND "
       "line = 1",
       Finding::hold_inconsistent, "hold 2 does not balance"},
      {"UPDATE hold_posting SET amount_minor = amount_minor * 2 WHERE node_id = 1 AND hold_number = 4",
       Finding::held_differs, "what is held of "},
      {"DELETE FROM hold_posting WHERE node_id = 1 AND hold_number = 2 AND line = 1",
       Finding::hold_inconsistent, "hold 2 should have 2"},
      {"DELETE FROM hold_posting WHERE node_id = 1 AND hold_number = 2; DELETE FROM hold_end WHERE node_id = "
       "1 AND hold_number = 2; "
       "DELETE FROM hold WHERE node_id = 1 AND number = 2",
       Finding::hold_missing, "hold 2 is missing"},
      {"UPDATE hold_end SET ended_at = ended_at - interval '1 hour' WHERE node_id = 1 AND hold_number = 2",
       Finding::hold_inconsistent, "hold 2 ended before it was made"},
      {"UPDATE hold_end SET kind = 'expired' WHERE node_id = 1 AND hold_number = 2",
       Finding::hold_inconsistent, "hold 2 expired before"},
      {"UPDATE book_head SET last_hold = 5 WHERE node_id = 1", Finding::hold_missing, "the last hold is 5"},
      {"INSERT INTO period_unlock VALUES (1, 2, 'never mind', NULL, now())", Finding::lock_inconsistent,
       "lock 2 is hard"},
      {"DELETE FROM period_lock WHERE node_id = 1 AND number = 2", Finding::lock_inconsistent,
       "the locks say"},
      {"DELETE FROM period_unlock WHERE node_id = 1; DELETE FROM period_lock WHERE node_id = 1 AND number = "
       "1",
       Finding::lock_inconsistent, "lock 1 is missing"},
      {"UPDATE book_head SET locked_through = '2025-11-30' WHERE node_id = 1", Finding::lock_inconsistent,
       "the head says"},
  });
}

TEST_F(Damages, NamesWhatTheOutboxTellsWrongly) {
  const std::string of_seven = " WHERE node_id = 1 AND first_entry = 7";
  expect_each_found({
      {"DELETE FROM event" + of_seven, Finding::event_missing, " is missing"},
      {"DELETE FROM event WHERE node_id = 1 AND first_entry >= 45", Finding::event_missing, " missing"},
      {"UPDATE event SET first_entry = 6" + of_seven, Finding::event_inconsistent,
       "tells of entries 6 to 7, but the next"},
      {"UPDATE event SET last_entry = 8" + of_seven, Finding::event_inconsistent,
       "tells of entry 8, but the next"},
      {"UPDATE event SET recorded_at = recorded_at + interval '1 microsecond'" + of_seven,
       Finding::event_inconsistent, "entry 7 was recorded at "},
      {"UPDATE event SET recorded_at = recorded_at - interval '1 day'" + of_seven,
       Finding::event_inconsistent, "was recorded before the event before it"},
      {"UPDATE event SET kind = 'hold_made'" + of_seven, Finding::event_inconsistent,
       "of the kind 'hold_made'"},
      {"UPDATE event SET body = '{\"hold\": 7}' WHERE node_id = 1 AND body @> '{\"hold\": 1}' AND kind = "
       "'hold_made'",
       Finding::event_inconsistent, "should tell of hold 1, but tells of 7"},
      {"UPDATE event SET kind = 'hold_voided' WHERE node_id = 1 AND kind = 'hold_made' AND body @> "
       "'{\"hold\": 4}'",
       Finding::event_inconsistent, "the outbox tells of 3 holds made, but there are 4"},
      {"UPDATE book_head SET last_event = last_event + 1 WHERE node_id = 1", Finding::event_missing,
       " is missing"},
  });
}

TEST_F(Damages, NamesAForgedCheckpoint) {
  expect_each_found({
      {"UPDATE checkpoint SET made_at = made_at + interval '1 second'", Finding::checkpoint_forged,
       "entry 40"},
      {"UPDATE checkpoint SET key_id = '0123456789abcdef'", Finding::checkpoint_forged, "entry 40"},
      {"UPDATE checkpoint SET public_key = sha256('x')", Finding::checkpoint_forged, "entry 40"},
      {"UPDATE checkpoint SET entry_number = 39", Finding::checkpoint_forged, "entry 39"},
      {"UPDATE checkpoint SET node_id = 2, entry_number = 2", Finding::checkpoint_forged, "entry 2"},
  });
}

TEST_F(Damages, NamesAGuardThatIsGone) {
  expect_each_found({
      {"ALTER TABLE entry DISABLE TRIGGER append_only", Finding::guard_missing,
       "a trigger of entry is switched off"},
      {"DROP TRIGGER check_added ON posting", Finding::guard_missing,
       "the trigger check_added of posting is gone"},
      {"ALTER TABLE hold_end DISABLE TRIGGER ALL", Finding::guard_missing, "a trigger of "},
      {"DROP INDEX entry_reverses", Finding::guard_missing, "the unique index entry_reverses"},
      {"ALTER TABLE account_balance DROP CONSTRAINT within_lower_limit", Finding::guard_missing,
       "within_lower_limit"},
      {"GRANT DELETE ON posting TO coopledger_service", Finding::guard_missing,
       "the service may delete posting"},
  });
}

TEST_F(Damages, NamesAServiceThatMayDoEverything) {
  const test::DatabaseCopy copy{fresh()};
  copy.damage("ALTER ROLE coopledger_service SUPERUSER");
  expect_found(copy, {"a superuser", Finding::guard_missing, "the service may do everything"});
  copy.damage("ALTER ROLE coopledger_service NOSUPERUSER");
  EXPECT_EQ(copy.verified().first_flaw(), "");
}

}  // namespace
}  // namespace coop::proof

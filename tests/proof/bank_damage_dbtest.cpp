// Files, statements, lines and matches of a bank that somebody with every right changed in SQL: verification
// names what no longer fits.
#include "tests/support/filled_bank.hpp"
#include "tests/support/named_damage.hpp"

namespace coop::proof {
namespace {

class BankDamages : public test::FilledBankTest {
 protected:
  /// Constraints that would be in the way may be gone.
  void expect_each_named(const std::vector<test::NamedDamage>& damages) {
    test::expect_each_named(fresh(), test::bank_tables(), damages, first_flaw());
  }
};

TEST_F(BankDamages, OfFilesAreNamedOneByOne) {
  EXPECT_EQ(first_flaw(), "");
  superuser_sql("ALTER TABLE bank_import DROP CONSTRAINT the_hash_is_that_of_the_file");
  expect_each_named({
      {"UPDATE bank_import SET file_bytes = 'x' WHERE number = 2",
       "file 2 of a bank has other bytes than its hash says"},
      {"UPDATE bank_import SET file_hash = repeat('0', 64) WHERE number = 4",
       "file 4 of a bank has other bytes than its hash says"},
      {"DELETE FROM bank_import WHERE number = 3", "file 3 of a bank is missing"},
      {"DELETE FROM bank_import WHERE number = 7", "file 7 of a bank is missing"},
      {"DELETE FROM bank_import_step WHERE import_number = 1 AND number = 1",
       "file 1 of a bank was taken in at the wrong time"},
      {"UPDATE bank_import_step SET number = 4 WHERE import_number = 5 AND number = 3",
       "file 5 of a bank was undone at the wrong time"},
      {"DELETE FROM bank_import_step WHERE import_number = 7",
       "statement 1 of file 7 of a bank is of a file that was not read"},
  });
  superuser_sql(
      "ALTER TABLE bank_import ADD CONSTRAINT the_hash_is_that_of_the_file CHECK (file_hash = "
      "encode(sha256(file_bytes), 'hex'))");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(BankDamages, OfStatementsAreNamedOneByOne) {
  superuser_sql(
      "ALTER TABLE bank_statement DROP CONSTRAINT what_holds_adds_up; "
      "ALTER TABLE bank_statement DROP CONSTRAINT what_differs_says_by_how_much");
  expect_each_named({
      {"UPDATE bank_statement SET closing_minor = closing_minor + 1 WHERE import_number = 1",
       "statement 1 of file 1 of a bank does not add up as it says"},
      {"UPDATE bank_statement SET proof = 'holds', difference_minor = 0 WHERE import_number = 3",
       "statement 1 of file 3 of a bank does not add up as it says"},
      {"UPDATE bank_statement SET opening_minor = NULL WHERE import_number = 2",
       "statement 1 of file 2 of a bank does not add up as it says"},
      {"UPDATE bank_statement SET sum_minor = sum_minor + 1, closing_minor = closing_minor + 1 "
       "WHERE import_number = 1",
       "the lines of statement 1 of file 1 of a bank are not those that it says"},
      {"UPDATE bank_statement SET line_count = 9 WHERE import_number = 7",
       "the lines of statement 1 of file 7 of a bank are not those that it says"},
      {"UPDATE bank_line SET amount_minor = amount_minor + 1 WHERE number = 3",
       "the lines of statement 1 of file 1 of a bank are not those that it says"},
      {"UPDATE bank_line SET status = 'pending' WHERE number = 11",
       "the lines of statement 1 of file 7 of a bank are not those that it says"},
      {"UPDATE bank_line SET booked_on = booked_on + 1 WHERE number = 6",
       "line 6 of a bank says otherwise than its key"},
      {"UPDATE bank_line SET valued_on = valued_on + 1, words = words || 'x', bank_id = bank_id || 'x' WHERE "
       "number = 10",
       "line 10 of a bank says otherwise than its key"},
      {"UPDATE bank_line SET raw = raw || ' ' WHERE number = 6",
       "the text of line 6 of a bank is not that of its hash"},
      {"DELETE FROM bank_line WHERE number = 6", "the lines of banks end with 11, and there are 10"},
      {"UPDATE bank_line SET number = 12 WHERE number = 11",
       "the lines of banks end with 12, and there are 11"},
      {"UPDATE bank_line SET bank_account = 2 WHERE number = 11",
       "line 11 of a bank stands in no statement of its account"},
      {"DELETE FROM bank_statement WHERE import_number = 7",
       "line 11 of a bank stands in no statement of its account"},
      {"UPDATE bank_detail SET part = 2 WHERE line_number = 11",
       "the payments in line 11 of a bank are not those that it had"},
      {"UPDATE bank_detail SET line_number = 99 WHERE line_number = 11",
       "the payments in line 99 of a bank are not those that it had"},
  });
  superuser_sql(
      "ALTER TABLE bank_statement ADD CONSTRAINT what_holds_adds_up CHECK (proof NOT IN ('holds', 'flipped') "
      "OR (opening_minor + sum_minor = closing_minor) IS TRUE); "
      "ALTER TABLE bank_statement ADD CONSTRAINT what_differs_says_by_how_much CHECK ((difference_minor <> "
      "0) "
      "= (proof = 'contradicts') AND (proof <> 'contradicts' OR (closing_minor - opening_minor - sum_minor = "
      "difference_minor) IS TRUE))");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(BankDamages, OfLinesToWhichTheBankGaveNoIdAreNamedOneByOne) {
  bring(test::camt053(
      {{.number = "8",
        .lines = {{.day = "2026-02-10",
                   .amount = "12.00",
                   .payments = {{.amount = "5.00", .text = "one"}, {.amount = "7.00", .text = "two"}}},
                  {.day = "2026-02-11", .amount = "1.00", .text = "three"}}}}));
  EXPECT_EQ(first_flaw(), "");
  const char* const otherwise = "line 12 of a bank says otherwise than its key";
  expect_each_named({
      {"UPDATE bank_detail SET name = 'Somebody else' WHERE line_number = 12 AND part = 2", otherwise},
      {"UPDATE bank_detail SET words = 'two and a half' WHERE line_number = 12 AND part = 2", otherwise},
      {"UPDATE bank_detail SET amount_minor = amount_minor + 1 WHERE line_number = 12", otherwise},
      {"UPDATE bank_line SET valued_on = '2026-01-31' WHERE number = 12", otherwise},
      {"UPDATE bank_line SET bank_id = 'A10' WHERE number = 12", otherwise},
  });
  superuser_sql(
      "SET session_replication_role = replica; UPDATE bank_detail SET words = 'x' WHERE line_number = 13");
  EXPECT_EQ(first_flaw(), "") << "its payment has no amount: it may be one in another currency";
}

TEST_F(BankDamages, OfLinesThatCountAreNamedOneByOne) {
  expect_each_named({
      {"DELETE FROM bank_live_line WHERE line_number = 10", "line 10 of a bank should count, and does not"},
      {"UPDATE bank_live_line SET occurrence = 2 WHERE line_number = 10",
       "line 10 of a bank counts, but no file holds it any more"},
      {"UPDATE bank_live_line SET key = repeat('0', 64) WHERE line_number = 10",
       "line 10 of a bank counts, but no file holds it any more"},
      {"UPDATE bank_live_line SET bank_account = 2 WHERE line_number = 10",
       "line 10 of a bank counts, but no file holds it any more"},
      {"INSERT INTO bank_live_line SELECT node_id, bank_account, key, occurrence, number FROM bank_line "
       "WHERE number = 7",
       "line 7 of a bank counts, but no file holds it any more"},
      {"INSERT INTO bank_live_line SELECT node_id, bank_account, key, occurrence, number FROM bank_line "
       "WHERE number = 6",
       "line 6 of a bank counts, but no file holds it any more"},
      {"UPDATE bank_line SET key = repeat('0', 64) WHERE number = 10",
       "line 10 of a bank counts, but no file holds it any more"},
      {"DELETE FROM bank_import_step WHERE import_number = 5 AND kind = 'undone'",
       "line 7 of a bank should count, and does not"},
      {"INSERT INTO bank_import_step SELECT node_id, 6, 3, 'undone', NULL, 'x', recorded_at, recorded_by "
       "FROM "
       "bank_import_step WHERE import_number = 6 AND number = 2",
       "line 10 of a bank counts, but no file holds it any more"},
      {"UPDATE bank_line_step SET kind = 'reopened' WHERE line_number = 3",
       "line 3 of a bank was reopened at the wrong time"},
      {"DELETE FROM bank_line_step WHERE line_number = 8 AND number = 1",
       "line 8 of a bank was reopened at the wrong time"},
  });
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(BankDamages, OfMatchesAreNamedOneByOne) {
  superuser_sql(
      "DROP INDEX a_line_is_matched_once; ALTER TABLE bank_match DROP CONSTRAINT alone_only_on_proof");
  expect_each_named({
      {"DELETE FROM bank_match WHERE number = 1", "match 1 is missing"},
      {"UPDATE bank_match_part SET match_number = 9 WHERE match_number = 5",
       "match 5 does not come to its line"},
      {"UPDATE bank_match_part SET amount_minor = 1999 WHERE match_number = 1",
       "match 1 does not come to its line"},
      {"DELETE FROM bank_match_part WHERE match_number = 3 AND part = 2",
       "match 3 does not come to its line"},
      {"UPDATE bank_match SET line_number = 10 WHERE number = 1", "match 1 does not come to its line"},
      {"DELETE FROM bank_live_line WHERE line_number = 8; UPDATE bank_import_step SET kind = 'dropped', "
       "words = 'x' WHERE "
       "import_number = 6 AND number = 2; DELETE FROM bank_live_line WHERE line_number = 10",
       "match 5 counts, and its line does not"},
      {"DELETE FROM bank_line_step WHERE line_number = 8 AND number = 2",
       "match 5 counts, and its line does not"},
      {"DELETE FROM bank_match_end", "match 2 counts until it is undone, and does not"},
      {"UPDATE bank_match SET live = false WHERE number = 5",
       "match 5 counts until it is undone, and does not"},
      {"INSERT INTO bank_match SELECT node_id, 7, line_number, method, is_attended, reasons, true, "
       "recorded_at, "
       "recorded_by FROM bank_match WHERE number = 5; INSERT INTO bank_match_part SELECT node_id, 7, part, "
       "entry_number, posting_line, amount_minor, made, payment_number, collection_number, collection_line "
       "FROM "
       "bank_match_part WHERE match_number = 5",
       "match 7 is of line 8, which is matched already"},
      {"UPDATE bank_match SET is_attended = false WHERE number = 5", "match 5 was decided by nobody"},
      {"UPDATE bank_match_part SET posting_line = 2 WHERE match_number = 5",
       "match 5 clears posting 2 of entry 3, which is not of its account"},
      {"UPDATE bank_match_part SET entry_number = 99 WHERE match_number = 5",
       "match 5 clears posting 1 of entry 99, which is not of its account"},
      {"UPDATE bank_match_part SET amount_minor = CASE part WHEN 1 THEN 7000 ELSE -1000 END WHERE "
       "match_number = "
       "3",
       "match 3 clears posting 3 of entry 2 in the other direction"},
      {"UPDATE bank_match_part SET amount_minor = CASE part WHEN 1 THEN 3600 ELSE 2400 END WHERE "
       "match_number = "
       "3",
       "posting 1 of entry 2 is cleared by more than there is"},
      {"UPDATE bank_match SET live = true WHERE number = 2; DELETE FROM bank_match_end; DELETE FROM "
       "bank_match "
       "WHERE number = 3; UPDATE bank_match_part SET match_number = 2, part = part + 2 WHERE match_number = "
       "3",
       "match 2 does not come to its line"},
      {"UPDATE bank_payer SET match_number = 9", "a payer is known by match 9, which is missing"},
  });
  superuser_sql(
      "CREATE UNIQUE INDEX a_line_is_matched_once ON bank_match (node_id, line_number) WHERE live; "
      "ALTER TABLE bank_match ADD CONSTRAINT alone_only_on_proof CHECK (is_attended OR method IN ('posting', "
      "'reference', 'own_order', 'rule'))");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(BankDamages, OfSignaturesAreNamedOneByOne) {
  superuser_sql(
      "DROP INDEX a_day_is_signed_once; "
      "ALTER TABLE bank_signoff DROP CONSTRAINT the_hash_is_that_of_the_statement; "
      "ALTER TABLE bank_signoff DROP CONSTRAINT what_is_signed_adds_up");
  expect_each_named({
      {"DELETE FROM bank_signoff WHERE number = 1", "signature 1 is missing"},
      {"UPDATE bank_signoff SET statement = statement || 'x' WHERE number = 1",
       "signature 1 is not under the figures that were signed"},
      {"UPDATE bank_signoff SET books_minor = books_minor + 1 WHERE number = 2",
       "signature 2 is not under the figures that were signed"},
      {"UPDATE bank_signoff SET books_minor = books_minor + 1, bank_minor = bank_minor + 1 WHERE number = 1",
       "signature 1 is not under the figures that were signed"},
      {"UPDATE bank_signoff SET books_minor = books_minor + 1, uncleared_minor = uncleared_minor + 1 WHERE "
       "number = 1",
       "signature 1 is not under the figures that were signed"},
      {"UPDATE bank_signoff SET unbooked_minor = unbooked_minor + 1, beginning_minor = beginning_minor + 1 "
       "WHERE number = 1",
       "signature 1 is not under the figures that were signed"},
      {"UPDATE bank_signoff SET statement = statement || 'x', statement_hash = "
       "encode(sha256(convert_to(statement || 'x', 'UTF8')), 'hex') WHERE number = 1",
       "signature 1 is not under the figures that were signed"},
      {"UPDATE bank_signoff SET as_of = as_of - 40 WHERE number = 1",
       "signature 1 is not under the figures that were signed"},
      {"UPDATE bank_signoff SET bank_account = 2 WHERE number = 1",
       "signature 1 is not under the figures that were signed"},
      {"UPDATE bank_signoff SET live = false WHERE number = 1",
       "signature 1 counts until it is withdrawn, and does not"},
      {"DELETE FROM bank_signoff_end", "signature 2 counts until it is withdrawn, and does not"},
      {"INSERT INTO bank_signoff SELECT node_id, 3, bank_account, as_of, books_minor, uncleared_count, "
       "uncleared_minor, unbooked_count, unbooked_minor, beginning_minor, bank_minor, difference_minor, "
       "explanation, last_entry, last_event, import_number, statement_position, statement, statement_hash, "
       "live, recorded_at, recorded_by FROM bank_signoff WHERE number = 1",
       "signature 3 is of a day that is signed already"},
      {"DELETE FROM bank_countersignature",
       "a countersignature of signature 1, of which the outbox told, is missing"},
      {"DELETE FROM bank_signoff WHERE number = 2; DELETE FROM bank_signoff_end",
       "signature 2, of which the outbox told, is missing"},
      {"UPDATE bank_signoff SET live = true; DELETE FROM bank_signoff_end",
       "the withdrawal of signature 2, of which the outbox told, is missing"},
      {"UPDATE bank_countersignature SET recorded_by = (SELECT s.recorded_by FROM bank_signoff s LIMIT 1)",
       "signature 1 was countersigned by who signed it, or is missing"},
      {"UPDATE bank_countersignature SET signoff_number = 9",
       "a countersignature of signature 1, of which the outbox told, is missing"},
      {"INSERT INTO bank_countersignature SELECT node_id, 9, recorded_at, recorded_by FROM "
       "bank_countersignature",
       "signature 9 was countersigned by who signed it, or is missing"},
  });
  superuser_sql(
      "CREATE UNIQUE INDEX a_day_is_signed_once ON bank_signoff (node_id, bank_account, as_of) WHERE live; "
      "ALTER TABLE bank_signoff ADD CONSTRAINT the_hash_is_that_of_the_statement CHECK (statement_hash = "
      "encode(sha256(convert_to(statement, 'UTF8')), 'hex')); "
      "ALTER TABLE bank_signoff ADD CONSTRAINT what_is_signed_adds_up CHECK (books_minor::numeric - "
      "uncleared_minor + unbooked_minor - beginning_minor + difference_minor = bank_minor)");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(BankDamages, OfCountsOfCashAreNamedOneByOne) {
  superuser_sql("DROP INDEX a_till_is_counted_once_a_day");
  expect_each_named({
      {"DELETE FROM bank_count WHERE number = 1", "cash count 1 is missing"},
      {"UPDATE bank_count SET total_minor = total_minor + 1 WHERE number = 1",
       "cash count 1 does not come to its pieces"},
      {"DELETE FROM bank_count_piece WHERE value_minor = 100", "cash count 1 does not come to its pieces"},
      {"UPDATE bank_count SET bank_account = 1 WHERE number = 2",
       "cash count 2 is of an account that is no cash"},
      {"UPDATE bank_count SET counted_on = counted_on - 1 WHERE number = 1",
       "cash count 1 is of another day than the outbox told"},
      {"UPDATE bank_count SET live = false WHERE number = 1",
       "cash count 1 stands until it is withdrawn, and does not"},
      {"UPDATE bank_count SET live = true, counted_on = '2026-02-01'; DELETE FROM bank_count_end",
       "cash count 2 is of a day that was counted already"},
      {"UPDATE bank_count_witness SET recorded_by = (SELECT c.recorded_by FROM bank_count c LIMIT 1)",
       "cash count 1 was witnessed by who counted, or is missing"},
      {"UPDATE bank_count_entry SET entry_number = 1", "entry 1 is of no account of cash count 1"},
  });
  superuser_sql(
      "CREATE UNIQUE INDEX a_till_is_counted_once_a_day ON bank_count (node_id, bank_account, counted_on) "
      "WHERE live");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(BankDamages, OfRulesAreNamedOneByOne) {
  superuser_sql(
      "ALTER TABLE bank_rule_step DROP CONSTRAINT posts_after_a_replay; "
      "ALTER TABLE bank_rule_step DROP CONSTRAINT rule_step_is_whole");
  expect_each_named({
      {"DELETE FROM bank_rule_version WHERE rule_number = 1 AND version = 1",
       "rule 1 of a bank has versions that do not follow on each other"},
      {"UPDATE bank_rule_step SET number = 2 WHERE rule_number = 3",
       "rule 3 of a bank was ended at the wrong time"},
      {"UPDATE bank_rule_step SET replay = 9 WHERE replay = 1",
       "rule 1 of a bank posts without a replay of its version that agrees"},
      {"UPDATE bank_rule_step SET version = 1 WHERE replay = 1; DELETE FROM bank_match_rule; UPDATE "
       "bank_match SET "
       "is_attended = true",
       "rule 1 of a bank posts without a replay of its version that agrees"},
      {"UPDATE bank_rule_replay SET agreed = agreed + 1",
       "the outbox told otherwise of replay 1 of rule 1 of a bank"},
      {"UPDATE bank_rule_replay SET differed = 1",
       "rule 1 of a bank posts without a replay of its version that agrees"},
      {"UPDATE bank_rule_step SET recorded_at = '2026-02-05 13:00+00' WHERE replay = 1",
       "match 6 was decided by nobody, and by no rule that might"},
      {"UPDATE bank_match_rule SET version = 1", "match 6 was decided by nobody, and by no rule that might"},
      {"DELETE FROM bank_match_rule", "match 6 was decided by nobody, and by no rule that might"},
      {"UPDATE bank_match_word SET match_number = 9 WHERE match_number = 1",
       "a rule or a word is of match 9, which is missing"},
  });
  superuser_sql(
      "ALTER TABLE bank_rule_step ADD CONSTRAINT posts_after_a_replay FOREIGN KEY (node_id, rule_number, "
      "version, replay) REFERENCES bank_rule_replay (node_id, rule_number, version, number); "
      "ALTER TABLE bank_rule_step ADD CONSTRAINT rule_step_is_whole CHECK ((replay IS NOT NULL) = (kind = "
      "'posting') AND (reason IS NOT NULL OR kind = 'posting'))");
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::proof

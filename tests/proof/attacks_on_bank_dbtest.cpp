// Files, lines and matches of a bank changed in raw SQL by the service's role, by the owner, and with the
// guards off. What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/import_service.hpp"
#include "ledger/books/event_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/filled_bank.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;
using test::Forging;

/// Full books with a statement of assets:bank: line 1 of 12.00 is matched with entry 2, line 2 of 24.00 is
/// open, line 3 of 5.00 was set aside. A second file was dropped.
class AttacksOnBank : public test::AttackedBooks {
 protected:
  AttacksOnBank() {
    use(NodeId{1});
    db().in_tx([&](Tx& tx) {
      bank::open_bank_account(tx, node(),
                              {.path = "assets:bank",
                               .unit = money("0").unit(),
                               .identifier = "ES9121000418450200051332",
                               .title = "Current account"},
                              author());
      bank::open_bank_account(tx, node(),
                              {.path = "assets:cash",
                               .unit = money("0").unit(),
                               .kind = bank::BankAccountKind::cash,
                               .title = "The till"},
                              author());
    });
    const auto first = bring({.opening = "0.00",
                              .closing = "41.00",
                              .lines = {{.day = "2026-01-10", .amount = "12.00", .bank_id = "A1"},
                                        {.day = "2026-01-11", .amount = "24.00", .bank_id = "A2"},
                                        {.day = "2026-01-12", .amount = "5.00", .bank_id = "A3"}}});
    const auto second = bring({.number = "2",
                               .opening = "41.00",
                               .closing = "42.00",
                               .lines = {{.day = "2026-01-13", .amount = "1.00", .bank_id = "A4"}}});
    db().in_tx([&](Tx& tx) {
      bank::take_in(tx, node(), first.number, false, author());
      bank::drop_import(tx, node(), second.number, "too early", author());
    });
    superuser_sql(
        test::bank_match_sql("1", 1, 1, {{2, 1, 1'200}}) +
        "INSERT INTO bank_line_step (node_id, line_number, number, kind, reason, recorded_at) VALUES (1, 3, "
        "1, "
        "'ignored', 'not ours', now()); INSERT INTO bank_payer (node_id, account_hash, party_id, "
        "match_number, "
        "recorded_at) SELECT 1, repeat('a', 64), id, 1, now() FROM party WHERE node_id = 1 LIMIT 1; "
        "INSERT INTO user_account (name, title, created_at) VALUES ('sig', 'Sig', now()), ('con', 'Con', "
        "now()); " +
        signature("1", "2026-01-12") +
        "; INSERT INTO bank_countersignature (node_id, signoff_number, recorded_at, recorded_by) SELECT 1, "
        "1, "
        "now(), id FROM user_account WHERE name = 'con'; BEGIN; " +
        count("1", "2026-01-12") + "; " + piece("1", "500", "2") + "; COMMIT");
    const std::string hash = superuser_value("SELECT statement_hash FROM bank_signoff");
    db().in_tx([&](Tx& tx) {
      for (const char* kind : {"reconciliation_signed", "reconciliation_countersigned"})
        books::tell(tx, node(), author(), kind, {{"signoff", 1}, {"hash", hash}});
      books::tell(tx, node(), author(), "cash_counted", {{"count", 1}, {"counted_on", "2026-01-12"}});
    });
  }
  // Of 41.00 by the books and by the bank.
  static std::string signature(const std::string& number, const std::string& day,
                               const std::string& bank_minor = "4100") {
    return "INSERT INTO bank_signoff (node_id, number, bank_account, as_of, books_minor, uncleared_count, "
           "uncleared_minor, unbooked_count, unbooked_minor, beginning_minor, bank_minor, difference_minor, "
           "last_entry, last_event, statement, statement_hash, live, recorded_at, recorded_by) SELECT 1, " +
           number + ", 1, '" + day + "', 4100, 0, 0, 0, 0, 0, " + bank_minor +
           ", 0, 1, 1, t, encode(sha256(convert_to(t, 'UTF8')), 'hex'), true, now(), id FROM user_account, "
           "(SELECT E'\\nAccount: assets:bank (Bank)\\nAs of: " +
           day +
           "\\n    Balance by the books  EUR  41.00\\n    Less what is on the books and not at the bank  EUR "
           " "
           "0.00\\n    Plus what is at the bank and not on the books  EUR  0.00\\n    Balance by the bank  "
           "EUR  "
           "41.00\\n    Left unexplained  EUR  0.00\\n') AS x (t) WHERE name = 'sig'";
  }
  // Of 10.00 in the till.
  static std::string count(const std::string& number, const std::string& day,
                           const std::string& account = "2") {
    return "INSERT INTO bank_count (node_id, number, bank_account, counted_on, total_minor, live, "
           "recorded_at, recorded_by) SELECT 1, " +
           number + ", " + account + ", '" + day +
           "', 1000, true, now(), id FROM user_account WHERE name = 'sig'";
  }
  static std::string piece(const std::string& number, const std::string& value, const std::string& pieces) {
    return "INSERT INTO bank_count_piece VALUES (1, " + number + ", " + value + ", " + pieces + ")";
  }
  bank::BankImport bring(const test::WrittenStatement& statement) {
    const auto received = db().in_tx([&](Tx& tx) {
      return bank::receive_file(tx, node(), {"statement.xml", test::camt053({statement}), std::nullopt},
                                author());
    });
    return bank::read_file(db(), node(), received.import.number, author());
  }
};

Attack unnoticed_by_bank(const char* what, const char* sql, const char* why) {
  return {what, sql, Forging::nothing, {}, why};
}

const char* const in_the_file = "the file itself says what it was";
const char* const not_in_chain = "the chain does not cover it";

std::string live(const char* line) {
  return "INSERT INTO bank_live_line SELECT node_id, bank_account, key, occurrence, number FROM bank_line "
         "WHERE number = " +
         std::string{line};
}

std::string match(int number, int line, const char* parts, const char* method = "hand") {
  return "BEGIN; INSERT INTO bank_match (node_id, number, line_number, method, is_attended, reasons, live, "
         "recorded_at) VALUES (1, " +
         std::to_string(number) + ", " + std::to_string(line) + ", '" + method + "', " +
         (std::string{method} == "hand" ? "true" : "false") +
         ", '[]', true, now()); INSERT INTO bank_match_part (node_id, match_number, part, entry_number, "
         "posting_line, amount_minor, made) VALUES " +
         parts + "; COMMIT";
}

TEST_F(AttacksOnBank, OfFilesAndLines) {
  const std::vector<Attack> attacks{
      {"a file's bytes changed", "UPDATE bank_import SET file_bytes = file_bytes || 'x' WHERE number = 1"},
      {"a file and its hash changed",
       "UPDATE bank_import SET file_bytes = 'x', file_hash = encode(sha256('x'), 'hex') WHERE number = 1",
       Forging::nothing,
       {},
       "whoever kept the file can compare"},
      {"a file deleted", "DELETE FROM bank_import WHERE number = 1"},
      {"a dropped file taken in",
       "INSERT INTO bank_import_step (node_id, import_number, number, kind, recorded_at) VALUES (1, 2, 3, "
       "'taken_in', now())"},
      {"a file undone, its lines left",
       "INSERT INTO bank_import_step (node_id, import_number, number, kind, words, recorded_at) VALUES (1, "
       "1, "
       "3, 'undone', 'x', now())"},
      {"a closing balance changed",
       "UPDATE bank_statement SET closing_minor = closing_minor + 1 WHERE import_number = 1"},
      {"a line's amount changed", "UPDATE bank_line SET amount_minor = 2500 WHERE number = 2"},
      {"a line's day changed", "UPDATE bank_line SET booked_on = booked_on + 1 WHERE number = 2"},
      {"a line deleted",
       "DELETE FROM bank_detail WHERE line_number = 4; DELETE FROM bank_line WHERE number = 4"},
      {"a line added",
       "INSERT INTO bank_line SELECT node_id, 5, import_number, statement_position, 4, bank_account, status, "
       "booked_on, valued_on, amount_minor, charges_minor, is_reversal, key, 2, bank_id, code, words, place, "
       "raw, batch_message, batch_group, batch_count, raw_hash FROM bank_line WHERE number = 2"},
      {"the text of a line changed", "UPDATE bank_line SET raw = 'somebody else' WHERE number = 2"},
      unnoticed_by_bank("the name of who paid changed, of lines with an id of the bank",
                        "UPDATE bank_detail SET name = 'Somebody else'", in_the_file),
      {"a line that no longer counts", "DELETE FROM bank_live_line WHERE line_number = 2"},
      {"a matched line that no longer counts", "DELETE FROM bank_live_line WHERE line_number = 1"},
      {"a line of a file that was dropped counts", live("4")},
      {"a line counts as another", "UPDATE bank_live_line SET line_number = 4 WHERE line_number = 2"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on the bank", table_of(attacks)));
}

TEST_F(AttacksOnBank, OfMatches) {
  const std::vector<Attack> attacks{
      {"a line matched twice", match(2, 1, "(1, 2, 1, 7, 1, 1200, 'found')")},
      {"a match that is less than its line", match(2, 2, "(1, 2, 1, 7, 1, 2300, 'found')")},
      {"a match with an entry that is not there", match(2, 2, "(1, 2, 1, 99, 1, 2400, 'found')")},
      {"a match with the other side of an entry", match(2, 2, "(1, 2, 1, 7, 2, 2400, 'found')")},
      {"a posting cleared twice",
       match(2, 2, "(1, 2, 1, 2, 1, 1200, 'found'), (1, 2, 2, 7, 1, 1200, 'found')")},
      {"a guess that nobody decided", match(2, 2, "(1, 2, 1, 7, 1, 2400, 'found')", "similar")},
      {"a line parked in suspense by nobody", match(2, 2, "(1, 2, 1, 7, 1, 2400, 'found')", "suspense")},
      unnoticed_by_bank(
          "income named as suspense",
          "INSERT INTO bank_account_trait (node_id, bank_account, number, kind, value, recorded_at) "
          "VALUES (1, 1, 1, 'suspense', '\"income:dues\"', now())",
          "nothing is booked by it until a person accepts it"),
      {"a match of a line that was set aside", match(2, 3, "(1, 2, 1, 8, 1, 500, 'found')")},
      {"a match of a line that does not count", match(2, 4, "(1, 2, 1, 13, 999, 100, 'found')")},
      {"a match without its end undone", "UPDATE bank_match SET live = false WHERE number = 1"},
      {"a match led to another line", "UPDATE bank_match SET line_number = 2 WHERE number = 1"},
      {"a match's part changed", "UPDATE bank_match_part SET amount_minor = 1 WHERE match_number = 1"},
      unnoticed_by_bank(
          "a match deleted",
          "DELETE FROM bank_payer; DELETE FROM bank_match_part WHERE match_number = 1; DELETE FROM "
          "bank_match WHERE number = 1",
          "its line is open again, and shows"),
      {"a match that counts and has an end",
       "INSERT INTO bank_match_end (node_id, match_number, reason, recorded_at) VALUES (1, 1, 'x', now())"},
      {"a payer known by no match",
       "INSERT INTO bank_payer (node_id, account_hash, party_id, match_number, recorded_at) VALUES (1, "
       "repeat('b', 64), 1, 9, now())"},
      unnoticed_by_bank("why a line was matched changed", "UPDATE bank_match SET reasons = '[]'",
                        not_in_chain),
      unnoticed_by_bank("why a line was set aside changed", "UPDATE bank_line_step SET reason = 'y'",
                        not_in_chain),
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on matches", table_of(attacks)));
}

TEST_F(AttacksOnBank, OfSignatures) {
  const std::string twice = signature("2", "2026-01-12");
  const std::string wrong = signature("2", "2026-01-13", "4200");
  const std::vector<Attack> attacks{
      {"a day signed twice", twice},
      {"figures signed that do not add up", wrong},
      {"figures beside what was signed",
       "UPDATE bank_signoff SET books_minor = 4000, bank_minor = 4000 WHERE number = 1"},
      {"other figures signed than the text has",
       "BEGIN; UPDATE bank_signoff SET live = false; INSERT INTO bank_signoff_end (node_id, signoff_number, "
       "reason, recorded_at) VALUES (1, 1, 'x', now()); INSERT INTO bank_signoff SELECT node_id, 2, "
       "bank_account, as_of, 4000, uncleared_count, uncleared_minor, unbooked_count, unbooked_minor, "
       "beginning_minor, 4000, difference_minor, explanation, last_entry, last_event, import_number, "
       "statement_position, statement, statement_hash, true, recorded_at, recorded_by FROM bank_signoff "
       "WHERE number = 1; COMMIT"},
      {"what was signed changed", "UPDATE bank_signoff SET statement = 'nothing agrees' WHERE number = 1"},
      {"what was signed and its hash changed",
       "UPDATE bank_signoff SET statement = 'x', statement_hash = encode(sha256('x'), 'hex') WHERE number = "
       "1"},
      {"a signature deleted", "DELETE FROM bank_countersignature; DELETE FROM bank_signoff WHERE number = 1"},
      {"a signature that ends without a reason", "UPDATE bank_signoff SET live = false WHERE number = 1"},
      {"a signature that counts and was withdrawn",
       "INSERT INTO bank_signoff_end (node_id, signoff_number, reason, recorded_at) VALUES (1, 1, 'x', "
       "now())"},
      {"somebody countersigns what they signed",
       "INSERT INTO bank_countersignature (node_id, signoff_number, recorded_at, recorded_by) SELECT 1, 1, "
       "now(), id FROM user_account WHERE name = 'sig'"},
      {"a countersignature deleted", "DELETE FROM bank_countersignature"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on signatures", table_of(attacks)));
}

TEST_F(AttacksOnBank, OfCounts) {
  const std::string twice =
      "BEGIN; " + count("2", "2026-01-12") + "; " + piece("2", "1000", "1") + "; COMMIT";
  const std::string empty = count("2", "2026-01-13");
  const std::string of_a_bank =
      "BEGIN; " + count("2", "2026-01-13", "1") + "; " + piece("2", "1000", "1") + "; COMMIT";
  const std::string more = piece("1", "100", "1");
  const std::vector<Attack> attacks{
      {"a till counted twice on a day", twice},
      {"a count without coins that come to it", empty},
      {"a count of what is no cash", of_a_bank},
      {"coins added to a count", more},
      {"a coin taken out of a count", "UPDATE bank_count_piece SET pieces = 1 WHERE count_number = 1"},
      {"a count changed", "UPDATE bank_count SET total_minor = 900 WHERE number = 1"},
      {"a count moved to another day", "UPDATE bank_count SET counted_on = '2026-01-11' WHERE number = 1"},
      {"a count withdrawn without a reason", "UPDATE bank_count SET live = false WHERE number = 1"},
      {"somebody witnesses what they counted",
       "INSERT INTO bank_count_witness (node_id, count_number, recorded_at, recorded_by) SELECT 1, 1, now(), "
       "id FROM user_account WHERE name = 'sig'"},
      {"an entry of another account said to book the difference",
       "INSERT INTO bank_count_entry (node_id, count_number, entry_number, recorded_at) VALUES (1, 1, 1, "
       "now())"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on counts", table_of(attacks)));
}

/// The same with rule 1 of two versions, whose replay 1 of version 2 differs from a line; it suggests. Match
/// 1 taught a word.
class AttacksOnRules : public AttacksOnBank {
 protected:
  AttacksOnRules() {
    for (const char* version : {"1", "2"})
      superuser_sql(
          "INSERT INTO bank_rule_version (node_id, rule_number, version, name, note, unit_id, is_credit, "
          "parts, recorded_at) SELECT 1, 1, " +
          std::string{version} +
          ", 'Dues', '', id, true, '[{\"account\": \"income:dues\"}]', now() FROM unit WHERE code = 'EUR'");
    superuser_sql(
        "INSERT INTO bank_rule_replay (node_id, rule_number, number, version, last_line, looked_at, agreed, "
        "differed, still_open, taken_before, recorded_at) VALUES (1, 1, 1, 2, 4, 3, 1, 1, 1, 0, now()); "
        "INSERT INTO bank_match_word (node_id, word_hash, is_credit, match_number, account_id) SELECT 1, "
        "repeat('b', 64), true, 1, id FROM account WHERE node_id = 1 AND path = 'income:dues'");
    db().in_tx([&](Tx& tx) {
      books::tell(tx, node(), author(), "bank_rule_replayed",
                  {{"rule", 1}, {"version", 2}, {"replay", 1}, {"agreed", 1}, {"differed", 1}, {"open", 1}});
    });
  }
};

std::string rule_step(const char* values) {
  return "INSERT INTO bank_rule_step (node_id, rule_number, number, kind, version, replay, reason, "
         "recorded_at) "
         "VALUES (1, 1, " +
         std::string{values} + ", now())";
}

TEST_F(AttacksOnRules, AreRefusedOrFound) {
  const std::vector<Attack> attacks{
      unnoticed_by_bank("what a rule looks for changed", "UPDATE bank_rule_version SET words = 'x'",
                        not_in_chain),
      {"a version of a rule deleted", "DELETE FROM bank_rule_version WHERE version = 1"},
      {"a version that leaves one out",
       "INSERT INTO bank_rule_version SELECT node_id, rule_number, 4, name, note, unit_id, bank_account, "
       "is_credit, "
       "least_minor, most_minor, counterparty, words, reference, code, first_day, last_day, "
       "counterparty_hash, "
       "parts, party_id, to_account, recorded_at, recorded_by FROM bank_rule_version WHERE version = 2"},
      {"a rule posts without a replay", rule_step("1, 'posting', 2, NULL, 'trust me'")},
      {"a rule posts by a replay of another version", rule_step("1, 'posting', 1, 1, 'trust me'")},
      {"a rule posts although its replay differs", rule_step("1, 'posting', 2, 1, NULL")},
      {"a replay made to agree", "UPDATE bank_rule_replay SET differed = 0"},
      {"a line posted by a rule that only suggests",
       match(2, 2, "(1, 2, 1, 7, 1, 2400, 'found'); INSERT INTO bank_match_rule VALUES (1, 2, 1, 2)",
             "rule")},
      {"a line posted by no rule", match(2, 2, "(1, 2, 1, 7, 1, 2400, 'found')", "rule")},
      unnoticed_by_bank("what a word teaches changed",
                        "UPDATE bank_match_word SET word_hash = repeat('c', 64)", "nothing is posted by it"),
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on rules", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof

// Files, lines and matches of a bank changed in raw SQL by the service's role, by the owner, and with the
// guards off. What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/import_service.hpp"
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
        "recorded_at) SELECT 1, repeat('a', 64), id, 1, now() FROM party WHERE node_id = 1 LIMIT 1");
  }
  bank::BankImport bring(const test::WrittenStatement& statement) {
    const auto received = db().in_tx([&](Tx& tx) {
      return bank::receive_file(tx, node(), {"statement.xml", test::camt053({statement}), std::nullopt},
                                author());
    });
    return bank::read_file(db(), node(), received.import.number, author());
  }
};

Attack unnoticed(const char* what, const char* sql, const char* why) {
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
      {"a line deleted",
       "DELETE FROM bank_detail WHERE line_number = 4; DELETE FROM bank_line WHERE number = 4"},
      {"a line added",
       "INSERT INTO bank_line SELECT node_id, 5, import_number, statement_position, 4, bank_account, status, "
       "booked_on, valued_on, amount_minor, charges_minor, is_reversal, key, 2, bank_id, code, words, place, "
       "raw, batch_message, batch_group FROM bank_line WHERE number = 2"},
      unnoticed("the name of who paid changed", "UPDATE bank_detail SET name = 'Somebody else'", in_the_file),
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
      {"a match of a line that was set aside", match(2, 3, "(1, 2, 1, 8, 1, 500, 'found')")},
      {"a match of a line that does not count", match(2, 4, "(1, 2, 1, 13, 999, 100, 'found')")},
      {"a match without its end undone", "UPDATE bank_match SET live = false WHERE number = 1"},
      {"a match led to another line", "UPDATE bank_match SET line_number = 2 WHERE number = 1"},
      {"a match's part changed", "UPDATE bank_match_part SET amount_minor = 1 WHERE match_number = 1"},
      unnoticed("a match deleted",
                "DELETE FROM bank_payer; DELETE FROM bank_match_part WHERE match_number = 1; DELETE FROM "
                "bank_match WHERE number = 1",
                "its line is open again, and shows"),
      {"a match that counts and has an end",
       "INSERT INTO bank_match_end (node_id, match_number, reason, recorded_at) VALUES (1, 1, 'x', now())"},
      {"a payer known by no match",
       "INSERT INTO bank_payer (node_id, account_hash, party_id, match_number, recorded_at) VALUES (1, "
       "repeat('b', 64), 1, 9, now())"},
      unnoticed("why a line was matched changed", "UPDATE bank_match SET reasons = '[]'", not_in_chain),
      unnoticed("why a line was set aside changed", "UPDATE bank_line_step SET reason = 'y'", not_in_chain),
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on matches", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof

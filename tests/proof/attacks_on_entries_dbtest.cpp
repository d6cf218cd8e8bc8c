// What must not be recorded: tried in raw SQL by the service's role, by the owner, and with the guards off.
// What became of each attempt stands in docs/concepts/promises.md.
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;
using test::Forging;
using test::id_of;
using test::RawPosting;
using test::RawRecording;

class AttacksOnEntries : public test::AttackedBooks {
 protected:
  static std::string recording(const std::vector<RawPosting>& postings) {
    return RawRecording{.postings = postings}.sql();
  }
  static std::string fund_of_member() {
    return "(SELECT id FROM dimension WHERE node_id = 1 AND code = 'M0001')";
  }
};

const std::string the_bank = id_of("assets:bank");
const std::string dues = id_of("income:dues");
const std::string cash = id_of("assets:cash");

TEST_F(AttacksOnEntries, ThatBreakWhatAnEntryIs) {
  const std::string yen = id_of("assets:yen", "JPY");
  const std::vector<Attack> attacks{
      {"an entry that does not balance", recording({{the_bank, "500"}, {dues, "-499"}}), Forging::everything},
      {"an entry that balances over two units together, but in neither",
       recording({{the_bank, "500"}, {yen, "-500"}}), Forging::everything},
      {"an entry without postings", RawRecording{.with_postings = false}.sql(), Forging::everything},
      {"an entry with one posting",
       RawRecording{.posting_count = "1", .postings = {{the_bank, "500"}}}.sql()},
      {"an entry with fewer postings than it says", RawRecording{.posting_count = "3"}.sql(),
       Forging::everything},
      {"two more postings for a recorded entry",
       "INSERT INTO posting (node_id, entry_number, line, account_id, amount_minor, booked_on) VALUES "
       "(1, 7, 3, " +
           the_bank + ", 500, '2025-12-20'), (1, 7, 4, " + dues + ", -500, '2025-12-20')"},
      {"postings without an entry",
       "INSERT INTO posting (node_id, entry_number, line, account_id, amount_minor, booked_on) VALUES "
       "(1, 46, 1, " +
           the_bank + ", 500, '2026-01-31'), (1, 46, 2, " + dues + ", -500, '2026-01-31')"},
      {"postings booked on another day than their entry",
       "WITH new_entry AS (INSERT INTO entry (node_id, recorded_at, number, booked_on, posting_count, "
       "request_key, content_hash, hash, description) VALUES (1, now(), 46, '2026-01-31', 2, "
       "gen_random_uuid(), gen_random_uuid(), sha256('x'), 'Forged')) INSERT INTO posting (node_id, "
       "entry_number, line, account_id, amount_minor, booked_on) VALUES (1, 46, 1, " +
           the_bank + ", 500, '2026-01-30'), (1, 46, 2, " + dues +
           ", -500, '2026-01-30'); UPDATE book_head SET "
           "last_number = 46 WHERE node_id = 1"},
      {"an amount of zero", recording({{the_bank, "0"}, {dues, "0"}})},
      {"an amount beyond what one posting moves",
       recording({{the_bank, "1000000000000000001"}, {dues, "-1000000000000000001"}})},
      {"a day that does not exist", RawRecording{.day = "'infinity'"}.sql()},
      {"a late document's day that is after the day it is booked on",
       RawRecording{.document_on = "'2026-02-01'"}.sql()},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on what an entry is", table_of(attacks)));
}

TEST_F(AttacksOnEntries, ThatBreakTheOrderOfTheBooks) {
  const std::string of_seven = "(SELECT request_key FROM entry WHERE node_id = 1 AND number = 7)";
  const std::vector<Attack> attacks{
      {"an entry number that leaves a gap", RawRecording{.number = "48"}.sql()},
      {"an entry number that is taken", RawRecording{.number = "45"}.sql()},
      {"entries of two nodes at once",
       "WITH new_entry AS (INSERT INTO entry (node_id, recorded_at, number, booked_on, posting_count, "
       "request_key, content_hash, hash, description) SELECT node_id, now(), last_number + 1, '2026-01-31', "
       "2, gen_random_uuid(), gen_random_uuid(), sha256('x'), 'Forged' FROM book_head WHERE node_id IN (1, "
       "2)) INSERT INTO posting (node_id, entry_number, line, account_id, amount_minor, booked_on) SELECT "
       "node_id, last_number + 1, line, 1, 1000 * line - 1500, '2026-01-31' FROM book_head CROSS JOIN "
       "generate_series(1, 2) AS line WHERE node_id IN (1, 2)"},
      {"entry number 0", RawRecording{.number = "0"}.sql()},
      {"an entry in a node that does not exist", RawRecording{.node = "99"}.sql()},
      {"one request recorded twice", RawRecording{.key = of_seven}.sql(), Forging::everything},
      {"an entry recorded before the one before it",
       RawRecording{.recorded_at =
                        "(SELECT last_recorded_at - interval '1 day' FROM book_head WHERE node_id = 1)"}
           .sql(),
       Forging::everything},
      {"an entry whose hash does not follow from its content", RawRecording{}.sql(), Forging::figures},
      {"an entry that the outbox does not tell of", RawRecording{.told = false}.sql(), Forging::everything},
      {"an entry that no balance and no total knows", RawRecording{}.sql(), Forging::hashes},
      {"an entry that the book head does not know",
       RawRecording{}.sql() + "UPDATE book_head SET last_number = 45 WHERE node_id = 1"},
      {"an entry that nobody asked for, sound in every way", RawRecording{}.sql(), Forging::everything,
       "it records entries", "it is an entry like any other"},
      {"an entry with the day of a closed period", RawRecording{.day = "'2025-12-20'"}.sql(),
       Forging::everything},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on the order of the books", table_of(attacks)));
}

TEST_F(AttacksOnEntries, ThatUseWhatTheyMayNot) {
  const auto held = [](const char* amount) {
    return "UPDATE account_balance SET balance_minor = balance_minor + " + std::string{amount} +
           " WHERE node_id = 1 AND account_id = " + cash + ";";
  };
  const std::string posted_as_46 =
      "INSERT INTO hold_end (node_id, hold_number, ended_at, kind, entry_number) SELECT 1, 4, "
      "recorded_at, 'posted', 46 FROM entry WHERE node_id = 1 AND number = 46; UPDATE account_balance SET "
      "held_debit_minor = 0, held_credit_minor = 0 WHERE node_id = 1;";
  const std::vector<Attack> attacks{
      {"a posting on an account that the node does not have", recording({{"4711", "500"}, {dues, "-500"}})},
      {"a posting on another node's account",
       RawRecording{.node = "2", .number = "3", .postings = {{cash, "500"}, {"1", "-500"}}}.sql()},
      {"a posting on a closed account", recording({{id_of("liabilities:old"), "500"}, {dues, "-500"}}),
       Forging::everything},
      {"more than an account's limit allows", recording({{cash, "60000"}, {dues, "-60000"}}) + held("60000"),
       Forging::hashes},
      {"the same, leaving the kept balance as it was", recording({{cash, "60000"}, {dues, "-60000"}}),
       Forging::hashes},
      {"a posting whose fund is another kind of row",
       recording({{the_bank, "500", fund_of_member()}, {dues, "-500"}})},
      {"a posting whose fund does not exist in the node",
       recording({{the_bank, "500", "4711"}, {dues, "-500"}})},
      {"a hold that does not exist", RawRecording{.hold = "99"}.sql(), Forging::everything},
      {"a hold that ended before", RawRecording{.hold = "2"}.sql(), Forging::everything},
      {"more than a hold reserved",
       RawRecording{.hold = "4", .postings = {{cash, "3000"}, {the_bank, "-3000"}}}.sql() + posted_as_46,
       Forging::everything},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on what an entry uses", table_of(attacks)));
}

TEST_F(AttacksOnEntries, ThatReverseWhatTheyMayNot) {
  const auto reversal = [](const char* of, const std::vector<RawPosting>& postings) {
    return RawRecording{.reverses = of, .postings = postings}.sql();
  };
  const std::string rent = id_of("expenses:rent");
  const std::vector<Attack> attacks{
      {"a second reversal of an entry", reversal("4", {{rent, "-30000"}, {the_bank, "30000"}}),
       Forging::everything},
      {"a reversal of other amounts", reversal("8", {{the_bank, "-600"}, {dues, "600"}}),
       Forging::everything},
      {"a reversal on other accounts", reversal("20", {{rent, "-300"}, {dues, "300"}}), Forging::everything},
      {"a reversal about no fund of what is about one", reversal("2", {{the_bank, "-1200"}, {dues, "1200"}}),
       Forging::everything},
      {"a reversal with its lines in another order", reversal("20", {{the_bank, "300"}, {rent, "-300"}}),
       Forging::everything},
      {"a reversal with more lines",
       RawRecording{.posting_count = "3",
                    .reverses = "20",
                    .postings = {{rent, "-300"}, {the_bank, "200"}, {the_bank, "100"}}}
           .sql(),
       Forging::everything},
      {"a reversal of a reversal", reversal("5", {{rent, "30000"}, {the_bank, "-30000"}}),
       Forging::everything},
      {"a reversal of itself", reversal("46", {})},
      {"a reversal of what is not there", reversal("4711", {})},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks by reversals", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof

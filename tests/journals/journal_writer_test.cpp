#include <gtest/gtest.h>

#include "ledger/journals/journal.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {
namespace {

JournalHead small_head() {
  const LastPosting first{EntryNumber{1}, 1, Day::parse("2026-01-31")};
  const LastPosting second{EntryNumber{1}, 2, Day::parse("2026-01-31")};
  return {
      "bcn",
      "Coop of \"bcn\"",
      "EUR",
      {{"EUR", "Euro", 2}, {"JPY", "Yen", 0}},
      {{"assets:a;b", "EUR", 2, books::AccountType::asset, "Till", Day::parse("2026-01-01"), {}, 1250, first},
       {"income:dues", "EUR", 2, books::AccountType::income, "", Day::parse("2026-01-01"),
        Day::parse("2026-12-31"), -1250, second},
       {"assets:a;b", "JPY", 0, books::AccountType::asset, "", Day::parse("2025-06-01"), {}, 0, {}}}};
}

books::Entry small_entry() {
  books::Entry entry{.number = EntryNumber{1},
                     .booked_on = Day::parse("2026-01-31"),
                     .recorded_at = instant_from_text("2026-02-01T09:05:00Z"),
                     .recorded_by = {},
                     .document_on = {},
                     .description = "Dues; January",
                     .reference = "inv-1",
                     .source = "bank:7",
                     .reverses = {},
                     .reversed_by = EntryNumber{2},
                     .hold = {},
                     .hash = {},
                     .postings = {}};
  entry.postings.push_back({1, "assets:a;b", "EUR", 2, 1250, {}, "paid, late"});
  entry.postings.push_back({2, "income:dues", "EUR", 2, -1250, {}, ""});
  entry.postings[0].about[1] = "M0042";
  return entry;
}

std::string written(Dialect dialect) {
  std::string text;
  const auto writer = journal_writer(dialect, [&](std::string_view piece) { text += piece; });
  writer->begin(small_head());
  writer->write(small_entry());
  writer->end();
  return text.substr(text.find(dialect == Dialect::beancount ? "option" : "\ncommodity"));
}

const std::string no_hash(64, '0');

TEST(JournalWriter, WritesForHledgerAndLedgerAlike) {
  const std::string expected = R"(
commodity EUR
    format 1000.00 EUR

commodity JPY

account assets:a%3Bb
    ; type: A
    ; path: assets:a%3Bb
    ; title: Till
    ; opened_on: 2025-06-01
account income:dues
    ; type: R
    ; opened_on: 2026-01-01
    ; closed_on: 2026-12-31

2026-01-31 * (inv-1) Dues, January
    ; entry: 1
    ; hash: )" + no_hash + R"(
    ; recorded_at: 2026-02-01T09:05:00.000000Z
    ; source: bank:7
    ; reversed_by: 2
    ; description: Dues%3B January
    assets:a%3Bb    12.50 EUR = 12.50 EUR
    ; member: M0042
    ; note: paid%2C late
    income:dues    -12.50 EUR = -12.50 EUR
)";
  EXPECT_EQ(written(Dialect::hledger), expected);
  EXPECT_EQ(written(Dialect::ledger), expected);
}

TEST(JournalWriter, WritesForBeancount) {
  EXPECT_EQ(written(Dialect::beancount), R"(option "title" "Coop of \"bcn\""
option "operating_currency" "EUR"
option "inferred_tolerance_multiplier" "0"

1970-01-01 commodity EUR
  name: "Euro"
1970-01-01 commodity JPY
  name: "Yen"

2025-06-01 open Assets:AC3Bb EUR,JPY
  path: "assets:a;b"
  title: "Till"
2026-01-01 open Income:Dues EUR
  path: "income:dues"

2026-01-31 * "Dues; January" ^entry-1
  entry: "1"
  hash: ")" + no_hash + R"("
  recorded_at: "2026-02-01T09:05:00.000000Z"
  reference: "inv-1"
  source: "bank:7"
  reversed_by: "2"
  Assets:AC3Bb  12.50 EUR
    member: "M0042"
    note: "paid, late"
  Income:Dues  -12.50 EUR

2026-02-01 balance Assets:AC3Bb  12.50 EUR
2026-02-01 balance Income:Dues  -12.50 EUR
2027-01-01 close Income:Dues
)");
}

TEST(JournalWriter, RefusesDaysThatLedgerCannotRead) {
  books::Entry entry = small_entry();
  entry.booked_on = Day::parse("1399-12-31");
  const auto writer = journal_writer(Dialect::ledger, [](std::string_view) {});
  writer->begin(small_head());
  EXPECT_THROW(writer->write(entry), Refused);
}

TEST(JournalWriter, NamesItsDialects) {
  EXPECT_EQ(dialect_from("beancount"), Dialect::beancount);
  EXPECT_THROW(dialect_from("gnucash"), Refused);
}

}  // namespace
}  // namespace coop::journals

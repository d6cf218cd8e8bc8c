#include "ledger/books/reversal_service.hpp"

#include "ledger/books/period_lock_service.hpp"
#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using test::refusal_of;

class Reversals : public test::BooksTest {
 protected:
  Reversals() {
    open("assets:bank");
    open("income:dues");
  }
  EntryNumber recorded_dues() {
    return record("2026-01-15", {{"assets:bank", "12.00"}, {"income:dues", "-12.00"}}).number;
  }
  ReversalDraft of(EntryNumber number) {
    return {fingerprint_of("reversal " + std::to_string(++asked_)), number, std::nullopt,
            LateEntry::first_open_day, ""};
  }
  Recorded reverse(const ReversalDraft& asked) {
    return db().in_tx([&](Tx& tx) { return books::reverse(tx, node(), asked, author()); });
  }
  void lock(std::string_view day) {
    db().in_tx([&](Tx& tx) { lock_period(tx, node(), LockKind::soft, Day::parse(day), "Closed", author()); });
  }

 private:
  int asked_ = 0;
};

TEST_F(Reversals, RecordTheOppositeOnTheSameDayWithALink) {
  add(DimensionKind::member, {"M0001"});
  const Recorded dues = record("2026-01-15", {{"assets:bank", "12.00", {std::nullopt, "M0001"}, "by card"},
                                              {"income:dues", "-7.00"},
                                              {"income:dues", "-5.00"}});
  const Recorded reversal = reverse(of(dues.number));
  EXPECT_EQ(reversal.number, EntryNumber{2});
  EXPECT_EQ(reversal.booked_on, Day::parse("2026-01-15"));
  EXPECT_EQ(balance("assets:bank"), "0.00");
  EXPECT_EQ(superuser_value("SELECT reverses || ' ' || description FROM entry WHERE number = 2"),
            "1 Reversal of entry 1");
  EXPECT_EQ(superuser_value(
                "SELECT count(*) FROM posting a JOIN posting b ON b.entry_number = 2 AND b.line = a.line "
                "AND b.amount_minor = -a.amount_minor AND b.account_id = a.account_id "
                "AND b.member_id IS NOT DISTINCT FROM a.member_id AND b.note IS NOT DISTINCT FROM a.note "
                "WHERE a.entry_number = 1"),
            "3");
}

TEST_F(Reversals, TakeTheirOwnDayAndWordsIfGiven) {
  ReversalDraft asked = of(recorded_dues());
  asked.booked_on = Day::parse("2026-01-20");
  asked.description = "Paid twice";
  EXPECT_EQ(reverse(asked).booked_on, Day::parse("2026-01-20"));
  EXPECT_EQ(superuser_value("SELECT description FROM entry WHERE number = 2"), "Paid twice");
}

TEST_F(Reversals, HappenOnce) {
  const EntryNumber dues = recorded_dues();
  const ReversalDraft asked = of(dues);
  const Recorded first = reverse(asked);
  const Recorded again = reverse(asked);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(refusal_of([&] { reverse(of(dues)); }), "entry_reversed_already");
}

TEST_F(Reversals, AreNotReversedThemselves) {
  const Recorded reversal = reverse(of(recorded_dues()));
  EXPECT_EQ(refusal_of([&] { reverse(of(reversal.number)); }), "reversal_of_reversal");
}

TEST_F(Reversals, AskForAnEntryOfThisNode) {
  EXPECT_EQ(refusal_of([&] { reverse(of(EntryNumber{1})); }), "entry_unknown");
  recorded_dues();
  use_node("mcr");
  EXPECT_EQ(refusal_of([&] { reverse(of(EntryNumber{1})); }), "entry_unknown");
}

TEST_F(Reversals, OfAClosedPeriodAreBookedOnTheFirstOpenDay) {
  const EntryNumber dues = recorded_dues();
  now = instant_from_text("2026-04-02T12:00:00Z");
  lock("2026-03-31");
  ReversalDraft strict = of(dues);
  strict.late = LateEntry::refuse;
  EXPECT_EQ(refusal_of([&] { reverse(strict); }), "period_locked");
  const Recorded reversal = reverse(of(dues));
  EXPECT_EQ(reversal.booked_on, Day::parse("2026-04-01"));
  EXPECT_EQ(reversal.document_on, Day::parse("2026-01-15"));
}

TEST_F(Reversals, KeepToLimitsAndOpenAccounts) {
  open("assets:till", "EUR", "0", std::nullopt);
  const Recorded in = record("2026-01-15", {{"assets:till", "10.00"}, {"income:dues", "-10.00"}});
  record("2026-01-16", {{"assets:till", "-10.00"}, {"assets:bank", "10.00"}});
  EXPECT_EQ(refusal_of([&] { reverse(of(in.number)); }), "limit_exceeded");
  db().in_tx(
      [&](Tx& tx) { close_account(tx, node(), "assets:till", "EUR", Day::parse("2026-01-16"), author()); });
  ReversalDraft later = of(in.number);
  later.booked_on = Day::parse("2026-01-17");
  EXPECT_EQ(refusal_of([&] { reverse(later); }), "account_not_open");
}

TEST_F(Reversals, InOneBatchSeeEachOther) {
  const EntryNumber dues = recorded_dues();
  Draft once = draft("2026-01-15", {{"assets:bank", "-12.00"}, {"income:dues", "12.00"}});
  once.reverses = dues;
  Draft twice = draft("2026-01-15", {{"assets:bank", "-12.00"}, {"income:dues", "12.00"}});
  twice.reverses = dues;
  EXPECT_EQ(test::codes_of(post({once, twice})), (std::vector<std::string>{"", "entry_reversed_already"}));
}

TEST_F(Reversals, AreTheOppositeOfWhatTheyReverseLineByLine) {
  add(DimensionKind::fund, {"media"});
  const EntryNumber dues =
      record("2026-01-15", {{"assets:bank", "12.00", {"media"}}, {"income:dues", "-12.00"}}).number;
  const std::vector<std::vector<test::Line>> others{
      {{"assets:bank", "-11.00", {"media"}}, {"income:dues", "11.00"}},
      {{"assets:bank", "-12.00"}, {"income:dues", "12.00"}},
      {{"income:dues", "12.00"}, {"assets:bank", "-12.00", {"media"}}},
      {{"assets:bank", "-12.00", {"media"}}, {"income:dues", "7.00"}, {"income:dues", "5.00"}},
  };
  for (const auto& lines : others) {
    Draft other = draft("2026-01-15", lines);
    other.reverses = dues;
    EXPECT_EQ(test::codes_of(post({other})), std::vector<std::string>{"reversal_differs"});
  }
  reverse(of(dues));
  EXPECT_EQ(balance("assets:bank"), "0.00");
}

TEST_F(Reversals, AreUniqueInTheDatabaseToo) {
  reverse(of(recorded_dues()));
  EXPECT_THROW(superuser_sql(
                   "INSERT INTO entry (number, recorded_at, node_id, booked_on, posting_count, request_key, "
                   "content_hash, hash, description, reverses) SELECT 3, recorded_at, node_id, booked_on, 2, "
                   "gen_random_uuid(), content_hash, hash, '', reverses FROM entry WHERE number = 2"),
               test::SqlFailed);
}

}  // namespace
}  // namespace coop::books

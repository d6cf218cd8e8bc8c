#include "ledger/books/hold_service.hpp"

#include "ledger/books/hold_store.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using std::chrono::hours;
using test::codes_of;
using test::Line;
using test::refusal_of;
using Codes = std::vector<std::string>;

class Holds : public test::BooksTest {
 protected:
  Holds() {
    open("assets:bank", "EUR", "0", std::nullopt);
    open("expenses:server");
    open("income:dues");
    record("2026-01-01", {{"assets:bank", "100.00"}, {"income:dues", "-100.00"}});
  }
  std::vector<Line> bill(const std::string& amount) const {
    return {{"expenses:server", amount}, {"assets:bank", "-" + amount}};
  }
  MadeHold make(const HoldDraft& asked) {
    return db().in_tx([&](Tx& tx) { return make_hold(tx, node(), asked, author()); });
  }
  Recorded post_of(HoldNumber hold, const std::vector<Line>& lines = {},
                   std::string_view day = "2026-01-31") {
    Draft asked = draft(day, lines);
    asked.uses_hold = hold;
    return db().in_tx([&](Tx& tx) { return post_hold(tx, node(), asked, author()); });
  }
  Hold void_of(HoldNumber hold) {
    return db().in_tx([&](Tx& tx) { return void_hold_of(tx, node(), hold, author()); });
  }
  Hold read(HoldNumber hold) {
    return db().in_snapshot([&](Tx& tx) { return read_hold(tx, node(), hold); });
  }
  std::string spend(const std::string& amount) {
    return codes_of(post({draft("2026-01-31", bill(amount))})).front();
  }
  void expire() {
    db().in_tx([&](Tx& tx) { expire_holds(tx, now); });
  }
};

TEST_F(Holds, ReserveWithoutMovingTheBalance) {
  const HoldNumber hold = reserve(bill("60.00"));
  EXPECT_EQ(hold, HoldNumber{1});
  EXPECT_EQ(balance("assets:bank"), "100.00");
  EXPECT_EQ(held("assets:bank"), "0.00/60.00");
  EXPECT_EQ(held("expenses:server"), "60.00/0.00");
  const Hold read_back = read(hold);
  EXPECT_EQ(read_back.state, HoldState::open);
  EXPECT_EQ(read_back.made_at, now);
  EXPECT_EQ(read_back.description, "Reserved");
  ASSERT_EQ(read_back.postings.size(), 2u);
  EXPECT_EQ(read_back.postings[1].account, "assets:bank");
  EXPECT_EQ(read_back.postings[1].amount_minor, -6'000);
}

TEST_F(Holds, CountAgainstLimitsOfEntriesAndOfOtherHolds) {
  reserve(bill("60.00"));
  EXPECT_EQ(spend("40.01"), "limit_exceeded");
  EXPECT_EQ(refusal_of([&] { reserve(bill("40.01")); }), "limit_exceeded");
  reserve(bill("40.00"));
  EXPECT_EQ(spend("0.01"), "limit_exceeded");
}

TEST_F(Holds, DoNotLetAReservedCreditPayForADebit) {
  open("assets:till", "EUR", std::nullopt, "100");
  reserve({{"assets:till", "-50.00"}, {"expenses:server", "50.00"}});
  EXPECT_EQ(codes_of(post({draft("2026-01-31", {{"assets:till", "100.01"}, {"income:dues", "-100.01"}})})),
            Codes{"limit_exceeded"});
}

TEST_F(Holds, AreWholeWithBothSidesOnOneAccount) {
  const HoldNumber hold =
      reserve({{"assets:bank", "-50.00"}, {"assets:bank", "20.00"}, {"expenses:server", "30.00"}});
  EXPECT_EQ(held("assets:bank"), "20.00/50.00");
  EXPECT_EQ(refusal_of([&] { post_of(hold, bill("30.01")); }), "hold_exceeded");
  post_of(hold);
  EXPECT_EQ(held("assets:bank"), "0.00/0.00");
  EXPECT_EQ(balance("assets:bank"), "70.00");
}

TEST_F(Holds, ArePostedOnEitherSideWhereBothWereReserved) {
  const HoldNumber hold = reserve({{"assets:bank", "-50.00"},
                                   {"assets:bank", "20.00"},
                                   {"expenses:server", "50.00"},
                                   {"expenses:server", "-20.00"}});
  post_of(hold, {{"assets:bank", "20.00"}, {"expenses:server", "-20.00"}});
  EXPECT_EQ(balance("assets:bank"), "120.00");
}

TEST_F(Holds, ArePostedWholeWhenNoPostingsAreNamed) {
  const HoldNumber hold = reserve(bill("60.00"));
  const Recorded entry = post_of(hold);
  EXPECT_EQ(balance("assets:bank"), "40.00");
  EXPECT_EQ(held("assets:bank"), "0.00/0.00");
  const Hold ended = read(hold);
  EXPECT_EQ(ended.state, HoldState::posted);
  EXPECT_EQ(ended.entry, entry.number);
  EXPECT_EQ(ended.ended_at, now);
  EXPECT_EQ(superuser_value("SELECT hold_number FROM entry WHERE number = 2"), "1");
}

TEST_F(Holds, ArePostedInPartAndGiveTheRestBack) {
  const HoldNumber hold = reserve(bill("60.00"));
  EXPECT_EQ(refusal_of([&] { post_of(hold, bill("60.01")); }), "hold_exceeded");
  EXPECT_EQ(refusal_of([&] { post_of(hold, {{"assets:bank", "-1.00"}, {"income:dues", "1.00"}}); }),
            "hold_exceeded")
      << "an account the hold does not name";
  EXPECT_EQ(refusal_of([&] { post_of(hold, {{"assets:bank", "1.00"}, {"expenses:server", "-1.00"}}); }),
            "hold_exceeded")
      << "the other way round";
  post_of(hold, bill("45.00"));
  EXPECT_EQ(balance("assets:bank"), "55.00");
  EXPECT_EQ(held("assets:bank"), "0.00/0.00");
  EXPECT_EQ(refusal_of([&] { post_of(hold, bill("15.00")); }), "hold_not_open");
  EXPECT_EQ(spend("55.00"), "");
}

TEST_F(Holds, AreNotChangedByAPostingThatIsRefused) {
  const HoldNumber hold = reserve(bill("60.00"));
  db().in_tx(
      [&](Tx& tx) { lock_period(tx, node(), LockKind::soft, Day::parse("2026-01-31"), "Closed", author()); });
  EXPECT_EQ(refusal_of([&] { post_of(hold); }), "period_locked");
  EXPECT_EQ(read(hold).state, HoldState::open);
  EXPECT_EQ(held("assets:bank"), "0.00/60.00");
  post_of(hold, {}, "2026-02-01");
}

TEST_F(Holds, ArePostedOnceByARepeatedRequest) {
  const HoldNumber hold = reserve(bill("60.00"));
  Draft asked = draft("2026-01-31", {});
  asked.uses_hold = hold;
  const auto once = [&] {
    return db().in_tx([&](Tx& tx) { return post_hold(tx, node(), asked, author()); });
  };
  const Recorded first = once();
  const Recorded again = once();
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(balance("assets:bank"), "40.00");
}

TEST_F(Holds, AreVoidedAndStayVoided) {
  const HoldNumber hold = reserve(bill("60.00"));
  EXPECT_EQ(void_of(hold).state, HoldState::voided);
  EXPECT_EQ(held("assets:bank"), "0.00/0.00");
  const auto events = count("event");
  EXPECT_EQ(void_of(hold).state, HoldState::voided);
  EXPECT_EQ(count("event"), events);
  EXPECT_EQ(refusal_of([&] { post_of(hold); }), "hold_not_open");
  EXPECT_EQ(spend("100.00"), "");
}

TEST_F(Holds, AreNotVoidedOncePosted) {
  const HoldNumber hold = reserve(bill("60.00"));
  post_of(hold);
  EXPECT_EQ(refusal_of([&] { void_of(hold); }), "hold_not_open");
  EXPECT_EQ(refusal_of([&] { void_of(HoldNumber{9}); }), "hold_unknown");
  EXPECT_EQ(refusal_of([&] { post_of(HoldNumber{9}); }), "hold_unknown");
  EXPECT_EQ(refusal_of([&] { post_of(HoldNumber{9}, bill("1.00")); }), "hold_unknown");
}

TEST_F(Holds, ExpireByTheClockWithoutAnybodysHelp) {
  const HoldNumber hold = reserve(bill("60.00"), now + hours{1});
  now += hours{1} - std::chrono::microseconds{1};
  EXPECT_EQ(spend("40.01"), "limit_exceeded");
  now += std::chrono::microseconds{1};
  EXPECT_EQ(spend("40.01"), "");
  const Hold ended = read(hold);
  EXPECT_EQ(ended.state, HoldState::expired);
  EXPECT_EQ(ended.ended_at, now);
  EXPECT_EQ(refusal_of([&] { post_of(hold); }), "hold_not_open");
  EXPECT_EQ(refusal_of([&] { void_of(hold); }), "hold_not_open");
}

TEST_F(Holds, ExpireInEveryNodeWhenTheServerLooks) {
  reserve(bill("10.00"), now + hours{1});
  reserve(bill("10.00"), now + hours{2});
  reserve(bill("10.00"));
  const NodeId first = node();
  use_node("mcr");
  open("assets:bank");
  open("expenses:server");
  reserve(bill("10.00"), now + hours{1});
  now += hours{1};
  EXPECT_EQ(db().in_tx([&](Tx& tx) { return expire_holds(tx, now); }), 2);
  EXPECT_EQ(db().in_tx([&](Tx& tx) { return expire_holds(tx, now); }), 0);
  EXPECT_EQ(held("assets:bank"), "0.00/0.00");
  use(first);
  EXPECT_EQ(held("assets:bank"), "0.00/20.00");
  now += hours{1};
  expire();
  EXPECT_EQ(held("assets:bank"), "0.00/10.00");
  EXPECT_EQ(superuser_value(
                "SELECT string_agg(body::text, ' ' ORDER BY number) FROM event WHERE kind = 'holds_expired' "
                "AND node_id = 1"),
            "{\"holds\": [1]} {\"holds\": [2]}");
}

TEST_F(Holds, ThatEndedEarlyDoNotExpireAgain) {
  const HoldNumber voided = reserve(bill("10.00"), now + hours{1});
  const HoldNumber posted = reserve(bill("20.00"), now + hours{1});
  void_of(voided);
  post_of(posted);
  now += hours{2};
  expire();
  EXPECT_EQ(read(voided).state, HoldState::voided);
  EXPECT_EQ(read(posted).state, HoldState::posted);
  EXPECT_EQ(held("assets:bank"), "0.00/0.00");
}

TEST_F(Holds, AreMadeOnceByARepeatedRequest) {
  const HoldDraft asked = hold_draft(bill("60.00"), now + hours{1});
  EXPECT_FALSE(make(asked).repeated);
  now += hours{3};
  const MadeHold again = make(asked);
  EXPECT_TRUE(again.repeated) << "though its time is over";
  EXPECT_EQ(again.number, HoldNumber{1});
  HoldDraft other = hold_draft(bill("61.00"), now + hours{1});
  other.request_key = asked.request_key;
  EXPECT_EQ(refusal_of([&] { make(other); }), "key_reused");
  EXPECT_EQ(count("hold"), 1);
}

TEST_F(Holds, AreJudgedLikeEntries) {
  add(DimensionKind::member, {"M0001"});
  const auto code = [&](const std::vector<Line>& lines) { return refusal_of([&] { reserve(lines); }); };
  EXPECT_EQ(code({{"assets:bank", "-1.00"}}), "too_few_postings");
  EXPECT_EQ(code({{"assets:bank", "0.00"}, {"expenses:server", "0.00"}}), "amount_zero");
  EXPECT_EQ(code({{"assets:bank", "-1.00"}, {"expenses:nowhere", "1.00"}}), "account_unknown");
  EXPECT_EQ(code({{"assets:bank", "-1.00", {"nowhere"}}, {"expenses:server", "1.00"}}), "dimension_unknown");
  EXPECT_EQ(code({{"assets:bank", "-1.00"}, {"expenses:server", "2.00"}}), "entry_unbalanced");
  EXPECT_EQ(code({{"assets:bank", "-100.01"}, {"expenses:server", "100.01"}}), "limit_exceeded");
  EXPECT_EQ(refusal_of([&] { reserve(bill("1.00"), now); }), "field_invalid");
  EXPECT_EQ(count("hold"), 0);
}

TEST_F(Holds, MayBeMadeWhileThePresentIsClosed) {
  db().in_tx(
      [&](Tx& tx) { lock_period(tx, node(), LockKind::soft, Day::parse("2026-01-31"), "Closed", author()); });
  EXPECT_EQ(reserve(bill("1.00")), HoldNumber{1});
}

TEST_F(Holds, AreJudgedOnTheNodesOwnDay) {
  now = instant_from_text("2026-01-31T23:30:00Z");  // February already in Madrid
  db().in_tx([&](Tx& tx) {
    open_account(tx, node(),
                 {"expenses:rent", "EUR", AccountType::expense, "", {}, {}, Day::parse("2026-02-01")},
                 author());
  });
  EXPECT_EQ(reserve({{"expenses:rent", "1.00"}, {"assets:bank", "-1.00"}}), HoldNumber{1});
}

TEST_F(Holds, UsedTwiceInOneBatchAreUsedOnce) {
  const HoldNumber hold = reserve(bill("60.00"));
  Draft first = draft("2026-01-31", bill("30.00"));
  Draft second = draft("2026-01-31", bill("30.00"));
  first.uses_hold = second.uses_hold = hold;
  EXPECT_EQ(codes_of(post({first, second})), (Codes{"", "hold_not_open"}));
}

TEST_F(Holds, FreeTheirLimitForTheEntriesAfterThem) {
  const HoldNumber hold = reserve(bill("100.00"));
  Draft part = draft("2026-01-31", bill("10.00"));
  part.uses_hold = hold;
  EXPECT_EQ(codes_of(post({draft("2026-01-31", bill("0.01")), part, draft("2026-01-31", bill("90.00")),
                           draft("2026-01-31", bill("0.01"))})),
            (Codes{"limit_exceeded", "", "", "limit_exceeded"}));
}

TEST_F(Holds, KeepDimensionsAndNotes) {
  add(DimensionKind::fund, {"media"});
  const HoldNumber hold =
      reserve({{"expenses:server", "1.00", {"media"}, "node 3"}, {"assets:bank", "-1.00"}});
  EXPECT_EQ(read(hold).postings[0].about[0], "media");
  post_of(hold);
  EXPECT_EQ(superuser_value("SELECT f.code || p.note FROM posting p JOIN dimension f ON f.id = p.fund_id"),
            "medianode 3");
}

TEST_F(Holds, OfOneNodeAreUnknownInAnother) {
  const HoldNumber hold = reserve(bill("1.00"));
  use_node("mcr");
  EXPECT_EQ(refusal_of([&] { void_of(hold); }), "hold_unknown");
}

}  // namespace
}  // namespace coop::books

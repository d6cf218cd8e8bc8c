#include "ledger/books/period_lock_service.hpp"

#include <future>

#include "ledger/books/book_head_store.hpp"
#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using test::codes_of;
using test::refusal_of;
using Codes = std::vector<std::string>;

class PeriodLocks : public test::BooksTest {
 protected:
  PeriodLocks() {
    now = instant_from_text("2026-06-30T12:00:00Z");
    open("assets:bank");
    open("income:dues");
  }
  PeriodLock lock(LockKind kind, std::string_view day, const std::string& reason = "Closed") {
    return db().in_tx(
        [&](Tx& tx) { return lock_period(tx, node(), kind, Day::parse(day), reason, author()); });
  }
  PeriodLock lift(int number, const std::string& reason = "Forgotten bill") {
    return db().in_tx([&](Tx& tx) { return lift_lock(tx, node(), number, reason, author()); });
  }
  Draft on(std::string_view day, LateEntry late = LateEntry::refuse) const {
    Draft dues = draft(day, {{"assets:bank", "1.00"}, {"income:dues", "-1.00"}});
    dues.late = late;
    return dues;
  }
  std::string code_on(std::string_view day) { return codes_of(post({on(day)})).front(); }
};

TEST_F(PeriodLocks, CloseEveryDayUpToTheirLast) {
  lock(LockKind::soft, "2026-03-31");
  EXPECT_EQ(code_on("2026-03-31"), "period_locked");
  EXPECT_EQ(code_on("2020-01-01"), "period_locked");
  EXPECT_EQ(code_on("2026-04-01"), "");
}

TEST_F(PeriodLocks, CloseNoDayToComeInTheNodesOwnTimeZone) {
  now = instant_from_text("2026-06-29T22:30:00Z");  // the 30th already in Madrid
  EXPECT_EQ(refusal_of([&] { lock(LockKind::hard, "2026-07-01"); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { lock(LockKind::soft, "2099-12-31"); }), "field_invalid");
  EXPECT_EQ(lock(LockKind::hard, "2026-06-30").number, 1);
}

TEST_F(PeriodLocks, OfTheLatestDayCounts) {
  lock(LockKind::soft, "2026-03-31");
  lock(LockKind::soft, "2026-01-31");
  EXPECT_EQ(code_on("2026-03-31"), "period_locked");
  lift(1);
  EXPECT_EQ(code_on("2026-03-31"), "");
  EXPECT_EQ(code_on("2026-01-31"), "period_locked");
  lift(2);
  EXPECT_EQ(code_on("2026-01-31"), "");
}

TEST_F(PeriodLocks, SendLateDocumentsToTheFirstOpenDayWithTheirOwnDayKept) {
  lock(LockKind::hard, "2026-03-31");
  const Recorded late = record(on("2026-02-10", LateEntry::first_open_day));
  EXPECT_EQ(late.booked_on, Day::parse("2026-04-01"));
  EXPECT_EQ(late.document_on, Day::parse("2026-02-10"));
  const Recorded timely = record(on("2026-04-10", LateEntry::first_open_day));
  EXPECT_EQ(timely.booked_on, Day::parse("2026-04-10"));
  EXPECT_FALSE(timely.document_on);
  EXPECT_EQ(superuser_value(
                "SELECT string_agg(number || ' ' || booked_on || coalesce(' of ' || document_on, ''), ', ' "
                "ORDER BY number) FROM entry"),
            "1 2026-04-01 of 2026-02-10, 2 2026-04-10");
  EXPECT_EQ(
      superuser_value("SELECT string_agg(DISTINCT booked_on::text, ' ') FROM posting WHERE entry_number = 1"),
      "2026-04-01");
}

TEST_F(PeriodLocks, AreListedNewestFirstWithTheirReasonAndLifting) {
  const PeriodLock first = lock(LockKind::soft, "2026-01-31", "January is done");
  lock(LockKind::hard, "2025-12-31", "Audited");
  now += std::chrono::hours{1};
  lift(first.number, "A bill was missing");
  const auto locks = db().in_snapshot([&](Tx& tx) { return read_period_locks(tx, node()); });
  ASSERT_EQ(locks.size(), 2u);
  EXPECT_EQ(locks[0].number, 2);
  EXPECT_EQ(locks[0].kind, LockKind::hard);
  EXPECT_EQ(locks[0].reason, "Audited");
  EXPECT_FALSE(locks[0].lifted);
  EXPECT_EQ(locks[1].through_on, Day::parse("2026-01-31"));
  ASSERT_TRUE(locks[1].lifted);
  EXPECT_EQ(locks[1].lifted->reason, "A bill was missing");
  EXPECT_EQ(locks[1].lifted->lifted_at, now);
}

TEST_F(PeriodLocks, AreLiftedOnceAndOnlyIfSoft) {
  lock(LockKind::soft, "2026-01-31");
  lock(LockKind::hard, "2025-12-31");
  lift(1);
  EXPECT_EQ(refusal_of([&] { lift(1); }), "lock_lifted_already");
  EXPECT_EQ(refusal_of([&] { lift(2); }), "lock_is_hard");
  EXPECT_EQ(refusal_of([&] { lift(3); }), "lock_unknown");
  EXPECT_THROW(superuser_sql("INSERT INTO period_unlock (node_id, lock_number, reason, lifted_at) "
                             "SELECT node_id, 2, 'x', now() FROM period_lock WHERE number = 2"),
               test::SqlFailed);
}

TEST_F(PeriodLocks, AskForAReason) {
  EXPECT_EQ(refusal_of([&] { lock(LockKind::soft, "2026-01-31", ""); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { lock(LockKind::soft, "2026-01-31", std::string(501, 'x')); }), "field_invalid");
  lock(LockKind::soft, "2026-01-31");
  EXPECT_EQ(refusal_of([&] { lift(1, ""); }), "field_invalid");
}

TEST_F(PeriodLocks, OfOneNodeLeaveOthersOpen) {
  lock(LockKind::hard, "2026-03-31");
  use_node("mcr");
  open("assets:bank");
  open("income:dues");
  EXPECT_EQ(code_on("2026-03-31"), "");
  EXPECT_EQ(refusal_of([&] { lift(1); }), "lock_unknown");
}

TEST_F(PeriodLocks, TellTheOutbox) {
  lock(LockKind::soft, "2026-01-31");
  lift(1);
  EXPECT_EQ(
      superuser_value("SELECT string_agg(kind, ' ' ORDER BY number) FROM event WHERE kind LIKE 'period%'"),
      "period_locked period_unlocked");
}

// Whoever waits for the head must see the lock that was committed meanwhile, though the wait began before it.
TEST_F(PeriodLocks, AreSeenByWhoWaitedWhileTheyWereMade) {
  std::promise<void> locked;
  std::promise<void> waiting;
  auto locker = std::async(std::launch::async, [&] {
    db().in_tx([&](Tx& tx) {
      lock_period(tx, node(), LockKind::soft, Day::parse("2026-03-31"), "Closed", author());
      locked.set_value();
      waiting.get_future().wait();
    });
  });
  locked.get_future().wait();
  auto poster = std::async(std::launch::async, [&] { return code_on("2026-03-31"); });
  while (superuser_value("SELECT count(*) FROM pg_locks WHERE NOT granted") == "0") std::this_thread::yield();
  waiting.set_value();
  locker.get();
  EXPECT_EQ(poster.get(), "period_locked");
}

}  // namespace
}  // namespace coop::books

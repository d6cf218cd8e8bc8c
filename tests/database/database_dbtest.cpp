#include "ledger/database/database.hpp"

#include <atomic>
#include <barrier>
#include <thread>

#include "ledger/values/refusal.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/test_database.hpp"

namespace coop {
namespace {

using namespace std::chrono_literals;

class DatabaseConnections : public test::DatabaseTest {
 protected:
  DatabaseConnections() {
    superuser_sql(
        "CREATE TABLE kept (number int PRIMARY KEY, text text);"
        "GRANT SELECT, INSERT, UPDATE ON kept TO coopledger_service;"
        "INSERT INTO kept VALUES (1, 'one'), (2, 'two')");
  }
  std::string kept() const {
    return superuser_value("SELECT string_agg(text, ' ' ORDER BY number) FROM kept");
  }
};

void set_text(Tx& tx, int number, const char* text) {
  rows(tx, "UPDATE kept SET text = $2 WHERE number = $1", number, text);
}

TEST_F(DatabaseConnections, CommitWhatTheWorkDid) {
  const int answer = db().in_tx([](Tx& tx) {
    set_text(tx, 1, "uno");
    return 42;
  });
  EXPECT_EQ(answer, 42);
  EXPECT_EQ(kept(), "uno two");
}

TEST_F(DatabaseConnections, LeaveNothingBehindWhenTheWorkThrows) {
  const auto work = [](Tx& tx) {
    set_text(tx, 1, "uno");
    throw Refused{Refusal::amount_zero, "on purpose"};
  };
  EXPECT_THROW(db().in_tx(work), Refused);
  EXPECT_EQ(kept(), "one two");
}

TEST_F(DatabaseConnections, LeaveNothingBehindInADryRun) {
  const std::string seen = db().in_dry_tx([](Tx& tx) {
    set_text(tx, 1, "uno");
    return only_row(rows(tx, "SELECT text FROM kept WHERE number = 1")).string(0);
  });
  EXPECT_EQ(seen, "uno");
  EXPECT_EQ(kept(), "one two");
}

TEST_F(DatabaseConnections, SeeOneMomentAndWriteNothingInASnapshot) {
  db().in_snapshot([&](Tx& tx) {
    const auto seen = [&] { return only_row(rows(tx, "SELECT text FROM kept WHERE number = 1")).string(0); };
    EXPECT_EQ(seen(), "one");
    superuser_sql("UPDATE kept SET text = 'changed' WHERE number = 1");
    EXPECT_EQ(seen(), "one");
  });
  EXPECT_ANY_THROW(db().in_snapshot([](Tx& tx) { set_text(tx, 1, "uno"); }));
  EXPECT_EQ(kept(), "changed two");
}

TEST_F(DatabaseConnections, RunTheWholeWorkAgainAfterADeadlock) {
  std::barrier both_hold_one{2};
  std::atomic<int> runs{0};
  const auto cross = [&](int first, int second, const char* text) {
    bool met = false;
    db().in_tx([&](Tx& tx) {
      ++runs;
      set_text(tx, first, text);
      if (!std::exchange(met, true)) both_hold_one.arrive_and_wait();
      set_text(tx, second, text);
    });
  };
  std::thread other{[&] { cross(2, 1, "other"); }};
  cross(1, 2, "this");
  other.join();
  EXPECT_GE(runs, 3) << "one of the two was chosen as the victim and ran again, perhaps more than once";
  EXPECT_TRUE(kept() == "this this" || kept() == "other other") << kept();
}

TEST_F(DatabaseConnections, RunAgainAsLongAsPostgresqlAsksForItButNotForEver) {
  int runs = 0;
  const auto collide = [&](int times) {
    return [&runs, times](Tx& tx) {
      set_text(tx, 1, "uno");
      if (++runs <= times) tx.run_script("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$");
    };
  };
  db().in_tx(collide(3));
  EXPECT_EQ(runs, 4);
  EXPECT_EQ(kept(), "uno two");
  EXPECT_THROW(db().in_tx(collide(1'000'000)), Unavailable);
  EXPECT_LE(runs, 20);
}

TEST_F(DatabaseConnections, AreUnavailableWhenPostgresqlEndsThemAndThenMadeAnew) {
  const auto work = [&](Tx& tx) {
    const int process = only_row(rows(tx, "SELECT pg_backend_pid()")).integer(0);
    superuser_value("SELECT pg_terminate_backend(" + std::to_string(process) + ", 60000)");
    set_text(tx, 1, "uno");
  };
  EXPECT_THROW(db().in_tx(work), Unavailable);
  EXPECT_EQ(kept(), "one two");
  EXPECT_NO_THROW(db().in_tx([](Tx& tx) { set_text(tx, 1, "uno"); }));
  EXPECT_EQ(kept(), "uno two");
}

TEST_F(DatabaseConnections, AreMadeAnewUnnoticedIfTheyBrokeWhileNobodyUsedThem) {
  const auto end_all = [&] {
    superuser_sql(
        "SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  };
  const auto make_two = [&] { db().in_tx([&](Tx&) { db().in_tx([](Tx& tx) { set_text(tx, 2, "dos"); }); }); };
  make_two();
  end_all();
  EXPECT_NO_THROW(db().in_tx([](Tx& tx) { set_text(tx, 1, "uno"); }));
  EXPECT_EQ(kept(), "uno dos");
  make_two();
  end_all();
  EXPECT_EQ(db().in_snapshot([](Tx& tx) {
    return only_row(rows(tx, "SELECT text FROM kept WHERE number = 1")).string(0);
  }),
            "uno");
}

TEST_F(DatabaseConnections, NeverRunAgainWhatMayHaveBeenCommitted) {
  superuser_sql(
      "CREATE FUNCTION end_it() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
      " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';"
      "CREATE CONSTRAINT TRIGGER end_it AFTER UPDATE ON kept DEFERRABLE INITIALLY DEFERRED"
      " FOR EACH ROW EXECUTE FUNCTION end_it()");
  db().in_tx([](Tx& tx) { rows(tx, "SELECT 1"); });
  int runs = 0;
  EXPECT_THROW(db().in_tx([&](Tx& tx) {
    ++runs;
    set_text(tx, 1, "uno");
  }),
               Unavailable);
  EXPECT_EQ(runs, 1);
  superuser_sql("DROP FUNCTION end_it() CASCADE");
}

TEST_F(DatabaseConnections, AreUnavailableWhenAStatementTakesTooLong) {
  Database impatient{{.address = address(), .connections = 1, .statement_timeout_ms = 200, .role = {}}};
  EXPECT_THROW(impatient.in_tx([](Tx& tx) { rows(tx, "SELECT pg_sleep(10)"); }), Unavailable);
  // On a busy machine anything may take so long now and then.
  EXPECT_TRUE(test::comes_true([&] { return impatient.reachable(); }));
}

TEST_F(DatabaseConnections, AreUnavailableWhenAllAreBusyForTooLong) {
  Database small{{.address = address(), .connections = 1, .wait_ms = 50, .role = {}}};
  small.in_tx([&](Tx&) { EXPECT_THROW(small.in_tx([](Tx&) {}), Unavailable); });
  EXPECT_TRUE(small.reachable());
}

TEST_F(DatabaseConnections, AreUnavailableWhenNobodyListens) {
  Database nowhere{{.address = "host=/nonexistent dbname=coopledger", .role = {}}};
  EXPECT_FALSE(nowhere.reachable());
  EXPECT_THROW(nowhere.in_tx([](Tx&) {}), Unavailable);
}

TEST_F(DatabaseConnections, CallOurMistakesBugs) {
  EXPECT_THROW(db().in_tx([](Tx& tx) { rows(tx, "SELECT no_such_column FROM kept"); }), InvariantBroken);
  EXPECT_THROW(db().in_tx([](Tx& tx) { rows(tx, "INSERT INTO kept VALUES (1, 'twice')"); }), InvariantBroken);
  EXPECT_THROW(db().in_tx([](Tx& tx) { rows(tx, "DELETE FROM kept"); }), InvariantBroken) << "no right to";
  EXPECT_TRUE(db().reachable());
}

TEST_F(DatabaseConnections, ServeManyThreadsAtOnce) {
  constexpr int threads = 24;
  constexpr int rounds = 25;
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&, i] {
      for (int round = 0; round < rounds; ++round)
        db().in_tx([&](Tx& tx) { rows(tx, "INSERT INTO kept VALUES ($1, 'x')", 100 + i * rounds + round); });
    });
  }
  for (std::thread& thread : all) thread.join();
  EXPECT_EQ(superuser_value("SELECT count(*) FROM kept WHERE number >= 100"),
            std::to_string(threads * rounds));
}

class SqlValues : public test::DatabaseTest {
 protected:
  /// What PostgreSQL makes of `value` as a parameter, as text.
  template <class Value>
  std::string echoed(const char* sql, const Value& value) {
    return db().in_tx([&](Tx& tx) { return only_row(rows(tx, sql, value)).string(0); });
  }
};

TEST_F(SqlValues, ReachPostgresqlUnchanged) {
  const std::string awkward =
      "quote ' double \" back \\ brace { } comma , dollar $1 percent % line \n tab \t ünï 漢 NULL";
  EXPECT_EQ(echoed("SELECT $1::text", awkward), awkward);
  EXPECT_EQ(echoed("SELECT $1::text", std::string{}), "");
  EXPECT_EQ(echoed("SELECT $1::bigint", std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(echoed("SELECT $1::boolean::text", true), "true");
  EXPECT_EQ(echoed("SELECT $1::date + 1", Day::parse("0001-01-01")), "0001-01-02");
  EXPECT_EQ(echoed("SELECT ($1::int IS NULL)::text", std::optional<int>{}), "true");
  EXPECT_EQ(echoed("SELECT ($1::text IS NULL)::text", std::nullopt), "true");
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  const std::string bytes =
      db().in_tx([&](Tx& tx) { return only_row(rows(tx, "SELECT $1::bytea", Bytes{every_byte})).bytes(0); });
  EXPECT_EQ(bytes, every_byte);
  // Bytes that are mostly text are sent as such.
  for (const std::string& text : {std::string{}, std::string{"\\x41"}, std::string{"<a>1 \\ 2</a>\r\n"},
                                  "plain " + every_byte.substr(0, 3), std::string(1'000, 'x') + every_byte})
    EXPECT_EQ(
        db().in_tx([&](Tx& tx) { return only_row(rows(tx, "SELECT $1::bytea", Bytes{text})).bytes(0); }),
        text);
}

TEST_F(SqlValues, KeepDaysAndInstantsToTheMicrosecond) {
  for (const char* text : {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z",
                           "2026-03-29T01:30:00.000001Z", "9999-12-31T23:59:59.999999Z"}) {
    const Instant instant = instant_from_text(text);
    const Instant back =
        db().in_tx([&](Tx& tx) { return only_row(rows(tx, "SELECT $1::timestamptz", instant)).instant(0); });
    EXPECT_EQ(back, instant) << text;
  }
}

TEST_F(SqlValues, TravelAsArrays) {
  SqlArray texts;
  const std::vector<std::string> all{"",   "NULL", "null",    "a,b",         "{}", "\"",
                                     "\\", "'",    " blank ", "line\nbreak", "漢"};
  for (const std::string& text : all) texts.add(std::string_view{text});
  texts.add_null();
  const std::vector<std::string> back = db().in_tx([&](Tx& tx) {
    std::vector<std::string> read;
    for (const Row row :
         rows(tx, "SELECT t FROM unnest($1::text[]) WITH ORDINALITY AS u (t, n) ORDER BY n", texts.value()))
      read.push_back(row.is_null(0) ? "(null)" : row.string(0));
    return read;
  });
  ASSERT_EQ(back.size(), all.size() + 1);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(back[i], all[i]);
  EXPECT_EQ(back.back(), "(null)");

  SqlArray numbers;
  numbers.add(std::numeric_limits<std::int64_t>::max());
  numbers.add(-1);
  EXPECT_EQ(echoed("SELECT array_to_string($1::bigint[], ' ')", numbers.value()), "9223372036854775807 -1");
  EXPECT_EQ(echoed("SELECT cardinality($1::bigint[])::text", SqlArray{}.value()), "0");
}

TEST_F(SqlValues, BreakAPromiseWhenReadAsSomethingElse) {
  const auto read = [&](const char* sql, auto how) {
    db().in_tx([&](Tx& tx) { how(only_row(rows(tx, sql))); });
  };
  EXPECT_THROW(read("SELECT 'x'::text", [](const Row& row) { row.int64(0); }), InvariantBroken);
  EXPECT_THROW(read("SELECT NULL::int", [](const Row& row) { row.int64(0); }), InvariantBroken);
  EXPECT_THROW(read("SELECT 3000000000", [](const Row& row) { row.integer(0); }), InvariantBroken);
  EXPECT_THROW(read("SELECT 1 WHERE false", [](const Row&) {}), InvariantBroken);
  EXPECT_NO_THROW(read("SELECT NULL::int", [](const Row& row) { EXPECT_FALSE(row.maybe_int64(0)); }));
}

}  // namespace
}  // namespace coop

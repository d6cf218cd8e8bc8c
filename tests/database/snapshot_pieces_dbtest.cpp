#include "ledger/database/snapshot_pieces.hpp"

#include <atomic>
#include <set>
#include <thread>

#include "ledger/values/refusal.hpp"
#include "tests/support/test_database.hpp"

namespace coop {
namespace {

using namespace std::chrono_literals;

class SnapshotPieces : public test::DatabaseTest {
 protected:
  static constexpr std::size_t pieces = 8;

  SnapshotPieces() {
    superuser_sql(
        "CREATE TABLE kept (number int PRIMARY KEY, text text);"
        "GRANT SELECT, INSERT, UPDATE ON kept TO coopledger_service;"
        "INSERT INTO kept VALUES (1, 'one')");
  }

  static std::string text_seen(Tx& tx) {
    return only_row(rows(tx, "SELECT text FROM kept WHERE number = 1")).string(0);
  }
  static std::string process_of(Tx& tx) { return only_row(rows(tx, "SELECT pg_backend_pid()")).string(0); }

  /// What each piece saw, and which of PostgreSQL's processes it was read by.
  struct Seen {
    std::vector<std::string> texts = std::vector<std::string>(pieces);
    std::vector<std::string> processes = std::vector<std::string>(pieces);
    std::set<std::string> readers() const { return {processes.begin(), processes.end()}; }
  };

  static Seen read(Tx& tx) {
    Seen seen;
    read_in_pieces(tx, pieces, [&](Tx& reader, std::size_t piece) {
      seen.texts[piece] = text_seen(reader);
      seen.processes[piece] = process_of(reader);
    });
    return seen;
  }
  /// The same; the caller's connection reads on only once another one has begun.
  static Seen read_by_two(Tx& tx) {
    Seen seen;
    std::atomic<bool> other_began{false};
    read_in_pieces(tx, pieces, [&](Tx& reader, std::size_t piece) {
      if (&reader == &tx) await(other_began);
      else other_began = true;
      seen.texts[piece] = text_seen(reader);
      seen.processes[piece] = process_of(reader);
    });
    return seen;
  }
  static void await(const std::atomic<bool>& event) {
    for (int i = 0; i < 10'000 && !event; ++i) std::this_thread::sleep_for(1ms);
  }
  static const std::vector<std::string>& all(const char* text) {
    static std::vector<std::string> texts;
    return texts = std::vector<std::string>(pieces, text);
  }
};

TEST_F(SnapshotPieces, AreReadByTwoConnectionsThatSeeTheSameMoment) {
  for (int round = 0; round < 9; ++round) {  // plans are renewed after 1, 2, 4 … uses of a connection
    superuser_sql("UPDATE kept SET text = 'before'");
    const Seen seen = db().in_snapshot([&](Tx& tx) {
      EXPECT_EQ(text_seen(tx), "before");
      superuser_sql("UPDATE kept SET text = 'after'");
      return read_by_two(tx);
    });
    EXPECT_EQ(seen.texts, all("before"));
    EXPECT_EQ(seen.readers().size(), 2u) << "round " << round;
  }
  EXPECT_EQ(db().in_snapshot(read).texts, all("after"));
}

TEST_F(SnapshotPieces, AreAllReadByTheCallerWhereNoOtherConnectionIsFree) {
  Database single{{.address = fresh().service_address(), .connections = 1, .role = {}}};
  const Seen seen = single.in_snapshot(read);
  EXPECT_EQ(seen.texts, all("one"));
  EXPECT_EQ(seen.readers().size(), 1u);
}

TEST_F(SnapshotPieces, SeeWhatTheirCallerWroteWhereThatIsNoSnapshot) {
  const Seen seen = db().in_dry_tx([&](Tx& tx) {
    rows(tx, "UPDATE kept SET text = 'mine' WHERE number = 1");
    return read(tx);
  });
  EXPECT_EQ(seen.texts, all("mine"));
  EXPECT_EQ(seen.readers().size(), 1u);
}

TEST_F(SnapshotPieces, AreReadByTheCallerWhereTheOtherConnectionBreaks) {
  const auto broken_beside = [&](Tx& tx) {
    std::vector<std::string> texts(pieces);
    std::atomic<bool> broken{false};
    read_in_pieces(tx, pieces, [&](Tx& reader, std::size_t piece) {
      if (&reader == &tx) {
        await(broken);
      } else {
        superuser_sql("SELECT pg_terminate_backend(" + process_of(reader) + ")");
        broken = true;
      }
      texts[piece] = text_seen(reader);
    });
    EXPECT_TRUE(broken);
    return texts;
  };
  EXPECT_EQ(db().in_snapshot(broken_beside), all("one"));
  EXPECT_EQ(db().in_snapshot(read_by_two).readers().size(), 2u);
}

TEST_F(SnapshotPieces, FailAsAWholeWithTheFaultOfAnyOfThem) {
  const auto refused_at = [&](std::size_t bad) {
    db().in_snapshot([&](Tx& tx) {
      read_in_pieces(tx, pieces, [&](Tx&, std::size_t piece) {
        std::this_thread::sleep_for(5ms);
        if (piece == bad) throw Refused{Refusal::amount_overflow, "on purpose"};
      });
    });
  };
  for (std::size_t bad = 0; bad < pieces; ++bad) EXPECT_THROW(refused_at(bad), Refused);
  const auto overflow = [](Tx& tx) {
    read_in_pieces(tx, pieces, [](Tx& reader, std::size_t) { rows(reader, "SELECT 2147483647 + 1"); });
  };
  EXPECT_THROW(db().in_snapshot(overflow), Refused);
  EXPECT_EQ(db().in_snapshot(read).texts, all("one"));
}

}  // namespace
}  // namespace coop

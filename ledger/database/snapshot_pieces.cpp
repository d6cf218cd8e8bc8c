#include "ledger/database/snapshot_pieces.hpp"

#include <atomic>
#include <future>

#include "ledger/database/pool.hpp"

namespace coop {

namespace {

// A session of the pool for a second reader: given back if it read to the end, closed if not.
struct SecondSession {
  explicit SecondSession(Database::Pool& of) : pool{of}, session{of.take_if_free()} {}
  SecondSession(const SecondSession&) = delete;
  SecondSession& operator=(const SecondSession&) = delete;
  ~SecondSession() {
    if (!session) return;
    if (usable) {
      pool.give_back(std::move(session));
      return;
    }
    session.reset();
    pool.discard(nullptr);
  }
  Database::Pool& pool;
  std::unique_ptr<Tx::Session> session;
  bool usable = false;
};

// Pieces to be read, each by whoever asks first.
class PieceList {
 public:
  PieceList(std::size_t count, const PieceReading& read) : read_{read}, is_read_(count, false) {}

  void read_what_is_left(Tx& tx) {
    for (std::size_t piece = next_++; piece < is_read_.size(); piece = next_++) read(tx, piece);
  }
  void leave_the_rest() { next_ = is_read_.size(); }
  // Once nobody else reads.
  void read_what_failed(Tx& tx) {
    for (std::size_t piece = 0; piece < is_read_.size(); ++piece)
      if (is_read_[piece] == 0) read(tx, piece);
  }

 private:
  void read(Tx& tx, std::size_t piece) {
    read_(tx, piece);
    is_read_[piece] = 1;
  }
  const PieceReading& read_;
  std::atomic<std::size_t> next_{0};
  std::vector<char> is_read_;  // bytes: two threads write to neighbours
};

// A second reader of the pieces, in a thread of its own. What it throws is left in its future: the caller
// reads the piece again, and meets the same fault or none.
class SecondReader {
 public:
  SecondReader(Database::Pool& pool, std::string snapshot, PieceList& pieces)
      : pieces_{pieces}, ended_{std::async(std::launch::async, [&pool, &pieces, snapshot] {
          SecondSession second{pool};
          if (!second.session) return;
          Database::Pool::read_snapshot(*second.session, snapshot,
                                        [&](Tx& tx) { pieces.read_what_is_left(tx); });
          second.usable = true;
        })} {}
  SecondReader(const SecondReader&) = delete;
  SecondReader& operator=(const SecondReader&) = delete;
  ~SecondReader() {
    pieces_.leave_the_rest();
    ended_.wait();
  }

 private:
  PieceList& pieces_;
  std::future<void> ended_;
};

constexpr const char* export_snapshot_sql = R"sql(
  -- database.export_snapshot
  SELECT pg_export_snapshot()
)sql";

std::string export_snapshot(Tx& tx) { return only_row(rows(tx, export_snapshot_sql)).string(0); }

}  // namespace

Database::Pool* Database::Pool::find_of_snapshot(Tx& tx) {
  return tx.held_->kind == Tx::Kind::snapshot ? tx.held_->session.pool : nullptr;
}

void Database::Pool::read_snapshot(Tx::Session& session, const std::string& snapshot,
                                   const std::function<void(Tx&)>& work) {
  session.snapshot = snapshot;
  Tx tx{session, Tx::Kind::snapshot};
  work(tx);
}

void read_in_pieces(Tx& tx, std::size_t pieces, const PieceReading& read) {
  PieceList list{pieces, read};
  Database::Pool* const pool = Database::Pool::find_of_snapshot(tx);
  if (pieces > 1 && pool != nullptr) {
    const SecondReader second{*pool, export_snapshot(tx), list};
    list.read_what_is_left(tx);
  }
  list.read_what_failed(tx);
}

}  // namespace coop

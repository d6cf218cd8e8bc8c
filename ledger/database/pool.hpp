#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "ledger/database/database.hpp"
#include "ledger/database/session.hpp"

namespace coop {

/// Free sessions, newest first: the most recently used connection is the warmest. Only files of
/// ledger/database include this header. Thread-safe.
struct Database::Pool {
  explicit Pool(const DatabaseSettings& of) : settings{of} {}

  /// A session; waited for where all are busy. Throws Unavailable.
  std::unique_ptr<Tx::Session> take();
  /// The same without waiting: nothing where all are busy.
  std::unique_ptr<Tx::Session> take_if_free();
  /// Puts back a session that somebody else may use.
  void give_back(std::unique_ptr<Tx::Session> session);
  /// Forgets a broken connection, and the idle ones made before it: they are most likely broken too. Without
  /// a session one is forgotten that is gone already, and no others.
  void discard(std::unique_ptr<Tx::Session> broken);

  /// The pool of a Tx that sees one snapshot from its beginning to its end; nothing for any other.
  static Pool* find_of_snapshot(Tx& tx);
  /// Runs `work` in a database transaction on `session` that sees what an exported snapshot sees.
  static void read_snapshot(Tx::Session& session, const std::string& snapshot,
                            const std::function<void(Tx&)>& work);

  const DatabaseSettings& settings;
  std::mutex mutex;
  std::condition_variable freed;
  std::vector<std::unique_ptr<Tx::Session>> idle;
  int made = 0;

 private:
  bool available() const { return !idle.empty() || made < settings.connections; }
  std::unique_ptr<Tx::Session> taken(std::unique_lock<std::mutex> lock);
};

}  // namespace coop

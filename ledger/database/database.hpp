#pragma once
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "ledger/database/tx.hpp"

namespace coop {

/// How to reach PostgreSQL and how many connections to keep.
struct DatabaseSettings {
  std::string address;                ///< a libpq connection string or postgresql:// URL
  int connections = 16;               ///< the pool's size; connections are made when first needed
  int wait_ms = 10'000;               ///< how long a caller waits for a free connection before Unavailable
  int statement_timeout_ms = 60'000;  ///< 0: none
  std::string role;                   ///< SET ROLE on every connection, or empty
};

/// A pool of connections to one PostgreSQL database: the only maker of connections. Thread-safe.
class Database {
 public:
  explicit Database(DatabaseSettings settings);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs `work(Tx&)` in one read-committed database transaction and commits it. If PostgreSQL asks for it
  /// (serialisation failure, deadlock), or if a connection from the pool turns out to be broken before the
  /// commit, the whole work runs again, so it must have no effect outside the Tx.
  /// If `work` throws, it is rolled back and the exception passes on. Throws Unavailable: no connection, or
  /// outcome of the commit unknown; Refused: amount_overflow, if a total would leave 64 bits;
  /// RefusedBySchema.
  template <class Work>
  auto in_tx(Work&& work) {
    return answered(std::forward<Work>(work), Kind::write);
  }
  /// The same, rolled back at the end whatever happens: for dry runs.
  template <class Work>
  auto in_dry_tx(Work&& work) {
    return answered(std::forward<Work>(work), Kind::dry);
  }
  /// The same without BEGIN and COMMIT, for work that is one single statement: one round trip instead of
  /// three.
  template <class Work>
  auto in_autocommit(Work&& work) {
    return answered(std::forward<Work>(work), Kind::autocommit);
  }
  /// The same in one repeatable-read, read-only snapshot: for reports.
  template <class Work>
  auto in_snapshot(Work&& work) {
    return answered(std::forward<Work>(work), Kind::snapshot);
  }
  /// True if a statement can be run now.
  bool reachable() noexcept;
  const DatabaseSettings& settings() const noexcept { return settings_; }

  struct Pool;

 private:
  enum class Kind { write, dry, autocommit, snapshot };
  static Tx::Kind tx_kind_of(Kind kind);
  void run(const std::function<void(Tx&)>& work, Kind kind);

  template <class Work>
  auto answered(Work&& work, Kind kind) {
    using Answer = std::invoke_result_t<Work, Tx&>;
    if constexpr (std::is_void_v<Answer>) {
      run([&](Tx& tx) { work(tx); }, kind);
    } else {
      std::optional<Answer> answer;
      run([&](Tx& tx) { answer.emplace(work(tx)); }, kind);
      return std::move(*answer);
    }
  }

  DatabaseSettings settings_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace coop

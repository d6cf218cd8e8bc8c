#pragma once
#include <pqxx/pqxx>
#include <string>
#include <unordered_set>

#include "ledger/database/database.hpp"

namespace coop {

/// One connection and the statements prepared on it. Only files of ledger/database include this header: it is
/// the seam to libpqxx, the same for 6.4 (Debian 12) and 7.10 (Debian 13).
struct Tx::Session {
  explicit Session(const std::string& address, Database::Pool* of = nullptr)
      : connection{address}, pool{of} {}
  pqxx::connection connection;
  std::unordered_set<const char*> prepared;
  std::uint64_t uses = 0;          ///< database transactions begun on it
  Database::Pool* pool = nullptr;  ///< whose it is
  std::string snapshot;            ///< the next Tx sees what this exported snapshot sees; empty: its own
};

/// What a Tx runs on.
struct Tx::Held {
  Held(Session& a_session, Kind a_kind);
  Session& session;
  Kind kind;
  std::unique_ptr<pqxx::transaction_base> work;
};

}  // namespace coop

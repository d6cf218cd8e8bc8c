#pragma once
#include <pqxx/pqxx>
#include <unordered_set>

#include "ledger/database/tx.hpp"

namespace coop {

/// One connection and the statements prepared on it. Only files of ledger/database include this header: it is
/// the seam to libpqxx, the same for 6.4 (Debian 12) and 7.10 (Debian 13).
struct Tx::Session {
  explicit Session(const std::string& address) : connection{address} {}
  pqxx::connection connection;
  std::unordered_set<const char*> prepared;
  std::uint64_t uses = 0;  ///< database transactions begun on it
};

}  // namespace coop

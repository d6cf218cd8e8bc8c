#pragma once
#include <string>
#include <vector>

#include "ledger/database/database.hpp"

namespace coop {

/// One step of the schema: a file of migrations/, run once, in the order of the names, never changed
/// afterwards.
struct Migration {
  std::string name;
  std::string sql;
};

/// The steps inside this binary, in order.
const std::vector<Migration>& embedded_migrations();

/// What migrating did.
struct MigrationReport {
  std::vector<std::string> applied;
  std::string newest;  ///< the schema's version afterwards
};

/// Brings the schema to this binary's version: each missing step in a database transaction of its own, all
/// under an advisory lock. Throws InvariantBroken, if a recorded step's checksum differs from the embedded
/// one, and Unavailable, if the database knows a step that this binary does not: it is newer.
MigrationReport migrate(Database& database, const std::vector<Migration>& steps = embedded_migrations());

/// True if the database is exactly at this binary's version. Throws Unavailable, if the version may not be
/// read by this user, or as migrate() does.
bool is_migrated(Database& database);

}  // namespace coop

#include "ledger/database/migrations.hpp"

#include <openssl/sha.h>

#include <map>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr const char* make_table = R"sql(
  -- migrations.make_table
  CREATE TABLE IF NOT EXISTS schema_migration (
    name       text        PRIMARY KEY,
    checksum   bytea       NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )
)sql";

// Any fixed number will do: it only has to be the same in every CoopLedger.
constexpr const char* lock_sql = R"sql(
  -- migrations.lock
  SELECT pg_advisory_xact_lock(7216349002)
)sql";

constexpr const char* applied_sql = R"sql(
  -- migrations.applied
  SELECT name, checksum FROM schema_migration
)sql";

constexpr const char* record_sql = R"sql(
  -- migrations.record
  INSERT INTO schema_migration (name, checksum) VALUES ($1, $2)
)sql";

std::string checksum_of(const std::string& text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::map<std::string, std::string> read_applied(Tx& tx) {
  std::map<std::string, std::string> applied;
  for (const Row row : rows(tx, applied_sql)) applied.emplace(row.string(0), row.bytes(1));
  return applied;
}

// The recorded steps must be a part of ours, unchanged.
void require_known(const std::map<std::string, std::string>& applied, const std::vector<Migration>& steps) {
  std::map<std::string, std::string> ours;
  for (const Migration& step : steps) ours.emplace(step.name, checksum_of(step.sql));
  for (const auto& [name, checksum] : applied) {
    const auto mine = ours.find(name);
    if (mine == ours.end()) {
      throw Unavailable{"these books were opened by a newer coopledger (its schema has " + name +
                        "): run that version, or restore a backup of this one elsewhere"};
    }
    if (mine->second != checksum)
      throw InvariantBroken{"the migration " + name + " was changed after it was applied"};
  }
}

}  // namespace

MigrationReport migrate(Database& database, const std::vector<Migration>& steps) {
  database.in_tx([](Tx& tx) {
    rows(tx, lock_sql);
    tx.run_script(make_table);
  });
  MigrationReport report;
  for (const Migration& step : steps) {
    const bool done = database.in_tx([&](Tx& tx) {
      rows(tx, lock_sql);
      const auto applied = read_applied(tx);
      require_known(applied, steps);
      if (applied.contains(step.name)) return false;
      tx.run_script(step.sql);
      rows(tx, record_sql, step.name, Bytes{checksum_of(step.sql)});
      return true;
    });
    if (done) report.applied.push_back(step.name);
    report.newest = step.name;
  }
  return report;
}

namespace {

constexpr const char* standing_sql = R"sql(
  -- migrations.standing
  SELECT found IS NOT NULL, found IS NOT NULL AND has_table_privilege(found, 'SELECT')
    FROM to_regclass('schema_migration') found
)sql";

}  // namespace

bool is_migrated(Database& database) {
  return database.in_snapshot([](Tx& tx) {
    const Rows standing = rows(tx, standing_sql);
    if (!only_row(standing).boolean(0)) return false;
    if (!only_row(standing).boolean(1))
      throw Unavailable{
          "this user of PostgreSQL may not read the schema's version: "
          "GRANT coopledger_service TO it"};
    const auto applied = read_applied(tx);
    require_known(applied, embedded_migrations());
    return applied.size() == embedded_migrations().size();
  });
}

}  // namespace coop

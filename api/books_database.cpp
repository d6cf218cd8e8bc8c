#include "api/books_database.hpp"

#include "api/log.hpp"
#include "ledger/database/disk_promises.hpp"
#include "ledger/database/migrations.hpp"
#include "ledger/database/private_postgres.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

/// Hides PrivatePostgres from the header.
class PrivateCluster {
 public:
  PrivateCluster(const std::filesystem::path& folder, const PrivatePostgresSettings& settings)
      : postgres_{folder, settings} {
    postgres_.require_database("coopledger");
  }
  PrivateAddresses addresses() const { return postgres_.addresses(); }

 private:
  PrivatePostgres postgres_;
};

std::filesystem::path private_postgres_folder(const Settings& settings) {
  return std::filesystem::absolute(settings.data) / "postgresql";
}

BooksDatabase::BooksDatabase(const Settings& settings, BooksUse use)
    : settings_{settings}, address_{settings.database}, service_address_{settings.database} {
  if (address_.empty()) open_private(use);
  if (use == BooksUse::work) require_schema();
}

void BooksDatabase::open_private(BooksUse use) {
  const std::filesystem::path folder = private_postgres_folder(settings_);
  const bool may_make = use == BooksUse::serve || use == BooksUse::fill;
  if (!may_make && !has_private_postgres(folder)) {
    throw Refused{
        Refusal::field_invalid,
        "there are no books in " + folder.parent_path().string() +
            ": name the folder that has them with --data, or begin new ones with `coopledger serve`"};
  }
  auto addresses = use == BooksUse::serve ? std::nullopt : running_private_postgres(folder);
  if (!addresses) {
    PrivatePostgresSettings cluster;
    cluster.connections = settings_.database_connections + 20;
    private_ = std::make_unique<PrivateCluster>(folder, cluster);
    addresses = private_->addresses();
  }
  address_ = addresses->owner;
  service_address_ = addresses->service;
}

BooksDatabase::~BooksDatabase() = default;

DatabaseSettings BooksDatabase::owner_settings() const {
  DatabaseSettings settings;
  settings.address = settings_.owner_database.empty() ? address_ : settings_.owner_database;
  settings.connections = 2;
  settings.wait_ms = settings_.database_wait_ms;
  settings.statement_timeout_ms = 0;
  return settings;
}

// Without a role of the service: where the schema is missing, that role may be missing too.
void BooksDatabase::require_schema() const {
  DatabaseSettings settings = owner_settings();
  settings.address = address_;
  Database database{settings};
  if (!is_migrated(database))
    throw Unavailable{"the schema is missing or not at this program's version: run `coopledger migrate`"};
}

void BooksDatabase::require_durable() const {
  DatabaseSettings settings = owner_settings();
  settings.address = address_;
  Database database{settings};
  const DiskPromises found = read_disk_promises(database);
  if (!found.has_checksums)
    log_event(LogLevel::warning, "PostgreSQL would not notice what a failing disk changes",
              {{"setting", "data_checksums"}, {"state", "off"}});
  if (found.settings_off.empty()) return;
  if (!settings_.accept_undurable_database)
    throw Unavailable{
        "PostgreSQL may lose what was answered when the machine stops; off there: " + found.settings_off +
        ". Switch it on, or set accept_undurable_database for books that may be lost"};
  log_event(LogLevel::warning, "PostgreSQL may lose what was answered when the machine stops",
            {{"off", found.settings_off}});
}

DatabaseSettings BooksDatabase::service_settings() const {
  DatabaseSettings settings;
  settings.address = service_address_;
  settings.connections = settings_.database_connections;
  settings.wait_ms = settings_.database_wait_ms;
  settings.statement_timeout_ms = settings_.statement_timeout_ms;
  settings.role = service_role;
  return settings;
}

}  // namespace coop::api

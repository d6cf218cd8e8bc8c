#include "api/books_database.hpp"

#include "ledger/database/private_postgres.hpp"

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

BooksDatabase::BooksDatabase(const Settings& settings)
    : settings_{settings}, address_{settings.database}, service_address_{settings.database} {
  if (!address_.empty()) return;
  const std::filesystem::path folder = private_postgres_folder(settings);
  auto addresses = running_private_postgres(folder);
  if (!addresses) {
    PrivatePostgresSettings cluster;
    cluster.connections = settings.database_connections + 20;
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

#pragma once
#include <memory>
#include <string>

#include "api/configuration.hpp"
#include "ledger/database/database.hpp"

namespace coop::api {

/// The PostgreSQL that the settings name: an operator's own, or the private one under the data folder. The
/// private one runs as long as this lives, unless a server on this machine runs it already: then that one is
/// used.
class BooksDatabase {
 public:
  /// Throws Unavailable, with PostgreSQL's own words if it does not start.
  explicit BooksDatabase(const Settings& settings);
  ~BooksDatabase();
  BooksDatabase(const BooksDatabase&) = delete;
  BooksDatabase& operator=(const BooksDatabase&) = delete;

  /// For the schema's owner: few connections, no time limit.
  DatabaseSettings owner_settings() const;
  /// For the service: its role has the least rights, the pool is as large as set.
  DatabaseSettings service_settings() const;

 private:
  Settings settings_;
  std::unique_ptr<class PrivateCluster> private_;
  std::string address_;
  std::string service_address_;
};

/// The folder of the private PostgreSQL.
std::filesystem::path private_postgres_folder(const Settings& settings);

}  // namespace coop::api

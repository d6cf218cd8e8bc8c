#pragma once
#include <memory>
#include <string>

#include "api/configuration.hpp"
#include "ledger/database/database.hpp"

namespace coop::api {

/// What a command wants of the books.
enum class BooksUse {
  serve,  ///< a private PostgreSQL is made if it is missing, and is nobody else's
  fill,   ///< made if it is missing; shared with a program that runs it
  look,   ///< must be there, with whatever schema; shared
  work,   ///< must be there, with this program's schema; shared
};

/// The PostgreSQL that the settings name: an operator's own, or the private one under the data folder. The
/// private one runs as long as this lives, unless a program on this machine runs it already: then that one is
/// used, except to serve.
class BooksDatabase {
 public:
  /// Throws Refused: field_invalid (there are no books in the data folder, and they are not to be made).
  /// Throws Unavailable: PostgreSQL does not start, in its own words; it serves another program; the schema
  /// is not this program's.
  BooksDatabase(const Settings& settings, BooksUse use);
  ~BooksDatabase();
  BooksDatabase(const BooksDatabase&) = delete;
  BooksDatabase& operator=(const BooksDatabase&) = delete;

  /// For the schema's owner: few connections, no time limit.
  DatabaseSettings owner_settings() const;
  /// Throws Unavailable, if the schema is missing or not at this program's version.
  void require_schema() const;
  /// Asks PostgreSQL whether it keeps what was answered; says in the log what is missing. Throws Unavailable,
  /// naming the settings that are off, if it may lose something and `accept_undurable_database` is not set.
  void require_durable() const;
  /// For the service: its role has the least rights, the pool is as large as set.
  DatabaseSettings service_settings() const;

 private:
  void open_private(BooksUse use);

  Settings settings_;
  std::unique_ptr<class PrivateCluster> private_;
  std::string address_;
  std::string service_address_;
};

/// The folder of the private PostgreSQL.
std::filesystem::path private_postgres_folder(const Settings& settings);

}  // namespace coop::api

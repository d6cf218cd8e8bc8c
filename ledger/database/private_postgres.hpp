#pragma once
#include <filesystem>
#include <memory>
#include <string>

namespace coop {

/// The program's own PostgreSQL: a cluster under `folder`, reached over a Unix socket in that folder only, never over the
/// network. Made by initdb with data checksums at the first start; fsync and synchronous_commit are always on.
/// When the program runs as root, PostgreSQL runs as the user `postgres`. Started in the constructor (recovering if the
/// last stop was a crash), watched and restarted if it dies, stopped in the destructor.
class PrivatePostgres {
 public:
  /// Starts it; returns when it accepts connections. Throws Unavailable with PostgreSQL's own words if it does not.
  explicit PrivatePostgres(const std::filesystem::path& folder);
  ~PrivatePostgres();
  PrivatePostgres(const PrivatePostgres&) = delete;
  PrivatePostgres& operator=(const PrivatePostgres&) = delete;

  /// A libpq connection string to `database` as the cluster's superuser ("host=/… user=… dbname=…").
  std::string address(const std::string& database = "coopledger") const;
  /// Makes the database if it is missing.
  void require_database(const std::string& name);

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop

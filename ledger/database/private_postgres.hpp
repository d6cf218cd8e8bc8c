#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace coop {

/// What may differ between private clusters. Everything else is fixed (postgres_configuration.cpp), or the
/// operator's (operator.conf in the cluster's folder).
struct PrivatePostgresSettings {
  int shared_buffers_mb = 256;
  int connections = 100;
  bool durable =
      true;  ///< false: fsync and the like are off; only for tests that lose nothing with the machine
};

/// The role that the service works as. Its rights are in migrations/; in a private cluster it can sign in by
/// itself, so that its sessions can become nobody else.
inline constexpr const char* service_role = "coopledger_service";

/// How to reach a database of a private cluster, as libpq connection strings ("host=/… user=… dbname=…").
struct PrivateAddresses {
  std::string owner;    ///< as the cluster's superuser
  std::string service;  ///< as the service's role
};

/// The program's own PostgreSQL: a cluster under `folder`, reached over a Unix socket in that folder only,
/// never over the network. Made by initdb with data checksums at the first start; fsync and
/// synchronous_commit are always on. When the program runs as root, PostgreSQL runs as the user `postgres`.
/// Started in the constructor (recovering if the last stop was a crash), watched and restarted if it dies,
/// stopped in the destructor. If this program is killed, PostgreSQL stops by itself; what is left of it
/// nevertheless is ended by the next start.
class PrivatePostgres {
 public:
  /// Starts it; returns when it accepts connections. Throws Unavailable with PostgreSQL's own words if it
  /// does not, or if another program runs the cluster, naming that program's process.
  explicit PrivatePostgres(const std::filesystem::path& folder, const PrivatePostgresSettings& settings = {});
  ~PrivatePostgres();
  PrivatePostgres(const PrivatePostgres&) = delete;
  PrivatePostgres& operator=(const PrivatePostgres&) = delete;

  PrivateAddresses addresses(const std::string& database = "coopledger") const;
  /// As the cluster's superuser.
  std::string address(const std::string& database = "coopledger") const { return addresses(database).owner; }
  /// Makes the database if it is missing, and the service's role, which may sign in from now on.
  void require_database(const std::string& name);
  /// The postmaster's process, or 0 while it is being started anew.
  int process() const noexcept;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

/// True if a cluster was made in `folder`; true as well where we may not see it.
bool has_private_postgres(const std::filesystem::path& folder);

/// How to reach the cluster in `folder` that another program on this machine runs; nothing if none does.
std::optional<PrivateAddresses> running_private_postgres(const std::filesystem::path& folder,
                                                         const std::string& database = "coopledger");

}  // namespace coop

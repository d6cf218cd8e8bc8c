#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ledger/database/postgres_binaries.hpp"
#include "ledger/database/private_postgres.hpp"
#include "ledger/database/server_user.hpp"

namespace coop {

/// One cluster's files, and how to make, configure and start it. Knows nothing of watching or stopping.
///
///   folder/cluster/          PostgreSQL's data folder; cluster.new/ while initdb runs
///   folder/socket            where it listens: a folder, or a link to a short one (a socket's path has 107
///   bytes) folder/postgresql.log    what it says; the one before it is postgresql.log.1
///   folder/cluster/operator.conf   settings of the operator's own, if any; durable settings are not
///   overridden
class PostgresCluster {
 public:
  /// Makes folder and socket folder. Throws Unavailable.
  PostgresCluster(const std::filesystem::path& folder, const PrivatePostgresSettings& settings);

  /// Runs initdb if there is no cluster yet. A half-made one of an earlier crash is thrown away.
  void require_made();
  /// Writes postgresql.conf, pg_hba.conf and pg_ident.conf anew.
  void write_configuration() const;
  /// Ends every PostgreSQL process that still works on this cluster (its program was killed, or its
  /// postmaster was), the postmaster gracefully, and removes the stale lock file. Returns when they are gone.
  void stop_leftovers() const;
  /// Starts the postmaster; it is the caller's child. Not ready yet.
  pid_t start() const;
  /// True once the postmaster `process` accepts connections.
  bool is_ready(pid_t process) const;
  /// Keeps the log short: above 16 MiB it becomes postgresql.log.1.
  void rotate_log() const;
  /// The last lines of the log written since it was `offset` bytes long: PostgreSQL's own words.
  std::string log_since(std::uintmax_t offset) const;
  std::uintmax_t log_size() const;

  const std::filesystem::path& folder() const noexcept { return folder_; }
  const std::filesystem::path& data() const noexcept { return data_; }
  const std::filesystem::path& socket_folder() const noexcept { return socket_; }
  const ServerUser& user() const noexcept { return user_; }

 private:
  std::vector<std::string> start_arguments() const;
  std::vector<pid_t> processes() const;
  bool gone_within(std::chrono::milliseconds patience) const;

  PrivatePostgresSettings settings_;
  ServerUser user_;
  std::filesystem::path folder_;
  std::filesystem::path data_;
  std::filesystem::path log_;
  std::filesystem::path socket_;
};

/// The cluster's superuser, also the owner of its databases.
inline constexpr const char* private_superuser = "coopledger";

}  // namespace coop

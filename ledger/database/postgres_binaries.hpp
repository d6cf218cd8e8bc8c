#pragma once
#include <filesystem>
#include <optional>

namespace coop {

/// PostgreSQL's programs of one major version.
struct PostgresBinaries {
  int major;
  std::filesystem::path folder;  ///< holds `postgres` and `initdb`
};

/// The newest PostgreSQL installed on this machine (from version 15 on), or version `major` if asked for.
/// Looks where distributions put it (/usr/lib/postgresql/N/bin, /usr/pgsql-N/bin), then along PATH.
/// Throws Unavailable, saying what to install.
PostgresBinaries find_postgres_binaries(std::optional<int> major);

}  // namespace coop

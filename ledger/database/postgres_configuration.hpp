#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "ledger/database/private_postgres.hpp"
#include "ledger/database/server_user.hpp"

namespace coop {

/// How processes of PostgreSQL that work on one query share memory, as dynamic_shared_memory_type names it:
/// "posix", if files can be made in `folder`, and "sysv", if not: a bare chroot or container has no /dev/shm
/// for others than root. Ask as the user PostgreSQL runs as.
std::string shared_memory_type(const std::filesystem::path& folder = "/dev/shm");

/// The private cluster's postgresql.conf: what suits the books, then the operator's own file, if any.
std::string configuration_text(const PrivatePostgresSettings& settings, const std::string& memory_type);

/// What an operator's file cannot override: given on the command line, each as "name=value".
std::vector<std::string> durable_settings(const PrivatePostgresSettings& settings);

/// pg_hba.conf: nobody but the users of identity_text, over the Unix socket.
std::string host_based_access_text();

/// pg_ident.conf: the user PostgreSQL runs as and the user this program runs as are the cluster's superuser.
std::string identity_text(const ServerUser& user);

}  // namespace coop

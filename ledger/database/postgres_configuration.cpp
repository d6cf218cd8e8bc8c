#include "ledger/database/postgres_configuration.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <set>

#include "ledger/database/postgres_cluster.hpp"

namespace coop {

namespace {

constexpr const char* fixed_settings = R"conf(
# Written by coopledger at every start. Put settings of your own into operator.conf beside this file.
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
jit = off
idle_in_transaction_session_timeout = 60s

# write-ahead log
wal_compression = lz4
max_wal_size = 4GB
min_wal_size = 512MB
checkpoint_timeout = 15min

# planner: solid-state disks
random_page_cost = 1.1
effective_io_concurrency = 100

# vacuum: small, often, and not throttled to a standstill
autovacuum_naptime = 15s
autovacuum_vacuum_scale_factor = 0.05
autovacuum_vacuum_insert_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.02
autovacuum_vacuum_cost_limit = 2000
maintenance_work_mem = 128MB

# log: what an operator must know, and no statement's values
log_line_prefix = '%m [%p] %d '
log_checkpoints = off
log_lock_waits = on
log_autovacuum_min_duration = -1
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
)conf";

}  // namespace

std::string shared_memory_type(const std::filesystem::path& folder) {
  std::string name = (folder / "coopledger-XXXXXX").string();
  const int file = mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return "sysv";
  close(file);
  unlink(name.c_str());
  return "posix";
}

std::string configuration_text(const PrivatePostgresSettings& settings, const std::string& memory_type) {
  return fixed_settings + ("\ndynamic_shared_memory_type = " + memory_type) +
         ("\nshared_buffers = " + std::to_string(settings.shared_buffers_mb)) +
         "MB\nmax_connections = " + std::to_string(settings.connections) +
         "\ninclude_if_exists = 'operator.conf'\n";
}

std::vector<std::string> durable_settings(const PrivatePostgresSettings& settings) {
  const std::string state = settings.durable ? "on" : "off";
  return {"fsync=" + state, "synchronous_commit=" + state, "full_page_writes=" + state};
}

std::string host_based_access_text() {
  return "# Written by coopledger at every start.\n"
         "local all all peer map=coopledger\n"
         "local replication all peer map=coopledger\n";
}

std::string identity_text(const ServerUser& user) {
  std::string text = "# Written by coopledger at every start.\n";
  for (const std::string& name : std::set{user.name, user.own_name}) {
    for (const char* role : {private_superuser, service_role})
      text += "coopledger \"" + name + "\" " + role + "\n";
  }
  return text;
}

}  // namespace coop

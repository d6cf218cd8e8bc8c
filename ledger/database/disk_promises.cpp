#include "ledger/database/disk_promises.hpp"

namespace coop {

namespace {

constexpr const char* read_disk_promises_sql = R"sql(
  -- disk_promises.read
  SELECT coalesce(string_agg(s.name, ', ' ORDER BY s.name) FILTER (WHERE s.name <> 'data_checksums'), ''),
         count(*) FILTER (WHERE s.name = 'data_checksums') = 0
    FROM pg_settings s
   WHERE s.name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') AND s.setting = 'off'
)sql";

}  // namespace

DiskPromises read_disk_promises(Database& database) {
  return database.in_snapshot([](Tx& tx) {
    const auto found = only_row(rows(tx, read_disk_promises_sql));
    return DiskPromises{found.string(0), found.boolean(1)};
  });
}

}  // namespace coop

#pragma once
#include <string>

#include "ledger/database/database.hpp"

namespace coop {

/// What PostgreSQL says of the settings on which it rests that nothing answered is lost.
struct DiskPromises {
  std::string settings_off;  ///< those of fsync, full_page_writes, synchronous_commit; commas between
  bool has_checksums;        ///< pages carry checksums, so that it is noticed when a disk changes them
};

/// Reads them as they are in force for the sessions of `database`. Throws Unavailable.
DiskPromises read_disk_promises(Database& database);

}  // namespace coop

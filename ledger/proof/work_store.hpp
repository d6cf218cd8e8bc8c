#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of work, a sentence each; the first few of each: steps of circles that do not follow,
/// days of more than 24 hours, work outside of a circle's days, paid work of no member of the circle or of a
/// kind without a price, corrections of what still counts, decisions by whom or when they may not be; then
/// those of obligations.
std::vector<std::string> read_work_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

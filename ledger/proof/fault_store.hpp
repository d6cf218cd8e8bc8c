#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// Adds what `sql`, a statement that finds faults of `node` and says each in the words of its first column,
/// finds.
void add_faults(BulkReader& reader, const char* sql, std::int64_t node, std::vector<std::string>& faults);

}  // namespace coop::proof

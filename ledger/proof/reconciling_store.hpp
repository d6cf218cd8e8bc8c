#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit in the signatures under reconciliations and the counts of cash of a node: figures that
/// do not add up, a text that is not that of its hash, what counts twice or not at all, entries of another
/// account.
std::vector<std::string> read_reconciling_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

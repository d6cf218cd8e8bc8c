#pragma once
#include <cstdint>
#include <vector>

#include "ledger/database/bulk_reader.hpp"
#include "ledger/proof/division_check.hpp"

namespace coop::proof {

/// Every run of a surplus that keeps the rule that divided it, by number.
std::vector<KeptDivision> read_kept_divisions(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

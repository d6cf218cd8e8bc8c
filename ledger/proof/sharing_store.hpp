#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of rules by which sums are divided, a sentence each, the first few: numbers or versions
/// with a gap, versions that overlap, rules that are not those of their hash, versions without a decision.
std::vector<std::string> read_sharing_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of shared costs, a sentence each; the first few of each: pools whose terms do not
/// follow, bills that their entry does not cover, usage that is counted twice, divisions that took what they
/// may not take, whose shares do not add up, or are not what the stored version of the rule gives when it is
/// worked out again from the stored usage; steps by whom or when they may not be, or whose entry says
/// otherwise.
std::vector<std::string> read_cost_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

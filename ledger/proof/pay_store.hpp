#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of tariffs and pay runs, a sentence each; the first few of each: tariffs with a gap;
/// runs whose shares, hours, claims or entries say otherwise, that have hours which another has or settle
/// what is not open; steps by whom or when they may not be. Where all that fits, runs are divided anew by the
/// stored version of their rule, and those whose amounts come out otherwise are told as well.
std::vector<std::string> read_pay_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of shares and of surplus that was divided, a sentence each; the first few of each:
/// movements whose entry says otherwise, or that take more than there is; more withdrawn in a year than the
/// surplus of the year before; rules that take a reserve's protection away; what is booked on accounts of
/// shares past the register; shares that do not add up to their run; steps by whom or when they may not be,
/// or whose entry says otherwise; divisions that their rule, dividing anew, does not give.
std::vector<std::string> read_capital_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What is wrong with the keys of the node's lines of banks, in words: lines of which the day, the amount or
/// what they say is not that of which their key was made; the first few.
std::vector<std::string> read_line_key_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

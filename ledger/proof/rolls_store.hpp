#pragma once
#include <cstdint>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// The numbers of frozen rolls whose hash is not that of their text, or whose lines or classes are missing or
/// do not add up, and of those that are missing below others; the first few.
std::vector<std::int64_t> read_rolls_that_differ(BulkReader& reader, std::int64_t node);
/// The numbers of votes that count more votes than their roll has, or none, and of those that are missing
/// below others; the first few.
std::vector<std::int64_t> read_votes_that_differ(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

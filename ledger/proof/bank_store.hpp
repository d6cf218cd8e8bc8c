#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of banks' files, statements, lines and matches, a sentence each; the first few of each:
/// bytes and texts that are not those of their hash, numbers that have a gap, steps out of order, statements
/// that do not add up, lines that count and should not or the other way round, matches that do not come to
/// their line or clear a posting wrongly, rules that post without a replay, matches that nobody and no rule
/// decided.
std::vector<std::string> read_bank_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of direct debits, a sentence each; the first few: lines of settled collections without
/// their payment, charges that do not add up to their line or stand in two collections, collections that went
/// to the bank with fewer than two approvals or without using their mandates.
std::vector<std::string> read_collecting_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

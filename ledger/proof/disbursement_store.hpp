#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of payments that leave, a sentence each; the first few of each: orders or payees that
/// are missing, steps by whom or when they may not be, files without the approvals that their rules want,
/// with other bytes than their hash says or other payments than their orders, orders that were paid twice,
/// by another amount, from another account, or came back unpaid.
std::vector<std::string> read_disbursement_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

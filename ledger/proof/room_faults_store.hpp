#pragma once
#include <cstdint>

#include "ledger/database/bulk_reader.hpp"
#include "ledger/proof/finding.hpp"

namespace coop::proof {

/// Adds what does not fit in the rooms beside the books, room by room: direct debits, the bank, payments that
/// leave, work, funds, capital, rules, shared costs, pay.
void add_room_faults(BulkReader& reader, std::int64_t node, Flaws& flaws);

}  // namespace coop::proof

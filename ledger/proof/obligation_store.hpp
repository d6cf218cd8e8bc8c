#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// Adds what does not fit of obligations and of tables of hours that came in, a sentence each; the first few
/// of each: numbers that have a gap, obligations that are not whole or of which hours count twice,
/// settlements in another way, beyond what is owed, of one's own debt, or of entries that do not move as much
/// of the member, tables that did not record what they say.
void add_obligation_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults);

}  // namespace coop::proof

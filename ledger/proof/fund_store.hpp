#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// What does not fit of funds and spending mandates, a sentence each; the first few of each: terms that are
/// not whole or are of no fund, mandates whose hours do not make their amount, that are numbered with a gap
/// or of a fund in another unit, steps with a gap, draws out of their time, after the recall, beyond the
/// mandate, before its approval or taken back twice, orders and grants that no rule or mandate bears, entries
/// that spend less of a fund than is drawn of them, budgets with other lines than they
/// came with, and rounds that give more than there is or fund what has not its goal.
std::vector<std::string> read_fund_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof

#pragma once
#include <string>
#include <string_view>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/intake/intake.hpp"

namespace coop::intake {

/// Records what those who share the cost pool `pool` used, row by row: participant, measure, from_on,
/// until_on, value, source. A row that says the same as what is on record is known; one with another value
/// for the same days corrects it, which a note tells. Throws Refused: cost_pool_unknown, import_unreadable.
IntakeReport import_usage(Tx& tx, NodeId node, const std::string& pool, std::string_view bytes,
                          Doubtful doubtful, const books::Author& author);

}  // namespace coop::intake

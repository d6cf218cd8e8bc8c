#pragma once
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/dues/dues_statement.hpp"

namespace coop::dues {

/// Everything that happened to what the debtor owes, reversals and returns too, up to that moment: by unit,
/// day and order of recording.
std::vector<StatementLine> read_statement_lines(Tx& tx, NodeId node, PartyId debtor,
                                                const DuesMoment& moment);

}  // namespace coop::dues

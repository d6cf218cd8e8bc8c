#pragma once
#include <string>
#include <string_view>

#include "ledger/books/node_service.hpp"
#include "ledger/intake/intake.hpp"

namespace coop::intake {

/// Records past payments from a table: member or reference (whose it is; a charge's reference clears that
/// charge), amount, unit (the node's own where empty), received_on, account (`account` where empty), kind
/// (money where empty), note, id (what tells rows apart that say the same otherwise). A row that says the
/// same as one that was recorded is known. Throws Refused: node_unknown, import_unreadable.
IntakeReport import_payments(Tx& tx, const books::Node& node, std::string_view bytes,
                             const std::string& account, Doubtful doubtful, const books::Author& author);

}  // namespace coop::intake

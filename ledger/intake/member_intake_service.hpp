#pragma once
#include <string_view>

#include "ledger/books/node_service.hpp"
#include "ledger/intake/intake.hpp"

namespace coop::intake {

/// Records members from a table: number (which must be there), kind (person or organisation; person where
/// empty), name, email, iban, address, country, language; class with from_on (applied), admitted_on (from_on
/// where empty) and left_on; tier with amount. Who is on record with the same number is left as they are.
/// Throws Refused: node_unknown, import_unreadable.
IntakeReport import_members(Tx& tx, const books::Node& node, std::string_view bytes, Doubtful doubtful,
                            const books::Author& author);

}  // namespace coop::intake

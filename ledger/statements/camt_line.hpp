#pragma once
#include "ledger/statements/camt_reading.hpp"

namespace coop::statements {

/// Reads Ntry. The amount's sign is what CdtDbtInd says; RvslInd is told, and flips nothing. A line without
/// the day of its booking has the value's, else the statement's, with a note. Throws Refused:
/// statement_unreadable (no amount, no direction, no day anywhere), statement_undecided.
Line camt_line_of(Element entry, CamtReading& reading);

}  // namespace coop::statements

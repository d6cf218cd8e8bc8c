#pragma once
#include <pugixml.hpp>
#include <string>

#include "ledger/statements/camt_reading.hpp"

namespace coop::statements {

/// A line of a statement, with the reference (NtryRef) that the file gives it; empty where it gives none.
struct CamtLine {
  Line line;
  std::string reference;
};

/// Reads Ntry, one of the document's root. The amount's sign is what CdtDbtInd says;
/// RvslInd is told, and flips nothing. A line without the day of its booking has the value's, else the
/// statement's, with a note. Throws Refused: statement_unreadable (no amount, no direction, no day anywhere),
/// statement_undecided.
CamtLine camt_line_of(pugi::xml_node entry, CamtReading& reading);

}  // namespace coop::statements

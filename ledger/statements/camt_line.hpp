#pragma once
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "ledger/statements/camt_reading.hpp"

namespace coop::statements {

/// The lines of a statement, with the reference (NtryRef) that the file gives each; empty where it gives
/// none.
struct CamtLines {
  std::vector<Line>& lines;
  std::vector<std::string> references = {};
};

/// Reads Ntry, one of the document's root, as the next line. The amount's sign is what CdtDbtInd says;
/// RvslInd is told, and flips nothing. A line without the day of its booking has the value's, else the
/// statement's, with a note. Throws Refused: statement_unreadable (no amount, no direction, no day anywhere),
/// statement_undecided.
void read_camt_line(pugi::xml_node entry, CamtReading& reading, CamtLines& into);

}  // namespace coop::statements

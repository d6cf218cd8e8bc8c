#pragma once
#include <pugixml.hpp>

#include "ledger/statements/camt_reading.hpp"
#include "ledger/statements/statement_taker.hpp"

namespace coop::statements {

/// Reads Stmt, Rpt or Ntfctn, the `number`th of the file, gives it to the taker, and returns it without its
/// lines. `header` is GrpHdr, or none. Opening is OPBD, else
/// PRCD; closing is CLBD; where pages or an interim report have ITBD instead, the first and the last of
/// these. Of balances that come twice, those that are not interim (SubTp INTM) count.
Statement camt_statement_of(pugi::xml_node statement, int number, Element header, CamtReading& reading,
                            StatementTaker& taker);

}  // namespace coop::statements

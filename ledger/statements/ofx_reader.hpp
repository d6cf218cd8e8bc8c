#pragma once
#include <string_view>

#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// The most lines that one OFX file may hold, all its accounts together.
inline constexpr std::size_t most_ofx_lines = 500'000;

/// Reads OFX and QFX, version 1 (SGML) and 2 (XML), with whatever header: the statements of bank accounts and
/// credit cards. The sign is that of TRNAMT, never TRNTYPE's. The ledger balance is the closing one; there is
/// no opening. Days are taken as they are written, in the bank's zone.
/// The decimal mark is the one that all amounts of the file prove together; where they prove none, the mark
/// that is there, since OFX groups no thousands.
/// Notes: day_clamped; day_missing (DTPOSTED says nothing: DTUSER or DTAVAIL, else the statement's last day);
/// correction (the line replaces or deletes an earlier one); investments_skipped.
/// Throws Refused: statement_format_unknown, if there is no tag OFX; statement_unreadable, naming the line;
/// statement_undecided, if the amounts can be read in two ways.
ReadFile ofx_from(std::string_view bytes);

}  // namespace coop::statements

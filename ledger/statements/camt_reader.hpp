#pragma once
#include <string_view>

#include "ledger/statements/statement.hpp"
#include "ledger/statements/statement_taker.hpp"

namespace coop::statements {

/// True if the text looks like a message of the camt.052, camt.053 or camt.054 kind: one of their elements
/// stands near its beginning, whatever prefix and namespace it has.
bool is_camt(std::string_view bytes);

/// Reads camt.052, camt.053 and camt.054 (ISO 20022) of the versions .02 to .13: any prefix, with or without
/// namespace, several statements, several documents one behind the other or inside an envelope, in UTF-8,
/// UTF-16 or the character set that the file declares. The kind is what the elements say; the version is what
/// the namespace says. Nothing is checked against a schema: what is missing is noted, as long as every figure
/// is there. Notes: schema_broken, version_unknown, status_unknown, day_clamped, day_missing,
/// balance_missing, balance_currency, balance_without_sign, summary_differs, charset_guessed. Throws Refused:
/// statement_unreadable naming the line of the file or the line of the statement, statement_undecided (an
/// amount with two signs).
ReadFile camt_from(std::string_view bytes);

/// The same, its statements given to a taker, all but finish. Returns the file without its lines.
ReadFile camt_from(std::string_view bytes, StatementTaker& taker);

}  // namespace coop::statements

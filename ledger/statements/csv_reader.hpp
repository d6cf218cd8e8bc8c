#pragma once
#include <string_view>
#include <vector>

#include "ledger/statements/csv_profile.hpp"
#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// Reads comma-separated values by a profile; one statement for each account and currency in it. The account
/// is the one of a column, else the only IBAN above the header. Where the profile names a running balance, it
/// puts the lines in order, oldest first, whatever order the file has; if it follows from line to line, it
/// gives the opening and closing balance. Without it there are none, and the lines stay in the file's order.
/// The columns are looked for by the fingerprint of the header, else by their names.
/// Notes: rows_missing (the running balance jumps: rows are missing before this one; there are no opening and
/// closing balances then); header_changed (other columns than the profile's, but all that it names);
/// rows_passed_over; day_clamped.
/// Throws Refused: statement_undecided, if the file has not the columns of the profile; statement_unreadable,
/// naming the line.
ReadFile csv_from(std::string_view bytes, const CsvProfile& profile);

/// The first of the profiles whose header the file has; else the first that finds all its columns. Nothing if
/// there is none.
const CsvProfile* find_csv_profile(std::string_view bytes, const std::vector<CsvProfile>& profiles);

/// Reads comma-separated values by the profile that survey_csv proposes, with the note profile_proposed.
/// Throws Refused: statement_format_unknown, if there is no header that is understood; statement_undecided,
/// with the questions; statement_unreadable, naming the line.
ReadFile csv_from(std::string_view bytes);

}  // namespace coop::statements

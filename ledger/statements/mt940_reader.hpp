#pragma once
#include <string_view>

#include "ledger/statements/statement.hpp"
#include "ledger/statements/statement_taker.hpp"

namespace coop::statements {

/// The most lines that one MT940 or MT942 file may hold.
inline constexpr std::size_t most_mt940_lines = 500'000;

/// Reads MT940 (booked) and MT942 (interim) as banks send them: with or without SWIFT blocks, in UTF-8 or
/// Windows-1252. The pages of one statement (62M, then 60M with the same balance and number) become one, with
/// the page "1-3". Where a line gives no entry day, it is booked on its value day. Fields 64, 65 and those
/// that no treasurer needs are passed over. Notes: day_clamped (30 February), turnover_differs (90C, 90D),
/// return_reason_unknown. Throws Refused: statement_unreadable, naming the line; statement_format_unknown, if
/// there is no field.
ReadFile mt940_from(std::string_view bytes);

/// The same, its statements given to a taker, all but finish. Returns the file without its lines.
ReadFile mt940_from(std::string_view bytes, StatementTaker& taker);

}  // namespace coop::statements

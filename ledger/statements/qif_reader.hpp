#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/statements/csv_survey.hpp"
#include "ledger/statements/statement.hpp"
#include "ledger/statements/written_day.hpp"

namespace coop::statements {

/// What a QIF file does not say, as far as the account's profile knows it.
struct QifReading {
  std::optional<DayOrder> day_order;
  std::optional<char> decimal_mark;  ///< '.' or ','
};

/// The most records and splits, together, that one QIF file may hold.
inline constexpr std::size_t most_qif_records = 500'000;

/// Reads the records of bank accounts, cash and cards in a QIF file; one statement for each account in it.
/// Categories, securities and lists are passed over. There are no ids, no currency and no balances. Splits
/// become the line's details, with the category before the memo. The order of day and month and the decimal
/// mark are those that all rows of the file prove together, else those of `reading`.
/// Two digits of a year: behind an apostrophe 2000 to 2099, else 1980 to 2079.
/// Notes: day_clamped; rows_passed_over (a record without day and amount); splits_differ (they do not add up
/// to the line); opening_balance (the record in which Quicken keeps it; read as information, not as booked).
/// Throws Refused: statement_format_unknown, if there is no "!Type" of an account; statement_undecided,
/// naming what; statement_unreadable, naming the line, also if rows or `reading` contradict each other.
ReadFile qif_from(std::string_view bytes, const QifReading& reading);

/// What neither the file nor `reading` decides: day_order, decimal_mark; none, and qif_from reads it. Throws
/// as qif_from, but statement_undecided.
std::vector<CsvQuestion> qif_questions(std::string_view bytes, const QifReading& reading);

}  // namespace coop::statements

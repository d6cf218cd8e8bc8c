#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/statements/written_day.hpp"

namespace coop::statements {

/// A figure of a cell, without what is no part of the number.
struct CsvFigure {
  std::string text;       ///< as find_written_amount reads it, whatever the decimal mark
  std::string currency;   ///< ISO 4217, where the cell says it: "12,50 EUR", "€ 3.00"
  bool has_sign = false;  ///< a plus or minus, parentheses, or DR and CR behind it
};

/// Reads the cell of an amount: a currency before or behind it goes, "12.50 DR" becomes "-12.50". Nothing for
/// a cell that is blank or a dash. That the rest is a number only find_written_amount can tell.
std::optional<CsvFigure> find_figure(std::string_view cell);

/// True if the text is a number with one of the decimal marks.
bool is_figure(const CsvFigure& figure);

/// Reads the cell of a day: as find_written_day does, or with the month as a word: "02 Jan 2026",
/// "Jan 2, 2026", "2-mrt-26".
std::optional<WrittenDay> find_csv_day(std::string_view cell);

}  // namespace coop::statements

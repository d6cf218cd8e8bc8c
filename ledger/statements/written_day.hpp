#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/statements/source_text.hpp"
#include "ledger/values/day.hpp"

namespace coop::statements {

/// In which order a file writes day and month, where the year does not come first.
enum class DayOrder { day_month, month_day };

/// A day of which it may not be known which number is the day.
struct WrittenDay {
  int year;
  int first;
  int second;
  bool is_decided;  ///< the year came first: `first` is the month
};

/// A day that may be one too far for its month: banks with months of 30 days write 30 February.
struct ClampedDay {
  Day day;
  bool is_clamped;
};

/// The day, or the month's last where it is written up to the 31st. Nothing if there is no such month or day.
std::optional<ClampedDay> find_clamped_day(int year, int month, int day);

/// The year that two digits stand for: 80 to 99 are 1980 to 1999, the others 2000 to 2079 (SWIFT).
int year_of_two_digits(int digits);

/// Reads three numbers with one mark or blanks between them ("2026-03-31", "31.03.26", "3/31'26", "1/ 1'00"),
/// or eight digits with the year first; a time may follow after a blank or T. Nothing if it is anything else.
std::optional<WrittenDay> find_written_day(std::string_view text);

/// What the days of one column say together: an order, or that every day reads the same in both.
struct DayOrderFinding {
  bool needs_day_month = false;
  bool needs_month_day = false;
  bool is_ambiguous = false;    ///< at least one day is another in the other order
  CellPlace day_month_at = {};  ///< the first day that stands before its month
  CellPlace month_day_at = {};  ///< the first day that stands behind its month

  /// Adds what this day, which stands there, proves.
  void add(const WrittenDay& written, std::size_t line = 0, std::string_view field = {});
  /// Throws Refused: statement_unreadable, if some days stand before their month and others behind it.
  void require_one_order() const;
};

/// The day in this order. Nothing if there is none.
std::optional<ClampedDay> day_in_order(const WrittenDay& written, DayOrder order);

}  // namespace coop::statements

#pragma once
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"

namespace coop {

/// The first month and day of a node's fiscal year (1 January, 6 April …).
struct FiscalYearStart {
  unsigned month;
  unsigned day;
};

/// Days from `first` to `last`, both included.
class Period {
 public:
  /// Throws Refused: day_malformed, if `last` is before `first`.
  Period(Day first, Day last);
  /// Reads "2026", "2026-Q1", "2026-03", or "2026-03-01..2026-03-15". Throws Refused: day_malformed.
  static Period parse(std::string_view text);
  static Period month_of(Day day);
  static Period quarter_of(Day day);
  /// The fiscal year that holds `day`.
  static Period fiscal_year_of(Day day, FiscalYearStart start);

  Day first() const noexcept { return first_; }
  Day last() const noexcept { return last_; }
  int days() const noexcept { return last_.count() - first_.count() + 1; }
  bool holds(Day day) const noexcept { return first_ <= day && day <= last_; }
  friend auto operator<=>(const Period&, const Period&) noexcept = default;

 private:
  Day first_;
  Day last_;
};

}  // namespace coop

#pragma once
#include <span>
#include <vector>

#include "reports/account_tree.hpp"
#include "reports/balances.hpp"

namespace coop::reports {

/// The most columns of days or periods a report may have.
inline constexpr std::size_t most_columns = 60;
/// Throws Refused: field_invalid, unless there are 1 to most_columns columns.
void require_columns(std::size_t columns);

/// Accounts of one unit.
struct UnitFigures {
  std::string unit;
  int scale;
  std::vector<AccountFigures> accounts;
};

/// The balances of accounts at days, in any order and with repeats, debit positive: one column a day. By
/// unit, the base unit first. Accounts without anything booked have zeros.
std::vector<UnitFigures> read_figures(Tx& tx, NodeId node, const AccountFilter& filter, const About& about,
                                      std::span<const Day> days, std::optional<EntryNumber> last);

}  // namespace coop::reports

#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "ledger/statements/csv_figures.hpp"

namespace coop::statements {

/// A running balance that does not follow from the one before it.
struct ChainBreak {
  std::size_t row;  ///< of the rows, where the balance is another than expected
  Decimal expected;
  Decimal stated;
};

/// The rows of one account, put in order by their running balances, oldest first.
struct Chain {
  std::vector<std::size_t> order;  ///< places of the rows
  std::size_t links = 0;           ///< how many balances could be compared with the one before
  std::vector<ChainBreak> breaks;
  bool days_ascend = true;         ///< in this order no row is of an earlier day than the row before
  std::optional<Decimal> opening;  ///< before the first row; nothing if no row has a balance
  std::optional<Decimal> closing;  ///< after the last row, if that row has it
};

/// Tries the order of the file, the reverse, and both with the rows of each day the other way round; answers
/// the one in which most balances follow from each other, then the one whose days ascend. Without balances
/// the order of the file. Rows that are not booked stand where they are and do not count.
Chain chain_of(const std::vector<FiguredRow>& rows);

/// The rows of each account and currency, in the order of the file. Where a row says neither, and all others
/// the same, it belongs to them.
std::vector<std::vector<FiguredRow>> rows_by_account(std::vector<FiguredRow> rows);

}  // namespace coop::statements

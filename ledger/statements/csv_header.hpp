#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "ledger/statements/csv_figures.hpp"
#include "ledger/statements/csv_profile.hpp"

namespace coop::statements {

/// The row of a table that names its columns, as far as names and first cells tell.
struct CsvHeader {
  std::size_t row;  ///< of the table's rows
  std::string language;
  CsvProfile profile;       ///< separator, fingerprint and columns
  std::string net_amount;   ///< a column beside profile.amount
  std::string any_account;  ///< a column whose cells tell whose account it is
  bool may_be_card;         ///< a column names a card
};

/// The first of the first most_preamble_rows that names a day and an amount, or debit and credit.
std::optional<CsvHeader> find_csv_header(const SourceTable& table);

/// The table below that row.
CsvBody body_below(const SourceTable& table, std::size_t header_row);

}  // namespace coop::statements

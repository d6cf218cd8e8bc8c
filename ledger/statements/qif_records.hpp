#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/statements/source_text.hpp"

namespace coop::statements {

/// A part of a record with its own category, memo and amount.
struct QifSplit {
  std::string category;
  std::string memo;
  SourceLine amount{};  ///< its text empty where there is none
};

/// What stands between two lines "^".
struct QifRecord {
  std::size_t line = 0;
  std::string raw;
  SourceLine day{};
  SourceLine amount{};         ///< T
  SourceLine second_amount{};  ///< U, the same
  std::string payee;
  std::string memo;
  std::string number;
  std::string category;
  std::vector<QifSplit> splits;
};

/// The records of one account.
struct QifBlock {
  std::string type;     ///< "BANK"
  std::string account;  ///< its name; empty where the file gives none
  std::vector<QifRecord> records;
};

/// Splits lines into the blocks of bank accounts, cash and cards. The texts live in what `lines` were made
/// of. Throws Refused: statement_unreadable, if there are more than `most_records` records and splits.
std::vector<QifBlock> qif_blocks(const std::vector<SourceLine>& lines, std::size_t most_records);

}  // namespace coop::statements

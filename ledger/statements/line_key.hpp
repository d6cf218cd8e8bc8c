#pragma once
#include <string>
#include <vector>

#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// What tells a line of an account from every other one.
struct LineKey {
  std::string key;  ///< SHA-256 as hexadecimal: of the bank's id, amount and day, else of all that the line says
  int occurrence;   ///< from 1: two genuine payments that are equal in everything are 1 and 2

  friend auto operator<=>(const LineKey&, const LineKey&) = default;
};

/// A key for each line, in their order. It depends on the line and not on the file: overlapping files, in any
/// order and of different forms of the same bank, give a line the same key as long as they say the same of it.
/// Banks give one id to several lines (a purchase and its fee), so the id never stands alone.
std::vector<LineKey> keys_of(const Statement& statement);

}  // namespace coop::statements

#pragma once
#include <map>
#include <string>

#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// What tells a line of an account from every other one.
struct LineKey {
  std::string
      key;  ///< SHA-256 as hexadecimal: of the bank's id, amount and day, else of all that the line says
  int occurrence;  ///< from 1: two genuine payments that are equal in everything are 1 and 2

  friend auto operator<=>(const LineKey&, const LineKey&) = default;
};

/// The keys of the lines of one account in one file. A key depends on the line and not on the file:
/// overlapping files, in any order, give a line the same key as long as they say the same of it. Banks give
/// one id to several lines (a purchase and its fee), so the id never stands alone.
class LineKeys {
 public:
  /// The key of the next line, in the order of the file.
  LineKey of(const Line& line);

 private:
  std::map<std::string, int> seen_;
};

}  // namespace coop::statements

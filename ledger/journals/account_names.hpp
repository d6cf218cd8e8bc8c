#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/books/account.hpp"

namespace coop::journals {

/// The name of the account `path` in hledger and ledger: the path itself, with what these programs would read
/// as something else percent-encoded. Two paths never get the same name.
std::string plain_name_of(std::string_view path);

/// The path that plain_name_of made `name` of; `name` itself if it made it of none.
std::string path_from_plain_name(std::string_view name);

/// The names of accounts in beancount, where each part has only letters, digits and '-' and begins with a
/// capital or a digit, below one of five roots: Assets, Liabilities, Equity, Income, Expenses. Blanks become
/// '-', other marks 'C' and their code point in hexadecimal, a first part that says the same as the root is
/// left out. Where two accounts would get the same name the later one gets "-2", "-3" …, so ask in a stable
/// order.
class BeancountNames {
 public:
  /// The name of the account `path` of this type; the same each time.
  const std::string& name_of(std::string_view path, books::AccountType type);

 private:
  std::map<std::pair<std::string, books::AccountType>, std::string> names_;
  std::set<std::string> used_;
};

/// A unit's code as hledger and ledger read it: in quotation marks unless it is letters only.
std::string plain_commodity_of(std::string_view code);

/// A unit's code as beancount reads it: TRUE, FALSE and NULL, which mean something else there, become
/// TRUE'U and so on; no code of ours has an apostrophe.
std::string beancount_commodity_of(std::string_view code);

}  // namespace coop::journals

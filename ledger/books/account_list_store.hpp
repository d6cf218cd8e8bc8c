#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// Which accounts are asked for; everything where empty.
struct AccountFilter {
  std::optional<std::string> prefix;  ///< a path: itself and everything below it
  std::optional<AccountType> type;
  std::optional<std::string> unit;  ///< a unit's code
  std::optional<std::string> text;  ///< letters in the path or title, upper and lower case alike
  std::optional<bool> is_open;      ///< without a closing day
};

/// An account with where it stands now. Amounts are minor units of its unit, debit positive.
struct AccountLine {
  Account account;
  std::string unit_code;
  int scale;
  std::int64_t balance_minor;
  std::int64_t held_debit_minor;   ///< debits that open holds reserve
  std::int64_t held_credit_minor;  ///< credits that open holds reserve
};

/// Where a list of accounts goes on: after this path and unit.
struct AccountPlace {
  std::string path;
  std::string unit;
};

/// In which order accounts are listed: by path and unit code in the order of their bytes, or the other way.
enum class AccountOrder { first_path_first, last_path_first };

/// Up to `limit` accounts that come after `after` in the order.
std::vector<AccountLine> list_account_lines(Tx& tx, NodeId node, const AccountFilter& filter,
                                            const std::optional<AccountPlace>& after, AccountOrder order,
                                            int limit);
/// The account, which must exist.
AccountLine read_account_line(Tx& tx, NodeId node, AccountId account);

}  // namespace coop::books

#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::books {

/// The five types of account. Assets and expenses grow by debits, the others by credits.
enum class AccountType { asset, liability, equity, income, expense };

/// "asset" …
std::string_view text_of(AccountType type);
/// Throws Refused: field_invalid.
AccountType account_type_from(std::string_view text);
/// True for assets and expenses: reports show their debit balances as positive.
bool is_debit_normal(AccountType type);
/// True for income and expenses: their balances make up the result of a period.
bool is_result(AccountType type);

/// Limits of an account's balance in minor units, debit positive; both ends included, none where empty.
struct Limits {
  std::optional<std::int64_t> lower;
  std::optional<std::int64_t> upper;
};

/// An account: a path in one unit of one node.
struct Account {
  AccountId id;
  std::string path;
  UnitId unit;
  AccountType type;
  std::string title;
  std::vector<DimensionKind> required;  ///< dimensions that every posting must carry
  Limits limits;
  Day opened_on;
  std::optional<Day> closed_on;  ///< the last day on which it takes postings
};

/// What is asked for when an account is opened.
struct AccountDraft {
  std::string path;
  std::string unit;  ///< a unit's code
  AccountType type;
  std::string title;
  std::vector<DimensionKind> required;
  Limits limits;
  Day opened_on;
};

/// A path is parts joined by ':'. A part is not empty, has no control character, no blank at either end and
/// no two blanks together, and does not begin with one of ( [ " ; # * ! | & since plain-text tools read those
/// as something else. The whole is at most 255 bytes of UTF-8. Throws Refused: path_malformed.
void require_path(std::string_view path);

/// True if `path` is `prefix` or lies below it ("assets:bank" holds "assets:bank:main", not
/// "assets:banknotes").
bool path_holds(std::string_view prefix, std::string_view path);

}  // namespace coop::books

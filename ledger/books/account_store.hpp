#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/values/unit.hpp"

namespace coop::books {

/// Writes accounts with their zero balances, in their order. The head must be locked. Accounts whose path and
/// unit exist already are left out; returns how many were written.
int insert_accounts(Tx& tx, NodeId node, const std::vector<AccountDraft>& drafts,
                    const std::vector<Unit>& units);
/// The accounts of this path, one a unit, by unit code.
std::vector<Account> find_accounts(Tx& tx, NodeId node, std::string_view path);
/// Writes title, required dimensions, opening and closing day.
void update_account(Tx& tx, NodeId node, const Account& account);
/// An account whose first day has moved.
struct MovedAccount {
  std::string path;
  std::string unit;  ///< its code
  Day opened_on;
};
/// Moves the first day of each account that exists, and opens later than its draft, to the draft's day. The
/// head must be locked. Returns those it moved, in the order they were made.
std::vector<MovedAccount> update_opened_on(Tx& tx, NodeId node, const std::vector<AccountDraft>& drafts);
/// Writes the limits.
void update_limits(Tx& tx, NodeId node, AccountId account, const Limits& limits);
/// The last effective day of a posting on the account, if there is one.
std::optional<Day> find_last_posting_day(Tx& tx, NodeId node, AccountId account);

/// An account's balance and what holds reserve, under lock.
struct LockedBalance {
  std::int64_t balance_minor;
  std::int64_t held_debit_minor;
  std::int64_t held_credit_minor;
};
/// Locks and reads it.
LockedBalance lock_balance(Tx& tx, NodeId node, AccountId account);

/// Writes dimension rows that do not exist yet. The head must be locked. Returns how many were written.
int insert_dimensions(Tx& tx, NodeId node, const std::vector<Dimension>& dimensions);
/// True if the code is that of a member whom the node keeps as a party: its personal data stands elsewhere.
bool is_party(Tx& tx, NodeId node, std::string_view code);
/// Gives a dimension row another name, if it exists.
std::optional<Dimension> update_dimension_name(Tx& tx, NodeId node, DimensionKind kind, std::string_view code,
                                               std::string_view name);
/// Dimension rows of a kind, by code: at most so many, those after the code `after` ("": from the first).
std::vector<Dimension> read_dimension_rows(Tx& tx, NodeId node, DimensionKind kind, const std::string& after,
                                           int limit);

}  // namespace coop::books

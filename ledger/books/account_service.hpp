#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/node_service.hpp"

namespace coop::books {

/// Opens an account with balance zero. Throws Refused: node_unknown, path_malformed, field_invalid,
/// unit_unknown, limit_contradicts (lower above upper, or zero outside them), account_exists.
Account open_account(Tx& tx, NodeId node, const AccountDraft& draft, const Author& author);
/// Refuses what cannot be opened: path_malformed, field_invalid, limit_contradicts. Pure.
void require_account_draft(const AccountDraft& draft);
/// Opens many at once, all or none, leaving out those that exist already. Returns how many were opened.
int open_accounts(Tx& tx, NodeId node, const std::vector<AccountDraft>& drafts, const Author& author);
/// Opens from its draft's day on each account that exists and was to open later: the draft's other words do
/// not count. Returns how many.
int open_earlier(Tx& tx, NodeId node, const std::vector<AccountDraft>& drafts, const Author& author);
/// The account of this path in this unit; without a unit the only one. Throws Refused: account_unknown,
/// unit_ambiguous.
Account require_account(Tx& tx, NodeId node, std::string_view path, const std::optional<std::string>& unit);

/// What may be changed of an account; nothing where empty.
struct AccountChange {
  std::optional<std::string> title = {};
  std::optional<std::vector<DimensionKind>> required = {};
  std::optional<Limits> limits = {};
  std::optional<Day> opened_on = {};  ///< not later than it is
};
/// Changes it. Throws Refused: account_unknown, unit_ambiguous, field_invalid (title, a later first day),
/// limit_contradicts (the balance with its holds is outside the new limits).
Account change_account(Tx& tx, NodeId node, std::string_view path, const std::optional<std::string>& unit,
                       const AccountChange& change, const Author& author);
/// Closes an account: `last_day` is the last day on which it takes postings. Throws Refused: account_unknown,
/// unit_ambiguous, account_not_empty (balance or holds left), account_has_later_entries, field_invalid
/// (before opening).
Account close_account(Tx& tx, NodeId node, std::string_view path, const std::optional<std::string>& unit,
                      Day last_day, const Author& author);
/// Opens a closed account again. Throws Refused: account_unknown, unit_ambiguous.
Account reopen_account(Tx& tx, NodeId node, std::string_view path, const std::optional<std::string>& unit,
                       const Author& author);

/// Adds dimension rows, leaving out those that exist already. Returns how many were added.
/// Throws Refused: name_malformed, field_invalid (name).
int add_dimensions(Tx& tx, NodeId node, const std::vector<Dimension>& dimensions, const Author& author);
/// Gives a dimension row another name. Throws Refused: dimension_unknown, field_invalid (of a member whom the
/// node keeps as a party: the books hold no personal data).
Dimension rename_dimension(Tx& tx, NodeId node, DimensionKind kind, std::string_view code,
                           const std::string& name, const Author& author);

}  // namespace coop::books

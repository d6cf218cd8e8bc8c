#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/dimension.hpp"
#include "reports/balances.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Which accounts a report is about; every condition that is given must hold.
struct AccountFilter {
  std::optional<std::string> prefix = std::nullopt;  ///< this path and what lies below it
  std::optional<std::string> unit = std::nullopt;    ///< a unit's code
  std::vector<books::AccountType> types = {};        ///< any of these; all where empty
  std::optional<Day> open_on = std::nullopt;         ///< open on this day
  bool all() const { return !prefix && !unit && types.empty() && !open_on; }
};

/// The filter as text, for cursors and for people ("below assets, in EUR").
std::string text_of(const AccountFilter& filter);

/// Throws Refused: unit_unknown, path_malformed (prefix).
void require_filter(Tx& tx, const AccountFilter& filter);

/// An account as reports show it.
struct ReportAccount {
  AccountId id;
  std::string path;
  std::string unit;  ///< the unit's code
  int scale;         ///< the unit's decimals
  books::AccountType type;
  std::string title;
};

/// The accounts, the node's base unit first, then by unit code, then by path: what lies below a path follows
/// it at once. Throws Refused: unit_unknown, path_malformed (prefix).
std::vector<ReportAccount> read_report_accounts(Tx& tx, NodeId node, const AccountFilter& filter);

/// The account of this path in this unit; without a unit the only one.
/// Throws Refused: account_unknown, unit_ambiguous.
ReportAccount read_report_account(Tx& tx, NodeId node, std::string_view path,
                                  const std::optional<std::string>& unit);

/// Their ids, or no list where the filter leaves nothing out.
AccountIds ids_of(const std::vector<ReportAccount>& accounts, const AccountFilter& filter);

/// Codes of dimension rows, at most one a kind.
using AboutCodes = books::DimensionCodes;
/// The rows of these codes. Throws Refused: dimension_unknown.
About read_about(Tx& tx, NodeId node, const AboutCodes& codes);

/// The facts that tell what is left out, if anything is.
void add_filter(Table& table, const AccountFilter& filter, const AboutCodes& about);

/// The most rows a page may have.
inline constexpr int most_in_page = 1'000;
/// Throws Refused: field_invalid, unless a page of 1 to most_in_page rows is asked for.
void require_page_size(int limit);

}  // namespace coop::reports

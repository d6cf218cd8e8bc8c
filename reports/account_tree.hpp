#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/account_reading.hpp"

namespace coop::reports {

/// An account with the figures that a report has for it, one a column, in minor units of its unit.
struct AccountFigures {
  ReportAccount account;
  std::vector<std::int64_t> minor;
};

/// True if every figure is zero.
bool all_zero(const std::vector<std::int64_t>& figures);
/// Adds `figures` to `sums`, column by column. Throws Refused: amount_overflow.
void add_figures(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& figures);

/// The first `depth` parts of a path; the whole path where it has no more.
std::string_view first_parts(std::string_view path, int depth);

/// Accounts of one unit, given in the order of read_report_accounts, summed up into their ancestors of
/// `depth` parts. Accounts that are not deeper stay as they are. A group has the type of its first account,
/// and the title of the account that has its path, if there is one.
std::vector<AccountFigures> grouped(const std::vector<AccountFigures>& accounts, int depth);

/// A row of a tree: an account, or a path that holds accounts, with the sums of everything at and below it.
struct TreeRow {
  std::string path;
  std::string label;  ///< what the path adds to the row above it
  std::string title;
  int level;  ///< from 0
  std::vector<std::int64_t> minor;
};

/// The tree of accounts of one unit, given in the order of read_report_accounts, to any depth (all of it
/// where empty). A path with one branch only and nothing of its own is joined with it. Rows whose figures are
/// all zero are left out unless `zero_rows`.
std::vector<TreeRow> tree_of(const std::vector<AccountFigures>& accounts, std::optional<int> depth,
                             bool zero_rows);

/// Throws Refused: field_invalid, unless it is a depth of 1 or more.
void require_depth(std::optional<int> depth);

}  // namespace coop::reports

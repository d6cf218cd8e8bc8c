#pragma once
#include "reports/account_tree.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// What a balance sheet is asked for.
struct BalanceSheetQuery {
  std::vector<Day> days;  ///< one column a day, in this order
  std::optional<Instant> known_at = std::nullopt;
  std::optional<std::string> unit = std::nullopt;  ///< only this unit; all where empty
  AboutCodes about = {};                           ///< only postings about these
  std::optional<int> depth = std::nullopt;         ///< parts of paths that are shown; all where empty
  bool zero_rows = false;
};

/// The part of a balance sheet that is in one unit. Each figure has one place a day. Assets are debit
/// positive, the others credit positive.
struct BalanceSheetPart {
  std::string unit;
  int scale;
  std::vector<TreeRow> assets;
  std::vector<TreeRow> liabilities;
  std::vector<TreeRow> equity;
  std::vector<std::int64_t> total_assets;
  std::vector<std::int64_t> total_liabilities;
  std::vector<std::int64_t> total_equity;    ///< with both results
  std::vector<std::int64_t> earlier_result;  ///< income less expenses up to the end of the last fiscal year
  std::vector<std::int64_t> result;          ///< income less expenses of this fiscal year up to the day
};

/// A balance sheet. The year's end books nothing: what earlier years left over, and what this year has so
/// far, are computed lines of equity.
struct BalanceSheet {
  ReportNode node;
  BalanceSheetQuery query;
  std::vector<Period> years;            ///< the fiscal year of each day, cut at the day
  std::vector<BalanceSheetPart> parts;  ///< the base unit first
};

/// Reads it. Throws Refused: field_invalid (no day or too many, depth), unit_unknown, dimension_unknown.
BalanceSheet read_balance_sheet(Tx& tx, NodeId node, const BalanceSheetQuery& query);

/// As a table; its proof is that assets less liabilities and equity come to nothing, unless only some
/// postings are asked for: they need not balance.
Table table_of(const BalanceSheet& report);

}  // namespace coop::reports

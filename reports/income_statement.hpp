#pragma once
#include "reports/account_tree.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// What a statement of income and expenditure is asked for.
struct IncomeStatementQuery {
  std::vector<Period> periods;  ///< one column a period, in this order
  std::optional<Instant> known_at = std::nullopt;
  std::optional<std::string> unit = std::nullopt;  ///< only this unit; all where empty
  AboutCodes about = {};                           ///< only postings about these
  std::optional<int> depth = std::nullopt;         ///< parts of paths that are shown; all where empty
  bool zero_rows = false;
};

/// The part that is in one unit. Each figure has one place a period. Income is credit positive, expenses are
/// debit positive; the result is income less expenses.
struct IncomeStatementPart {
  std::string unit;
  int scale;
  std::vector<TreeRow> income;
  std::vector<TreeRow> expenses;
  std::vector<std::int64_t> total_income;
  std::vector<std::int64_t> total_expenses;
  std::vector<std::int64_t> result;
};

/// A statement of income and expenditure.
struct IncomeStatement {
  ReportNode node;
  IncomeStatementQuery query;
  std::vector<IncomeStatementPart> parts;  ///< the base unit first
};

/// Reads it. Throws Refused: field_invalid (no period or too many, depth), unit_unknown, dimension_unknown.
IncomeStatement read_income_statement(Tx& tx, NodeId node, const IncomeStatementQuery& query);

/// As a table.
Table table_of(const IncomeStatement& report);

}  // namespace coop::reports

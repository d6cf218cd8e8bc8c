#pragma once
#include "reports/account_tree.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// Which side of the books tells what a fund has or a member owes.
enum class DimensionSide {
  result,  ///< income, expenses and equity: credits are positive, for they are what a fund was given
  balance  ///< assets and liabilities: debits are positive, for they are what a member owes
};
/// The side that is usual for a kind: members by balance, the others by result.
DimensionSide usual_side(books::DimensionKind kind);
/// Of "result" or "balance". Throws Refused: field_invalid.
DimensionSide dimension_side_from(std::string_view text);

/// What a statement of funds, members, cost objects or tax codes is asked for.
struct DimensionStatementQuery {
  books::DimensionKind kind;
  Period period;
  DimensionSide side;
  std::optional<Instant> known_at = std::nullopt;
  std::optional<std::string> unit = std::nullopt;     ///< only this unit; all where empty
  std::optional<std::string> account = std::nullopt;  ///< only postings on this path and below
};

/// One fund (member …) in one unit: opening + in - out = closing, with the sign of the side.
struct DimensionStatementRow {
  std::string code;
  std::string name;
  std::int64_t opening_minor;
  std::int64_t in_minor;
  std::int64_t out_minor;
  std::int64_t closing_minor;
};

/// The rows in one unit, by code, and their sums.
struct DimensionStatementPart {
  std::string unit;
  int scale;
  std::vector<DimensionStatementRow> rows;
  DimensionStatementRow total;
};

/// A statement of funds, members, cost objects or tax codes. Rows that nothing was ever booked about are left
/// out.
struct DimensionStatement {
  ReportNode node;
  DimensionStatementQuery query;
  std::vector<DimensionStatementPart> parts;  ///< the base unit first
};

/// Reads it. Throws Refused: unit_unknown, path_malformed.
DimensionStatement read_dimension_statement(Tx& tx, NodeId node, const DimensionStatementQuery& query);

/// As a table.
Table table_of(const DimensionStatement& report);

}  // namespace coop::reports

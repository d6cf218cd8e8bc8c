#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/spending_mandate.hpp"
#include "ledger/funds/spending_rule.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// Money of others and the accounts it lies in, in one unit; and what the co-operative has and has promised.
/// Minor units; positive is what there is.
struct FundProof {
  UnitId unit;
  std::string unit_code;
  int scale;
  std::int64_t net_worth_minor;      ///< assets less debts: equity, income and expenses together
  std::int64_t own_funds_minor;      ///< the funds that are no money of others
  std::int64_t held_minor;           ///< the funds that are money of others
  std::int64_t held_accounts_minor;  ///< what lies in the accounts that they name
  bool names_held_accounts;          ///< any of them names one
};
/// By how much the co-operative's funds exceed what it has: so much of them is in truth owed to others. 0 if
/// they do not.
std::int64_t owed_minor(const FundProof& proof);
/// By how much more (or, negative, less) lies in the accounts of others' money than is owed to them.
std::int64_t held_difference_minor(const FundProof& proof);

/// All funds on a day, and the proof that they are part of the books.
struct FundList {
  ReportNode node;
  funds::FundView view;
  std::vector<funds::FundFigures> funds;
  std::vector<FundProof> proofs;  ///< a row each unit, in the order of the funds
};
/// Reads it.
FundList read_fund_list(Tx& tx, NodeId node, const funds::FundView& view);
/// As a table: the funds of each unit, what is in no fund, and the net worth that they come to; then the
/// money of others against its accounts.
Table table_of(const FundList& list);

/// What was decided about a fund, a row for each term.
Table table_of_fund_terms(const ReportNode& node, const funds::Fund& fund,
                          const std::function<Unit(UnitId)>& unit_of);

/// One line of a fund's statement. Minor units; positive comes in.
struct FundLine {
  EntryNumber entry;
  Day booked_on;
  std::string description;
  std::string account;
  std::int64_t minor;
  std::string other_fund;  ///< with which the entry moves it, or ""
  std::int64_t balance_minor;
};
/// A fund's statement: opening + in - out + transfers = closing. Then what of that stays, what is set aside,
/// and what may still be proposed.
struct FundStatement {
  ReportNode node;
  funds::Fund fund;
  Period period;
  std::optional<Instant> known_at;
  Unit unit;
  std::int64_t opening_minor;
  std::int64_t in_minor;
  std::int64_t out_minor;
  std::int64_t transfers_minor;  ///< from other funds, less those to them
  std::int64_t closing_minor;
  std::vector<FundLine> lines;
  std::optional<funds::FundFigures> figures = {};    ///< on the last day, in the unit of its terms
  std::vector<funds::MeasuredBuffer> measures = {};  ///< how its buffer was worked out
};
/// What a statement is asked for.
struct FundStatementQuery {
  std::string fund;
  Period period;
  std::optional<Instant> known_at = {};
  std::optional<Unit> unit = {};  ///< nothing: that of its latest terms, or the base unit
  Unit base_unit;
};
/// Reads it. Throws Refused: dimension_unknown.
FundStatement read_fund_statement(Tx& tx, NodeId node, const FundStatementQuery& query);
/// As a table.
Table table_of(const FundStatement& statement);

/// Spending mandates, a row each: granted, drawn, left, by when. `next` is the cursor of the next page.
Table table_of_spending_mandates(const ReportNode& node, const std::vector<funds::SpendingMandate>& listed,
                                 Day today, const std::function<Unit(UnitId)>& unit_of,
                                 const std::optional<std::string>& next);

/// Rules of spending, a row each. `next` is the cursor of the next page.
Table table_of_spending_rules(const ReportNode& node, const std::vector<funds::SpendingRule>& listed,
                              const std::function<Unit(UnitId)>& unit_of,
                              const std::optional<std::string>& next);

}  // namespace coop::reports

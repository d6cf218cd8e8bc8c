#pragma once
#include "reports/account_tree.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// What a trial balance is asked for.
struct TrialBalanceQuery {
  std::vector<Day> days = {};  ///< one column of balances a day, in this order; everything booked where empty
  std::optional<Day> from_on = std::nullopt;  ///< with one day: what was booked from here on is shown too
  std::optional<Instant> known_at = std::nullopt;
  AccountFilter accounts = {};
  AboutCodes about = {};                    ///< only postings about these
  std::optional<int> depth = std::nullopt;  ///< parts of paths; accounts below are summed up
  bool zero_rows = false;                   ///< accounts whose figures are all zero, too
};

/// An account or group of accounts of one unit.
struct TrialBalanceRow {
  std::string path;
  std::string title;
  books::AccountType type;
  std::int64_t opening_minor = 0;           ///< with from_on: the balance before it, debit positive
  Turnover turnover;                        ///< with from_on: what was booked from there on
  std::vector<std::int64_t> balance_minor;  ///< one a day, debit positive
};

/// The part of a trial balance that is in one unit. Debit and credit balances of the rows add up to the
/// totals.
struct TrialBalancePart {
  std::string unit;
  int scale;
  std::vector<TrialBalanceRow> rows;
  Turnover turnover;
  std::vector<Turnover> totals;  ///< one a day: the sum of debit balances, the sum of credit balances
};

/// A trial balance.
struct TrialBalance {
  ReportNode node;
  TrialBalanceQuery query;
  std::vector<TrialBalancePart> parts;  ///< the base unit first
  /// True if nothing is left out: then debits equal credits in every unit, which is the report's proof.
  bool whole() const;
};

/// Reads it. Throws Refused: field_invalid (too many days, a start with several days, depth), day_malformed
/// (the start is after the day), unit_unknown, path_malformed, dimension_unknown.
TrialBalance read_trial_balance(Tx& tx, NodeId node, const TrialBalanceQuery& query);

/// As a table. Balances stand in the debit or the credit column, both positive.
Table table_of(const TrialBalance& report);

}  // namespace coop::reports

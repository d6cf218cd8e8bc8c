#pragma once
#include <optional>
#include <string>
#include <vector>

#include "reports/account_reading.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Which lines of an account's statement.
struct StatementQuery {
  std::string account = {};                        ///< a path
  std::optional<std::string> unit = std::nullopt;  ///< needed where the path is open in several units
  std::optional<Day> from_on = std::nullopt;
  std::optional<Day> to_on = std::nullopt;
  std::optional<Instant> known_at = std::nullopt;
  AboutCodes about = {};  ///< only postings about these: lines and balances alike
  bool newest_first = false;
  int limit = 100;
  std::optional<std::string> cursor = std::nullopt;
};

/// A posting on the account, with what its entry says and the balance after it, debit positive.
struct StatementLine {
  Day booked_on;
  EntryNumber entry;
  int line;
  Instant recorded_at;
  std::string description;
  std::string reference;
  std::string note;
  std::string counterpart;  ///< paths of the entry's other accounts; empty if it has more than ten postings
  books::DimensionCodes about;
  std::optional<EntryNumber> reverses;
  std::optional<EntryNumber> reversed_by;
  std::int64_t amount_minor;
  std::int64_t balance_minor;
};

/// One page of an account's statement. Balances are debit positive.
struct Statement {
  ReportNode node;
  ReportAccount account;
  StatementQuery query;
  std::int64_t opening_minor;  ///< before the earliest line of the page
  std::vector<StatementLine> lines;
  std::int64_t closing_minor;       ///< after the latest line of the page
  std::optional<std::string> next;  ///< cursor of the next page
};

/// A page of the account's statement with its running balance, by effective day, then by entry and line. All
/// pages show the books as they were at the first; a page costs the same at any depth. Throws Refused:
/// account_unknown, unit_ambiguous, day_malformed (to before from), cursor_invalid, field_invalid (limit),
/// dimension_unknown.
Statement read_statement(Tx& tx, NodeId node, const StatementQuery& query);

/// As a table: amounts and balances have the sign that a reader expects for the account's type. A page that
/// does not begin or end the statement says what is brought and carried forward, unless the pages are put
/// together `in_one_piece`.
Table table_of(const Statement& statement, bool in_one_piece = false);

}  // namespace coop::reports

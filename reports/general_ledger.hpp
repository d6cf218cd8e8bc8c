#pragma once
#include "reports/report_node.hpp"
#include "reports/statement.hpp"

namespace coop::reports {

/// What a general ledger is asked for.
struct GeneralLedgerQuery {
  Day from_on;
  Day to_on;
  std::optional<Instant> known_at = std::nullopt;
  AccountFilter accounts = {};
  AboutCodes about = {};  ///< only postings about these
};

/// A stretch of one account's lines, with the balances around it, debit positive.
struct LedgerBlock {
  ReportAccount account;
  bool begins;  ///< true: the account's first block, so that the opening is its balance before the time
  bool ends;    ///< true: its last block
  std::int64_t opening_minor;
  std::vector<StatementLine> lines;  ///< without counterpart
  std::int64_t closing_minor;
};

/// A general ledger, read stretch by stretch: accounts by unit and path, of each its opening balance, its
/// lines by effective day and its closing balance. Accounts that have neither balance nor lines are left out.
class GeneralLedger {
 public:
  /// Begins at the beginning, or where a cursor says. All stretches show the books as they were at the
  /// beginning. Throws Refused: day_malformed (to before from), cursor_invalid, unit_unknown, path_malformed,
  /// dimension_unknown.
  GeneralLedger(Tx& tx, NodeId node, GeneralLedgerQuery query,
                const std::optional<std::string>& cursor = std::nullopt);

  /// The next stretch, of at most about `limit` lines; empty at the end. `tx` may be another one than at the
  /// beginning, in the same snapshot or not.
  std::vector<LedgerBlock> next(Tx& tx, int limit);
  /// Where the next stretch begins; nothing at the end.
  std::optional<std::string> cursor() const;

  const ReportNode& node() const { return report_node_; }
  const GeneralLedgerQuery& query() const { return query_; }

 private:
  // An account that is to be shown.
  struct Shown {
    ReportAccount account;
    std::int64_t opening_minor;
    bool has_lines;
  };
  // The last line that was shown of the account at which the next stretch begins.
  struct Place {
    Day day;
    std::int64_t entry;
    std::int64_t line;
    std::int64_t balance_minor;
  };

  std::string query_text() const;
  void read_accounts(Tx& tx);
  Rows read_lines(Tx& tx, std::size_t accounts, int limit) const;
  int append_accounts(Tx& tx, std::size_t accounts, int left, std::vector<LedgerBlock>& blocks);
  LedgerBlock begun_block() const;

  NodeId node_;
  ReportNode report_node_;
  GeneralLedgerQuery query_;
  About about_;
  EntryNumber last_;
  std::vector<Shown> shown_;
  std::size_t at_ = 0;
  std::optional<Place> within_;
};

/// Stretches as a table, with debits and credits in columns of their own and running balances that have the
/// sign a reader expects for the account's type.
Table table_of(const GeneralLedger& ledger, const std::vector<LedgerBlock>& blocks);

}  // namespace coop::reports

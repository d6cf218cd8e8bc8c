#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/bank_account.hpp"
#include "ledger/bank/bank_line.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "ledger/bank/signoff.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// A posting that no line of the bank is, or not all of it. Minor units; positive: money came in by the
/// books.
struct UnclearedPosting {
  EntryNumber entry;
  int posting_line;
  Day booked_on;
  std::int64_t amount_minor;
  std::int64_t uncleared_minor;
  std::string description;
  std::string reference;
  std::optional<bank::BankLineNumber> line_reversed = {};  ///< it takes back what this line was matched with
};

/// A line of the bank that is not on the books.
struct UnbookedLine {
  bank::BankLineNumber line;
  Day booked_on;
  std::int64_t amount_minor;
  std::string words;  ///< name and text of the first payment in it, or what the line says
  bool is_ignored;
};

/// Whether the account agrees with the bank on a day, in the auditors' order:
/// books - what the bank does not have yet + what the books do not have yet - what differed at the beginning
/// = bank.
struct Reconciliation {
  bank::BankAccount account;
  Unit unit;
  Day as_of;
  std::int64_t books_minor;                 ///< the balance of the account in the books
  std::vector<UnclearedPosting> uncleared;  ///< by day
  std::int64_t uncleared_minor;             ///< all of them, also those beyond the list
  std::vector<UnbookedLine> unbooked;       ///< by day
  std::int64_t unbooked_minor;              ///< all of them, also those beyond the list
  std::optional<Day> begins_on;             ///< the first day that a statement tells of
  std::int64_t beginning_minor;             ///< by how much the books were above the bank the day before
  std::optional<std::int64_t> bank_minor;   ///< what the bank says; nothing: no statement says a balance
  std::optional<Day> proved_until;          ///< through that day every closing balance is met by the lines
  std::optional<Day> contradicted_on;       ///< the first closing balance that the lines do not meet
  std::int64_t difference_minor;            ///< what is left unexplained; zero if all is well
  std::int64_t uncleared_count = 0;         ///< all of them, also those beyond the list
  std::int64_t unbooked_count = 0;          ///< all of them, also those beyond the list
  std::optional<bank::BankImportNumber> last_import = {};  ///< the file that says the balance by the bank
  std::optional<int> last_statement = {};                  ///< and where in it
  std::optional<Day> counted_on = {};    ///< of cash: the count that stands for the bank's statement
  bank::Suspended suspended = {};        ///< what is on the books, and nobody knows what it is
  std::optional<Instant> known_at = {};  ///< as was known then; nothing: as is known now
};

/// The most postings and lines that are listed.
inline constexpr int most_listed = 1'000;

/// Works it out as of a day. What happened before the first statement is taken as one difference, so that an
/// opening balance that is missing or stands twice is seen as what it is. Cash that was counted is compared
/// with its latest count: what was booked since is what the count does not have yet. What lines say is left
/// out unless whoever asks may see personal data. With an instant everything is as it was known then:
/// entries, files, matches, lines set aside and counts. Throws Refused: bank_account_unknown (the account was
/// not on record at that instant).
Reconciliation read_reconciliation(Tx& tx, NodeId node, const bank::BankAccount& account, const Unit& unit,
                                   Day as_of, bool sees_names, std::optional<Instant> known_at = {});

/// What a person signs: the figures, and the statement without what names anybody.
bank::SignedFigures signed_figures_of(const ReportNode& node, const Reconciliation& statement);

/// The statement as a person signs it.
Table table_of_reconciliation(const ReportNode& node, const Reconciliation& statement);

}  // namespace coop::reports

#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/learning.hpp"
#include "ledger/bank/reading.hpp"
#include "ledger/bank/rule.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::bank {

/// How far a posting may lie from a line that it could be, in days.
inline constexpr int most_days_apart = 30;
/// How far one may lie for it to be found without looking at names.
inline constexpr int most_days_near = 10;
/// How far the two sides of a transfer may lie from each other.
inline constexpr int most_days_of_transfer = 5;

/// A posting of an account that no line is, and that is not taken back.
struct LoosePosting {
  EntryNumber entry;
  int posting_line;
  Day booked_on;
  std::int64_t amount_minor;
  std::string reference;    ///< of the entry
  std::string description;  ///< of the entry
  std::string member;       ///< whom the posting is about, or empty
};

/// Something owed that is not paid, or not all of it.
struct OpenCharge {
  ChargeNumber charge;
  Day due_on;
  std::int64_t open_minor;
};

/// Whom or what a reference is of.
struct ReferenceTarget {
  std::string member;
  std::string debtor;                  ///< who owes it
  std::optional<ChargeNumber> charge;  ///< nothing: whatever the member owes
  friend auto operator<=>(const ReferenceTarget&, const ReferenceTarget&) = default;
};

/// A line of a direct debit of ours that went to the bank and has not come back.
struct SentLine {
  int collection;
  int line;
  std::string end_to_end;
  std::string mandate;
  std::string member;
  std::int64_t minor;
  bool is_paid;  ///< its collection was settled, and the payment stands
};

/// A collection of ours that went to the bank.
struct SentCollection {
  int collection;
  std::string message;
  Day due_on;
  std::string account;  ///< the path of the account that it arrives in
  std::int64_t minor;   ///< of the lines that stand
  bool is_settled;
  std::vector<LoosePosting> loose;  ///< of a settled one: the postings that no line is
};

/// An order of a payment of ours that the bank has.
struct SentOrder {
  int disbursement;
  int order;
  std::string end_to_end;
  std::int64_t minor;
  std::string payee_account;  ///< empty once the party was erased
  bool is_paid;               ///< a line of the bank is it; else it waits for one
};

/// A file of payments of ours that the bank has.
struct SentDisbursement {
  int disbursement;
  std::string message;
  Day requested_on;
  std::string account;            ///< the path of the account that is paid from
  std::vector<SentOrder> orders;  ///< those that wait, and those that were paid and are named by a line
};

/// Whoever owes something, by name.
struct OwingMember {
  std::string member;
  std::vector<std::string> name_words;  ///< folded: a name is compared with many lines
  std::int64_t owed_minor;
};

/// A line of another account of ours that nothing is known of, with the opposite amount.
struct OppositeLine {
  BankLineNumber line;
  std::string account;  ///< the path of its account
  Day booked_on;
};

/// What the books know that lines could be, read for many lines at once.
struct Candidates {
  std::vector<KnownAccount> accounts;
  std::string fee_account;  ///< where the bank's charges are booked; empty: nobody said it
  std::map<BankLineNumber, std::vector<LoosePosting>> postings;  ///< of the line's amount, near its day
  std::map<StructuredReference, std::vector<ReferenceTarget>> references;
  std::map<std::pair<std::string, UnitId>, std::vector<OpenCharge>> open;  ///< by member; by due day
  std::vector<SentLine> sent_lines;
  std::vector<SentCollection> sent_collections;
  std::vector<SentDisbursement> sent_disbursements;
  std::multimap<std::string, std::string> payers;  ///< members by the hash of an account that paid for them
  std::map<BankLineNumber, std::string> hashes;    ///< of the counterparty's account, where a line has one
  std::map<UnitId, std::vector<OwingMember>> owing;
  std::map<BankLineNumber, std::vector<OppositeLine>> opposite;
  std::vector<BankRule> rules;  ///< those that have not ended, in the order in which they are asked
  std::map<BankLineNumber, std::vector<LearnedWord>> lessons;

  /// The account of a line; null if it has none.
  const KnownAccount* find_account(const BankLine& line) const;
  /// What a member owes, by due day.
  const std::vector<OpenCharge>& open_of(const std::string& member, UnitId unit) const;
};

/// One payment inside a line, before the bank took its charges.
struct Piece {
  std::int64_t minor;
  const BankDetail* detail;  ///< null: the line says nothing but its own words
};
/// A line taken apart: its pieces, what the bank charged for them (negative, or zero), and what is left.
struct Pieces {
  std::vector<Piece> pieces;
  std::int64_t charges_minor = 0;
  std::int64_t rest_minor = 0;
};
/// The payments of a line. Of several without amounts of their own the line is one piece.
Pieces pieces_of(const BankLine& line);

/// The references with right check digits that a payment carries: that of the structured field, or if it has
/// none those found in free text, blanks and punctuation left out.
std::vector<StructuredReference> references_of(const BankLine& line, const Piece& piece);
/// The same in any text.
std::vector<StructuredReference> references_in(std::string_view text);

/// What could be an id of ours: end-to-end, of a file or of a group of payments, in the fields for it or
/// repeated in the text.
std::vector<std::string> ids_of(const BankLine& line, const Piece& piece);

}  // namespace coop::bank

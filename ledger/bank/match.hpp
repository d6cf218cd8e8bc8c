#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/bank_line.hpp"
#include "ledger/books/dimension.hpp"

namespace coop::bank {

/// A match of one node; counted from 1.
using MatchNumber = Id<struct MatchKindTag, std::int32_t>;
/// A rule for lines, of one node; counted from 1.
using BankRuleNumber = Id<struct BankRuleKindTag, std::int32_t>;

/// How a line was recognised, in the order in which it is tried.
enum class MatchMethod {
  posting,    ///< it is on the books already
  reference,  ///< a payment reference with check digits
  own_order,  ///< our own end-to-end id, mandate or file comes back
  payer,      ///< an account that paid for a member before
  similar,    ///< amount, days and name
  rule,       ///< a rule of the treasurer's
  transfer,   ///< the other side of a transfer between two accounts of ours
  learned,    ///< where lines with the same words went before
  suspense,   ///< nothing known fits: a person parks it
  hand,       ///< a person says so
};
/// "posting" …
std::string_view text_of(MatchMethod method);
/// Throws Refused: field_invalid.
MatchMethod match_method_from(std::string_view text);

/// Why something is proposed: a stable code, and the figures or words that it rests on.
struct Reason {
  std::string code;   ///< "reference_found", "amount_equal", "days_apart"
  std::string words;  ///< "RF18 5390 0754 7034 is M0042's"
  /// Words of the line itself that it rests on: shown to those who may see them, and not kept with a match.
  std::string said = {};
};

/// The version of a rule that something comes of.
struct UsedRule {
  BankRuleNumber rule;
  int version;
};

/// How a posting came to be: it was there, or was made for the line.
enum class Made { found, payment, return_, settlement, entry, order, order_return };
/// "found", "payment", "return", "settlement", "entry", "order", "order_return"
std::string_view text_of(Made made);
/// Throws Refused: field_invalid.
Made made_from(std::string_view text);

/// A posting to the account, and how much of it the line is.
struct MatchPart {
  EntryNumber entry;
  int posting_line;
  std::int64_t amount_minor;
  Made made;
  std::optional<PaymentNumber> payment = {};
  std::optional<int> collection = {};
  std::optional<int> collection_line = {};
  std::optional<int> disbursement = {};
  std::optional<int> order = {};
  std::string return_code = {};                 ///< of an order that came back
  std::optional<EntryNumber> reversed_by = {};  ///< the entry that took its entry back since
};

/// A line that was found to be postings of the books.
struct Match {
  MatchNumber number;
  BankLineNumber line;
  MatchMethod method;
  bool is_attended;  ///< a person decided; else it was certain
  std::vector<Reason> reasons;
  std::vector<MatchPart> parts;
  bool is_live;
  std::string end_reason;
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<BankAccountNumber> account = {};  ///< of the line
  std::optional<UsedRule> rule = {};              ///< of method `rule`
};

/// What to do with a line: use a posting that is there, or make one. Fields that its kind does not use are
/// empty.
struct ProposedPart {
  std::int64_t amount_minor;  ///< of the line, signed
  Made made;
  // found:
  std::optional<EntryNumber> entry = {};
  int posting_line = 0;  ///< 0: the entry's posting to the account
  // payment: of dues, by this member, for these members or charges; money that went out is a refund
  std::string payer = {};
  std::string for_member = {};  ///< empty: the payer's own debts
  std::optional<ChargeNumber> charge = {};
  // return, settlement: of a direct debit
  std::optional<int> collection = {};
  std::optional<int> collection_line = {};
  std::string return_code = {};  ///< empty: MS03, the bank does not say why
  // order, order_return: of payments of ours; an order_return has a return_code as well
  std::optional<int> disbursement = {};
  std::optional<int> order = {};  ///< of an order, nothing: all that wait for the bank
  // entry: the other side
  std::string account = {};  ///< the path; empty in a proposal: somebody has to say it
  std::string description = {};
  books::DimensionCodes about = {};               ///< of the other side's posting
  std::optional<BankLineNumber> other_line = {};  ///< of a transfer: the line of the other account
};

/// What a line seems to be.
struct Proposal {
  MatchMethod method;
  bool is_certain;  ///< may be done unattended, if the statement's equation holds
  int score;        ///< of `similar`: higher is likelier
  std::vector<Reason> reasons;
  std::vector<ProposedPart> parts;
  std::optional<UsedRule> rule = {};
};

/// What is to be done with a line.
struct MatchDraft {
  MatchMethod method = MatchMethod::hand;
  std::vector<ProposedPart> parts;
  std::vector<Reason> reasons = {};
  bool is_attended = true;  ///< a person decides
  std::optional<UsedRule> rule = {};
};

/// Of several proposals the one that may be done unattended; null if there is none, or more than one of the
/// same method. The earlier method counts.
const Proposal* certain_among(const std::vector<Proposal>& proposals);

}  // namespace coop::bank

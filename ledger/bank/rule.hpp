#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/match.hpp"

namespace coop::bank {

/// What a rule may do: propose; post by itself, where nothing surer is known; nothing any more.
enum class RuleMode { suggest, post, ended };
/// "suggest", "post", "ended"
std::string_view text_of(RuleMode mode);

/// Which lines a rule takes: all that is said must hold. Amounts are minor units of the rule's unit, whether
/// money came or went.
struct RuleConditions {
  std::optional<BankAccountNumber> bank_account = {};
  std::optional<bool> is_credit = {};  ///< money came in, or went out
  std::optional<std::int64_t> least_minor = {};
  std::optional<std::int64_t> most_minor = {};
  std::string counterparty = {};          ///< all of its words stand in a name of the counterparty
  std::string words = {};                 ///< all of its words stand in the text
  std::string reference = {};             ///< the structured reference or the end-to-end id, whole
  std::string code = {};                  ///< the bank's code for what it booked, whole
  std::optional<int> first_day = {};      ///< of the month; 28 to 3 goes over its end
  std::optional<int> last_day = {};       ///< given if first_day is
  std::string counterparty_hash = {};     ///< of the counterparty's account, see payer_hash()
  std::string counterparty_account = {};  ///< in a draft: the account number, which is kept as its hash only
};

/// The other side of what a rule takes: a fixed amount of it, a share of what the fixed ones leave, or the
/// rest.
struct RulePart {
  std::string account;                           ///< the path
  std::optional<std::int64_t> fixed_minor = {};  ///< whether money came or went
  std::optional<std::int64_t> share_millionths = {};
  books::DimensionCodes about = {};
  std::string description = {};
};

/// A rule as somebody writes it. It makes one thing: parts, a member's payment, or a transfer.
struct RuleDraft {
  std::string name;  ///< what it is about, never who
  std::string note = {};
  UnitId unit;
  RuleConditions when = {};
  std::vector<RulePart> parts = {};
  std::string pays_for = {};                          ///< the member whose dues it pays
  std::optional<BankAccountNumber> transfer_to = {};  ///< another account of ours with statements
};

/// A version of a rule. The mode is that of the rule: of an older version it says nothing.
struct BankRule {
  BankRuleNumber number;
  int version;
  RuleDraft is;
  std::string transfer_path = {};  ///< the path of transfer_to
  RuleMode mode = RuleMode::suggest;
  std::string reason =
      {};  ///< of its last step: why it posts although the replay differs, or why not any more
  Instant recorded_at;
  std::optional<UserId> recorded_by = {};
  std::vector<std::string> counterparty_words = {};  ///< folded
  std::vector<std::string> text_words = {};          ///< folded
};

/// What rules look at of a line, made comparable once for all rules.
struct LineFeatures {
  std::vector<std::string> names;  ///< folded words of the counterparty's names
  std::vector<std::string> words;  ///< folded words of its texts
  std::vector<std::string> references;
  std::string code;
};
/// Reads them off a line.
LineFeatures features_of(const BankLine& line);

/// A line as rules look at it.
struct RuleQuestion {
  const BankLine& line;
  const LineFeatures& features;
  UnitId unit;          ///< of the line's account
  std::string account;  ///< its path
  std::string hash;     ///< of the counterparty's account; "": the line has none
  /// What the line was before the bank took its charges: a member paid so much.
  std::int64_t gross_minor;
};
/// What a rule makes of a line, and why: condition by condition, never whom the line names.
struct TakenByRule {
  std::vector<Reason> reasons;
  std::vector<ProposedPart> parts;
};
/// Nothing, if the rule does not take the line: a condition does not hold, its fixed amounts are more than
/// there is, or it would be its own other side.
std::optional<TakenByRule> take_by(const BankRule& rule, const RuleQuestion& asked);

/// What a rule makes of an amount of a line; nothing if its fixed amounts are more than that. Shares are
/// divided exactly, by largest remainder.
std::optional<std::vector<ProposedPart>> parts_by(const BankRule& rule, std::int64_t amount_minor);

/// Refuses a rule that says nothing, or not one thing: field_missing, field_invalid, naming the field.
/// Whether accounts, members and dimensions exist is not looked at.
void require_rule(const RuleDraft& draft);

}  // namespace coop::bank

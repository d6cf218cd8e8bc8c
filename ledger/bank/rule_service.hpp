#pragma once
#include <string>
#include <vector>

#include "ledger/bank/rule_store.hpp"

namespace coop::bank {

/// The most rules of a node that have not ended.
inline constexpr std::size_t most_rules = 500;

/// Writes a rule, which is asked after all others and suggests. Throws Refused, naming the field:
/// field_missing, field_invalid (see require_rule(); also if the node has most_rules), bank_account_unknown,
/// account_unknown, party_unknown, dimension_unknown.
BankRule write_rule(Tx& tx, NodeId node, const RuleDraft& draft, const books::Author& author);
/// Changes a rule: a new version of it, which only suggests. Throws Refused: bank_rule_unknown,
/// bank_rule_ended, and as write_rule().
BankRule change_rule(Tx& tx, NodeId node, BankRuleNumber number, const RuleDraft& draft,
                     const books::Author& author);
/// The draft as it would be kept, for a replay of it: nothing is written. Throws Refused: as write_rule().
BankRule drafted_rule(Tx& tx, NodeId node, const RuleDraft& draft);
/// Ends a rule: it stays on record and takes no line any more. Throws Refused: bank_rule_unknown,
/// bank_rule_ended, field_invalid (/reason).
BankRule end_rule(Tx& tx, NodeId node, BankRuleNumber number, const std::string& reason,
                  const books::Author& author);
/// Puts the rules that have not ended into this order. Throws Refused: bank_rule_unknown, bank_rule_ended,
/// field_invalid (one is named twice, or missing), naming the place.
std::vector<BankRule> order_rules(Tx& tx, NodeId node, const std::vector<BankRuleNumber>& rules,
                                  const books::Author& author);

/// Lets a rule post by itself, after this replay of it. Throws Refused: bank_rule_unknown, bank_rule_ended,
/// bank_rule_not_proved (there is no such replay, it is of another version, or it differs or shows nothing
/// and no reason is given), field_invalid (/reason).
BankRule let_rule_post(Tx& tx, NodeId node, BankRuleNumber number, int replay, const std::string& reason,
                       const books::Author& author);
/// Lets it suggest only. Throws Refused: bank_rule_unknown, bank_rule_ended, field_invalid (/reason). Nothing
/// changes if it does not post.
BankRule let_rule_suggest(Tx& tx, NodeId node, BankRuleNumber number, const std::string& reason,
                          const books::Author& author);

/// The rule as it is now. Throws Refused: bank_rule_unknown.
BankRule read_rule(Tx& tx, NodeId node, BankRuleNumber number);
/// The same, unless it has ended. Throws Refused: bank_rule_unknown, bank_rule_ended.
BankRule require_live_rule(Tx& tx, NodeId node, BankRuleNumber number);

}  // namespace coop::bank

#pragma once
#include "ledger/bank/replay.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Tries a rule, a draft too, on lines that count, as if all rules that have not ended had been there always.
/// A draft is asked after all others. Amounts are compared by account and member; funds and other dimensions
/// are not. Throws Refused: bank_account_unknown.
Replayed replay_rule(Tx& tx, NodeId node, const BankRule& rule, const ReplayScope& scope);

/// Tries a rule as it is now, and writes down what came of it: that is asked before the rule may post by
/// itself. Throws Refused: bank_rule_unknown, bank_rule_ended, bank_account_unknown.
Replayed record_replay(Tx& tx, NodeId node, BankRuleNumber rule, const ReplayScope& scope,
                       const books::Author& author);

}  // namespace coop::bank

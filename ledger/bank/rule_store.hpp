#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/replay.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Which rules are read; all of the node, where nothing is said.
struct RuleFilter {
  std::optional<BankRuleNumber> number = {};
  std::optional<bool> ended = {};  ///< only those that have ended, or only those that have not
  bool all_versions = false;       ///< else the one that counts
};
/// Rules in the order in which they are asked; of one, the latest version first.
std::vector<BankRule> read_rules(Tx& tx, NodeId node, const RuleFilter& filter = {});

/// The number that the next rule gets. The head must be locked.
BankRuleNumber next_rule(Tx& tx, NodeId node);
/// Writes a version; `transfer_path` and `mode` are not looked at. The head must be locked.
void insert_rule_version(Tx& tx, NodeId node, const BankRule& rule, const books::Author& author);
/// Writes down in which order rules are asked. The head must be locked.
void insert_rule_order(Tx& tx, NodeId node, const std::vector<BankRuleNumber>& rules,
                       const books::Author& author);

/// True if the node has a dimension row of this kind and code.
bool knows_dimension(Tx& tx, NodeId node, books::DimensionKind kind, const std::string& code);

/// What happens to a rule: it posts, after a replay; it suggests again; it ends.
struct RuleStep {
  std::string_view kind;  ///< "posting", "suggesting", "ended"
  int version;
  std::optional<int> replay = {};
  std::string reason = {};
};
/// Writes it down. The head must be locked.
void insert_rule_step(Tx& tx, NodeId node, BankRuleNumber rule, const RuleStep& step,
                      const books::Author& author);

/// Writes a replay down and returns its number. The head must be locked.
int insert_rule_replay(Tx& tx, NodeId node, BankRuleNumber rule, const RuleReplay& replay,
                       const books::Author& author);
/// The replays of a rule, the latest first.
std::vector<RuleReplay> read_rule_replays(Tx& tx, NodeId node, BankRuleNumber rule);

}  // namespace coop::bank

#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/handlers/sharing_forms.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/trial_service.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/rule_version.hpp"

namespace coop::api {

/// What became of a try of a rule.
struct TriedRule {
  sharing::RuleVersion version;  ///< 0: one that nobody adopted yet
  sharing::Pot pot;
  sharing::Division division;
  std::optional<std::vector<pay::GivenPay>> given;  ///< where it was tried on the past
};

/// Divides what is asked for by the rule of this code, or (with a rule in `asked`) by that one. What is asked
/// of the past is taken from there: members, hours, figures and the pot, unless they are given. Throws
/// Refused: sharing_rule_unknown, unit_mismatch (the past is in another unit), field_missing (no pot), what
/// the trials of `pay` refuse, and what divide() refuses.
TriedRule try_asked(Tx& tx, NodeId node, const std::string& code, AskedTry asked);

}  // namespace coop::api

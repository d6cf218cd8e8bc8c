#pragma once
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/rule_version.hpp"

namespace coop::sharing {

/// Records the next version of a rule, or the first of a new one. Throws Refused, in this order: what
/// require_version refuses; field_invalid (it was adopted on a day that is to come where the node is); what
/// require_rule refuses; unit_unknown (the rule's); sharing_rule_unknown, if
/// nothing is there to be withdrawn; sharing_versions_overlap, if it does not begin after the last version.
RuleVersion adopt_version(Tx& tx, NodeId node, const VersionDraft& draft, const books::Author& author);

/// All versions of a rule, from the first on. Throws Refused: sharing_rule_unknown.
std::vector<RuleVersion> read_rule_versions(Tx& tx, NodeId node, const std::string& code);
/// One version: what a run was made by. Throws Refused: sharing_rule_unknown.
RuleVersion read_version(Tx& tx, NodeId node, const std::string& code, int version);
/// The version that holds on a day. Throws Refused: sharing_rule_unknown, if none does or it was withdrawn,
/// naming the field that says the code, if there is one.
RuleVersion read_version_on(Tx& tx, NodeId node, const std::string& code, Day on,
                            const std::string& field = {});

/// Divides a pot by a version, with the values of places that are recorded; records nothing. Throws Refused:
/// sharing_rule_unknown (the version withdraws the rule), and what divide() refuses.
Division try_version(Tx& tx, NodeId node, const RuleVersion& version, const Pot& pot,
                     const std::vector<Participant>& participants);

/// The same by a rule that nobody adopted yet. Throws Refused: what divide() refuses.
Division try_rule(Tx& tx, NodeId node, const SharingRule& rule, const Pot& pot,
                  const std::vector<Participant>& participants);

}  // namespace coop::sharing

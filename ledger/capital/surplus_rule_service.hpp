#pragma once
#include "ledger/books/author.hpp"
#include "ledger/capital/surplus.hpp"
#include "ledger/database/tx.hpp"

namespace coop::capital {

/// Adopts a rule. `number`, `unit_id` and `recorded_at` of what is asked for do not count. Throws Refused
/// naming the field: field_invalid, decision_missing, unit_unknown, account_unknown, sharing_rule_unknown; a
/// rule begins after those of its unit. Where rules of sharing are named, they say who gets what, and all
/// weights are 0.
SurplusRule adopt_surplus_rule(Tx& tx, NodeId node, SurplusRule asked, const books::Author& author);

}  // namespace coop::capital

#pragma once
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/spending_rule.hpp"

namespace coop::funds {

/// Records what is decided about spending from a day on. Throws Refused, the first of: field_invalid
/// (decision; a field that its kind does not use; amounts below zero, or one approval from more than two;
/// body), field_missing (body or level of an authority), dimension_unknown (fund), naming the field.
SpendingRule adopt_spending_rule(Tx& tx, NodeId node, const SpendingRuleDraft& draft,
                                 const books::Author& author);

}  // namespace coop::funds

#pragma once
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/costs/cost_pool.hpp"
#include "ledger/database/tx.hpp"

namespace coop::costs {

/// Begins a pool, or the next term of one: among whom, by which rule, from which day. Unit and accounts of a
/// pool never change. Throws Refused naming the field, in this order: what require_pool_draft refuses;
/// unit_unknown; account_unknown, field_invalid (accounts); sharing_rule_unknown (not in force on the first
/// day); node_unknown, party_unknown, circle_unknown, what require_pool_draft refuses (participants);
/// field_invalid (another unit or account than before; not after the term before).
CostPool adopt_cost_pool(Tx& tx, NodeId node, CostPoolDraft draft, const books::Author& author);

/// Somebody as the node writes them. Throws Refused naming `field`: node_unknown, party_unknown,
/// circle_unknown, name_malformed (a neighbour's: nobody here knows all of them).
CostParty require_cost_party(Tx& tx, NodeId node, const CostParty& asked, const std::string& field);

}  // namespace coop::costs

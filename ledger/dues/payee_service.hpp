#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/dues/payee_store.hpp"

namespace coop::dues {

/// Sets where dues are paid and what notices say besides, all of it. Throws Refused: node_unknown, and what
/// require_payee refuses.
void set_payee(Tx& tx, NodeId node, const Payee& payee, const books::Author& author);

/// Whom or what a reference is of.
struct ReferenceOwner {
  std::string member;                  ///< a member number
  std::optional<ChargeNumber> charge;  ///< nothing: it is the member's own, good for anything owed
  std::string debtor = {};             ///< a member number: who owes the charge, or the member
};
/// Everything in the node that has this reference, a member's own first: usually one. Nothing, if nothing
/// has.
std::vector<ReferenceOwner> find_reference(Tx& tx, NodeId node, const StructuredReference& reference);
/// The same of many at once; those that nobody has are left out.
std::map<StructuredReference, std::vector<ReferenceOwner>> find_references(
    Tx& tx, NodeId node, std::span<const StructuredReference> references);
/// The only one that has this reference: money is led to nobody by a guess. Throws Refused: party_unknown
/// (/reference), if nothing has it or several have.
ReferenceOwner require_owner(Tx& tx, NodeId node, const StructuredReference& reference);

}  // namespace coop::dues

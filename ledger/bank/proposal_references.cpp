#include <algorithm>
#include <set>

#include "ledger/bank/proposal_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::bank {

namespace {

constexpr int days_ahead = 31;  // dues that come within a month may be paid already

// A payment of the line with what its references are of.
struct Addressed {
  Piece piece;
  std::optional<StructuredReference> reference;  // one of those that have an owner
  std::vector<ReferenceTarget> targets;          // several: nobody can say which
};

Addressed addressed(const Asking& asking, const Piece& piece) {
  Addressed made{piece, std::nullopt, {}};
  std::set<ReferenceTarget> targets;
  for (const StructuredReference& reference : references_of(asking.line, piece)) {
    const auto found = asking.known.references.find(reference);
    if (found == asking.known.references.end()) continue;
    if (!made.reference) made.reference = reference;
    targets.insert(found->second.begin(), found->second.end());
  }
  made.targets.assign(targets.begin(), targets.end());
  return made;
}

std::string name_of(const ReferenceTarget& target) {
  return target.charge ? "charge " + std::to_string(target.charge->number()) + " of " + target.debtor
                       : target.debtor;
}

// What is open of it: of one charge, or all that a member owes by a day and a month later, and altogether.
struct OpenAmounts {
  std::int64_t by_day = 0;
  std::int64_t soon = 0;
  std::int64_t all = 0;
  bool is(std::int64_t minor) const {
    return minor > 0 && (minor == by_day || minor == soon || minor == all);
  }
};

OpenAmounts open_amounts(const Asking& asking, const ReferenceTarget& target) {
  OpenAmounts open;
  for (const OpenCharge& charge : asking.known.open_of(target.debtor, asking.account.unit.id)) {
    if (target.charge && charge.charge != *target.charge) continue;
    open.all = checked_add(open.all, charge.open_minor);
    if (charge.due_on <= asking.line.booked_on) open.by_day = checked_add(open.by_day, charge.open_minor);
    if (charge.due_on <= asking.line.booked_on.plus_days(days_ahead))
      open.soon = checked_add(open.soon, charge.open_minor);
  }
  if (target.charge) open.by_day = open.soon = open.all;
  return open;
}

Reason amount_reason(const Asking& asking, const ReferenceTarget& target, std::int64_t minor,
                     const OpenAmounts& open) {
  const std::string what = asking.amount_words_of(minor);
  if (open.is(minor)) return {"amount_equal", what + " is what is open of " + name_of(target)};
  const std::string of = asking.amount_words_of(open.all) + " are open of " + name_of(target);
  if (minor < open.all) return {"amount_part", what + " pays a part: " + of};
  return {"amount_over", what + " is more: " + of + ", the rest is paid ahead"};
}

// Adds the payment of one piece to a proposal; what of it is not sure makes the proposal not sure.
void add_payment(const Asking& asking, const Addressed& one, const ReferenceTarget& target,
                 Proposal& proposal) {
  const OpenAmounts open = open_amounts(asking, target);
  proposal.reasons.push_back({"reference_found", one.reference->printed() + " is of " + name_of(target)});
  proposal.reasons.push_back(amount_reason(asking, target, one.piece.minor, open));
  if (one.targets.size() > 1)
    proposal.reasons.push_back(
        {"owner_ambiguous", "it could be of " + std::to_string(one.targets.size()) + " members or charges"});
  if (!open.is(one.piece.minor) || one.targets.size() > 1) proposal.is_certain = false;
  proposal.parts.push_back(payment_part(one.piece.minor, target.debtor, target.charge));
}

void propose_one(const Asking& asking, const Addressed& one, std::vector<Proposal>& proposals) {
  for (const ReferenceTarget& target : one.targets) {
    Proposal proposal{MatchMethod::reference, true, 0, {}, {}};
    add_payment(asking, one, target, proposal);
    add_remainders(asking, proposal);
    proposals.push_back(std::move(proposal));
  }
}

// Many payments booked at once: all of them in one proposal, those that nobody knows waiting for somebody.
void propose_many(const Asking& asking, const std::vector<Addressed>& all, std::vector<Proposal>& proposals) {
  Proposal proposal{MatchMethod::reference, true, 0, {}, {}};
  std::set<std::string> debtors;
  for (const Addressed& one : all) {
    if (one.targets.empty()) {
      proposal.is_certain = false;
      proposal.reasons.push_back({"payment_unknown", asking.amount_words_of(one.piece.minor) +
                                                         " of the line has no reference of ours"});
      proposal.parts.push_back({.amount_minor = one.piece.minor, .made = Made::entry});
      continue;
    }
    add_payment(asking, one, one.targets.front(), proposal);
    // What is open was worked out for one payment of each.
    if (!debtors.insert(one.targets.front().debtor).second) proposal.is_certain = false;
  }
  add_remainders(asking, proposal);
  proposals.push_back(std::move(proposal));
}

}  // namespace

void propose_references(const Asking& asking, std::vector<Proposal>& proposals) {
  std::vector<Addressed> all;
  bool is_any = false;
  for (const Piece& piece : asking.pieces.pieces) {
    if (piece.minor <= 0) return;
    all.push_back(addressed(asking, piece));
    is_any = is_any || !all.back().targets.empty();
  }
  if (!is_any) return;
  if (all.size() == 1) propose_one(asking, all.front(), proposals);
  else propose_many(asking, all, proposals);
}

}  // namespace coop::bank

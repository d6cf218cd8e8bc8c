#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/work/obligation.hpp"
#include "ledger/work/standing_store.hpp"

namespace coop::work {

/// Records what these members owe, each all of it. Throws Refused, the first of: as require_obligation()
/// says, circle_unknown, batch_too_large, party_unknown, field_invalid (a member twice), party_erased,
/// obligation_overlaps (their hours of that time count toward another).
Obligation record_obligation(Tx& tx, const books::Node& node, const ObligationTerms& terms,
                             const std::vector<std::string>& members, const books::Author& author);
/// More members owe it. Throws Refused, the first of: obligation_unknown, obligation_withdrawn,
/// batch_too_large, party_unknown, field_invalid (a member twice, or who owes it already), party_erased,
/// obligation_overlaps.
Obligation add_who_owes(Tx& tx, const books::Node& node, ObligationNumber number,
                        const std::vector<std::string>& members, const books::Author& author);
/// Nobody owes it any more. Throws Refused: obligation_unknown, field_invalid (reason),
/// obligation_withdrawn, approval_of_own (whoever owes it does not withdraw it).
Obligation withdraw_obligation(Tx& tx, const books::Node& node, ObligationNumber number,
                               const std::string& reason, const books::Author& author);

/// A settlement otherwise than by hours, to be recorded.
struct SettlementDraft {
  SettlementKind how;  ///< money, kind, waived
  std::string member;
  Day on;
  std::optional<std::int64_t> minor = {};  ///< minor units of the obligation's unit
  std::optional<int> minutes = {};         ///< waived, of what is owed in minutes; nothing: all that is open
  std::optional<EntryNumber> entry = {};   ///< money: the entry of the payment or charge
  std::string words = {};                  ///< what was given, why it is waived, on what the money rests
};
/// Records it; of what was given in kind, the author accepts it. Throws Refused, the first of:
/// obligation_unknown, obligation_withdrawn, party_unknown, obligation_not_owed, approval_of_own (the
/// author's own debt), obligation_settlement_impossible (not met in this way), field_invalid and
/// field_missing (on, amount, minutes, entry, words), obligation_exceeded (more than is open), entry_unknown,
/// obligation_settlement_impossible (the entry was reversed, or the member gave less by it).
ObligationSettlement settle_obligation(Tx& tx, const books::Node& node, ObligationNumber number,
                                       const SettlementDraft& draft, const books::Author& author);
/// Takes a settlement back. Throws Refused: obligation_unknown, obligation_settlement_unknown, field_invalid
/// (reason), obligation_settlement_impossible (it takes one back, or was taken back).
ObligationSettlement reverse_settlement(Tx& tx, const books::Node& node, ObligationNumber number,
                                        int settlement, const std::string& reason,
                                        const books::Author& author);

/// Hours to be split.
struct SplitQuestion {
  PartyId party;
  std::string circle;
  Day worked_on;
  int minutes;
};
/// What becomes of them, and how the member stands with the obligation; nothing: they count toward none.
struct SuggestedSplit {
  HoursSplit split;
  std::optional<MemberStanding> standing;
};
/// Suggests how many of the minutes complete what the member owes, and how many are beyond it. Throws
/// Refused: circle_unknown.
SuggestedSplit suggest_split(Tx& tx, NodeId node, const SplitQuestion& question);

}  // namespace coop::work

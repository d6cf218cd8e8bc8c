#pragma once
#include "ledger/bank/proposal.hpp"

namespace coop::bank {

/// A line as it is recognised.
struct Asking {
  const BankLine& line;
  const Pieces& pieces;
  const KnownAccount& account;
  const Candidates& known;

  /// "20.00" of the account's minor units.
  std::string words_of(std::int64_t minor) const;
  /// "20.00 EUR"
  std::string amount_words_of(std::int64_t minor) const;
};

/// One rule: adds what it proposes for the line. The rules stand in the order of MatchMethod.
using ProposalRule = void (*)(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 1.
void propose_postings(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 2.
void propose_references(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 3: direct debits of ours.
void propose_own_orders(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 3: payments of ours.
void propose_own_payments(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 4.
void propose_payers(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 5.
void propose_similar(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 6.
void propose_by_rules(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 8.
void propose_learned(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 9.
void propose_suspense(const Asking& asking, std::vector<Proposal>& proposals);
/// See proposals_for(), 7.
void propose_transfers(const Asking& asking, std::vector<Proposal>& proposals);

/// Adds what the bank took and what is left of the line, and says so. A proposal with a part that nobody said
/// the account of is not certain.
void add_remainders(const Asking& asking, Proposal& proposal);
/// A payment of dues by whoever owes.
ProposedPart payment_part(std::int64_t minor, const std::string& debtor,
                          std::optional<ChargeNumber> charge = {});
/// A posting that is there.
ProposedPart found_part(const LoosePosting& posting);

}  // namespace coop::bank

#pragma once
#include <functional>
#include <string>

#include "ledger/bank/signoff_store.hpp"

namespace coop::bank {

/// What somebody wants to sign.
struct SignoffDraft {
  BankAccountNumber account;
  Day as_of;
  std::string explanation = {};  ///< of what is left over, if anything is
  Day today;                     ///< where the node is: no later day is signed
};
/// Works out what is signed, while nothing in the books can change.
using ReadFigures = std::function<SignedFigures(const BankAccount&)>;

/// Signs that the books and the bank agree as of a day. Throws Refused: sign_in_required (a person signs),
/// bank_account_unknown, field_invalid (a day to come; explanation), signoff_exists, reconciliation_disagrees
/// (something is left over and not explained; no statement says a balance).
Signoff sign_off(Tx& tx, NodeId node, const SignoffDraft& draft, const ReadFigures& read,
                 const books::Author& author);
/// Agrees to what another person signed. Throws Refused: sign_in_required, signoff_unknown,
/// signoff_withdrawn_already, approval_repeated (who signed, or agreed before).
Signoff countersign(Tx& tx, NodeId node, SignoffNumber number, const books::Author& author);
/// Withdraws a signature. Throws Refused: signoff_unknown, signoff_withdrawn_already, field_invalid (reason).
Signoff withdraw_signoff(Tx& tx, NodeId node, SignoffNumber number, const std::string& reason,
                         const books::Author& author);
/// The signature. Throws Refused: signoff_unknown.
Signoff read_signoff(Tx& tx, NodeId node, SignoffNumber number);

}  // namespace coop::bank

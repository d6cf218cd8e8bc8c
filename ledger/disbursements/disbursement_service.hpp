#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/disbursements/disbursement.hpp"

namespace coop::disbursements {

/// A payment that is asked for. Amounts are minor units of EUR.
struct OrderDraft {
  std::int64_t minor;
  OrderPurpose purpose = OrderPurpose::supplier_bill;
  std::string account;                   ///< what it settles: a liability or an expense
  std::string member = {};               ///< whom it pays, if that is a member
  std::optional<std::string> name = {};  ///< nothing: the member's own, as the iban
  std::optional<Iban> iban = {};
  std::optional<Bic> bic = {};
  std::optional<TransferAddress> address = {};
  std::string text = {};  ///< what the payee reads
  std::optional<StructuredReference> reference = {};
  std::string source = {};           ///< what it rests on: the number of a bill
  books::DimensionCodes about = {};  ///< of the posting to the account; its member is whom it pays
  std::optional<funds::SpendingMandateNumber> mandate = {};  ///< that it spends: its fund becomes the order's
  std::optional<int> minutes = {};                           ///< of a mandate that grants hours
};
/// Payments that are asked for.
struct DisbursementDraft {
  int bank_account;  ///< its number among the accounts with statements
  Day requested_on;  ///< a bank day, today or later
  std::string title;
  std::optional<std::string> account_holder = {};  ///< nothing: the node's title
  std::optional<Bic> bic = {};                     ///< of our bank, where it is outside the EEA
  std::vector<OrderDraft> orders;
};
/// Proposes payments. Throws Refused: bank_account_unknown (or closed), disbursement_impossible (the account
/// is not in EUR, or its identifier is no IBAN; too many orders; what no bank would accept:
/// credit_transfer_fault()), field_invalid (title, account_holder, source; an account that is no liability
/// and no expense; a name or an address), account_unknown, account_not_open, party_unknown, party_erased,
/// field_missing (name or iban, where the member has none; the member, where a refund is from what members
/// paid ahead), what OrderFunding::mandate_bears() refuses, dimension_unknown, dimension_missing, what
/// OrderFunding::fund_bears() refuses, naming the field. The rules of spending of the day say how many others
/// approve it.
Disbursement propose(Tx& tx, const books::Node& node, const DisbursementDraft& draft,
                     const books::Author& author);

/// The disbursement. Throws Refused: disbursement_unknown.
Disbursement read_disbursement(Tx& tx, NodeId node, DisbursementNumber number);
/// The file for the bank as it was made. Throws Refused: disbursement_unknown, disbursement_not_open (none
/// was made), party_erased (somebody in it was erased).
std::string read_file(Tx& tx, NodeId node, DisbursementNumber number);

}  // namespace coop::disbursements

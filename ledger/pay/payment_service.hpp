#pragma once
#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/disbursements/disbursement.hpp"
#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// How what a run made payable is to be paid.
struct PaymentDraft {
  int bank_account;  ///< its number among the accounts with statements
  Day requested_on;
};
/// Proposes the payment of what a posted run made payable in its unit and nobody has ordered or paid yet: an
/// order for each member, to the account in their profile, of the first thousand. It is a disbursement like
/// others: two people approve it. Throws Refused: pay_run_unknown, pay_run_not_open (not posted, a lapse,
/// nothing payable, or all of it ordered or paid), and what disbursements::propose() refuses.
disbursements::Disbursement propose_pay_payment(Tx& tx, const books::Node& node, PayRunNumber number,
                                                const PaymentDraft& draft, const books::Author& author);

}  // namespace coop::pay

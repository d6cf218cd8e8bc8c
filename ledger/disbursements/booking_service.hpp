#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/disbursements/disbursement.hpp"

namespace coop::disbursements {

/// What the bank did on a day, told by a line that is matched.
struct BankDeed {
  Day on;
  int match;  ///< the number of the match
};

/// An order as it was booked.
struct BookedOrder {
  int order;
  EntryNumber entry;
  std::optional<PaymentNumber> payment;  ///< where it is a refund of what a member paid ahead
};

/// Books orders that the bank paid: each from the account that is paid from into what it settles; a refund of
/// what a member paid ahead as one of their dues. Entries name an order by its end-to-end id and what it
/// rests on, never who is paid. On a closed day on the first open one. The head must be locked. Throws
/// Refused: disbursement_not_open (an order does not wait for the bank), and what the posting engine and
/// record_payment refuse.
std::vector<BookedOrder> book_orders(Tx& tx, NodeId node, const Disbursement& disbursement,
                                     const std::vector<const Order*>& orders, const BankDeed& deed,
                                     const books::Author& author);

/// Books an order that came back, for a reason of the bank's: it is owed again. The head must be locked.
/// Throws Refused: disbursement_not_open (it was not paid, or came back already), field_invalid (code), and
/// what the posting engine and return_payment refuse.
BookedOrder book_return(Tx& tx, NodeId node, const Disbursement& disbursement, const Order& order,
                        const std::string& code, const BankDeed& deed, const books::Author& author);

}  // namespace coop::disbursements

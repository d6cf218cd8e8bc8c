#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/payment.hpp"

namespace coop::dues {

/// The number of the last payment, 0 if there is none.
std::int64_t read_last_payment(Tx& tx, NodeId node);
/// Adds payments with their shares, in one statement; `ids` are the parties of the numbers in them.
void insert_payments(Tx& tx, NodeId node, std::span<const Payment> payments,
                     const std::map<std::string, PartyId>& ids, const books::Author& author);

/// The first day, from that of a refund on record on, on which less was paid ahead than it gives back.
std::optional<Day> find_refund_short_on(Tx& tx, NodeId node, PaymentNumber refund);

/// That a payment was taken back.
struct PaymentReturn {
  PaymentNumber payment;
  Day returned_on;
  std::string reason;
  EntryNumber entry;
};
/// Adds it.
void insert_payment_return(Tx& tx, NodeId node, const PaymentReturn& taken_back, const books::Author& author);

/// Which payments a list is about; everything where empty.
struct PaymentFilter {
  std::optional<PartyId> payer = std::nullopt;   ///< who paid
  std::optional<PartyId> debtor = std::nullopt;  ///< whose debts it is for, in part at least
  std::optional<PaymentNumber> number = std::nullopt;
};
/// Up to `limit` payments below `before`, the newest first, with all their shares.
std::vector<Payment> list_payments(Tx& tx, NodeId node, const PaymentFilter& filter,
                                   std::optional<PaymentNumber> before, int limit);

}  // namespace coop::dues

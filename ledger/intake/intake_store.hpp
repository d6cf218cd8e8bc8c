#pragma once
#include <optional>

#include "ledger/books/author.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"

namespace coop::intake {

/// The payment that came from a row which said the same; nothing: none did.
std::optional<PaymentNumber> find_payment_of_row(Tx& tx, NodeId node, const books::Fingerprint& row);
/// Notes from which row a payment came.
void insert_payment_row(Tx& tx, NodeId node, const books::Fingerprint& row, PaymentNumber payment,
                        const books::Author& author);

}  // namespace coop::intake

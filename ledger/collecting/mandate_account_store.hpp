#pragma once
#include "ledger/collecting/mandate_record.hpp"
#include "ledger/database/tx.hpp"

namespace coop::collecting {

/// Reads an account from the columns number, iban, bic, name, town, country and street, which begin at
/// `first`.
MandateAccount account_from_row(const Row& row, int first);

}  // namespace coop::collecting

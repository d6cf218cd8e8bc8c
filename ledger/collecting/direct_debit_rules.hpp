#pragma once
#include <string>

#include "ledger/collecting/direct_debit_file.hpp"

namespace coop::collecting {

/// The first thing in an order that no bank would accept, in plain words and with the collection's id; empty
/// if there is none. The order: the file's own names, then each collection's ids, amount, days, accounts,
/// address, and what the member reads.
std::string direct_debit_fault(const DirectDebitOrder& order);

}  // namespace coop::collecting

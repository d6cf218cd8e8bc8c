#pragma once
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// The entries by which a run is booked, each of them balanced, as many as its members need; none where
/// nothing is booked. Wages: the expense, to what is payable and what is deferred of each member. Settlement:
/// from where the claims stand, or where they stand nowhere from the expense, to what is payable; what it
/// grants is an expense too. Lapse: from where the claims stand back to the expense. Opening: to what is
/// deferred from what it stands against. The expense is split by the cost objects of the hours; what is paid
/// is taken from the run's fund; a part in a local unit passes through the conversion accounts; what stays in
/// a pot goes where the pot says.
std::vector<books::Draft> pay_entries(const PayRun& run, const books::Author& author);

}  // namespace coop::pay

#pragma once
#include <vector>

#include "ledger/bank/candidates.hpp"
#include "ledger/bank/match.hpp"

namespace coop::bank {

/// What a line seems to be, the surest first, in this order:
///
/// 1. `posting`: a posting of the account with its amount, few days away, that no line is. Certain only if it
/// is the
///    only one and a reference, id or member agrees as well.
/// 2. `reference`: a payment reference with right check digits. Certain if it has one owner, who owes this
/// amount: all
///    that was due by the day, or is due within a month, or altogether.
/// 3. `own_order`: a direct debit of ours that comes back, or is paid out; a payment of ours that the bank
/// made, one by
///    one or as a batch, or that comes back. Certain if id and amount agree.
/// 4. `payer`: an account that paid for a member before. Never certain, as what follows.
/// 5. `similar`: the amount, day and name of somebody who owes, or of a posting.
/// 6. `rule`: the first of the treasurer's rules that takes the line. Certain if it may post by itself, and
/// 1, 2 and 3
///    propose nothing at all.
/// 7. `transfer`: the other side of a transfer between two accounts of ours.
/// 8. `learned`: where lines with the same words went before, if nothing else is proposed.
/// 9. `suspense`: the account of suspense, where there is one, if nothing at all is proposed.
///
/// A batch whose payments nobody told yet waits for its details (camt.054), and every proposal says so: only
/// 1 and 3 may be certain, which know it as a whole.
///
/// Nothing, if the line has no account of the node. Parts of an entry without an account wait for somebody to
/// say it.
std::vector<Proposal> proposals_for(const BankLine& line, const Candidates& known);

}  // namespace coop::bank

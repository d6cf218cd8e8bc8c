#pragma once
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// Approves. What is returned is the run as it then stands, without its shares; as below, but for what is
/// posted. Two different users must, neither of whom wrote the run or is linked with a member in it. Throws
/// Refused: pay_run_unknown, pay_run_not_open, approval_repeated (the same person, or nobody),
/// approval_of_own, spending_mandate_recalled (the mandate that it draws).
PayRun approve_pay_run(Tx& tx, NodeId node, PayRunNumber number, const books::Author& author);

/// Books a run that two people approved: wages as an expense, to what is payable to each member and to what
/// is deferred; a settlement from what was deferred to what is payable; a lapse back to the expense. All of
/// its entries or none. Throws Refused: pay_run_unknown, pay_run_not_open, spending_mandate_recalled, what
/// require_fund_bears() refuses, of wages and settlements without a mandate budget_exceeded,
/// and what the posting engine refuses.
PayRun post_pay_run(Tx& tx, NodeId node, PayRunNumber number, const books::Author& author);

/// Gives a run up that was not posted; its hours may be collected again. Throws Refused: pay_run_unknown,
/// pay_run_not_open, field_invalid (reason).
PayRun cancel_pay_run(Tx& tx, NodeId node, PayRunNumber number, const std::string& reason,
                      const books::Author& author);

/// Takes a posted run back by the reversals of its entries; its hours may be collected again. Throws Refused:
/// pay_run_unknown, pay_run_not_open (also: a member was paid out of it, or claims of it were settled),
/// field_invalid (reason), and what a reversal refuses.
PayRun undo_pay_run(Tx& tx, NodeId node, PayRunNumber number, const std::string& reason,
                    const books::Author& author);

}  // namespace coop::pay

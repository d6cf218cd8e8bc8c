#pragma once
#include <string>
#include <vector>

#include "ledger/bank/cash_count_store.hpp"

namespace coop::bank {

/// What somebody counted.
struct CashCountDraft {
  BankAccountNumber account;
  Day counted_on;
  std::vector<CashPiece> pieces;
  Day today;              ///< where the node is: nothing is counted on a later day
  std::string unit_code;  ///< of the account
};

/// Writes a count down; from then on it is the statement of its account. Throws Refused: sign_in_required (a
/// person counts), field_invalid, amount_overflow, bank_account_unknown, cash_count_impossible (the account
/// is no cash, no such coin or note), cash_count_exists.
CashCount count_cash(Tx& tx, NodeId node, const CashCountDraft& draft, const books::Author& author);
/// Another person was there. Throws Refused: sign_in_required, cash_count_unknown,
/// cash_count_withdrawn_already, approval_repeated (who counted, or said so before).
CashCount witness_cash(Tx& tx, NodeId node, CashCountNumber number, const books::Author& author);
/// Withdraws a count. Throws Refused: cash_count_unknown, cash_count_withdrawn_already, field_invalid
/// (reason), cash_count_impossible (an entry books its difference, and is not reversed).
CashCount withdraw_cash_count(Tx& tx, NodeId node, CashCountNumber number, const std::string& reason,
                              const books::Author& author);
/// Books what was more or less in the till than on the books, against this account, on the day of the count
/// or the first open one. Throws Refused: cash_count_unknown, cash_count_withdrawn_already,
/// cash_count_impossible (there is no difference), account_unknown, and what the posting engine refuses.
CashCount book_cash_difference(Tx& tx, NodeId node, CashCountNumber number, const std::string& account,
                               const std::string& description, const books::Author& author);
/// The count. Throws Refused: cash_count_unknown.
CashCount read_cash_count(Tx& tx, NodeId node, CashCountNumber number);

}  // namespace coop::bank

#pragma once
#include "ledger/bank/bank_account_store.hpp"

namespace coop::bank {

/// Puts an account of the books on record as one with statements. Throws Refused: account_unknown (no account
/// of this path and unit), bank_account_exists (of this account; of this identifier and unit), field_invalid
/// (identifier, title).
BankAccount open_bank_account(Tx& tx, NodeId node, const BankAccountDraft& draft,
                              const books::Author& author);
/// Closes it for statements to come, or opens it again. Throws Refused: bank_account_unknown.
BankAccount set_bank_account_closed(Tx& tx, NodeId node, BankAccountNumber number, bool is_closed,
                                    const books::Author& author);
/// Says where lines that nothing explains are parked: an asset or liability of its unit; empty: nowhere. What
/// is parked already stays where it is. Throws Refused: bank_account_unknown, account_unknown, field_invalid
/// (the account itself, another one with statements, one of another type).
BankAccount set_suspense(Tx& tx, NodeId node, BankAccountNumber number, const std::string& path,
                         const books::Author& author);
/// The account. Throws Refused: bank_account_unknown.
BankAccount read_bank_account(Tx& tx, NodeId node, BankAccountNumber number);

}  // namespace coop::bank

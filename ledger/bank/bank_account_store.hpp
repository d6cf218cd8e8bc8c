#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/bank_account.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Which accounts with statements are read; all, where nothing is said.
struct BankAccountFilter {
  std::optional<BankAccountNumber> number = {};
  std::optional<std::string> identifier = {};
  std::optional<UnitId> unit = {};
  std::optional<AccountId> account = {};
  std::optional<Instant> known_at = {};  ///< those on record then, with what was known of them
};

/// The accounts with statements, by number, the closed ones among them.
std::vector<BankAccount> read_bank_accounts(Tx& tx, NodeId node, const BankAccountFilter& filter = {});
/// Puts one on record and returns its number. The head must be locked.
BankAccountNumber insert_bank_account(Tx& tx, NodeId node, AccountId account, const BankAccountDraft& draft,
                                      const books::Author& author);
/// Writes down what is known of an account from now on; `value_json` is a JSON value. The head must be
/// locked.
void insert_bank_account_trait(Tx& tx, NodeId node, BankAccountNumber number, std::string_view kind,
                               const std::string& value_json, const books::Author& author);

}  // namespace coop::bank

#pragma once
#include <optional>
#include <span>
#include <vector>

#include "ledger/bank/bank_line.hpp"
#include "ledger/values/unit.hpp"

namespace coop::bank {

/// An account with statements, and the unit that its amounts are in.
struct KnownAccount {
  BankAccount account;
  Unit unit;
};

/// A statement with its lines, in the account's minor units.
struct ReadStatement {
  BankStatement statement;
  std::vector<BankLine> lines;
};

/// What a file says about accounts of the node.
struct Reading {
  std::vector<ReadStatement> statements;
  std::vector<statements::Note> notes;
};

/// Finds the account of each statement, works out whether it adds up, and says each amount in the account's
/// minor units. `said` is which account the file is of, where somebody said so: it stands for what the file
/// itself does not say. Statements of accounts that the node has none of are left out with a note. Throws
/// Refused: bank_account_unknown (none of the statements is of an account of the node, or not of the one that
/// was said), statement_contradicts (an amount has more decimals than the account's unit, or does not fit).
Reading reading_of(std::span<const statements::ReadFile> files, std::span<const KnownAccount> accounts,
                   std::optional<BankAccountNumber> said);

/// True if a statement's identifier is that of an account: equal, or a German bank code and account number of
/// the same IBAN ("70120400/8801122009" of DE….).
bool is_same_account(std::string_view written, std::string_view identifier);

}  // namespace coop::bank

#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/bank/bank_line.hpp"
#include "ledger/statements/equation.hpp"
#include "ledger/statements/line_key.hpp"
#include "ledger/statements/statement_taker.hpp"
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

/// Finds the account of each statement of a file, works out whether it adds up, and says each amount in the
/// account's minor units. Statements of accounts that the node has none of are left out with a note. Whatever
/// it takes throws Refused: statement_contradicts (an amount has more decimals than the account's unit, or
/// does not fit).
class AccountReader : public statements::StatementTaker {
 public:
  /// `said` is which account the file is of, where somebody said so: it stands for what the file itself does
  /// not say. The accounts must live as long.
  AccountReader(std::span<const KnownAccount> accounts, std::optional<BankAccountNumber> said)
      : accounts_{accounts}, said_{said} {}

  void begin(const statements::Statement& head) override;
  void take(statements::Line&& line) override;
  void end(const statements::Statement& head) override;
  void finish(const statements::ReadFile& file) override;

  /// All that was read. Throws Refused: bank_account_unknown (none of the statements is of an account of the
  /// node, or not of the one that was said).
  Reading reading() &&;

 private:
  const KnownAccount* find(const statements::Statement& statement) const;
  void leave_out(const statements::Statement& statement);

  std::span<const KnownAccount> accounts_;
  std::optional<BankAccountNumber> said_;
  Reading reading_;
  std::string left_out_ = {};
  int position_ = 0;

  // Of the file that is read.
  std::size_t first_of_file_ = 0;
  std::vector<statements::Note> notes_ = {};
  std::map<BankAccountNumber, statements::LineKeys> keys_ = {};

  // Of the statement that is read.
  const KnownAccount* known_ = nullptr;
  statements::LineSums sums_ = {};
  std::vector<BankLine> lines_ = {};
};

/// True if a statement's identifier is that of an account: equal, or a German bank code and account number of
/// the same IBAN ("70120400/8801122009" of DE….).
bool is_same_account(std::string_view written, std::string_view identifier);

}  // namespace coop::bank

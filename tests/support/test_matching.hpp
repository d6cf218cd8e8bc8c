#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/match_run_service.hpp"
#include "ledger/bank/undo_service.hpp"
#include "reports/reconciliation.hpp"
#include "tests/support/test_bank.hpp"

namespace coop::test {

/// A database test with two accounts with statements, assets:bank and assets:bank:main, into which direct
/// debits arrive. Afterwards both must be explained to the last cent, and no posting be cleared twice.
class MatchingTest : public BankTest {
 protected:
  MatchingTest();
  void TearDown() override;

  /// Takes in a statement of assets:bank:main with these lines, which adds up and follows on; `error` is
  /// added to its closing balance.
  bank::BankImport statement(const std::vector<StatementLine>& lines, const std::string& error = "0.00");
  /// The same of assets:bank.
  bank::BankImport other_statement(const std::vector<StatementLine>& lines);
  /// The line of this amount: the latest one.
  bank::BankLine line(const std::string& amount);

  std::vector<bank::Proposal> proposals(const bank::BankLine& line, const std::string& fee_account = {});
  /// "reference! M0001 20.00 (reference_found amount_equal); …": certain ones with a mark.
  std::string seems(const bank::BankLine& line, const std::string& fee_account = {});
  bank::Match accept(const bank::BankLine& line, const std::vector<bank::ProposedPart>& parts,
                     bank::MatchMethod method = bank::MatchMethod::hand);
  /// Accepts a proposal as it is: the first, or another.
  bank::Match accept_proposal(const bank::BankLine& line, std::size_t index = 0);
  bank::MatchRun run_unattended(const bank::BankImport& import, const std::string& fee_account = {});
  bank::Match undo(const bank::Match& match, const std::string& reason = "a mistake");
  bank::UndoReport undo(const bank::BankImport& import);
  /// The reference with which a member always pays.
  static std::string reference_of(const std::string& member);

  bank::ProposedPart payment(const std::string& member, const std::string& amount) const;
  bank::ProposedPart entry(const std::string& account, const std::string& amount) const;
  /// How an account stands by its statements on a day, in the books' account of this path.
  reports::Reconciliation reconciled(const std::string& path, std::string_view day);

  const bank::BankAccount& main() const { return *main_; }

 private:
  bank::BankImport take_statement(const bank::BankAccount& account, const std::vector<StatementLine>& lines,
                                  std::int64_t error_minor);
  bank::BankAccount account_of(const std::string& path);
  std::optional<bank::BankAccount> main_;
  std::map<std::string, std::int64_t> closing_minor_;  ///< of the last statement, by path
  std::map<std::string, std::int64_t> error_minor_;    ///< by how much that one is wrong
  int statements_ = 0;
};

}  // namespace coop::test

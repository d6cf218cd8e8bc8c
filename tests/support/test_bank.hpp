#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/import_service.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "tests/support/test_collecting.hpp"

namespace coop::test {

/// A line as a test writes it into a statement. Money that comes in is positive.
struct StatementLine {
  std::string day = {};
  std::string amount = {};
  std::string name = "Somebody";
  std::string text = "dues";
  std::string reference = {};  ///< a creditor reference
  std::string bank_id = {};    ///< AcctSvcrRef
  std::string end_to_end = {};
  std::string account = {};  ///< the counterparty's
  std::string return_code = {};
  std::string mandate = {};
  std::string message = {};                  ///< of the order's file
  std::string charges = {};                  ///< what the bank took of the amount already
  std::vector<StatementLine> payments = {};  ///< several in one line, each with its amount
};

/// A statement as a test writes it. Balances may be left out.
struct WrittenStatement {
  std::string number = "1";
  std::string opening = {};
  std::string closing = {};
  std::vector<StatementLine> lines = {};
  std::string iban = "ES9121000418450200051332";
  std::string currency = "EUR";
};

/// Statements as one file camt.053.001.08.
std::string camt053(const std::vector<WrittenStatement>& statements);

/// A database test with members, dues, direct debits and an account with statements: assets:bank, in EUR.
class BankTest : public CollectingTest {
 protected:
  BankTest();

  bank::BankAccountNumber account() const { return account_; }
  /// Receives and reads a file; the refusal's code is in the import, if it cannot be read.
  bank::BankImport bring(const std::string& bytes, std::optional<bank::BankAccountNumber> account = {});
  /// The same, and takes it in; returns how many lines began to count.
  std::int64_t take(const std::string& bytes);
  std::int64_t take_in(const bank::BankImport& import, bool although_it_contradicts = false);
  bank::ImportPreview look_at(const bank::BankImport& import);
  std::vector<bank::BankLine> lines(const bank::LineFilter& filter = {});
  /// "2026-03-02 20.00 open; …" of the lines that count.
  std::string standing();

 private:
  bank::BankAccountNumber account_{1};
};

}  // namespace coop::test

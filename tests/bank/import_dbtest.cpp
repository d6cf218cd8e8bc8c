// Files of a bank come in: received, read, looked at, taken in.
#include "tests/support/test_bank.hpp"

namespace coop::bank {
namespace {

using test::camt053;
using test::refusal_of;
using test::StatementLine;
using test::WrittenStatement;

class BankImports : public test::BankTest {
 protected:
  std::string words(const BankImport& import) { return look_at(import).statements.at(0).words; }
  BankImport drop(const BankImport& import) {
    return db().in_tx(
        [&](Tx& tx) { return drop_import(tx, node(), import.number, "of another year", author()); });
  }
};

const std::vector<StatementLine> march{{.day = "2026-03-02", .amount = "20.00", .name = "Maria Puig"},
                                       {.day = "2026-03-03", .amount = "-4.50", .text = "charges"},
                                       {.day = "2026-03-30", .amount = "45.00", .name = "Joan Vila"}};

TEST_F(BankImports, SayInOneSentenceWhatIsInTheFile) {
  const BankImport first = bring(camt053({{"6", "100.00", "160.50", march}}));
  EXPECT_EQ(text_of(first.state), "read") << first.words;
  EXPECT_EQ(words(first),
            "Statement 6, 2026-03-02 to 2026-03-30, 100.00 to 160.50 EUR, 3 lines, adds up to the last cent, "
            "nothing was read of this account before; 3 new, 0 known already");
  EXPECT_EQ(take_in(first), 3);
  const BankImport next =
      bring(camt053({{"7", "160.50", "170.50", {{.day = "2026-04-01", .amount = "10.00"}}}}));
  EXPECT_EQ(
      words(next),
      "Statement 7, 2026-04-01, 160.50 to 170.50 EUR, 1 line, adds up to the last cent, follows on from 6; "
      "1 new, 0 known already");
  const BankImport gap =
      bring(camt053({{"9", "200.00", "210.00", {{.day = "2026-05-01", .amount = "10.00"}}}}));
  EXPECT_NE(words(gap).find("a statement is missing between 6 and 9"), std::string::npos) << words(gap);
}

TEST_F(BankImports, CountALineOnceWhateverNumberOfFilesHoldIt) {
  const std::string whole = camt053({{"1", "0.00", "60.50", march}});
  EXPECT_EQ(take(whole), 3);
  EXPECT_EQ(take(camt053({{"2", "0.00", "15.50", {march[0], march[1]}}})), 0);
  EXPECT_EQ(take(camt053({{"3", "20.00", "60.50", {march[1], march[2]}}})), 0);
  EXPECT_EQ(standing(), "2026-03-02 20.00 open; 2026-03-03 -4.50 open; 2026-03-30 45.00 open; ");
  const StatementLine late{.day = "2026-03-03", .amount = "7.00", .name = "Late"};
  EXPECT_EQ(take(camt053({{"1", "0.00", "67.50", {march[0], march[1], late, march[2]}}})), 1)
      << "a line that the bank adds to days that were read is found";
}

TEST_F(BankImports, KeepTwoEqualPaymentsOfOneDay) {
  const StatementLine same{.day = "2026-03-02", .amount = "10.00"};
  const std::string file = camt053({{"1", "0.00", "20.00", {same, same}}});
  EXPECT_EQ(take(file), 2);
  EXPECT_EQ(take(camt053({{"1", "0.00", "20.00", {same, same}}}) + " "), 0);
}

TEST_F(BankImports, AreTheSameWhenTheSameFileComesAgain) {
  const std::string file = camt053({{"1", "0.00", "60.50", march}});
  const BankImport first = bring(file);
  EXPECT_EQ(bring(file).number, first.number);
  drop(first);
  EXPECT_NE(bring(file).number, first.number) << "what was dropped may come again";
}

TEST_F(BankImports, TakeNothingInThatContradictsItself) {
  const BankImport wrong = bring(camt053({{"1", "0.00", "61.00", march}}));
  EXPECT_NE(words(wrong).find("does not add up: its lines miss the closing balance by 0.50 EUR"),
            std::string::npos)
      << words(wrong);
  EXPECT_EQ(refusal_of([&] { take_in(wrong); }), "statement_contradicts");
  EXPECT_EQ(standing(), "");
  EXPECT_EQ(take_in(wrong, true), 3) << "unless somebody says so";
}

TEST_F(BankImports, StepInOrder) {
  const BankImport import = bring(camt053({{"1", "0.00", "60.50", march}}));
  take_in(import);
  EXPECT_EQ(refusal_of([&] { take_in(import); }), "bank_import_not_open");
  EXPECT_EQ(refusal_of([&] { drop(import); }), "bank_import_not_open");
  EXPECT_EQ(
      refusal_of([&] {
        db().in_tx([&](Tx& tx) { return bank::take_in(tx, node(), BankImportNumber{99}, false, author()); });
      }),
      "bank_import_unknown");
}

TEST_F(BankImports, OfOtherAccountsAreKeptWithTheReason) {
  test::WrittenStatement other{"1", "0.00", "60.50", march};
  other.iban = "NL91ABNA0417164300";
  const BankImport foreign = bring(camt053({other}));
  EXPECT_EQ(text_of(foreign.state), "unreadable");
  EXPECT_EQ(foreign.code, "bank_account_unknown");
  EXPECT_EQ(foreign.words, "no account with statements of the node is 'NL91ABNA0417164300' in EUR");
  const BankImport both = bring(camt053({other, {"2", "0.00", "60.50", march}}));
  EXPECT_EQ(look_at(both).statements.size(), 1u);
  EXPECT_EQ(look_at(both).notes.back().code, "account_unknown");
}

TEST_F(BankImports, ThatNobodyCanReadSayWhy) {
  const BankImport picture = bring("\x89PNG\r\n\x1a\n and so on");
  EXPECT_EQ(picture.code, "statement_format_unknown") << picture.words;
  EXPECT_EQ(refusal_of([&] { bring(""); }), "statement_unreadable");
  const BankImport precise =
      bring(camt053({{"1", "0.000", "0.001", {{.day = "2026-03-02", .amount = "0.001"}}}}));
  EXPECT_EQ(precise.code, "statement_contradicts") << precise.words;
}

// A bank that writes lines which take an earlier one back with that one's sign.
std::string with_reversals(std::string xml, const std::string& amount) {
  const std::string line = "<Ntry><Amt Ccy=\"EUR\">" + amount + "</Amt><CdtDbtInd>CRDT</CdtDbtInd>";
  return xml.insert(xml.find(line) + line.size(), "<RvslInd>true</RvslInd>");
}

TEST_F(BankImports, RememberOfABankThatItFlipsReversals) {
  const StatementLine paid{.day = "2026-03-02", .amount = "50.00"};
  const StatementLine back{.day = "2026-03-03", .amount = "20.00"};
  const BankImport first = bring(with_reversals(camt053({{"1", "100.00", "130.00", {paid, back}}}), "20.00"));
  EXPECT_EQ(look_at(first).statements.at(0).statement.proof, statements::Proof::flipped) << words(first);
  take_in(first);
  const StatementLine next{.day = "2026-04-02", .amount = "5.00"};
  take_in(bring(with_reversals(camt053({{"2", {}, {}, {next}}}), "5.00")));
  EXPECT_EQ(standing(), "2026-03-02 50.00 open; 2026-03-03 -20.00 open; 2026-04-02 -5.00 open; ")
      << "the next one has no balances that say it, and is read as the first";
}

TEST_F(BankImports, InAnotherCurrencyAreKeptWithTheReason) {
  WrittenStatement dollars{"1", "0.00", "10.00", {{.day = "2026-03-02", .amount = "10.00"}}};
  dollars.currency = "USD";
  const BankImport import = bring(camt053({dollars}));
  EXPECT_EQ(text_of(import.state), "unreadable");
  EXPECT_EQ(import.code, "bank_account_unknown");
  EXPECT_NE(import.words.find("in USD"), std::string::npos) << import.words;
  EXPECT_EQ(standing(), "");
}

}  // namespace
}  // namespace coop::bank

// Batches of the bank: a sum at once, whose payments a notification (camt.054) tells, before or after it.
#include "ledger/bank/match_store.hpp"
#include "ledger/bank/replay_service.hpp"
#include "ledger/bank/rule_service.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

using test::StatementLine;

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// A statement of assets:bank whose lines are batches of two payments, of which it says nothing but `words`.
std::string batches(const std::vector<StatementLine>& lines, const std::string& closing,
                    const std::string& words = {}) {
  std::string xml = test::camt053({{"1", "0.00", closing, lines}});
  for (const StatementLine& line : lines) {
    const std::size_t from = xml.find("<NtryDtls><TxDtls>");
    const std::size_t to = xml.find("</NtryDtls>", from);
    xml.replace(from, to - from,
                "<NtryDtls><Btch><MsgId>" + line.message + "</MsgId><NbOfTxs>2</NbOfTxs></Btch>");
  }
  return words.empty() ? xml : replaced(xml, "</Ntry>", "<AddtlNtryInf>" + words + "</AddtlNtryInf></Ntry>");
}

// The notification of such lines; `id` makes it a file of its own.
std::string notification(const std::vector<StatementLine>& lines, const std::string& id = "N1") {
  std::string xml = test::camt053({{id, {}, {}, lines}});
  std::size_t at = 0;
  for (const StatementLine& line : lines) {
    at = xml.find("<NtryDtls>", at) + 10;
    xml.insert(at, "<Btch><MsgId>" + line.message + "</MsgId><NbOfTxs>2</NbOfTxs></Btch>");
  }
  xml = replaced(replaced(xml, "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"), "camt.053", "camt.054");
  return replaced(replaced(xml, "<Stmt>", "<Ntfctn>"), "</Stmt>", "</Ntfctn>");
}

class Batches : public test::MatchingTest {
 protected:
  Batches() {
    for (const char* number : {"M0001", "M0002"}) member(number, "2026-01-01");
    run("2026-01");
  }
  static StatementLine two(const std::string& one = "20.00", const std::string& other = "20.00",
                           const std::string& message = "B-1") {
    StatementLine line{.day = "2026-02-03", .amount = "40.00"};
    line.message = message;
    line.payments = {{.amount = one, .name = "Ana", .reference = reference_of("M0001")},
                     {.amount = other, .name = "Ben", .reference = reference_of("M0002")}};
    return line;
  }
  BankImport taken(const std::string& bytes) {
    const BankImport import = bring(bytes);
    EXPECT_EQ(text_of(import.state), "read") << import.words;
    take_in(import);
    return import;
  }
};

const std::string both_paid =
    "reference! [M0001 20.00] [M0002 20.00] reference_found amount_equal reference_found amount_equal; ";

TEST_F(Batches, AreNotPostedUnattendedUntilTheirDetailsCome) {
  const StatementLine batch{.day = "2026-02-03", .amount = "20.00"};
  const auto import = taken(batches({batch}, "20.00", reference_of("M0001")));
  EXPECT_TRUE(waits_for_details(line("20.00")));
  EXPECT_EQ(seems(line("20.00")), "reference [M0001 20.00] reference_found amount_equal details_awaited; ");
  EXPECT_EQ(run_unattended(import).matched, 0);
  accept_proposal(line("20.00"));
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00") << "a person may match it whole";
}

TEST_F(Batches, AreMatchedByTheRunThatTakesTheirDetailsIn) {
  const auto statement = taken(batches({two()}, "40.00"));
  EXPECT_EQ(run_unattended(statement).matched, 0);
  const auto details = bring(notification({two()}));
  EXPECT_TRUE(waits_for_details(line("40.00"))) << "a file that is only looked at tells nothing";
  EXPECT_EQ(take_in(details), 0) << "a notification brings no lines";
  EXPECT_FALSE(waits_for_details(line("40.00")));
  EXPECT_EQ(seems(line("40.00")), both_paid);
  const MatchRun run = run_unattended(details);
  EXPECT_EQ(run.total, 1);
  EXPECT_EQ(run.matched, 1);
  EXPECT_TRUE(run.is_complete);
  EXPECT_EQ(stands("M0001", "2026-02-03") + " " + stands("M0002", "2026-02-03"), "0.00/0.00 0.00/0.00");
  undo(details);
  EXPECT_EQ(standing(), "2026-02-03 40.00 matched; ") << "what is matched stays";
}

TEST_F(Batches, HaveTheirDetailsAtOnceWhereTheseCameFirst) {
  taken(notification({two()}));
  EXPECT_EQ(run_unattended(taken(batches({two()}, "40.00"))).matched, 1);
}

TEST_F(Batches, WaitAgainWhenTheNotificationIsUndone) {
  taken(batches({two()}, "40.00"));
  const auto details = taken(notification({two()}));
  EXPECT_FALSE(waits_for_details(line("40.00")));
  undo(details);
  EXPECT_TRUE(waits_for_details(line("40.00")));
  EXPECT_TRUE(line("40.00").details.empty());
}

TEST_F(Batches, StayOpenWithTheReasonWhereSumsDiffer) {
  taken(batches({two()}, "40.00"));
  const auto details = taken(notification({two("20.00", "19.00")}));
  EXPECT_EQ(run_unattended(details).matched, 0);
  EXPECT_NE(seems(line("40.00")).find("rest_left"), std::string::npos) << seems(line("40.00"));
  undo(details);
  StatementLine other = two("20.00", "19.00");
  other.amount = "39.00";
  taken(notification({other}, "N2"));
  EXPECT_TRUE(waits_for_details(line("40.00"))) << "a notification of another amount is of another line";
}

TEST_F(Batches, ThatAreAlikeWaitUnlessTheBankTellsThemApart) {
  taken(batches({two(), two()}, "80.00"));
  taken(notification({two()}));
  for (const BankLine& one : lines({.state = LineState::open})) EXPECT_TRUE(waits_for_details(one));
}

TEST_F(Batches, AreToldApartByTheIdOfTheBank) {
  StatementLine first = two();
  StatementLine second = two();
  first.bank_id = "R-1";
  second.bank_id = "R-2";
  taken(batches({first, second}, "80.00"));
  StatementLine told = two("20.00", "20.00", "other message");
  told.bank_id = "R-2";
  taken(notification({told}));
  for (const BankLine& one : lines({.state = LineState::open}))
    EXPECT_EQ(waits_for_details(one), one.bank_id == "R-1") << one.bank_id;
}

TEST_F(Batches, WaitEvenForARuleThatPostsByItself) {
  open("income:shop");
  const BankRule rule = db().in_tx([&](Tx& tx) {
    return write_rule(tx, node(),
                      {.name = "Collections",
                       .note = "of the shop",
                       .unit = units().at("EUR").id,
                       .when = {.is_credit = true},
                       .parts = {{.account = "income:shop"}}},
                      author());
  });
  const auto replayed = [&] {
    return db().in_tx([&](Tx& tx) { return record_replay(tx, node(), rule.number, {}, author()); }).counts;
  };
  const int first = replayed().number;
  db().in_tx(
      [&](Tx& tx) { return let_rule_post(tx, node(), rule.number, first, "tried by hand", author()); });
  StatementLine batch = two();
  for (StatementLine& payment : batch.payments) payment.reference.clear();
  EXPECT_EQ(run_unattended(taken(batches({batch}, "40.00"))).matched, 0);
  EXPECT_EQ(seems(line("40.00")), "rule [entry income:shop 40.00] rule rule_direction details_awaited; ");
  EXPECT_EQ(replayed().looked_at, 0) << "a line that waits proves nothing";
  const auto details = taken(notification({batch}));
  EXPECT_EQ(replayed().still_open, 1);
  EXPECT_EQ(seems(line("40.00")), "rule! [entry income:shop 40.00] rule rule_direction; ");
  EXPECT_EQ(run_unattended(details).matched, 1);
}

TEST_F(Batches, TakeTheNotificationsDetailsInsteadOfWhatTheirTextSays) {
  taken(batches({two()}, "40.00", "EREF+E-77 SVWZ+Sammler"));
  ASSERT_EQ(line("40.00").details.size(), 1u);
  EXPECT_TRUE(waits_for_details(line("40.00")));
  taken(notification({two()}));
  EXPECT_EQ(line("40.00").details.size(), 2u);
  EXPECT_EQ(seems(line("40.00")), both_paid);
}

}  // namespace
}  // namespace coop::bank

// A month of a co-operative at its bank, in small: what each line seems to be, and what it becomes.
#include "ledger/bank/match_store.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/creditor_reference.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

using test::refusal_of;
using test::StatementLine;

const std::string payer_account = "DE02120300000000202051";

class Matching : public test::MatchingTest {
 protected:
  Matching() {
    for (const char* number : {"M0001", "M0002", "M0003", "M0004", "M0005"}) member(number, "2026-01-01");
    run("2026-01");
  }
  // Who signed a mandate is in a collection at the bank; it is due on 2026-02-02 under the id bcn-C1.
  collecting::Collection collected(const std::vector<std::string>& members) {
    for (const std::string& member : members) sign(member);
    return at_the_bank("2026-02-02");
  }
  std::string state(const BankLine& line) {
    return std::string{text_of(lines({.number = line.number}).at(0).state)};
  }
  std::string told(const std::string& kind) const {
    return superuser_value(
        "SELECT coalesce(string_agg(body::text, ' ' ORDER BY number), '') FROM event WHERE kind = '" + kind +
        "'");
  }
};

TEST_F(Matching, KnowsWhoPaysByTheReference) {
  statement({{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")},
             {.day = "2026-02-03", .amount = "12.50", .reference = reference_of("M0002")},
             {.day = "2026-02-03",
              .amount = "25.00",
              .text = "Dues, RF-" + reference_of("M0003").substr(2) + " Jan"},
             {.day = "2026-02-03", .amount = "21.00", .text = "dues of January"}});
  EXPECT_EQ(seems(line("20.00")), "reference! [M0001 20.00] reference_found amount_equal; ");
  EXPECT_EQ(seems(line("12.50")), "reference [M0002 12.50] reference_found amount_part; ");
  EXPECT_EQ(seems(line("25.00")), "reference [M0003 25.00] reference_found amount_over; ");
  EXPECT_EQ(seems(line("21.00")), "");
  accept_proposal(line("12.50"));
  accept_proposal(line("25.00"));
  EXPECT_EQ(stands("M0002", "2026-02-03"), "7.50/0.00");
  EXPECT_EQ(stands("M0003", "2026-02-03"), "0.00/5.00") << "what is too much is the member's own";
  EXPECT_EQ(standing(),
            "2026-02-03 20.00 open; 2026-02-03 12.50 matched; 2026-02-03 25.00 matched; "
            "2026-02-03 21.00 open; ");
}

TEST_F(Matching, DoesUnattendedWhatIsCertainAndNothingElse) {
  const auto import = statement({{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")},
                                 {.day = "2026-02-03", .amount = "12.50", .reference = reference_of("M0002")},
                                 {.day = "2026-02-04", .amount = "20.01", .reference = reference_of("M0001")},
                                 {.day = "2026-02-04", .amount = "33.00"}});
  const MatchRun run = run_unattended(import);
  EXPECT_TRUE(run.is_complete);
  EXPECT_EQ(run.matched, 1);
  EXPECT_EQ(run.left, 3);
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00");
  const Match match = db().in_tx([&](Tx& tx) { return list_matches(tx, node(), {}); }).at(0);
  EXPECT_FALSE(match.is_attended);
  EXPECT_EQ(match.reasons.at(0).code, "reference_found");
  EXPECT_EQ(run_unattended(import).matched, 0) << "again it finds nothing to do";
  EXPECT_EQ(told("bank_line_matched"), "{\"line\": 1, \"match\": 1, \"method\": \"reference\"}");
}

TEST_F(Matching, LooksAgainWhereOneLineChangesWhatTheNextOneIs) {
  const StatementLine same{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")};
  const auto import = statement({same, same});
  EXPECT_EQ(run_unattended(import).matched, 1) << "the second pays what nobody owes any more";
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00");
}

TEST_F(Matching, PostsNothingUnattendedOfAStatementThatIsWrong) {
  const auto import =
      statement({{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")}}, "0.01");
  const MatchRun run = run_unattended(import);
  EXPECT_EQ(run.matched, 0);
  EXPECT_EQ(run.left, 1);
  EXPECT_EQ(seems(line("20.00")), "reference! [M0001 20.00] reference_found amount_equal; ");
  accept_proposal(line("20.00"));
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00") << "a person may";
}

TEST_F(Matching, PostsNothingUnattendedOfAStatementThatCannotProveItself) {
  test::WrittenStatement silent{
      .number = "1",
      .lines = {{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")}},
      .iban = main().identifier};
  const BankImport import = bring(test::camt053({silent}));
  take_in(import);
  EXPECT_EQ(run_unattended(import).matched, 0);
  EXPECT_EQ(seems(line("20.00")), "reference! [M0001 20.00] reference_found amount_equal; ");
}

TEST_F(Matching, PaysTheChargeThatAReferenceIsOf) {
  const ChargeNumber charge = charges_of("M0001").at(0).number;
  const std::string reference = dues::reference_of_charge(ReferenceKind::belgian, "M0001", charge).printed();
  statement({{.day = "2026-02-03", .amount = "20.00", .text = "see " + reference}});
  EXPECT_EQ(seems(line("20.00")), "reference! [M0001 charge 1 20.00] reference_found amount_equal; ");
  accept_proposal(line("20.00"));
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00");
}

TEST_F(Matching, TakesABatchApart) {
  const StatementLine first{.amount = "20.00", .reference = reference_of("M0001")};
  const StatementLine second{.amount = "20.00", .reference = reference_of("M0002")};
  const StatementLine unknown{.amount = "7.00", .text = "hello"};
  const auto import =
      statement({{.day = "2026-02-03", .amount = "40.00", .payments = {first, second}},
                 {.day = "2026-02-04",
                  .amount = "27.00",
                  .payments = {{.amount = "20.00", .reference = reference_of("M0003")}, unknown}}});
  EXPECT_EQ(seems(line("27.00")),
            "reference [M0003 20.00] [entry 7.00] reference_found amount_equal payment_unknown; ");
  EXPECT_EQ(run_unattended(import).matched, 1);
  EXPECT_EQ(stands("M0001", "2026-02-03") + " " + stands("M0002", "2026-02-03"), "0.00/0.00 0.00/0.00");
  EXPECT_EQ(refusal_of([&] { accept_proposal(line("27.00")); }), "field_missing")
      << "somebody says the account";
  accept(line("27.00"), {payment("M0003", "20.00"), entry("income:other", "7.00")});
  EXPECT_EQ(balance("income:other"), "-7.00");
}

TEST_F(Matching, RemembersWhoPaysForWhom) {
  const StatementLine family{.day = "2026-02-03", .amount = "40.00", .account = payer_account};
  statement({family});
  EXPECT_EQ(seems(line("40.00")), "");
  const Match first = accept(line("40.00"), {payment("M0001", "20.00"), payment("M0002", "20.00")});
  EXPECT_EQ(count("bank_payer"), 2);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM bank_payer WHERE account_hash LIKE '%2051%'"), "0");
  run("2026-02");
  StatementLine next = family;
  next.day = "2026-03-03";
  statement({next});
  const BankLine again = line("40.00");
  EXPECT_EQ(seems(again),
            "payer [M0001 40.00] payer_known amount_differs; "
            "payer [M0002 40.00] payer_known amount_differs; "
            "payer [M0001 20.00] [M0002 20.00] payer_known amount_open payer_known amount_open sum_equal; ");
  accept_proposal(again, 2);
  EXPECT_EQ(stands("M0001", "2026-03-03") + " " + stands("M0002", "2026-03-03"), "0.00/0.00 0.00/0.00");
  EXPECT_EQ(count("bank_payer"), 2) << "known once";
  EXPECT_EQ(
      superuser_value("SELECT count(*) FROM entry WHERE concat_ws(' ', description, reference, source) ~ "
                      "'Somebody|202051'"),
      "0");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE body::text ~ 'Somebody|202051'"), "0");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM bank_match WHERE reasons::text ~ 'Somebody|202051'"), "0");
  undo(first);
}

TEST_F(Matching, ForgetsAPayerWithTheMatch) {
  statement({{.day = "2026-02-03", .amount = "20.00", .account = payer_account}});
  undo(accept(line("20.00"), {payment("M0001", "20.00")}));
  EXPECT_EQ(seems(line("20.00")).find("payer"), std::string::npos);
  accept(line("20.00"), {payment("M0001", "20.00")});
  statement({{.day = "2026-02-04", .amount = "5.00", .account = payer_account}});
  EXPECT_EQ(seems(line("5.00")), "payer [M0001 5.00] payer_known amount_differs; ") << "and knows them again";
}

TEST_F(Matching, GuessesByNameAndAmountAndSaysSo) {
  add_person("Núria Ferrán i Puig", "M0009");
  db().in_tx([&](Tx& tx) {
    dues::raise_charge(tx, node(),
                       {.member = "M0009",
                        .payer = {},
                        .kind = dues::DueKind::other,
                        .unit = units().at("EUR").id,
                        .minor = 3'700,
                        .on = Day::parse("2026-01-05"),
                        .due_on = {},
                        .why = "Keys",
                        .income = {}},
                       author());
  });
  statement({{.day = "2026-02-03", .amount = "37.00", .name = "FERRAN PUIG NURIA"},
             {.day = "2026-02-03", .amount = "36.00", .name = "Nuria Ferran I Puig"},
             {.day = "2026-02-03", .amount = "37.00", .name = "Somebody else"}});
  const auto all = lines();
  EXPECT_EQ(seems(all.at(0)), "similar [M0009 37.00] name_similar amount_equal; ");
  EXPECT_EQ(seems(all.at(1)), "similar [M0009 36.00] name_similar amount_differs; ");
  EXPECT_EQ(seems(all.at(2)), "") << "many owe the same: an amount alone says nothing";
  EXPECT_EQ(proposals(all.at(0)).at(0).reasons.at(0).words, "75% of the name of M0009 is on the line");
}

TEST_F(Matching, FindsWhatIsOnTheBooksAlready) {
  const dues::Payment paid = pay("M0001", "20.00", "2026-02-01");
  statement({{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")}});
  const std::string entry = std::to_string(paid.entry.number());
  EXPECT_EQ(seems(line("20.00")), "posting! [entry " + entry +
                                      " 20.00] amount_equal days_apart member_agrees; "
                                      "reference [M0001 20.00] reference_found amount_over; ");
  const Match match = accept_proposal(line("20.00"));
  EXPECT_EQ(count("payment"), 1);
  undo(match);
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00") << "what was there stays";
  EXPECT_EQ(state(line("20.00")), "open");
}

TEST_F(Matching, IsNotSureOfAPostingThatOnlyHasTheAmount) {
  record("2026-02-01", {{"assets:bank:main", "-11.00"}, {"expenses:other", "11.00"}});
  statement({{.day = "2026-02-03", .amount = "-11.00"}});
  EXPECT_EQ(seems(line("-11.00")), "posting [entry 6 -11.00] amount_equal days_apart; ");
  record("2026-02-04", {{"assets:bank:main", "-11.00"}, {"expenses:other", "11.00"}});
  EXPECT_EQ(seems(line("-11.00")),
            "posting [entry 6 -11.00] amount_equal days_apart several_alike; "
            "posting [entry 7 -11.00] amount_equal days_apart several_alike; ");
}

TEST_F(Matching, SettlesACollectionWithItsCredit) {
  collected({"M0001", "M0002"});
  const auto import = statement({{.day = "2026-02-03", .amount = "40.00", .message = "bcn-C1"}});
  EXPECT_EQ(seems(line("40.00")), "own_order! [settlement 1 40.00] own_id_found amount_equal; ");
  EXPECT_EQ(run_unattended(import).matched, 1);
  EXPECT_EQ(stands("M0001", "2026-02-03") + " " + stands("M0002", "2026-02-03"), "0.00/0.00 0.00/0.00");
  EXPECT_EQ(count("bank_match_part"), 2) << "a posting of each member";
}

TEST_F(Matching, KnowsTheCreditOfACollectionThatWasSettledByHand) {
  settle(collected({"M0001", "M0002"}), "2026-02-03");
  statement({{.day = "2026-02-04", .amount = "40.00", .message = "bcn-C1"}});
  EXPECT_EQ(seems(line("40.00")), "own_order! [entry 6 20.00] [entry 7 20.00] own_id_found amount_equal; ");
  undo(accept_proposal(line("40.00")));
  EXPECT_EQ(seems(line("40.00")), "own_order! [entry 6 20.00] [entry 7 20.00] own_id_found amount_equal; ");
}

TEST_F(Matching, KnowsACollectionByDayAndAmount) {
  collected({"M0001", "M0002"});
  statement(
      {{.day = "2026-02-02", .amount = "40.00"}, {.day = "2026-02-04", .amount = "40.00", .text = "x"}});
  EXPECT_EQ(seems(lines().at(0)), "own_order! [settlement 1 40.00] day_near amount_equal; ");
  EXPECT_EQ(seems(lines().at(1)), "own_order [settlement 1 40.00] day_near amount_equal; ");
}

TEST_F(Matching, TakesBackADebitThatReturnsAndBooksTheFee) {
  collected({"M0001", "M0002"});
  const StatementLine returned{.day = "2026-02-09",
                               .amount = "-23.00",
                               .end_to_end = "bcn-C1-2",
                               .return_code = "AM04",
                               .charges = "3.00"};
  const auto import = statement({{.day = "2026-02-03", .amount = "40.00", .message = "bcn-C1"}, returned});
  EXPECT_EQ(
      seems(line("-23.00")),
      "own_order [return 1/2 -20.00] [entry -3.00] own_id_found return_code not_settled charges_taken; ");
  const MatchRun run = run_unattended(import, "expenses:bank");
  EXPECT_EQ(run.matched, 2) << "the credit first, then what came back of it";
  EXPECT_EQ(stands("M0002", "2026-02-09"), "20.00/0.00") << "owed again";
  EXPECT_EQ(balance("expenses:bank"), "3.00");
  EXPECT_EQ(balance("assets:bank:main"), "17.00");
}

TEST_F(Matching, AsksWhereTheFeeGoesIfNobodySaid) {
  collected({"M0001", "M0002"});
  statement(
      {{.day = "2026-02-03", .amount = "40.00", .message = "bcn-C1"},
       {.day = "2026-02-09", .amount = "-23.00", .text = "EREF+bcn-C1-2 returned", .return_code = "AM04"}});
  accept_proposal(line("40.00"));
  const BankLine back = line("-23.00");
  EXPECT_EQ(seems(back),
            "own_order [return 1/2 -20.00] [entry -3.00] own_id_found return_code more_than_collected; ");
  EXPECT_EQ(refusal_of([&] { accept_proposal(back); }), "field_missing");
  EXPECT_EQ(stands("M0002", "2026-02-09"), "0.00/0.00") << "and nothing was done";
  auto parts = proposals(back).at(0).parts;
  parts.at(1).account = "expenses:bank";
  accept(back, parts, MatchMethod::own_order);
  EXPECT_EQ(stands("M0002", "2026-02-09"), "20.00/0.00");
}

TEST_F(Matching, KnowsAReturnByItsMandate) {
  settle(collected({"M0001"}), "2026-02-03");
  statement({{.day = "2026-02-09", .amount = "-20.00", .return_code = "MD06", .mandate = "D0001"}});
  EXPECT_EQ(seems(line("-20.00")), "own_order! [return 1/1 -20.00] own_mandate_found return_code; ");
}

TEST_F(Matching, ClearsBothSidesOfATransfer) {
  statement({{.day = "2026-02-03", .amount = "-50.00", .text = "savings"}});
  other_statement({{.day = "2026-02-04", .amount = "50.00", .text = "from the other account"}});
  EXPECT_EQ(seems(line("-50.00")), "transfer [entry assets:bank -50.00] opposite_line; ");
  const Match match = accept_proposal(line("-50.00"));
  EXPECT_EQ(state(line("50.00")), "matched");
  EXPECT_EQ(balance("assets:bank"), "50.00");
  EXPECT_EQ(count("bank_match"), 2);
  undo(match);
  EXPECT_EQ(state(line("50.00")) + " " + state(line("-50.00")), "open open");
  EXPECT_EQ(balance("assets:bank"), "0.00");
}

TEST_F(Matching, KnowsOurOtherAccountByItsNumber) {
  statement({{.day = "2026-02-03", .amount = "-50.00", .account = "ES9121000418450200051332"}});
  EXPECT_EQ(seems(line("-50.00")), "transfer [entry assets:bank -50.00] account_is_ours; ");
  accept_proposal(line("-50.00"));
  other_statement({{.day = "2026-02-04", .amount = "50.00"}});
  EXPECT_EQ(seems(line("50.00")), "posting [entry 6 50.00] amount_equal days_apart; ")
      << "the other side finds what is there";
  accept_proposal(line("50.00"));
}

TEST_F(Matching, ReconcilesAMonthToTheCent) {
  collected({"M0003", "M0004"});
  const auto import = statement({{.day = "2026-02-02", .amount = "40.00", .message = "bcn-C1"},
                                 {.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")},
                                 {.day = "2026-02-09",
                                  .amount = "-23.00",
                                  .end_to_end = "bcn-C1-1",
                                  .return_code = "AC04",
                                  .charges = "3.00"},
                                 {.day = "2026-02-10", .amount = "20.00", .name = "Person M0002"},
                                 {.day = "2026-02-16", .amount = "-4.50", .text = "account keeping"},
                                 {.day = "2026-02-17", .amount = "13.13", .name = "Unknown"},
                                 {.day = "2026-02-20", .amount = "-30.00", .text = "to savings"}});
  other_statement({{.day = "2026-02-20", .amount = "30.00"}});
  EXPECT_EQ(run_unattended(import, "expenses:bank").matched, 3);
  accept(line("-4.50"), {entry("expenses:bank", "-4.50")});
  accept_proposal(line("-30.00"));
  const auto by_name = lines({.account = main().number, .state = LineState::open});
  ASSERT_EQ(by_name.size(), 2u);
  EXPECT_TRUE(seems(by_name.at(0)).starts_with("similar [M0002 20.00] name_similar amount_equal; "))
      << seems(by_name.at(0));
  accept_proposal(by_name.at(0));
  const auto found = reconciled("assets:bank:main", "2026-02-28");
  EXPECT_EQ(found.bank_minor, 3'563);
  EXPECT_EQ(found.books_minor, 2'250);
  EXPECT_EQ(found.unbooked_minor, 1'313) << "the unknown payer";
  EXPECT_EQ(found.uncleared_minor, 0);
  EXPECT_EQ(found.difference_minor, 0);
  EXPECT_EQ(balance("expenses:bank"), "7.50");
}

}  // namespace
}  // namespace coop::bank

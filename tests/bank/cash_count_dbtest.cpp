// The till is counted, witnessed, compared with the books, and what differs is booked if somebody asks.
#include "ledger/bank/cash_count_service.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "reports/bank_proof.hpp"
#include "reports/cash_counts.hpp"
#include "tests/support/test_bank.hpp"

namespace coop::bank {
namespace {

using test::refusal_of;

class CashCounts : public test::BankTest {
 protected:
  CashCounts() {
    for (const char* path : {"assets:cash", "income:other", "expenses:cash"}) open(path);
    till_ = open_till("assets:cash", BankAccountKind::cash);
    record("2026-01-05", {{"assets:cash", "40.00"}, {"income:other", "-40.00"}});
    record("2026-01-20", {{"assets:cash", "-7.00"}, {"income:other", "7.00"}});
  }
  BankAccountNumber open_till(const std::string& path, BankAccountKind kind) {
    return db()
        .in_tx([&](Tx& tx) {
          return open_bank_account(
              tx, node(), {.path = path, .unit = units().at("EUR").id, .kind = kind, .title = "The till"},
              author());
        })
        .number;
  }
  CashCount count(const std::string& day, const std::vector<CashPiece>& pieces,
                  const std::string& who = "ann") {
    return db().in_tx([&](Tx& tx) {
      return count_cash(tx, node(), {*till_, Day::parse(day), pieces, Day::parse("2026-01-31"), "EUR"},
                        who.empty() ? author() : as(who));
    });
  }
  CashCount witness(const CashCount& count, const std::string& who) {
    return db().in_tx([&](Tx& tx) { return witness_cash(tx, node(), count.number, as(who)); });
  }
  CashCount withdraw(const CashCount& count) {
    return db().in_tx(
        [&](Tx& tx) { return withdraw_cash_count(tx, node(), count.number, "nobody counted", as("ann")); });
  }
  CashCount book(const CashCount& count, const std::string& account = "expenses:cash") {
    return db().in_tx(
        [&](Tx& tx) { return book_cash_difference(tx, node(), count.number, account, "", as("ann")); });
  }
  CashCount read(const CashCount& count) {
    return db().in_tx([&](Tx& tx) { return read_cash_count(tx, node(), count.number); });
  }
  reports::Reconciliation reconciled(std::string_view day) {
    return db().in_tx([&](Tx& tx) {
      return reports::read_reconciliation(tx, node(), read_bank_account(tx, node(), *till_),
                                          units().at("EUR"), Day::parse(day), false);
    });
  }
  /// "agrees 2026-01-10, of the 31st 40.00 - -7.00 = 40.00 left 0.00" of the books, since, counted.
  std::string stands(std::string_view day) {
    const auto found = reconciled(day);
    const auto amount = [](std::int64_t minor) { return text_from_minor(minor, 2); };
    return amount(found.books_minor) + " less " + amount(found.uncleared_minor) + " is " +
           amount(found.bank_minor.value_or(-1)) + ", left " + amount(found.difference_minor) +
           (found.proved_until ? ", agrees " + found.proved_until->text() : "") +
           (found.contradicted_on ? ", contradicts " + found.contradicted_on->text() : "");
  }
  std::optional<BankAccountNumber> till_;
};

TEST_F(CashCounts, StandAsTheStatementOfTheirAccount) {
  const CashCount first = count("2026-01-10", {{2'000, 2}});
  EXPECT_EQ(first.total_minor, 4'000);
  EXPECT_EQ(first.books_minor, 4'000);
  EXPECT_EQ(first.counter, "ann");
  EXPECT_EQ(stands("2026-01-31"), "33.00 less -7.00 is 40.00, left 0.00, agrees 2026-01-10");
  EXPECT_EQ(reconciled("2026-01-31").uncleared.at(0).entry.number(), 2);
  EXPECT_EQ(stands("2026-01-15"), "40.00 less 0.00 is 40.00, left 0.00, agrees 2026-01-10");
  EXPECT_EQ(reconciled("2026-01-09").begins_on, std::nullopt) << "nobody had counted";
  count("2026-01-31", {{2'000, 1}, {1'000, 1}, {200, 1}});
  EXPECT_EQ(stands("2026-01-31"),
            "33.00 less 0.00 is 32.00, left -1.00, agrees 2026-01-10, contradicts 2026-01-31");
}

TEST_F(CashCounts, AreWitnessedByOthers) {
  const CashCount counted = count("2026-01-10", {{2'000, 2}});
  EXPECT_EQ(refusal_of([&] { witness(counted, "ann"); }), "approval_repeated");
  EXPECT_EQ(witness(counted, "ben").witnesses.at(0).user, "ben");
  EXPECT_EQ(refusal_of([&] { witness(counted, "ben"); }), "approval_repeated");
  EXPECT_EQ(refusal_of([&] { count("2026-01-11", {}, ""); }), "sign_in_required");
}

TEST_F(CashCounts, AreMadeOnceADayAndWithdrawnWithAReason) {
  const CashCount counted = count("2026-01-10", {{2'000, 2}});
  EXPECT_EQ(refusal_of([&] { count("2026-01-10", {}); }), "cash_count_exists");
  EXPECT_EQ(refusal_of([&] { count("2026-02-01", {}); }), "field_invalid");
  EXPECT_EQ(withdraw(counted).end_reason, "nobody counted");
  EXPECT_EQ(refusal_of([&] { withdraw(counted); }), "cash_count_withdrawn_already");
  EXPECT_EQ(refusal_of([&] { witness(counted, "ben"); }), "cash_count_withdrawn_already");
  EXPECT_EQ(refusal_of([&] { book(counted); }), "cash_count_withdrawn_already");
  EXPECT_EQ(count("2026-01-10", {}).number.number(), 2);
  till_ = account();
  EXPECT_EQ(refusal_of([&] { count("2026-01-10", {}); }), "cash_count_impossible") << "a bank";
  EXPECT_EQ(refusal_of([&] {
              db().in_tx([&](Tx& tx) { return read_cash_count(tx, node(), CashCountNumber{99}); });
            }),
            "cash_count_unknown");
}

TEST_F(CashCounts, BookADifferenceOnlyOnRequest) {
  const CashCount counted = count("2026-01-31", {{2'000, 1}, {1'000, 1}, {200, 1}});
  EXPECT_EQ(balance("assets:cash"), "33.00") << "nothing is booked by itself";
  EXPECT_EQ(refusal_of([&] { book(counted, "expenses:nowhere"); }), "account_unknown");
  EXPECT_EQ(refusal_of([&] { book(counted, "assets:cash"); }), "account_unknown");
  const CashCount booked = book(counted);
  EXPECT_EQ(booked.entries.size(), 1u);
  EXPECT_EQ(booked.books_minor, 3'200);
  EXPECT_EQ(balance("expenses:cash"), "1.00");
  EXPECT_EQ(stands("2026-01-31"), "32.00 less 0.00 is 32.00, left 0.00, agrees 2026-01-31");
  EXPECT_EQ(refusal_of([&] { book(counted); }), "cash_count_impossible") << "there is none any more";
  EXPECT_EQ(refusal_of([&] { withdraw(counted); }), "cash_count_impossible") << "its entry stands";
}

TEST_F(CashCounts, KeepADifferenceThatCouldNotBeBookedOnTheirDay) {
  const CashCount counted = count("2026-01-20", {{2'000, 1}});
  db().in_tx([&](Tx& tx) {
    return books::lock_period(tx, node(), books::LockKind::soft, Day::parse("2026-01-25"), "January",
                              author());
  });
  book(counted);
  EXPECT_EQ(read(counted).books_minor, 2'000) << "the entry is the count's, whatever its day";
  EXPECT_EQ(stands("2026-01-31"), "20.00 less 0.00 is 20.00, left 0.00, agrees 2026-01-20");
}

}  // namespace
}  // namespace coop::bank

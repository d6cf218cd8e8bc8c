// Random lives of payments: whatever happens in whatever order, the program, its lists and the schema tell
// the same of each order, nothing goes to the bank that two others did not approve, and the books owe what
// was not paid.
#include <random>

#include "ledger/bank/match_store.hpp"
#include "ledger/disbursements/order_list_store.hpp"
#include "ledger/values/money.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_disbursements.hpp"

namespace coop::disbursements {
namespace {

class DisbursementHistories : public test::DisbursementTest {
 protected:
  int up_to(int most) { return static_cast<int>(dice_() % static_cast<unsigned>(most + 1)); }
  std::string somebody() {
    static const std::vector<std::string> people{"ann", "ben", "eve", "tom"};
    return people[static_cast<std::size_t>(up_to(3))];
  }

  /// Does something that may be refused, for a reason that can be.
  template <class Work>
  void attempt(const char* what, Work&& work) {
    const std::string code = test::refusal_of(work);
    ++done_[std::string{what} + (code.empty() ? "" : " refused: " + code)];
    static const std::set<std::string> usual{"",
                                             "disbursement_not_open",
                                             "disbursement_unknown",
                                             "approval_repeated",
                                             "approval_of_own",
                                             "match_impossible",
                                             "bank_line_not_open",
                                             "match_undone_already"};
    EXPECT_TRUE(usual.contains(code)) << what << ": " << code;
  }

  Disbursement some() {
    const int last = db().in_tx([&](Tx& tx) { return read_last_disbursement_number(tx); });
    // Mostly the newest: the others are done.
    const int number = std::max(1, last - up_to(2));
    return db().in_tx([&](Tx& tx) { return read_disbursement(tx, node(), DisbursementNumber{number}); });
  }
  int read_last_disbursement_number(Tx& tx) {
    const auto listed = list_disbursements(tx, node(), std::nullopt, std::nullopt, 1);
    return listed.empty() ? 0 : listed.front().number.number();
  }

  void propose_some() {
    std::vector<OrderDraft> orders;
    for (int i = up_to(3); i >= 0; --i)
      orders.push_back(bill(text_from_minor(100 + up_to(900), 2), "bill " + std::to_string(i)));
    propose(orders);
  }

  /// The bank pays an order, or all that waits, or sends one back: as a line that is matched by hand.
  void hear_of_the_bank(const Disbursement& of) {
    const Order& order = of.orders[static_cast<std::size_t>(up_to(static_cast<int>(of.orders.size()) - 1))];
    bank::ProposedPart part{.amount_minor = -order.minor, .made = bank::Made::order};
    part.disbursement = of.number.number();
    part.order = order.number;
    if (order.executed && up_to(1) == 0) {
      part.made = bank::Made::order_return;
      part.amount_minor = order.minor;
      part.return_code = "AC04";
    } else if (up_to(2) == 0 && !waiting_orders(of).empty()) {
      part.order.reset();
      part.amount_minor = -minor_of(waiting_orders(of));
    }
    const auto line = next_line(part.amount_minor);
    attempt(part.made == bank::Made::order ? "pay" : "come back", [&] { accept(line, {part}); });
  }

  bank::BankLine next_line(std::int64_t minor) {
    statement({{.day = "2026-02-02",
                .amount = text_from_minor(minor, 2),
                .bank_id = "L" + std::to_string(++lines_)}});
    return lines({.limit = 1'000}).back();
  }

  void undo_some() {
    const auto matches = db().in_tx([&](Tx& tx) { return bank::list_matches(tx, node(), {.live = true}); });
    if (matches.empty()) return;
    const auto& match = matches[static_cast<std::size_t>(up_to(static_cast<int>(matches.size()) - 1))];
    attempt("undo", [&] { undo(match); });
  }

  /// What somebody sensible would do next with it.
  void take_further(const Disbursement& of) {
    switch (disbursements::state_of(of)) {
      case DisbursementState::proposed:
        attempt("approve", [&] { approve(of, "ann"); });
        return attempt("approve", [&] { approve(of, "ben"); });
      case DisbursementState::approved:
        return attempt("make the file", [&] { make_file(of); });
      case DisbursementState::exported:
        return hear_of_the_bank(of);
      case DisbursementState::done:
        if (up_to(2) == 0) return hear_of_the_bank(of);
        return attempt("propose", [&] { propose_some(); });
      case DisbursementState::cancelled:
        return attempt("propose", [&] { propose_some(); });
    }
  }

  void happen() {
    const Disbursement of = some();
    const int order = 1 + up_to(static_cast<int>(of.orders.size()) - 1);
    switch (up_to(19)) {
      case 0:
        return attempt("propose", [&] { propose_some(); });
      case 1:
        return attempt("leave out", [&] { leave_out(of, order); });
      case 2:
        return attempt("withdraw", [&] { withdraw(of, somebody()); });
      case 3:
        return up_to(3) == 0 ? attempt("cancel", [&] { cancel(of); }) : void();
      case 4:
        return attempt("not taken", [&] {
          not_taken(of, up_to(2) == 0 ? std::nullopt : std::optional{order}, somebody());
        });
      case 5:
        return undo_some();
      case 6:
        return attempt("make the file", [&] { make_file(of); });
      case 7:
        return attempt("approve", [&] { approve(of, somebody()); });
      case 8:
        return hear_of_the_bank(of);
      default:
        return take_further(of);
    }
  }

  /// What the lists tell is what the program works out of each; and what was paid is what the books moved.
  void expect_the_same_told() {
    std::int64_t paid_minor = 0;
    db().in_snapshot([&](Tx& tx) {
      for (const DisbursementSummary& one :
           list_disbursements(tx, node(), std::nullopt, std::nullopt, 1'000)) {
        const Disbursement whole = read_disbursement(tx, node(), one.number);
        EXPECT_EQ(text_of(one.state), text_of(disbursements::state_of(whole))) << one.number.number();
        EXPECT_EQ(one.minor, minor_of(orders_in_file(whole)));
      }
      for (const ListedOrder& one : list_orders(tx, node(), {}, std::nullopt, 1'000)) {
        const Disbursement whole = read_disbursement(tx, node(), one.disbursement);
        const Order& order = whole.orders.at(static_cast<std::size_t>(one.order - 1));
        EXPECT_EQ(text_of(one.state), text_of(disbursements::state_of(whole, order)))
            << one.disbursement.number() << "/" << one.order;
        if (one.state == OrderState::executed) paid_minor += one.minor;
      }
    });
    EXPECT_EQ(balance("liabilities:payable"), text_from_minor(paid_minor, 2));
  }

  std::mt19937_64 dice_{test::run_seed()};
  std::map<std::string, int> done_;
  int lines_ = 0;
};

TEST_F(DisbursementHistories, AreToldTheSameByProgramListsAndSchema) {
  superuser_sql("INSERT INTO user_account (name, title, created_at) VALUES ('eve', '', now())");
  propose_some();
  for (int i = 0; i < 80; ++i) {
    happen();
    if (i % 10 == 9) expect_the_same_told();
  }
  std::string told;
  for (const auto& [what, count] : done_) told += what + " " + std::to_string(count) + "; ";
  RecordProperty("done", told);
}

}  // namespace
}  // namespace coop::disbursements

// Payments that leave, from the proposal to the file for the bank.
#include "ledger/disbursements/order_list_store.hpp"
#include "ledger/values/sha256.hpp"
#include "tests/support/test_disbursements.hpp"

namespace coop::disbursements {
namespace {

using test::refusal_of;

class Disbursements : public test::DisbursementTest {
 protected:
  /// The code and the field of the refusal that a draft ends in.
  std::string refused(const DisbursementDraft& draft) {
    try {
      propose(draft);
      return "accepted";
    } catch (const Refused& refused) {
      return std::string{text_of(refused.refusal()).code} + " " + refused.field();
    }
  }
  template <class Change>
  std::string refused_with(Change&& change) {
    DisbursementDraft one = draft({bill("12.50", "2026-117")});
    change(one, one.orders.front());
    return refused(one);
  }
  std::vector<std::string> listed(const OrderFilter& filter) {
    std::vector<std::string> found;
    for (const ListedOrder& one :
         db().in_snapshot([&](Tx& tx) { return list_orders(tx, node(), filter, std::nullopt, 100); }))
      found.push_back(std::to_string(one.disbursement.number()) + "/" + std::to_string(one.order) + " " +
                      std::string{text_of(one.state)});
    return found;
  }
};

TEST_F(Disbursements, AreProposedWithOrdersThatBanksKnowAgain) {
  add_person("Ana Ruiz", "M0009");
  OrderDraft refund{.minor = 500, .purpose = OrderPurpose::refund, .account = "expenses:office"};
  refund.member = "M0009";
  refund.iban = Iban::parse("DE02120300000000202051");
  const Disbursement one = propose({bill("12.50", "2026-117"), refund});
  EXPECT_EQ(stand_of(one), "proposed: 1 proposed, 2 proposed");
  EXPECT_EQ(one.message_id, "bcn-D1");
  EXPECT_EQ(one.from.path, "assets:bank:main");
  EXPECT_EQ(one.orders[1].payee->name, "Ana Ruiz") << "a member's own name, where none is given";
  EXPECT_EQ(one.orders[1].about[1], "M0009");
  EXPECT_TRUE(one.orders[0].end_to_end_id.starts_with("bcn-D"));
  EXPECT_EQ(one.orders[0].end_to_end_id.size(), 18u);
  EXPECT_NE(one.orders[0].end_to_end_id, one.orders[1].end_to_end_id);
}

TEST_F(Disbursements, RefuseWhatCannotBePaidNamingTheField) {
  add_person("Ana Ruiz", "M0009");
  EXPECT_EQ(refused_with([](auto&, auto&) {}), "accepted");
  EXPECT_EQ(refused_with([](auto& d, auto&) { d.title = ""; }), "field_invalid /title");
  EXPECT_EQ(refused_with([](auto& d, auto&) { d.bank_account = 9; }), "bank_account_unknown /bank_account");
  EXPECT_EQ(refused_with([](auto& d, auto&) { d.account_holder = " "; }), "field_invalid /account_holder");
  EXPECT_EQ(refused_with([](auto& d, auto&) { d.orders.clear(); }), "disbursement_impossible /orders");
  EXPECT_EQ(refused_with([](auto& d, auto&) { d.orders.resize(1'001, d.orders.front()); }),
            "disbursement_impossible /orders");
  EXPECT_EQ(refused_with([](auto& d, auto&) { d.requested_on = Day::parse("2026-02-01"); }),
            "disbursement_impossible /requested_on")
      << "a Sunday";
  EXPECT_EQ(refused_with([](auto& d, auto&) { d.requested_on = Day::parse("2026-01-30"); }),
            "disbursement_impossible /requested_on")
      << "yesterday";
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.account = "assets:bank"; }),
            "field_invalid /orders/0/account");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.account = "expenses:nothing"; }),
            "account_unknown /orders/0/account");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.minor = 0; }), "disbursement_impossible /orders/0/amount");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.member = "M4711"; }), "party_unknown /orders/0/member");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.name.reset(); }), "field_missing /orders/0/name");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.iban.reset(); }), "field_missing /orders/0/iban");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.account = "liabilities:deferred:dues"; }),
            "field_missing /orders/0/member")
      << "whose it is that was paid ahead";
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.source = std::string(101, 'x'); }),
            "field_invalid /orders/0/source");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.about[0] = "none"; }), "dimension_unknown /orders/0/fund");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.iban = Iban::parse("CH9300762011623852957"); }),
            "disbursement_impossible /orders/0/bic");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.address = TransferAddress{"", "", "", "", "BE"}; }),
            "field_invalid /orders/0/address/town");
  EXPECT_EQ(
      refused_with([](auto&, auto& o) { o.reference = StructuredReference::parse("RF18539007547034"); }),
      "disbursement_impossible /orders/0/reference")
      << "a text as well";
  erase("M0009");
  EXPECT_EQ(refused_with([](auto&, auto& o) { o.member = "M0009"; }), "party_erased /orders/0/member");
}

TEST_F(Disbursements, ArePaidInEurosFromAccountsWithAnIban) {
  open("assets:pounds", "GBP");
  open("assets:till");
  const auto add_account = [&](const char* path, const char* unit) {
    return db().in_tx([&](Tx& tx) {
      return bank::open_bank_account(tx, node(), {.path = path, .unit = units().at(unit).id, .title = "x"},
                                     author())
          .number.number();
    });
  };
  const int pounds = add_account("assets:pounds", "GBP");
  const int till = add_account("assets:till", "EUR");
  for (const int account : {pounds, till})
    EXPECT_EQ(refused_with([&](auto& d, auto&) { d.bank_account = account; }),
              "disbursement_impossible /bank_account");
  db().in_tx([&](Tx& tx) { bank::set_bank_account_closed(tx, node(), main().number, true, author()); });
  EXPECT_EQ(refused_with([](auto&, auto&) {}), "bank_account_unknown /bank_account");
}

TEST_F(Disbursements, GoToTheBankWhenTwoOthersApproved) {
  add_person("Ben Own", "M0009");
  link("M0009", "ben");
  OrderDraft own = bill("5.00", "for ben");
  own.member = "M0009";
  const Disbursement one = propose({bill("12.50", "2026-117"), own});
  EXPECT_EQ(refusal_of([&] { approve(one, "tom"); }), "approval_of_own") << "who wrote it";
  EXPECT_EQ(refusal_of([&] { approve(one, "ben"); }), "approval_of_own") << "who is paid by it";
  EXPECT_EQ(refusal_of([&] {
              db().in_tx([&](Tx& tx) { disbursements::approve(tx, node(), one.number, author()); });
            }),
            "approval_repeated")
      << "nobody";
  EXPECT_EQ(stand_of(approve(one, "ann")), "proposed: 1 proposed, 2 proposed");
  EXPECT_EQ(refusal_of([&] { approve(one, "ann"); }), "approval_repeated");
  EXPECT_EQ(refusal_of([&] { make_file(one); }), "disbursement_not_open");
  const Disbursement shorter = leave_out(one, 2);
  EXPECT_TRUE(approvals_of(shorter).empty()) << "who approved has to do it again";
  EXPECT_EQ(refusal_of([&] { leave_out(one, 2); }), "disbursement_unknown");
  EXPECT_EQ(refusal_of([&] { leave_out(one, 1); }), "disbursement_not_open") << "the last one";
  approve(one, "ann");
  EXPECT_EQ(stand_of(approve(one, "ben")), "approved: 1 approved, 2 left_out") << "it pays ben no more";
  EXPECT_EQ(refusal_of([&] { leave_out(one, 1); }), "disbursement_not_open");
  EXPECT_EQ(refusal_of([&] { withdraw(one, "tom"); }), "disbursement_not_open");
  EXPECT_EQ(stand_of(withdraw(one, "ben")), "proposed: 1 proposed, 2 left_out");
  approve(one, "ben");
  const Disbursement sent = make_file(one);
  EXPECT_EQ(stand_of(sent), "exported: 1 exported, 2 left_out");
  EXPECT_EQ(refusal_of([&] { make_file(one); }), "disbursement_not_open") << "once";
  EXPECT_EQ(refusal_of([&] { cancel(one); }), "disbursement_not_open");
  EXPECT_EQ(refusal_of([&] { withdraw(one, "ben"); }), "disbursement_not_open");
}

TEST_F(Disbursements, KeepTheFileThatWasMade) {
  const Disbursement one = propose({bill("12.50", "2026-117", "Łukasz & Söhne")});
  EXPECT_EQ(refusal_of([&] { file_of(one); }), "disbursement_not_open");
  approve(one, "ann");
  approve(one, "ben");
  const Disbursement sent = make_file(one);
  const std::string bytes = file_of(one);
  EXPECT_EQ(step_of(sent, StepKind::exported)->file_hash, hex_of(sha256_of(bytes)));
  EXPECT_NE(bytes.find("<Nm>Lukasz + Soehne</Nm>"), std::string::npos) << bytes;
  now += std::chrono::hours{30};
  EXPECT_EQ(file_of(one), bytes) << "the same bytes, whenever it is asked for";
}

TEST_F(Disbursements, OfADayThatIsPastAreNeitherApprovedNorExported) {
  const Disbursement one = propose({bill("12.50", "2026-117")});
  approve(one, "ann");
  now += std::chrono::hours{24 * 5};
  EXPECT_EQ(refusal_of([&] { approve(one, "ben"); }), "disbursement_impossible");
  EXPECT_EQ(stand_of(cancel(one)), "cancelled: 1 cancelled");
  EXPECT_EQ(refusal_of([&] { cancel(one); }), "disbursement_not_open");
}

TEST_F(Disbursements, ThatTheBankDidNotTakeAreRejectedByTwo) {
  const Disbursement one = at_bank({bill("12.50", "a"), bill("20.00", "b"), bill("30.00", "c")});
  EXPECT_EQ(refusal_of([&] { not_taken(propose({bill("1.00", "d")}), {}, "ann"); }), "disbursement_not_open");
  EXPECT_EQ(stand_of(not_taken(one, 2, "ann")), "exported: 1 exported, 2 exported, 3 exported");
  EXPECT_EQ(refusal_of([&] { not_taken(one, 2, "ann"); }), "approval_repeated");
  EXPECT_EQ(refusal_of([&] { not_taken(one, 7, "ann"); }), "disbursement_unknown");
  EXPECT_EQ(stand_of(not_taken(one, 2, "ben")), "exported: 1 exported, 2 rejected, 3 exported");
  EXPECT_EQ(refusal_of([&] { not_taken(one, 2, "tom"); }), "disbursement_not_open");
  EXPECT_EQ(refusal_of([&] { not_taken(one, {}, "ann"); }), "disbursement_not_open")
      << "one ended already: each other one by itself";
  const Disbursement whole = at_bank({bill("12.50", "a")});
  not_taken(whole, {}, "ann");
  EXPECT_EQ(stand_of(not_taken(whole, {}, "ben")), "done: 1 rejected");
}

TEST_F(Disbursements, ForgetWhoIsPaidWhenAMemberIsErased) {
  add_person("Ana Ruiz", "M0009");
  OrderDraft refund = bill("5.00", "too much", "Ana Ruiz");
  refund.member = "M0009";
  const Disbursement one = at_bank({bill("12.50", "2026-117"), refund});
  erase("M0009");
  const Disbursement after = read(one);
  EXPECT_TRUE(after.orders[0].payee.has_value());
  EXPECT_FALSE(after.orders[1].payee.has_value());
  EXPECT_EQ(step_of(after, StepKind::exported)->file_hash, step_of(one, StepKind::exported)->file_hash);
  EXPECT_EQ(refusal_of([&] { file_of(one); }), "party_erased");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE body::text LIKE '%Ana%'"), "0");
}

TEST_F(Disbursements, AreListedByStateDayAccountAndWords) {
  at_bank({bill("12.50", "2026-117"), bill("20.00", "2026-118", "Zoë Cafè")});
  OrderDraft other = bill("7.00", "rent");
  other.account = "expenses:office";
  const Disbursement second = propose(draft({other}, "2026-02-09"));
  using Listed = std::vector<std::string>;
  EXPECT_EQ(listed({}), (Listed{"2/1 proposed", "1/1 exported", "1/2 exported"}));
  EXPECT_EQ(listed({.state = OrderState::exported}), (Listed{"1/1 exported", "1/2 exported"}));
  EXPECT_EQ(listed({.from = Day::parse("2026-02-03")}), Listed{"2/1 proposed"});
  EXPECT_EQ(listed({.to = Day::parse("2026-02-03")}).size(), 2u);
  EXPECT_EQ(listed({.bank_account = 1}), Listed{});
  EXPECT_EQ(listed({.account = "expenses"}), Listed{"2/1 proposed"});
  EXPECT_EQ(listed({.words = "118"}), Listed{"1/2 exported"});
  EXPECT_EQ(listed({.words = "zoë"}), Listed{"1/2 exported"});
  EXPECT_EQ(listed({.words = "zoë", .names_are_hidden = true}), Listed{});
  const auto page =
      db().in_snapshot([&](Tx& tx) { return list_orders(tx, node(), {}, OrderAfter{1, 1}, 100); });
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page.front().order, 2);
  const auto all = db().in_snapshot(
      [&](Tx& tx) { return list_disbursements(tx, node(), std::nullopt, std::nullopt, 10); });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].number, second.number);
  EXPECT_EQ(text_of(all[1].state), "exported");
  EXPECT_EQ(all[1].minor, 3'250);
}

TEST_F(Disbursements, WarnWhereMoreIsOrderedThanIsOwed) {
  record("2026-01-10", {{"expenses:office", "100.00"}, {"liabilities:payable", "-100.00"}});
  const auto first = propose({bill("60.00", "a"), bill("40.00", "b")});
  EXPECT_TRUE(first.warnings.empty());
  const auto second = propose({bill("20.00", "c")});
  const std::vector<std::string> more{
      "liabilities:payable owes 100.00 EUR, and orders of 120.00 EUR wait to pay it: 20.00 EUR more than is "
      "owed"};
  EXPECT_EQ(second.warnings, more);
  EXPECT_EQ(read(first).warnings, more) << "whoever approves the first sees it too";
  EXPECT_EQ(approve(first, "ann").warnings, more) << "nothing is refused";
  cancel(second);
  EXPECT_TRUE(read(first).warnings.empty());
  EXPECT_TRUE(read(second).warnings.empty()) << "it pays nothing";
  leave_out(propose({bill("5.00", "d"), bill("1.00", "e")}), 1);
  EXPECT_EQ(
      warning_of({"liabilities:payable", "M7", -5, 100}),
      "liabilities:payable owes M7 -0.05 EUR, and orders of 1.00 EUR wait to pay it: 1.05 EUR more than "
      "is owed");
  EXPECT_EQ(read(first).warnings.size(), 1u) << "101.00 of 100.00";
  add_person("Ana Ruiz", "M0009");
  // What is owed to a member is theirs: 30.00 of what is booked about them, whatever is owed to others.
  record("2026-01-11", {{"expenses:office", "530.00"},
                        {"liabilities:payable", "-30.00", {std::nullopt, "M0009", {}, {}}},
                        {"liabilities:payable", "-500.00"}});
  EXPECT_TRUE(read(first).warnings.empty());
  OrderDraft theirs = bill("40.00", "f");
  theirs.member = "M0009";
  EXPECT_EQ(
      propose({theirs, bill("1.00", "g")}).warnings,
      std::vector<std::string>{"liabilities:payable owes M0009 30.00 EUR, and orders of 40.00 EUR wait to "
                               "pay it: 10.00 EUR more than is owed"});
}

}  // namespace
}  // namespace coop::disbursements

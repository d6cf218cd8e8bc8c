// What members are told of their dues, and whose a reference is.
#include "ledger/dues/creditor_reference.hpp"
#include "ledger/dues/notice_service.hpp"
#include "ledger/dues/payee_service.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::dues {
namespace {

using test::refusal_code;

class Notices : public test::DuesTest {
 protected:
  Notices() {
    pay_to("BE68539007547034", ReferenceKind::creditor);
    member("M0001", "2025-12-01");
    member("M0002", "2025-12-01");
  }
  void pay_to(const char* iban, ReferenceKind kind) {
    db().in_tx([&](Tx& tx) {
      set_payee(
          tx, node(),
          {PayeeAccount{"Rivers Co-op", Iban::parse(iban), {}}, kind, "Here 1", "Write to us.\nReally."},
          author());
    });
  }
  Notice notice(const std::string& member, std::string_view day) {
    return db().in_snapshot([&](Tx& tx) {
      return read_member_notice(tx, books::read_node(tx, "bcn"), member, {Day::parse(day), {}});
    });
  }
  Notice notice_of(ChargeNumber charge, std::string_view day) {
    return db().in_snapshot(
        [&](Tx& tx) { return read_charge_notice(tx, books::read_node(tx, "bcn"), charge, Day::parse(day)); });
  }
  std::string owners(const StructuredReference& reference) {
    std::string all;
    db().in_tx([&](Tx& tx) {
      all.clear();
      for (const ReferenceOwner& owner : find_reference(tx, node(), reference))
        all += owner.member + (owner.charge ? "/" + std::to_string(owner.charge->number()) : "") + " ";
    });
    return all;
  }
};

TEST_F(Notices, NameEverythingThatIsOpenTheOldestFirst) {
  run("2025-12");
  run("2026-01");
  pay("M0001", "5.00", "2025-12-20");
  const Notice late = notice("M0001", "2026-01-10");
  ASSERT_EQ(late.lines.size(), 2u);
  EXPECT_EQ(late.lines[0].text, "Dues, December 2025, what is left of 20.00");
  EXPECT_EQ(late.lines[0].amount_minor, 1'500);
  EXPECT_EQ(late.lines[1].text, "Dues, January 2026");
  EXPECT_FALSE(late.due_on) << "something is overdue";
  EXPECT_EQ(late.member_name, "Person M0001");
  EXPECT_EQ(late.route->reference, reference_of_member(ReferenceKind::creditor, "M0001"));
  EXPECT_EQ(late.paragraphs, (std::vector<std::string>{"Write to us.", "Really."}));
  EXPECT_NE(require_code_of(late).find("EUR35.00"), std::string::npos);
  pay("M0001", "40.00", "2026-01-11");
  const Notice paid = notice("M0001", "2026-01-12");
  ASSERT_EQ(paid.lines.size(), 1u);
  EXPECT_EQ(paid.lines[0].amount_minor, -500);
  EXPECT_EQ(refusal_code([&] { require_code_of(paid); }), "payment_code_impossible");
  EXPECT_EQ(refusal_code([&] { notice("M9", "2026-01-12"); }), "party_unknown");
}

TEST_F(Notices, OfAChargeGoToWhoOwesIt) {
  subscribe("M0002",
            {.from_on = Day::parse("2026-01-01"), .tier = "standard", .chosen_minor = {}, .payer = "M0001"});
  run("2026-01");
  const Charge charge = charges_of("M0002").back();
  const Notice told = notice_of(charge.number, "2026-01-01");
  EXPECT_EQ(told.member_number, "M0001");
  EXPECT_EQ(told.lines.at(0).text, "Dues, January 2026, for M0002");
  EXPECT_EQ(told.due_on, Day::parse("2026-01-01"));
  EXPECT_EQ(told.route->reference, reference_of_charge(ReferenceKind::creditor, "M0002", charge.number));
  pay("M0001", "60.00", "2026-01-05");
  EXPECT_TRUE(notice_of(charge.number, "2026-01-06").lines.empty());
  EXPECT_EQ(refusal_code([&] { notice_of(ChargeNumber{99}, "2026-01-06"); }), "charge_unknown");
}

TEST_F(Notices, CarryTheNationalReferenceWhereTheNodeAsksForIt) {
  run("2025-12");
  pay_to("BE68539007547034", ReferenceKind::belgian);
  EXPECT_EQ(notice("M0001", "2025-12-05").route->reference.printed(), "+++000/0000/00101+++");
  add_person("Nobody's digits", "MARIA");
  EXPECT_EQ(notice("MARIA", "2025-12-05").route->reference.kind(), ReferenceKind::creditor);
  db().in_tx([&](Tx& tx) { set_payee(tx, node(), {}, author()); });
  EXPECT_FALSE(notice("M0001", "2025-12-05").route);
  EXPECT_EQ(refusal_code([&] { require_code_of(notice("M0001", "2025-12-05")); }), "payment_code_impossible");
}

TEST_F(Notices, AreFoundByTheirReferences) {
  run("2025-12");
  add_person("Confusing", "M0001C1");
  const ChargeNumber first = charges_of("M0001").front().number;
  for (const ReferenceKind kind : {ReferenceKind::creditor, ReferenceKind::belgian, ReferenceKind::swiss}) {
    EXPECT_EQ(owners(reference_of_member(kind, "M0002")), "M0002 ");
    const std::string of_charge = owners(reference_of_charge(kind, "M0001", first));
    EXPECT_NE(of_charge.find("M0001/" + std::to_string(first.number())), std::string::npos) << of_charge;
    EXPECT_EQ(owners(reference_of_charge(kind, "M0001", ChargeNumber{999})), "");
  }
  EXPECT_EQ(owners(StructuredReference::of(ReferenceKind::creditor, "M0001C1")), "M0001C1 M0001/1 ")
      << "whoever reads it is told of both";
  EXPECT_EQ(owners(StructuredReference::of(ReferenceKind::creditor, "M0002C1")), "") << "not of this member";
  EXPECT_EQ(owners(StructuredReference::parse("RF18539007547034")), "");
}

TEST_F(Notices, ArePaidToAnAccountThatTheSchemaJudgesToo) {
  for (const char* bad : {"iban = NULL", "account_holder = NULL", "account_holder = ''", "iban = 'BE 68'",
                          "bic = 'GKCC'", "reference_kind = 'iso'", "account_holder = E'a\\nb'"})
    EXPECT_EQ(state_of("UPDATE dues_payee SET " + std::string{bad}), "23514") << bad;
  EXPECT_EQ(state_of("UPDATE dues_payee SET iban = NULL, account_holder = NULL, bic = 'GKCCBEBB'"), "23514");
  EXPECT_FALSE(service_may("DELETE FROM dues_payee"));
}

}  // namespace
}  // namespace coop::dues

// Members, memberships and dues changed in raw SQL by the service's role, by the owner, and with the guards
// off. What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/dues/subscription_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/members/class_service.hpp"
#include "ledger/members/meeting_service.hpp"
#include "ledger/members/membership_service.hpp"
#include "ledger/members/own_link_service.hpp"
#include "ledger/members/party_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;
using test::Forging;

const char* const no_part_of_chain = "the chain does not cover it";

/// Full books with two members, one of them erased, their dues of January, payments and a return.
class AttacksOnMembers : public test::AttackedBooks {
 protected:
  AttacksOnMembers() {
    use(NodeId{1});
    db().in_tx([&](Tx& tx) {
      add_members(tx);
      raise_dues(tx);
      receive_payments(tx);
    });
  }

 private:
  void add_members(Tx& tx) {
    for (const char* number : {"M0001", "M0002"})
      members::add_party(
          tx, node(), {number, members::PartyKind::person, members::Profile{.name = "Somebody"}}, author());
    members::add_class(tx, node(), "user", "Users", author());
    members::adopt_rule(tx, node(), "user",
                        {.from_on = Day::parse("2020-01-01"), .weight = Ratio{1, 1}, .decision = "Assembly"},
                        author());
    const Day first = Day::parse("2026-01-01");
    members::begin_memberships(tx, node(), {{"M0001", "user", first, first}, {"M0002", "user", first, first}},
                               author());
    members::record_meeting(tx, node(), {Day::parse("2026-01-10"), "Assembly", {}, {"M0001"}}, author());
    members::make_own_link(tx, node(), "M0001", 14, author());
    members::erase_party(tx, node(), "M0002", "asked for it", author());
  }

  void raise_dues(Tx& tx) {
    const UnitId eur = money("0").unit();
    dues::add_tier(tx, node(),
                   {"standard", "Standard", dues::Interval::year, dues::Proration::by_days, 0, eur},
                   author());
    dues::add_price(tx, node(), "standard",
                    {.number = 0, .from_on = Day::parse("2020-01-01"), .suggested_minor = 12'000}, author());
    dues::DuesAccounts accounts;
    accounts.deferred = "liabilities:deferred:income";
    dues::set_dues_accounts(tx, node(), accounts, author());
    for (const int id : {1, 2})
      dues::subscribe(
          tx, node(), MembershipId{id},
          {.from_on = Day::parse("2026-01-01"), .tier = "standard", .chosen_minor = {}, .payer = {}},
          author());
    dues::grant_concession(tx, node(), MembershipId{2},
                           {.number = 0,
                            .from_on = Day::parse("2026-01-01"),
                            .until_on = {},
                            .share = Ratio{1, 2},
                            .reason = "between jobs",
                            .review_on = {}},
                           author());
    const int run = dues::begin_run(
        tx, node(), dues::window_of(Period::parse("2026-01"), Day::parse("2026-01-01")), author());
    dues::run_stretch(tx, node(), run, MembershipId{0}, 100, author());
  }

  void receive_payments(Tx& tx) {
    for (const char* number : {"M0001", "M0002"})
      dues::record_payment(tx, node(),
                           {.kind = dues::PaymentKind::money,
                            .payer = number,
                            .unit = money("0").unit(),
                            .minor = 2'000,
                            .received_on = Day::parse("2026-01-20"),
                            .account = "assets:bank"},
                           author());
    dues::return_payment(tx, node(), {PaymentNumber{2}, Day::parse("2026-01-25"), "no funds"}, author());
  }
};

Attack unnoticed_by_members(const char* what, const char* sql) {
  return {what, sql, Forging::nothing, {}, no_part_of_chain};
}

TEST_F(AttacksOnMembers, OfWhoBelongs) {
  const std::vector<Attack> attacks{
      unnoticed_by_members("a member's number changed", "UPDATE party SET number = 'M9' WHERE id = 1"),
      unnoticed_by_members("a member deleted", "DELETE FROM own_link; DELETE FROM party WHERE id = 1"),
      unnoticed_by_members("a name written into the books",
                           "UPDATE dimension SET name = 'Somebody' WHERE node_id = 1 AND code = 'M0001'"),
      unnoticed_by_members(
          "the profile of somebody who was erased",
          "INSERT INTO party_profile (node_id, party_id, name, updated_at) VALUES (1, 2, 'Back', now())"),
      unnoticed_by_members("an erasure undone", "DELETE FROM party_erasure"),
      unnoticed_by_members(
          "a membership twice at a time",
          "INSERT INTO membership (node_id, id, party_id, class_id, from_on, recorded_at) VALUES "
          "(1, 3, 1, 1, '2026-02-01', now()); INSERT INTO membership_change (node_id, membership_id, "
          "number, kind, on_day, recorded_at) VALUES (1, 3, 1, 'applied', '2026-02-01', now())"),
      unnoticed_by_members("a membership's first day moved",
                           "UPDATE membership SET from_on = '2020-01-01' WHERE id = 1"),
      unnoticed_by_members("a membership ended without a change",
                           "UPDATE membership SET until_on = '2026-06-30'"),
      unnoticed_by_members("a change of a membership moved",
                           "UPDATE membership_change SET on_day = '2025-01-01'"),
      unnoticed_by_members("a change of a membership deleted",
                           "DELETE FROM membership_change WHERE number = 2"),
      unnoticed_by_members(
          "a change that does not follow",
          "INSERT INTO membership_change (node_id, membership_id, number, kind, on_day, recorded_at) "
          "VALUES (1, 1, 3, 'resumed', '2026-03-01', now())"),
      unnoticed_by_members("a class's rule changed", "UPDATE class_rule SET arrears_days = 999"),
      unnoticed_by_members("an attendance changed", "UPDATE attendance SET was_there = false"),
      unnoticed_by_members("a link that lasts longer",
                           "UPDATE own_link SET expires_at = now() + interval '10 years'"),
      unnoticed_by_members("a link that was ended opened again",
                           "DELETE FROM own_link_end; DELETE FROM own_link"),
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on who belongs", table_of(attacks)));
}

// Payment 1 once more, as payment 3 of an entry and a payer, with its share for a debtor's charge.
std::string paid(const std::string& day_and_account, const std::string& charge,
                 const std::string& entry = "entry_number", const std::string& payer = "payer_id",
                 const std::string& debtor = "debtor_id") {
  return "BEGIN; INSERT INTO payment (node_id, number, kind, payer_id, unit_id, amount_minor, received_on, "
         "account, entry_number, recorded_at) SELECT node_id, 3, kind, " +
         payer + ", unit_id, amount_minor, " + day_and_account + ", " + entry +
         ", recorded_at FROM payment WHERE number = 1; INSERT INTO payment_share (node_id, "
         "payment_number, line, debtor_id, amount_minor, prepaid_minor, charge_number) SELECT node_id, 3, "
         "line, " +
         debtor + ", amount_minor, prepaid_minor, " + charge +
         " FROM payment_share WHERE payment_number = 1; COMMIT";
}

// Charge 1 once more, as charge 3.
std::string charged(const std::string& days) {
  return "INSERT INTO charge SELECT node_id, 3, run_number, kind, membership_id, member_id, debtor_id, "
         "unit_id, " +
         days +
         ", part, parts, 2, gross_minor, waived_minor, prepaid_minor, why, entry_number, recorded_at, "
         "recorded_by FROM charge WHERE number = 1";
}

TEST_F(AttacksOnMembers, OfDues) {
  const std::vector<Attack> attacks{
      {"a charge's amount changed", "UPDATE charge SET gross_minor = gross_minor + 100 WHERE number = 1"},
      {"a charge deleted",
       "DELETE FROM deferral WHERE charge_number = 1; DELETE FROM charge WHERE number = 1"},
      {"a due charged twice",
       "INSERT INTO charge SELECT node_id, 3, run_number, kind, membership_id, member_id, debtor_id, "
       "unit_id, "
       "period_first, period_last, due_on, part, parts, version, gross_minor, waived_minor, prepaid_minor, "
       "why, "
       "entry_number, recorded_at, recorded_by FROM charge WHERE number = 1"},
      {"a charge without an entry",
       "INSERT INTO charge SELECT node_id, 3, run_number, kind, membership_id, member_id, debtor_id, "
       "unit_id, "
       "period_first, period_last, due_on, part, parts, 2, gross_minor, waived_minor, prepaid_minor, why, "
       "NULL, recorded_at, recorded_by FROM charge WHERE number = 1"},
      {"a charge by an entry that is another",
       "INSERT INTO charge SELECT node_id, 3, run_number, kind, membership_id, member_id, debtor_id, "
       "unit_id, "
       "period_first, period_last, due_on, part, parts, 2, gross_minor, waived_minor, prepaid_minor, why, "
       "1, recorded_at, recorded_by FROM charge WHERE number = 1"},
      {"a charge taken back by an entry that is another",
       "INSERT INTO charge_reversal (node_id, charge_number, reversed_on, reason, entry_number, recorded_at) "
       "VALUES (1, 1, '2026-01-01', 'x', 1, now())"},
      {"more waived than was charged",
       "INSERT INTO charge SELECT node_id, 3, run_number, kind, membership_id, "
       "member_id, debtor_id, unit_id, period_first, period_last, due_on, part, parts, 2, gross_minor, "
       "gross_minor + 1, 0, why, entry_number, recorded_at, recorded_by FROM charge WHERE number = 1"},
      {"a payment's amount changed", "UPDATE payment SET amount_minor = amount_minor + 100 WHERE number = 1"},
      {"a payment moved to an earlier day",
       "UPDATE payment SET received_on = received_on - 9 WHERE number = 1"},
      {"a payment said to have come into another account", "UPDATE payment SET account = 'cash'"},
      {"a payment of another day than its entry", paid("received_on - 9, account", "NULL")},
      {"a payment into another account than its entry's", paid("received_on, 'income:dues'", "NULL")},
      {"a payment of an entry that is not there", paid("received_on, account", "NULL", "9999")},
      {"a payment by a member that is not there",
       paid("received_on, account", "NULL", "entry_number", "9999")},
      {"a payment for a member that is not there",
       paid("received_on, account", "NULL", "entry_number", "payer_id", "9999")},
      {"a payment led to another's charge",
       "UPDATE payment_share SET charge_number = 2 WHERE payment_number = 1"},
      {"a payment for another's charge", paid("received_on, account", "2")},
      {"a charge said to be due later", "UPDATE charge SET due_on = due_on + 90 WHERE number = 1"},
      {"a charge that a run never made due so late", charged("period_first, period_last, due_on + 90")},
      {"a charge said to be for other days", "UPDATE charge SET period_last = period_last - 30"},
      {"a charge for other days than its entry's", charged("period_first, period_last - 30, due_on")},
      {"a charge taken from its run, and due later",
       "UPDATE charge SET due_on = due_on + 90, run_number = NULL WHERE number = 1"},
      {"a return moved to a later day", "UPDATE payment_return SET returned_on = returned_on + 9"},
      {"a payment deleted",
       "DELETE FROM payment_share WHERE payment_number = 1; DELETE FROM payment WHERE number = 1"},
      {"a payment led to another member", "UPDATE payment_share SET debtor_id = 2 WHERE payment_number = 1"},
      {"a payment with one share more",
       "INSERT INTO payment_share (node_id, payment_number, line, debtor_id, amount_minor, prepaid_minor) "
       "VALUES (1, 1, 2, 2, 500, 0)"},
      {"a payment returned twice",
       "INSERT INTO payment_return SELECT node_id, payment_number, returned_on, reason, entry_number, "
       "recorded_at, recorded_by FROM payment_return"},
      {"a return undone", "DELETE FROM payment_return"},
      {"what somebody owes changed", "UPDATE debtor SET owed_minor = 0 WHERE party_id = 1"},
      {"more earned than was put off",
       "INSERT INTO deferral SELECT node_id, charge_number, on_day, 9, 99999, run_number, entry_number, "
       "recorded_at, recorded_by FROM deferral WHERE amount_minor < 0 AND charge_number = 1"},
      {"a little earned that no entry knows",
       "INSERT INTO deferral SELECT node_id, charge_number, on_day, 9, 1, run_number, entry_number, "
       "recorded_at, recorded_by FROM deferral WHERE amount_minor < 0 AND charge_number = 1"},
      unnoticed_by_members("the account in which members stand changed",
                           "UPDATE dues_accounts SET receivable = 'assets:bank'"),
      unnoticed_by_members("a price changed", "UPDATE tier_price SET suggested_minor = 1"),
      unnoticed_by_members("what a membership pays changed", "UPDATE subscription SET chosen_minor = 1"),
      unnoticed_by_members("a concession made larger",
                           "UPDATE concession SET numerator = 1, denominator = 1"),
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on dues", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof

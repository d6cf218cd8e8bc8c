// Reminders, pauses, noticed and imported payments changed in raw SQL by the service's role, by the owner,
// and with the guards off. What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/dues/charge_service.hpp"
#include "ledger/intake/payment_intake_service.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/reminders/level_service.hpp"
#include "ledger/reminders/pause_service.hpp"
#include "ledger/reminders/reminder_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;
using test::Forging;

/// Full books with two members who were reminded, a message that was dropped, a pause and a noticed payment
/// that ended, and an imported payment.
class AttacksOnReminders : public test::AttackedBooks {
 protected:
  AttacksOnReminders() {
    use(NodeId{1});
    open("assets:receivable:dues");
    db().in_tx([&](Tx& tx) {
      owe(tx);
      remind(tx);
    });
  }

 private:
  void owe(Tx& tx) {
    for (const char* number : {"M0001", "M0002"}) {
      members::add_party(tx, node(), {number, members::PartyKind::person}, author());
      dues::raise_charge(tx, node(),
                         {.member = number,
                          .payer = {},
                          .kind = dues::DueKind::other,
                          .unit = money("0").unit(),
                          .minor = 2'000,
                          .on = Day::parse("2026-01-05"),
                          .due_on = {},
                          .why = "Keys",
                          .income = {}},
                         author());
    }
  }

  void remind(Tx& tx) {
    const books::Node here = books::read_node(tx, books::read_node_name(tx, node()));
    const Day day = Day::parse("2026-01-20");
    reminders::add_level(tx, node(),
                         {.level = 1,
                          .number = 0,
                          .from_on = Day::parse("2020-01-01"),
                          .after_days = 7,
                          .decision = "Circle",
                          .texts = {{"en", "Your dues", "Dear {name}"}}},
                         author());
    reminders::write_reminders(tx, here, day, author());
    reminders::drop_message(tx, node(), 1, "a mistake", author());
    reminders::begin_pause(tx, node(), "M0001", {0, day, {}, "talking", author().now}, author());
    reminders::end_pause(tx, node(), "M0001", 1, Day::parse("2026-01-25"), "agreed", author());
    reminders::notice_payment(tx, node(), {"M0002", {}, money("0").unit(), 500, day}, author());
    reminders::settle_noticed(tx, node(), 1, {}, "a gift", author());
    intake::import_payments(tx, here, "member,amount,received_on\nM0002,5.00,2026-01-20\n", "assets:bank",
                            intake::Doubtful::stop, author());
  }
};

Attack unnoticed_reminder(const char* what, const char* sql) {
  return {what, sql, Forging::nothing, {}, "the chain does not cover it"};
}

TEST_F(AttacksOnReminders, AreRefusedAtWork) {
  const std::vector<Attack> attacks{
      unnoticed_reminder("a message's end undone", "DELETE FROM message_end"),
      unnoticed_reminder("a message's amount changed", "UPDATE message SET owed_minor = 1"),
      unnoticed_reminder("what was open of a charge changed", "UPDATE message_charge SET open_minor = 1"),
      unnoticed_reminder("a noticed payment removed",
                         "DELETE FROM noticed_payment_end; DELETE FROM noticed_payment WHERE number = 1"),
      unnoticed_reminder("a noticed payment that waits again", "DELETE FROM noticed_payment_end"),
      unnoticed_reminder("a pause changed", "UPDATE reminder_pause SET until_on = '2026-12-31'"),
      unnoticed_reminder("the end of a pause undone", "DELETE FROM reminder_pause_end"),
      unnoticed_reminder("a level changed", "UPDATE reminder_level SET after_days = 1"),
      unnoticed_reminder("the words of a level changed", "UPDATE reminder_text SET body = 'x'"),
      unnoticed_reminder("an imported payment made unknown", "DELETE FROM payment_row"),
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on reminders", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof

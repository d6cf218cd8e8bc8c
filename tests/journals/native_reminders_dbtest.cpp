// The complete export carries reminders whole: levels, pauses, noticed payments, messages and what became of
// them; what waited waits again.
#include <fstream>

#include "ledger/intake/payment_intake_service.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/reminders/level_service.hpp"
#include "ledger/reminders/pause_service.hpp"
#include "ledger/reminders/reminder_service.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::journals {
namespace {

class NativeReminders : public test::DuesTest {
 protected:
  void fill() {
    for (const char* number : {"M0001", "M0002", "M0003"}) member(number, "2025-12-01");
    run("2025-12");
    const UnitId eur = money("0").unit();
    db().in_tx([&](Tx& tx) {
      reminders::set_reminder_setting(tx, node(), {true, 500, "us@example.org", "ca"}, author());
      for (const int level : {1, 2})
        reminders::add_level(tx, node(),
                             {.level = level,
                              .number = 0,
                              .from_on = Day::parse("2025-01-01"),
                              .after_days = level * 10,
                              .fee = reminders::ReminderFee{eur, 250, level == 1},
                              .decision = "Circle",
                              .texts = {{"ca", "Quotes", "Hola {name}"}, {"en", "Dues", "Dear {name}"}}},
                             author());
      const Day first = Day::parse("2025-12-01");
      reminders::begin_pause(tx, node(), "M0003", {0, first, Day::parse("2026-12-01"), "talking", now},
                             author());
      reminders::begin_pause(tx, node(), "M0002", {0, first, {}, "talking", now}, author());
      reminders::end_pause(tx, node(), "M0002", 1, Day::parse("2025-12-05"), "agreed", author());
      reminders::notice_payment(tx, node(), {"M0003", {}, eur, 700, first}, author());
      reminders::notice_payment(tx, node(), {"M0003", {}, eur, 800, first}, author());
      reminders::settle_noticed(tx, node(), 1, {}, "a gift", author());
      const books::Node bcn = books::read_node(tx, "bcn");
      reminders::write_reminders(tx, bcn, Day::parse("2025-12-20"), author());
      reminders::drop_message(tx, node(), 1, "a mistake", author());
      intake::import_payments(tx, bcn, "member,amount,received_on\nM0003,7.00,2025-12-10\n",
                              "assets:bank:main", intake::Doubtful::stop, author());
    });
  }
  TemporaryFile file_;
};

// The export without its last line, whose hash is of all before.
std::string lines_of(const std::string& text) { return text.substr(0, text.rfind("{\"kind\":\"end\"")); }

TEST_F(NativeReminders, RestoreIntoAnEmptyServerAsTheyWereButSwitchedOff) {
  fill();
  const std::string original = test::native_export(db());
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  std::ofstream{file_.path(), std::ios::binary} << original;
  EXPECT_TRUE(restore_native(empty, file_.path(), now).complete);
  std::string switched_off = lines_of(original);
  const std::size_t at = switched_off.find("\"sends\":true");
  ASSERT_NE(at, std::string::npos);
  switched_off.replace(at, 12, "\"sends\":false");
  EXPECT_EQ(lines_of(test::native_export(empty)), switched_off) << "a rehearsed restore writes to nobody";
  for (const char* table : {"reminder_setting", "reminder_level", "reminder_text", "reminder_pause",
                            "reminder_pause_end", "noticed_payment", "noticed_payment_end", "message",
                            "message_charge", "message_end", "message_delivery", "payment_row"}) {
    const std::string sql = "SELECT count(*) FROM " + std::string{table};
    EXPECT_NE(superuser_value(sql), "0") << table << " is not tried";
    EXPECT_EQ(other.superuser_value(sql), superuser_value(sql)) << table;
  }
  const auto faults = test::derived_faults(other);
  EXPECT_TRUE(faults.empty()) << faults.front();
}

}  // namespace
}  // namespace coop::journals

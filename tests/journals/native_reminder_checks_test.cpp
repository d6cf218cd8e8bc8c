// Files whose reminders contradict each other: only the check of each line tells.
#include <gtest/gtest.h>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_checks.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const Instant reminded_at = instant_from_text("2026-02-01T09:00:00Z");

const std::vector<std::string> right_reminders{
    R"({"kind":"party","id":1,"number":"M1","party":"person",@})",
    R"({"kind":"charge","number":1,"charge":"other","member":"M1","debtor":"M1","unit":"EUR",)"
    R"("first":"2026-01-01","last":"2026-01-31","due_on":"2026-01-01","part":1,"parts":1,"version":1,)"
    R"("gross":"0.00","waived":"0.00","prepaid":"0.00","why":"free",@})",
    R"({"kind":"reminder_setting","sends":true,"minimum":"5.00","language":"en"})",
    R"({"kind":"reminder_level","level":1,"number":1,"from_on":"2026-01-01","closed":false,"after_days":7,)"
    R"("charges_fee":false,"decision":"",@})",
    R"({"kind":"reminder_text","level":1,"number":1,"language":"en","subject":"s","body":"b"})",
    R"({"kind":"reminder_pause","member":"M1","number":1,"from_on":"2026-01-01","reason":"r",@})",
    R"({"kind":"noticed_payment","number":1,"payer":"M1","unit":"EUR","amount":"1.00",)"
    R"("noticed_on":"2026-01-01",@})"};

/// Reads and checks lines; answers the first refusal's code, "accepted" if there is none.
class ReminderLines {
 public:
  ReminderLines() {
    checks_.take(NativeHead{native_version, "bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", 1, 1,
                            reminded_at, reminded_at, 0, 0, books::first_link_of("bcn")});
    checks_.take(NativeUnit{"EUR", "Euro", 2, "currency"});
    checks_.take(NativeDimension{1, books::DimensionKind::member, "M1", "M1", reminded_at});
    for (const std::string& line : right_reminders) EXPECT_EQ(take(line), "accepted") << line;
  }
  std::string take(std::string json) {
    for (std::size_t place = json.find("@"); place != std::string::npos; place = json.find("@"))
      json.replace(place, 1, R"("recorded_at":"2026-02-01T09:00:00.000000Z")");
    return test::refusal_code([&] { checks_.take(native_line_from(json, checks_.scales())); });
  }

 private:
  NativeChecks checks_;
};

TEST(NativeReminderChecks, RefuseWhatContradictsTheLinesBefore) {
  for (const char* line :
       {R"({"kind":"noticed_payment","number":3,"payer":"M1","unit":"EUR","amount":"1.00",)"
        R"("noticed_on":"2026-01-01",@})",
        R"({"kind":"noticed_payment","number":2,"payer":"M2","unit":"EUR","amount":"1.00",)"
        R"("noticed_on":"2026-01-01",@})",
        R"({"kind":"noticed_payment","number":2,"payer":"M1","unit":"EUR","amount":"0.00",)"
        R"("noticed_on":"2026-01-01",@})",
        R"({"kind":"noticed_payment_end","noticed":2,"reason":"r",@})",
        R"({"kind":"noticed_payment_end","noticed":1,@})",
        R"({"kind":"noticed_payment_end","noticed":1,"payment":1,@})",
        R"({"kind":"message","number":2,"member":"M1","unit":"EUR","level":1,"level_number":1,)"
        R"("as_of":"2026-01-20","owed":"1.00","made_at":"2026-02-01T09:00:00.000000Z"})",
        R"({"kind":"message","number":1,"member":"M1","unit":"EUR","level":1,"level_number":2,)"
        R"("as_of":"2026-01-20","owed":"1.00","made_at":"2026-02-01T09:00:00.000000Z"})",
        R"({"kind":"message","number":1,"member":"M1","unit":"EUR","level":1,"level_number":1,)"
        R"("as_of":"2026-01-20","owed":"1.00","fee_charge":2,"made_at":"2026-02-01T09:00:00.000000Z"})",
        R"({"kind":"message_charge","message":1,"charge":1,"open":"1.00"})",
        R"({"kind":"message_end","message":1,"outcome":"sent","ended_at":"2026-02-01T09:00:00.000000Z"})",
        R"({"kind":"payment_row","payment":1,"row_hash":"x",@})"})
    EXPECT_EQ(ReminderLines{}.take(line), "import_contradicts") << line;
}

TEST(NativeReminderChecks, RefuseRowsThatComeTwiceOrTooLate) {
  for (const std::size_t again : {2u, 3u, 4u, 5u})
    EXPECT_EQ(ReminderLines{}.take(right_reminders[again]), "import_contradicts") << right_reminders[again];
  ReminderLines lines;
  const std::string message =
      R"({"kind":"message","number":1,"member":"M1","unit":"EUR","level":1,"level_number":1,)"
      R"("as_of":"2026-01-20","owed":"1.00","made_at":"2026-02-01T09:00:00.000000Z"})";
  EXPECT_EQ(lines.take(message), "accepted");
  EXPECT_EQ(lines.take(message), "import_contradicts");
  EXPECT_EQ(lines.take(R"({"kind":"message_charge","message":1,"charge":2,"open":"1.00"})"),
            "import_contradicts");
  EXPECT_EQ(lines.take(R"({"kind":"message_charge","message":1,"charge":1,"open":"1.00"})"), "accepted");
  EXPECT_EQ(lines.take(R"({"kind":"message_charge","message":1,"charge":1,"open":"1.00"})"),
            "import_contradicts");
  const std::string end = R"({"kind":"message_end","message":1,"outcome":"dropped",)"
                          R"("ended_at":"2026-02-01T09:00:00.000000Z")";
  EXPECT_EQ(lines.take(end + "}"), "import_contradicts") << "nobody says why";
  EXPECT_EQ(ReminderLines{}.take(end + R"(,"reason":"r"})"), "import_contradicts") << "of no message";
}

}  // namespace
}  // namespace coop::journals

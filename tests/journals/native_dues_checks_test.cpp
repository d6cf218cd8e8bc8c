// Files whose dues contradict each other: only the check of each line tells.
#include <gtest/gtest.h>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_checks.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const Instant charged_at = instant_from_text("2026-02-01T09:00:00Z");

const std::vector<std::string> right_dues{
    R"({"kind":"party","id":1,"number":"M1","party":"person",@})",
    R"({"kind":"member_class","id":1,"code":"user","title":"Users",@})",
    R"({"kind":"membership","id":1,"member":"M1","class":"user","from_on":"2026-01-01",)"
    R"("taken_back":false,@})",
    R"({"kind":"membership_change","membership":1,"number":1,"change":"applied","on_day":"2026-01-01",)"
    R"("reason":"",@})",
    R"({"kind":"dues_accounts","receivable":"a","prepaid":"b","income":"c","solidarity":"d",)"
    R"("written_off":"e"})",
    R"({"kind":"tier","id":1,"code":"t","title":"T","interval":"month","proration":"by_days",)"
    R"("due_after_days":0,"unit":"EUR",@})",
    R"({"kind":"tier_price","tier":"t","number":1,"from_on":"2026-01-01","closed":false,"minimum":"1.00",)"
    R"("suggested":"2.00","joining":"0.00","decision":"",@})",
    R"({"kind":"subscription","membership":1,"number":1,"from_on":"2026-01-01","tier":"t","payer":"M1",)"
    R"("instalments":1,@})",
    R"({"kind":"concession","membership":1,"number":1,"from_on":"2026-01-01","share":"1/2","reason":"r",)"
    R"("decision":"",@})",
    R"({"kind":"charge_run","number":1,"first":"2026-01-01","last":"2026-01-31",)"
    R"("corrections_from":"2025-01-01",@})",
    R"({"kind":"charge","number":1,"run":1,"charge":"dues","membership":1,"member":"M1","debtor":"M1",)"
    R"("unit":"EUR","first":"2026-01-01","last":"2026-01-31","due_on":"2026-01-01","part":1,"parts":1,)"
    R"("version":1,"gross":"0.00","waived":"0.00","prepaid":"0.00","why":"free",@})"};

/// Reads and checks lines; answers the first refusal's code, "accepted" if there is none.
class DuesLines {
 public:
  DuesLines() {
    checks_.take(NativeHead{native_version, "bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", 1, 1,
                            charged_at, charged_at, 0, 0, books::first_link_of("bcn")});
    checks_.take(NativeUnit{"EUR", "Euro", 2, "currency"});
    checks_.take(NativeDimension{1, books::DimensionKind::member, "M1", "M1", charged_at});
    for (const std::string& line : right_dues) EXPECT_EQ(take(line), "accepted") << line;
  }
  std::string take(std::string json) {
    for (std::size_t place = json.find("@"); place != std::string::npos; place = json.find("@"))
      json.replace(place, 1, R"("recorded_at":"2026-02-01T09:00:00.000000Z")");
    return test::refusal_code([&] { checks_.take(native_line_from(json, checks_.scales())); });
  }

 private:
  NativeChecks checks_;
};

TEST(NativeDuesChecks, RefuseWhatContradictsTheLinesBefore) {
  const std::string charge =
      R"({"kind":"charge","number":2,"charge":"other","member":"M1","debtor":"M1","unit":"EUR",)"
      R"("first":"2026-01-01","last":"2026-01-31","due_on":"2026-01-01","part":1,"parts":1,"version":1,)"
      R"("gross":"0.00","waived":"0.00","prepaid":"0.00","why":"free",@})";
  EXPECT_EQ(DuesLines{}.take(charge), "accepted");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string line = charge;
    line.replace(line.find(from), from.size(), to);
    return DuesLines{}.take(line);
  };
  EXPECT_EQ(with(R"("number":2)", R"("number":3)"), "import_contradicts") << "a gap";
  EXPECT_EQ(with(R"("member":"M1")", R"("member":"M2")"), "import_contradicts");
  EXPECT_EQ(with(R"("debtor":"M1")", R"("debtor":"M2")"), "import_contradicts");
  EXPECT_EQ(with(R"("unit":"EUR")", R"("unit":"USD")"), "import_contradicts");
  EXPECT_EQ(with(R"("waived":"0.00")", R"("waived":"1.00")"), "import_contradicts");
  EXPECT_EQ(with(R"("gross":"0.00")", R"("gross":"1.00")"), "import_contradicts") << "not booked";
  EXPECT_EQ(with(R"("gross":"0.00")", R"("gross":"0.001")"), "amount_too_precise");
  EXPECT_EQ(with(R"("why":"free")", R"("entry":1,"why":"free")"), "import_contradicts") << "no such entry";
  EXPECT_EQ(with(R"("charge":"other")", R"("run":2,"charge":"other")"), "import_contradicts");
  for (const char* line :
       {R"({"kind":"charge_reversal","charge":2,"reversed_on":"2026-01-01","reason":"r",@})",
        R"({"kind":"payment","number":1,"payment":"money","payer":"M1","unit":"EUR","amount":"1.00",)"
        R"("received_on":"2026-01-01","account":"a","entry":1,@})",
        R"({"kind":"payment_share","payment":1,"line":1,"debtor":"M1","amount":"1.00","prepaid":"0.00"})",
        R"({"kind":"payment_return","payment":1,"returned_on":"2026-01-01","reason":"r","entry":1,@})"})
    EXPECT_EQ(DuesLines{}.take(line), "import_contradicts") << line;
}

TEST(NativeDuesChecks, RefuseRowsThatComeTooLate) {
  for (std::size_t i = 0; i + 1 < right_dues.size(); ++i)
    EXPECT_EQ(DuesLines{}.take(right_dues[i]), "import_contradicts") << right_dues[i];
}

}  // namespace
}  // namespace coop::journals

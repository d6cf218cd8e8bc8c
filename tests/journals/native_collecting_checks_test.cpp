// Files whose direct debits contradict each other: only the check of each line tells.
#include <gtest/gtest.h>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_checks.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const Instant collected_at = instant_from_text("2026-02-01T09:00:00Z");

const std::vector<std::string> right_collecting{
    R"({"kind":"party","id":1,"number":"M1","party":"person",@})",
    R"({"kind":"party","id":2,"number":"M2","party":"person",@})",
    R"({"kind":"erasure","member":"M2","erased_at":"2026-02-01T09:00:00.000000Z","reason":"asked"})",
    R"({"kind":"charge","number":1,"charge":"other","member":"M1","debtor":"M1","unit":"EUR",)"
    R"("first":"2026-01-01","last":"2026-01-31","due_on":"2026-01-01","part":1,"parts":1,)"
    R"("version":1,"gross":"0.00","waived":"0.00","prepaid":"0.00","why":"free",@})",
    R"({"kind":"creditor","number":1,"identifier":"DE98ZZZ09999999999","name":"C",)"
    R"("iban":"DE89370400440532013000","account":"a",@})",
    R"({"kind":"mandate","id":1,"member":"M1","reference":"D0001","scheme":"core","use":"recurring",)"
    R"("signed_on":"2026-01-01",@})",
    R"({"kind":"mandate","id":2,"member":"M2","reference":"D0002","scheme":"core","use":"recurring",)"
    R"("signed_on":"2026-01-01",@})",
    R"({"kind":"mandate_account","mandate":1,"number":1,"iban":"DE89370400440532013000","name":"Maria",@})",
    R"({"kind":"collection","number":1,"due_on":"2026-02-02","creditor":1,"message":"bcn-C1",@})",
    R"({"kind":"collection_line","collection":1,"line":1,"mandate":1,"account_number":1,"amount":"5.00",)"
    R"("sequence":"first","account_changed":false,"end_to_end":"bcn-C1-1"})",
    R"({"kind":"collection_charge","collection":1,"line":1,"charge":1,"amount":"5.00","live":true})"};

/// Reads and checks lines; answers the first refusal's code, "accepted" if there is none.
class CollectingLines {
 public:
  explicit CollectingLines(std::size_t count = right_collecting.size()) {
    checks_.take(NativeHead{native_version, "bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", 1, 1,
                            collected_at, collected_at, 0, 0, books::first_link_of("bcn")});
    checks_.take(NativeUnit{"EUR", "Euro", 2, "currency"});
    checks_.take(NativeDimension{1, books::DimensionKind::member, "M1", "M1", collected_at});
    checks_.take(NativeDimension{2, books::DimensionKind::member, "M2", "M2", collected_at});
    for (std::size_t i = 0; i < count; ++i)
      EXPECT_EQ(take(right_collecting[i]), "accepted") << right_collecting[i];
  }
  std::string take(std::string json) {
    for (std::size_t place = json.find('@'); place != std::string::npos; place = json.find('@'))
      json.replace(place, 1, R"("recorded_at":"2026-02-01T09:00:00.000000Z")");
    return test::refusal_code([&] { checks_.take(native_line_from(json, checks_.scales())); });
  }

 private:
  NativeChecks checks_;
};

/// What is said of the `place`th line with `to` instead of `from`.
std::string changed_collecting(std::size_t place, const std::string& from, const std::string& to) {
  std::string line = right_collecting[place];
  EXPECT_NE(line.find(from), std::string::npos) << line;
  line.replace(line.find(from), from.size(), to);
  return CollectingLines{place}.take(line);
}

TEST(NativeCollectingChecks, RefuseWhatContradictsTheLinesBefore) {
  EXPECT_EQ(changed_collecting(4, R"("number":1)", R"("number":2)"), "import_contradicts");
  EXPECT_EQ(changed_collecting(4, "DE89370400440532013000", "DE00370400440532013000"), "iban_malformed");
  EXPECT_EQ(changed_collecting(5, R"("member":"M1")", R"("member":"M3")"), "import_contradicts");
  EXPECT_EQ(changed_collecting(6, R"("id":2)", R"("id":3)"), "import_contradicts");
  EXPECT_EQ(changed_collecting(6, "D0002", "D0001"), "import_contradicts");
  EXPECT_EQ(changed_collecting(7, R"("mandate":1)", R"("mandate":3)"), "import_contradicts");
  EXPECT_EQ(changed_collecting(7, R"("mandate":1)", R"("mandate":2)"), "import_contradicts") << "was erased";
  EXPECT_EQ(changed_collecting(7, R"("number":1)", R"("number":2)"), "import_contradicts");
  EXPECT_EQ(changed_collecting(8, R"("creditor":1)", R"("creditor":2)"), "import_contradicts");
  EXPECT_EQ(changed_collecting(9, R"("collection":1)", R"("collection":2)"), "import_contradicts");
  EXPECT_EQ(changed_collecting(9, R"("amount":"5.00")", R"("amount":"0.00")"), "import_contradicts");
  EXPECT_EQ(changed_collecting(10, R"("line":1)", R"("line":2)"), "import_contradicts");
  EXPECT_EQ(changed_collecting(10, R"("charge":1)", R"("charge":2)"), "import_contradicts");
}

TEST(NativeCollectingChecks, RefuseWhatIsCollectedOrDoneTwice) {
  for (const char* line :
       {R"({"kind":"collection_charge","collection":1,"line":1,"charge":1,"amount":"5.00","live":true})",
        R"({"kind":"collection_step","collection":1,"number":2,"step":"approved",@})",
        R"({"kind":"collection_step","collection":2,"number":1,"step":"approved",@})",
        R"({"kind":"collection_step","collection":1,"number":1,"step":"excluded","line":2,"reason":"x",@})",
        R"({"kind":"collection_step","collection":1,"number":1,"step":"returned","line":1,"fee_charge":2,@})",
        R"({"kind":"collection_payment","collection":1,"line":1,"payment":1})",
        R"({"kind":"mandate_change","mandate":1,"number":2,"change":"released","on_day":"2026-01-02",@})",
        R"({"kind":"mandate_change","mandate":1,"number":1,"change":"released","on_day":"2025-12-31",@})",
        R"({"kind":"mandate_change","mandate":1,"number":1,"change":"collected","on_day":"2026-02-02",)"
        R"("sequence":"first","collection":1,"line":2,@})"})
    EXPECT_EQ(CollectingLines{}.take(line), "import_contradicts") << line;
  EXPECT_EQ(CollectingLines{}.take(R"({"kind":"collection_step","collection":1,"number":1,)"
                                   R"("step":"approved",@})"),
            "accepted");
}

}  // namespace
}  // namespace coop::journals

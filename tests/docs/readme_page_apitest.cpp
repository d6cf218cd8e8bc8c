// What README.md shows is typed here as a reader would type it, into the demonstration.
#include "tests/support/demo_page.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::test {
namespace {

const std::string entry =
    R"sh(curl -s http://127.0.0.1:8080/v1/nodes/bcn/entries -H "Authorization: Bearer $TOKEN" \
  -H 'Idempotency-Key: open-evening-2026-02' -H 'Content-Type: application/json' -d '{
    "booked_on": "2026-02-10", "description": "Donations at the open evening",
    "postings": [
      {"account": "assets:bank:main", "amount": "50.00", "unit": "EUR"},
      {"account": "income:donations", "amount": "-50.00", "unit": "EUR"}]}')sh";

const std::string report = R"sh(curl -s -H "Authorization: Bearer $TOKEN" \
  'http://127.0.0.1:8080/v1/nodes/bcn/reports/balance-sheet?as_of=2026-02-28&unit=EUR&format=text')sh";

class ReadmePage : public DemoPage {};

TEST_F(ReadmePage, ShowsAnEntryAndAReportAsTheyAreAnswered) {
  const std::string first = answer_of(entry);
  EXPECT_TRUE(region_is("README.md", "first-entry",
                        fenced("sh", sign_in_of("aina") + "\n" + entry) + fenced("json", first)));
  EXPECT_EQ(answer_of(entry), first) << "repeated, it is answered the same and recorded once";
  EXPECT_TRUE(region_is("README.md", "first-report", fenced("sh", report) + fenced("", answer_of(report))));
}

}  // namespace
}  // namespace coop::test

// What the guides to dues show is typed here as a treasurer and a member would type it, into the
// demonstration.
#include <thread>

#include "tests/support/demo_page.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::test {
namespace {

constexpr const char* month = "docs/guides/a-month-of-dues.md";
constexpr const char* own = "docs/guides/your-dues.md";

const std::string typed_before = R"sh(BCN=http://127.0.0.1:8080/v1/nodes/bcn
ask() { curl -s -H "Authorization: Bearer $TOKEN" "$BCN/$1"; }
tell() { curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
  -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" "$BCN/$1" -d "$2" -X "${3:-POST}"; })sh";

class DuesPages : public DemoPage {
 protected:
  DuesPages() { before_each(typed_before); }

  // Reminders are judged by today, so the page shows what does not depend on it.
  void show_reminders() {
    EXPECT_TRUE(region_is(
        month, "reminders",
        typed(
            {R"(tell dues/payee '{"account_holder":"Barcelona node","iban":"ES9121000418450200051332"}' PUT)",
             R"(tell dues/reminder-levels '{"level":1,"from_on":"2026-01-01","after_days":14,"texts":[
  {"language":"en","subject":"Your dues","body":"Dear {name}, {amount} is open since {overdue_since}."}]}')",
             R"(tell members/M0006/pauses '{"from_on":"2026-03-01","reason":"talks with the treasurer"}')",
             R"(tell 'dues/reminders?dry_run=true' '{}' | grep -o '"reminders":.*},"messages"')"})));
    EXPECT_TRUE(
        region_is(month, "notice", typed({"ask 'members/M0001/dues/notice?as_of=2026-03-20&format=text'"})));
  }

  // A run goes on by itself: waits until nothing is being worked on.
  static bool has_job(const std::string& jobs, const std::string& state) {
    return jobs.find("\"state\":\"" + state + "\"") != std::string::npos;
  }
  void wait_for_jobs() {
    for (int i = 0; i < 600; ++i) {
      const std::string jobs = answer_of("ask jobs");
      if (jobs.starts_with("{\"items\":[") && !has_job(jobs, "waiting") && !has_job(jobs, "running")) return;
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    FAIL() << "a job does not end";
  }
};

TEST_F(DuesPages, ShowATreasurersMonth) {
  EXPECT_TRUE(region_is(month, "sign-in", fenced("sh", sign_in_of("aina") + "\n" + typed_before)));
  EXPECT_TRUE(region_is(month, "arrears",
                        typed({"ask 'dues/balances?as_of=2026-03-01&overdue_only=true&format=text'"})));
  EXPECT_TRUE(region_is(month, "preview",
                        typed({R"(tell 'dues/runs?dry_run=true' '{"period":"2026-03"}')",
                               "ask 'dues/preview?period=2026-03&limit=1'"})));
  const std::string begun = typed({R"(tell dues/runs '{"period":"2026-03"}')"});
  wait_for_jobs();
  EXPECT_TRUE(region_is(
      month, "run",
      begun + typed({"ask dues/runs/2", R"(tell 'dues/runs?dry_run=true' '{"period":"2026-03"}')"})));
  EXPECT_TRUE(region_is(
      month, "payment",
      typed({R"(tell dues/payments '{"payer":"M0002","amount":"60.00","unit":"EUR","received_on":"2026-03-05",
  "account":"assets:bank:main","reference":"statement 3, line 12",
  "shares":[{"member":"M0002","amount":"50.00"},{"member":"M0003","amount":"10.00"}]}')"})));
  EXPECT_TRUE(
      region_is(month, "member", typed({"ask 'members/M0002/own-view?as_of=2026-03-20&format=text'"})));
  EXPECT_TRUE(region_is(month, "roll",
                        typed({"ask 'roll?as_of=2026-04-25&class=worker&format=text'",
                               "ask 'roll?as_of=2026-04-25&state=excluded&limit=3&format=text'"})));
  show_reminders();
  const std::string left =
      R"(tell members/M0003/memberships/3/changes '{"kind":"left","on_day":"2026-03-10","reason":"moved"}')";
  answer_of(left);
  EXPECT_TRUE(
      region_is(month, "leaving",
                fenced("", "$ " + left + "\n") + typed({"ask 'dues/preview?period=2026-03&limit=1'"})));
}

TEST_F(DuesPages, ShowAMemberTheirOwn) {
  EXPECT_TRUE(region_is(own, "own",
                        fenced("sh", sign_in_of("gemma") + "\n" + typed_before) +
                            typed({"ask 'own-members/M0008?as_of=2026-03-01&format=text'"}, "gemma")));
  EXPECT_TRUE(region_is(own, "link", typed({R"(tell members/M0008/links '{"days":7}')"})));
}

}  // namespace
}  // namespace coop::test

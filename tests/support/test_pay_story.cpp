#include "tests/support/test_pay_story.hpp"

namespace coop::test {

PayStoryTest::PayStoryTest() : StoryTest{{}, clock_at("2026-12-31T10:00:00Z")} {
  for (const char* path : {"liabilities:wages", "liabilities:deferred-wages"}) open(path, "liability");
  open("expenses:wages", "expense");
  for (const char* path : {"dimensions/cost_object", "dimensions/fund"})
    done(path, R"({"items":[{"code":"hosting","name":"Servers"},{"code":"media","name":"Media"}]})");
  adopt("own_rates");
  make("circles", R"({"circle":"tech","title":"Technology","from_on":"2026-01-01"})");
  for (const std::string member : {"A", "B", "C"}) {
    make("members", R"({"kind":"person","number":")" + member + R"(","profile":{"name":"Somebody"}})");
    done("circles/tech/joining", R"({"member":")" + member + R"(","from_on":"2026-01-01"})");
  }
  make("tariffs", R"({"work":"livelihood","from_on":"2026-01-01","amount":"25.00","unit":"EUR",)"
                  R"("decision":"Assembly"})");
  pia_ = token_of_new_user("pia", {access::Role::approver});
  quinn_ = token_of_new_user("quinn", {access::Role::approver});
  cas_ = linked("cas", "C");
}

void PayStoryTest::worked(const std::string& member, const std::string& day, int minutes,
                          const std::string& object) {
  done("hours", R"({"mode":"atomic","hours":[{"member":")" + member + R"(","circle":"tech","worked_on":")" +
                    day + R"(","minutes":)" + std::to_string(minutes) +
                    R"(,"work":"livelihood","intent":"paid")" +
                    (object.empty() ? "" : R"(,"cost_object":")" + object + "\"") + "}]}");
  done("hours-approvals", R"({"mode":"atomic","hours":[)" + std::to_string(++last_hours_) + "]}", 200, cas_);
}

void PayStoryTest::posted(const std::string& run) {
  done("pay-runs/" + run + "/approval", "", 200, pia_);
  done("pay-runs/" + run + "/approval", "", 200, quinn_);
  done("pay-runs/" + run + "/posting", "");
}

}  // namespace coop::test

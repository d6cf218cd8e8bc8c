// A month of work (E1's hypha): fifteen hours are logged, four of them toward the contribution, eleven to be
// paid. Another member of the circle approves them; a slip is taken back and recorded anew; care counts too.
#include "ledger/books/chain.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class HoursOfAMonth : public StoryTest {
 protected:
  HoursOfAMonth() {
    for (const char* number : {"HY1", "WE1", "FE1"})
      make("members",
           std::string{R"({"kind":"person","number":")"} + number + R"(","profile":{"name":"Somebody"}})");
    make("circles", R"({"circle":"tech","title":"Technology","from_on":"2026-01-01"})");
    for (const char* number : {"HY1", "WE1"})
      done("circles/tech/joining", std::string{R"({"member":")"} + number + R"(","from_on":"2026-01-01"})");
    hypha_ = linked("hypha", "HY1");
    webarch_ = linked("webarch", "WE1");
    femproc_ = linked("femproc", "FE1");
  }
  static std::string worked(const std::string& day, int minutes, const std::string& work,
                            const std::string& intent, const std::string& more = {}) {
    return R"({"member":"HY1","circle":"tech","worked_on":")" + day + R"(","minutes":)" +
           std::to_string(minutes) + R"(,"work":")" + work + R"(","intent":")" + intent + "\"" + more + "}";
  }
  static std::string all(const std::string& mode, const std::string& hours) {
    return R"({"mode":")" + mode + R"(","hours":[)" + hours + "]}";
  }
  void take_back_and_record_anew() {
    // The way took 3 h, not 2:30: what is wrong is taken back and recorded anew.
    const std::string anew = worked("2026-01-19", 180, "travel", "paid", R"(,"corrects":3)");
    EXPECT_EQ(make("hours", all("atomic", anew), 409, hypha_).code(), "hours_not_open");
    EXPECT_EQ(make("hours/3/reversal", R"({"reason":"it was 3 h"})", 403, webarch_).code(), "role_missing");
    EXPECT_EQ(make("hours/3/reversal", R"({"reason":"it was 3 h"})", 200, hypha_).text("state"), "reversed");
    make("hours", all("atomic", anew), 200, hypha_);
    make("hours-approvals", all("atomic", "5"), 200, webarch_);
    EXPECT_EQ(get(at("hours/3")).text("corrected_by"), "5");
  }
  void expect_sums() {
    // 15 h are logged as work: 4 h toward the contribution, 11 h to be paid; 3 h of care are counted with
    // them.
    EXPECT_NE(get(at("hours-sums?by=member,intent&format=csv"))
                  .body.find("line,0,HY1,gift,1,180,3:00,0,0,0\r\n"
                             "line,0,HY1,obligation,1,240,4:00,0,0,0\r\n"
                             "line,0,HY1,paid,3,660,11:00,0,0,150\r\n"),
              std::string::npos)
        << get(at("hours-sums?by=member,intent&format=csv")).body;
    EXPECT_NE(get(at("hours-sums?by=work&format=text")).body.find("care"), std::string::npos);
  }
  void expect_own_views() {
    // Members see their own, and nobody else's.
    const ApiAnswer own = send("GET", at("own-members/HY1/hours?state=approved"), {.token = hypha_});
    EXPECT_EQ(own.json().at("items").as_array().size(), 4u);
    EXPECT_EQ(send("GET", at("own-members/HY1/hours"), {.token = webarch_}).code(), "party_unknown");
    EXPECT_EQ(send("GET", at("hours"), {.token = hypha_}).status, 403);
    EXPECT_NE(get(at("hours?format=csv&work=travel")).body.find("180,3:00,tech,travel,paid,approved"),
              std::string::npos)
        << get(at("hours?format=csv&work=travel")).body;
  }
  std::string hypha_;
  std::string webarch_;
  std::string femproc_;
};

TEST_F(HoursOfAMonth, AreSubmittedApprovedCorrectedAndAddedUp) {
  // Hypha logs: 4 h toward the contribution, 8 h and 2:30 to be paid, and 3 h of care as a gift.
  const std::string month = worked("2026-01-05", 240, "livelihood", "obligation") + "," +
                            worked("2026-01-12", 480, "livelihood", "paid") + "," +
                            worked("2026-01-19", 150, "travel", "paid") + "," +
                            worked("2026-01-19", 180, "care", "gift");
  const ApiAnswer tried =
      send("POST", at("hours?dry_run=true"), {.body = all("atomic", month), .token = hypha_});
  EXPECT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(get(at("hours")).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(make("hours", all("atomic", month), 200, hypha_).text("recorded"), "4");

  // No day has more than 24 hours, care is not paid, and nobody submits for others.
  EXPECT_EQ(make("hours", all("atomic", worked("2026-01-12", 961, "livelihood", "paid")), 409, hypha_).code(),
            "hours_beyond_day");
  EXPECT_EQ(make("hours", all("atomic", worked("2026-01-13", 60, "care", "paid")), 409, hypha_).code(),
            "work_without_price");
  EXPECT_EQ(make("hours", all("atomic", worked("2026-01-13", 60, "care", "gift")), 403, webarch_).code(),
            "role_missing");

  // Webarch sees what waits in its circle; femprocomuns is in none.
  const std::string waiting = "/circles/tech/hours?state=submitted";
  const ApiAnswer seen = send("GET", at("own-members/WE1" + waiting), {.token = webarch_});
  EXPECT_EQ(seen.json().at("items").as_array().size(), 4u) << seen.body;
  EXPECT_EQ(send("GET", at("own-members/FE1" + waiting), {.token = femproc_}).code(), "circle_not_joined");

  // Hypha may not approve its own, femprocomuns is in no circle; webarch approves all four, once.
  EXPECT_EQ(make("hours-approvals", all("atomic", "1"), 409, hypha_).code(), "approval_of_own");
  EXPECT_EQ(make("hours-approvals", all("atomic", "1"), 409, femproc_).code(), "circle_not_joined");
  const ApiAnswer approved = make("hours-approvals", all("per_item", "1,2,3,4,1,9"), 200, webarch_);
  EXPECT_EQ(approved.text("recorded"), "4");
  EXPECT_EQ(approved.text("refused"), "2");
  const boost::json::value outcomes = approved.json().at("results");
  EXPECT_EQ(outcomes.at(4).at("problem").at("code"), "approval_repeated");
  EXPECT_EQ(outcomes.at(5).at("problem").at("code"), "hours_unknown");
  EXPECT_EQ(outcomes.at(0).at("hours").at("state"), "approved");

  take_back_and_record_anew();
  expect_sums();
  expect_own_views();
}

}  // namespace
}  // namespace coop::test

// Circles and hours on the command line.
#include <algorithm>
#include <array>

#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class WorkCommands : public CommandTest {
 protected:
  WorkCommands() {
    for (const std::string number : {"M1", "M2"})
      make("members", R"({"kind":"person","number":")" + number + R"(","profile":{"name":"Somebody"}})");
    add_user("ben", {access::Role::member}, command_password);
    add_user("tom", {access::Role::bookkeeper}, command_password);
    EXPECT_EQ(send("PUT", at("members/M2/users/ben")).status, 200);
  }
  // Lists are for whoever is at the machine; all else asks who does it.
  Ran run_or_sign(const std::string& command, std::vector<std::string> words, const std::string& user) {
    const bool is_read = std::ranges::count(std::array{"list", "show", "sums", "report", "kinds"}, words[0]);
    words.insert(words.begin(), command);
    return is_read ? run(std::move(words)) : run_as(user, std::move(words));
  }
  Ran hours(std::vector<std::string> words, const std::string& user = "tom") {
    return run_or_sign("hours", std::move(words), user);
  }
  Ran circle(std::vector<std::string> words, const std::string& user = "tom") {
    return run_or_sign("circle", std::move(words), user);
  }
  /// Decides with ben's password as a line of standard input.
  Ran decide(const std::string& words) {
    return run_with_line(command_password, "hours " + words + " --user ben");
  }
};

TEST_F(WorkCommands, FoundCirclesAndSubmitApproveAndTakeBackHours) {
  EXPECT_EQ(circle({"found", "bcn", "tech", "--title", "Technology", "--on", "2026-01-01"}).code, 0);
  for (const char* member : {"M1", "M2"})
    EXPECT_EQ(circle({"join", "bcn", "tech", member, "--on", "2026-01-01"}).code, 0);
  EXPECT_NE(circle({"list", "bcn"}).out.find("Technology  2026-01-01"), std::string::npos)
      << circle({"list", "bcn"}).out;
  EXPECT_NE(circle({"list", "bcn", "--csv"}).out.find("subtotal,0,tech,Technology,2026-01-01,founded,,2,"),
            std::string::npos)
      << circle({"list", "bcn", "--csv"}).out;
  const std::string listed = get("/v1/nodes/bcn/circles?format=csv").body;
  EXPECT_NE(listed.find("line,0,tech,,2026-01-01,joined,M1,,"), std::string::npos) << listed;
  EXPECT_NE(get("/v1/nodes/bcn/work-kinds?format=text").body.find("counted only"), std::string::npos);
  EXPECT_NE(get("/v1/nodes/bcn/work-kinds?format=csv&limit=1").body.find("line,0,livelihood,"),
            std::string::npos);
  EXPECT_EQ(circle({"join", "bcn", "tech", "M2"}).code, 1) << "is in it";
  EXPECT_NE(circle({"add-kind", "bcn", "cleaning", "--title", "Cleaning", "--no-price"})
                .out.find("cleaning    Cleaning"),
            std::string::npos);

  std::vector<std::string> words{"submit", "bcn",        "--member",   "M1",        "--circle",
                                 "tech",   "--on",       "2026-01-10", "--minutes", "90",
                                 "--work", "livelihood", "--intent",   "paid"};
  std::vector<std::string> tried = words;
  tried.push_back("--dry-run");
  EXPECT_NE(hours(tried).out.find("nothing was recorded"), std::string::npos);
  const Ran submitted = hours(words);
  EXPECT_NE(submitted.out.find("1:30"), std::string::npos) << submitted.out << submitted.err;
  EXPECT_EQ(hours(words).code, 0);
  words[9] = "1440";
  EXPECT_EQ(hours(words).code, 1) << "more than a day";
  EXPECT_NE(decide("approve bcn 1 2").out.find("approved"), std::string::npos);
  EXPECT_EQ(decide("approve bcn 1").code, 1) << "once";
  EXPECT_NE(hours({"reverse", "bcn", "2", "--reason", "twice"}).out.find("reversed"), std::string::npos);
  words[9] = "60";
  EXPECT_EQ(hours(words).code, 0);
  EXPECT_NE(decide("reject bcn 3 --reason 'not done'").out.find("rejected"), std::string::npos);
  EXPECT_NE(hours({"report", "bcn", "--by", "circle,work", "--csv"}).out.find("tech,livelihood,3,90,1:30"),
            std::string::npos)
      << hours({"report", "bcn", "--by", "circle,work", "--csv"}).out;
  EXPECT_NE(hours({"list", "bcn", "--csv"}).out.find("M1,2026-01-10,90,1:30,tech"), std::string::npos);
  EXPECT_EQ(circle({"leave", "bcn", "tech", "M1", "--on", "2026-01-31", "--reason", "moved"}).code, 0);
  EXPECT_NE(circle({"show", "bcn", "tech"}).out.find("moved"), std::string::npos);
  EXPECT_EQ(circle({"close", "bcn", "tech", "--on", "2026-02-28", "--reason", "done"}).code, 0);
}

TEST_F(WorkCommands, ReportTheCareAndTheGiftsOfAnEvent) {
  EXPECT_EQ(circle({"found", "bcn", "tech", "--title", "Technology", "--on", "2026-01-01"}).code, 0);
  for (const char* member : {"M1", "M2"})
    EXPECT_EQ(circle({"join", "bcn", "tech", member, "--on", "2026-01-01"}).code, 0);
  EXPECT_EQ(post(at("dimensions/cost_object"),
                 R"({"items":[{"code":"fair","name":"Fair"},{"code":"web","name":"W"}]})")
                .status,
            200);
  const auto submit = [&](const char* day, const char* minutes, const char* work, const char* intent,
                          const std::vector<std::string>& about) {
    std::vector<std::string> words{"submit",    "bcn",   "--member", "M1", "--circle", "tech", "--on", day,
                                   "--minutes", minutes, "--work",   work, "--intent", intent};
    words.insert(words.end(), about.begin(), about.end());
    EXPECT_EQ(hours(words).code, 0);
  };
  const std::vector<std::string> fair{"--cost-object", "fair"};
  submit("2026-01-10", "90", "care", "gift", fair);
  submit("2026-01-11", "60", "livelihood", "gift", fair);
  submit("2026-01-12", "30", "care", "gift", {"--cost-object", "web"});
  submit("2026-01-13", "45", "care", "gift", {});
  EXPECT_EQ(decide("approve bcn 1 2 3").code, 0);
  const std::string event =
      hours({"sums", "bcn", "--cost-object", "fair", "--by", "work,intent", "--csv"}).out;
  EXPECT_NE(event.find("line,0,care,gift,1,90,1:30,0,0,0\r\nline,0,livelihood,gift,1,60,1:00,0,0,0\r\n"),
            std::string::npos)
      << event;
  const std::string care = hours({"sums", "bcn", "--by", "cost_object", "--work", "care", "--csv"}).out;
  EXPECT_NE(care.find("row,level,cost_object,records"), std::string::npos) << care;
  EXPECT_NE(care.find("line,0,fair,1,90,1:30,0,0,0\r\nline,0,web,1,30,0:30,0,0,0\r\nline,0,,1,0,0:00,45,0,0"),
            std::string::npos)
      << care;
  EXPECT_EQ(get(at("hours-sums?by=work,cost_object&cost_object=fair&format=csv")).body.find("web"),
            std::string::npos);
  EXPECT_NE(get(at("hours-sums?by=work,cost_object&cost_object=fair&format=csv"))
                .body.find("line,0,livelihood,fair,1,60,1:00"),
            std::string::npos);
  EXPECT_EQ(get(at("hours?cost_object=fair")).json().at("items").as_array().size(), 2u);
  EXPECT_EQ(get(at("hours?cost_object=web&state=submitted")).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(get(at("hours-sums?cost_object=nothing")).code(), "dimension_unknown");
  const std::string listed = hours({"list", "bcn", "--cost-object", "web", "--csv"}).out;
  EXPECT_NE(listed.find("2026-01-12"), std::string::npos) << listed;
  EXPECT_EQ(listed.find("2026-01-10"), std::string::npos) << listed;
}

TEST_F(WorkCommands, TakeHoursFromATableOnce) {
  EXPECT_EQ(circle({"found", "bcn", "tech", "--title", "Technology", "--on", "2026-01-01"}).code, 0);
  const std::string table = file(
      "Date,Duration,User,Project,Activity\n2026-01-05,1:30,ben,Hosting,care\n2026-01-06,x,ben,Hosting,"
      "care\n",
      "hours.csv");
  const std::vector<std::string> rules{"--map", "circle:Hosting=tech", "--map", "intent:=gift"};
  const auto import = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"import", "bcn", table};
    words.insert(words.end(), rules.begin(), rules.end());
    words.insert(words.end(), more.begin(), more.end());
    return hours(words);
  };
  const Ran stopped = import({});
  EXPECT_EQ(stopped.code, 1);
  EXPECT_NE(stopped.out.find("line 3, minutes: this is no duration"), std::string::npos)
      << stopped.out << stopped.err;
  EXPECT_NE(import({"--skip-doubtful", "--dry-run"}).out.find("1 would be recorded"), std::string::npos);
  EXPECT_NE(import({"--skip-doubtful"}).out.find("1 recorded, 0 on record before, 1 doubtful"),
            std::string::npos);
  EXPECT_NE(import({"--skip-doubtful"}).out.find("0 recorded, 1 on record before"), std::string::npos);
  EXPECT_NE(hours({"list", "bcn"}).out.find("M2"), std::string::npos);
}

TEST_F(WorkCommands, AskWhoDoesItAndTakeOnesOwnHoursFromAMember) {
  EXPECT_EQ(run({"circle", "found", "bcn", "tech", "--title", "Technology"}).code, 2);
  EXPECT_NE(circle({"found", "bcn", "tech", "--title", "Technology"}, "ben")
                .err.find("ben may not do this in bcn: it takes the role treasurer or bookkeeper"),
            std::string::npos);
  EXPECT_EQ(circle({"found", "bcn", "tech", "--title", "Technology", "--on", "2026-01-01"}).code, 0);
  for (const char* member : {"M1", "M2"})
    EXPECT_EQ(circle({"join", "bcn", "tech", member, "--on", "2026-01-01"}).code, 0);
  const auto submitted = [&](const char* member, const char* user) {
    return hours({"submit", "bcn", "--member", member, "--circle", "tech", "--on", "2026-01-10", "--minutes",
                  "90", "--work", "care", "--intent", "gift"},
                 user);
  };
  EXPECT_NE(submitted("M1", "ben").err.find("hours of others are recorded by a treasurer or bookkeeper"),
            std::string::npos);
  EXPECT_EQ(submitted("M2", "ben").code, 0);
  EXPECT_EQ(submitted("M1", "tom").code, 0);
  EXPECT_NE(hours({"reverse", "bcn", "2", "--reason", "twice"}, "ben").err.find("role_missing"),
            std::string::npos);
  EXPECT_EQ(hours({"reverse", "bcn", "1", "--reason", "twice"}, "ben").code, 0);
  const std::string recorded = get(at("hours/1")).body;
  EXPECT_NE(recorded.find(R"("recorded_by":"ben")"), std::string::npos) << recorded;
  add_user("eve", {access::Role::neighbour}, command_password);
  EXPECT_NE(submitted("M1", "eve").err.find("role_missing"), std::string::npos);
}

}  // namespace
}  // namespace coop::test

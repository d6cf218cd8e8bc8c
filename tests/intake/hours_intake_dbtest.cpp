// Hours from a table: mapped, told line by line what is wrong, recorded whole or not at all, and once.
#include "ledger/intake/hours_import_store.hpp"
#include "ledger/intake/hours_intake_service.hpp"
#include "tests/support/test_work.hpp"

namespace coop::intake {
namespace {

using test::refusal_of;

// As Kimai writes them; its users are the members' sign-ins.
const std::string kimai =
    "\"Date\",\"From\",\"To\",\"Duration\",\"Rate\",\"User\",\"Customer\",\"Project\",\"Activity\","
    "\"Description\",\"Exported\",\"Tags\"\n"
    "\"2026-01-12\",\"09:00\",\"10:30\",\"1:30\",\"0.00\",\"ann\",\"Commons\",\"Hosting\",\"Support\","
    "\"tickets\",\"no\",\"\"\n"
    "\"2026-01-13\",\"09:00\",\"09:30\",\"0:30\",\"0.00\",\"ben\",\"Commons\",\"Hosting\",\"Meeting\",\"\","
    "\"no\","
    "\"\"\n"
    "\"2026-01-13\",\"10:00\",\"10:30\",\"0:30\",\"0.00\",\"ben\",\"Commons\",\"Hosting\",\"Meeting\",\"\","
    "\"no\","
    "\"\"\n";
const std::vector<std::string> kimai_rules{"circle:Hosting=tech", "work:Support=livelihood",
                                           "work:Meeting=care", "intent:=gift"};

class HoursFromTables : public test::WorkTest {
 protected:
  HoursIntake import(const std::string& bytes, const std::vector<std::string>& rules = kimai_rules,
                     Doubtful doubtful = Doubtful::stop) {
    const HoursMapping mapping = hours_mapping_from(rules);
    return db().in_tx([&](Tx& tx) {
      return import_hours(tx, books::read_node(tx, "bcn"), bytes, mapping, doubtful, user("tess"));
    });
  }
  // "line 3 member: …"
  static std::string doubts_of(const HoursIntake& intake) {
    std::string all;
    for (const IntakeDoubt& doubt : intake.report.doubts)
      all += "line " + std::to_string(doubt.line) + " " + doubt.column + ": " + doubt.text + "\n";
    return all;
  }
};

TEST_F(HoursFromTables, AreReadAsATimeTrackerExportsThemAndSubmitted) {
  const HoursIntake intake = import(kimai);
  EXPECT_EQ(doubts_of(intake), "");
  EXPECT_EQ(intake.report.recorded, 3) << "two rows that say the same are two pieces of work";
  EXPECT_EQ(intake.number, 1);
  EXPECT_EQ(
      superuser_value("SELECT string_agg(p.number || ' ' || h.worked_on || ' ' || h.minutes || ' ' || "
                      "h.kind || ' ' || h.intent || coalesce(' ' || h.note, ''), ', ' ORDER BY h.number) "
                      "FROM work_hours h JOIN party p ON p.node_id = h.node_id AND p.id = h.party_id"),
      "M1 2026-01-12 90 livelihood gift tickets, M2 2026-01-13 30 care gift, M2 2026-01-13 30 care gift");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE kind = 'hours_imported'"), "1");
  approve({work::HoursNumber{1}}, "ben");
}

TEST_F(HoursFromTables, CountOnceHoweverOftenAndInWhicheverFileTheyCome) {
  import(kimai);
  const HoursIntake same = import(kimai);
  EXPECT_EQ(same.report.known, 3);
  EXPECT_EQ(same.same_as, 1);
  EXPECT_FALSE(same.number);
  const HoursIntake longer = import(
      kimai +
      "\"2026-01-14\",\"09:00\",\"09:30\",\"0:30\",\"0.00\",\"cas\",\"Commons\",\"Hosting\",\"Meeting\","
      "\"\",\"no\",\"\"\n");
  EXPECT_EQ(longer.report.known, 3);
  EXPECT_EQ(longer.report.recorded, 1);
  reverse(work::HoursNumber{1}, "ann");
  EXPECT_EQ(
      import(kimai + "\n", {"circle:Hosting=tech", "work:Support=love", "work:Meeting=care", "intent:=gift"})
          .report.known,
      3)
      << "what was taken back does not come again, however the cells are mapped";
  EXPECT_EQ(superuser_value("SELECT count(*) FROM work_hours"), "4");
}

TEST_F(HoursFromTables, AreToldWithLineAndColumnAndRecordNothingInPart) {
  const std::string bytes =
      "member;worked_on;minutes;circle;work;intent;cost_object\n"
      "M1;2026-01-05;60;tech;care;gift;\n"
      "M9;2026-01-05;60;tech;care;gift;\n"
      "M1;2026-02-30;x;tech;care;gift;\n"
      "M1;2026-02-01;60;tech;care;gift;\n"
      "M1;2026-01-06;60;nowhere;care;gift;\n"
      "M1;2026-01-06;60;tech;sleep;gift;\n"
      "M1;2026-01-06;60;tech;care;fun;\n"
      "M1;2026-01-06;60;tech;care;;\n"
      "M1;2026-01-06;60;tech;care;paid;\n"
      "M1;2026-01-06;1441;tech;care;gift;\n"
      "M1;2026-01-05;1381;tech;care;gift;\n"
      "M1;2026-01-06;60;tech;care;gift;nothing\n";
  const HoursIntake stopped = import(bytes, {});
  EXPECT_FALSE(stopped.report.is_complete);
  EXPECT_EQ(stopped.report.recorded, 0);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM work_hours"), "0");
  EXPECT_EQ(doubts_of(stopped),
            "line 3 member: there is no member 'M9'\n"
            "line 4 worked_on: this is no day: '2026-02-30'\n"
            "line 4 minutes: this is no duration of whole minutes: 'x'\n"
            "line 5 worked_on: it was done today or before\n"
            "line 6 circle: there is no circle 'nowhere'\n"
            "line 7 work: there is no kind of work 'sleep'\n"
            "line 8 intent: 'fun' is none of obligation, gift, paid\n"
            "line 9 intent: what the hours are for: say intent:=paid, gift or obligation\n"
            "line 10 intent: care is counted, and not paid\n"
            "line 11 minutes: work takes 1 to 1440 minutes of a day\n"
            "line 12 minutes: M1 has 60 minutes on 2026-01-05 already, and a day has 1440\n"
            "line 13 cost_object: there is no cost object 'nothing'\n");
  const HoursIntake skipped = import(bytes, {}, Doubtful::skip);
  EXPECT_TRUE(skipped.report.is_complete);
  EXPECT_EQ(skipped.report.recorded, 1);
  EXPECT_FALSE(import(bytes, {}, Doubtful::skip).same_as) << "what was left out may be mended";
}

TEST_F(HoursFromTables, OfOurOwnExportComeInElsewhere) {
  const HoursIntake intake = import(
      "row,level,number,member,worked_on,minutes,hours,circle,work,intent,state,cost_object,task,note,"
      "corrects\r\n"
      "line,0,7,M1,2026-01-05,90,1:30,tech,livelihood,paid,approved,server,'=task,a note,\r\n",
      {});
  EXPECT_EQ(doubts_of(intake), "");
  EXPECT_EQ(superuser_value("SELECT minutes || task || note || cost_object FROM work_hours"),
            "90=taska noteserver");
}

TEST_F(HoursFromTables, AreMappedByRulesThatSayOneThingEach) {
  for (const char* rule :
       {"x", "colour=Date", "colour:x=y", "member:x=", "days=up", "note=", "worked_on:x=y"})
    EXPECT_EQ(refusal_of([&] { hours_mapping_from({rule}); }), "field_invalid") << rule;
  EXPECT_EQ(refusal_of([] { hours_mapping_from({"note=a", "note=b"}); }), "field_invalid");
  EXPECT_EQ(refusal_of([] { hours_mapping_from({"work:a=b=c", "work:a=b=d"}); }), "field_invalid");
  const HoursMapping mapping = hours_mapping_from({"work:a=b=care", "intent:=paid", "days=month_day"});
  EXPECT_EQ(mapping.meant("work", "a=b"), "care");
  EXPECT_EQ(mapping.meant("intent", ""), "paid");
  EXPECT_EQ(mapping.meant("circle", "tech"), "tech");
  EXPECT_EQ(refusal_of([&] { import("Date,Duration,User\n", {}); }), "import_unreadable");
  EXPECT_EQ(refusal_of([&] { import("a,b\n1,2\n", {}); }), "statement_format_unknown");
}

TEST_F(HoursFromTables, AThousandAreSubmittedTogether) {
  std::string bytes = "member,worked_on,minutes,circle,work,intent,id\n";
  for (int i = 0; i < 2'500; ++i)
    bytes += "M" + std::to_string(i % 3 + 1) + "," + Day::parse("2026-01-01").plus_days(i % 31).text() +
             ",10,tech,care,gift," + std::to_string(i) + "\n";
  EXPECT_EQ(import(bytes, {}).report.recorded, 2'500);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE kind = 'hours_submitted'"), "3");
}

TEST_F(HoursFromTables, AreKeptByTheSchemaItself) {
  import(kimai);
  record(hour());
  EXPECT_EQ(
      state_of("INSERT INTO hours_import_row SELECT node_id, import_number, 99, gen_random_uuid(), 4 FROM "
               "hours_import_row LIMIT 1"),
      "23000")
      << "nothing is added to a table that came in";
  EXPECT_EQ(state_of("INSERT INTO hours_import SELECT node_id, 2, file_hash, table_rows, recorded, known, "
                     "recorded_at FROM hours_import"),
            "23000")
      << "it did not record what it says";
  EXPECT_EQ(state_of("UPDATE hours_import SET recorded = 2"), "23001");
  EXPECT_FALSE(service_may("DELETE FROM hours_import_row"));
}

}  // namespace
}  // namespace coop::intake

#include "ledger/statements/hour_rows.hpp"

#include <gtest/gtest.h>

#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::refusal_of;

std::string hours_read(const std::string& bytes, std::optional<DayOrder> order = {}) {
  std::string all;
  for (const HourRow& row : hour_rows_from(bytes, {}, order)) {
    for (const HourFault& fault : row.faults)
      all += "line " + std::to_string(row.line) + ", " + fault.column + ": " + fault.why + "; ";
    if (row.faults.empty())
      all += row.day->text() + " " + row.member + " " + std::to_string(row.minutes) + " " + row.work + "/" +
             row.circle + "; ";
  }
  return all;
}

TEST(HourRows, AreReadFromWhatKimaiExports) {
  EXPECT_EQ(hours_read("\"Date\",\"From\",\"To\",\"Duration\",\"Rate\",\"User\",\"Customer\",\"Project\","
                       "\"Activity\",\"Description\",\"Exported\",\"Tags\"\n"
                       "\"2026-03-02\",\"09:00\",\"10:30\",\"1:30\",\"0.00\",\"ada\",\"Commons\",\"Hosting\","
                       "\"Support\",\"tickets\",\"no\",\"\"\n"
                       "\"2026-03-03\",\"09:00\",\"09:05\",\"0:05\",\"0.00\",\"eve\",\"Commons\",\"Hosting\","
                       "\"Meeting\",\"\",\"no\",\"\"\n"),
            "2026-03-02 ada 90 Support/Hosting; 2026-03-03 eve 5 Meeting/Hosting; ");
  EXPECT_EQ(hours_read("Datum;Beginn;Dauer;Benutzer;Projekt;T\xC3\xA4tigkeit\n31.03.2026;09:00;1,25;ada;P;A\n"
                       "01.04.2026;09:00;2,50;ada;P;A\n;;3,75;;;\n"),
            "2026-03-31 ada 75 A/P; 2026-04-01 ada 150 A/P; ");
  EXPECT_EQ(hours_read("Date,Duration,User\n3/4/2026,02:00:00,ada\n", DayOrder::month_day),
            "2026-03-04 ada 120 /; ");
}

TEST(HourRows, AreNeverGuessed) {
  const std::string head = "Date,Duration,User\n";
  EXPECT_EQ(refusal_of([&] { hours_read(head + "3/4/2026,1:00,ada\n"); }),
            "statement_undecided: day_order: whether the day or the month comes first");
  EXPECT_EQ(refusal_of([&] { hours_read(head + "2026-03-04,5400,ada\n"); }),
            "statement_undecided: duration: hours, minutes or seconds");
  EXPECT_EQ(hours_read(head + "2026-03-04,0.33,ada\n"),
            "line 2, minutes: this is no duration of whole minutes: '0.33'; ");
  EXPECT_EQ(hours_read(head + "2026-03-04,1:75,ada\n"),
            "line 2, minutes: this is no duration of whole minutes: '1:75'; ");
  EXPECT_EQ(refusal_of([&] { hours_read(head + "2026-03-04,1:00,ada\n2026-03-04,1.5,ada\n"); }),
            "statement_unreadable: the durations: some are hours and minutes, others are not");
  EXPECT_EQ(hours_read(head + "2026-02-30,1:00,ada\n2026-03-04,1:00,ada\n"),
            "line 2, worked_on: this is no day: '2026-02-30'; 2026-03-04 ada 60 /; ");
  EXPECT_EQ(hours_read(head + "2026-03-04,1:00,ada\n2026-03-04,long,ada\n"),
            "2026-03-04 ada 60 /; line 3, minutes: this is no duration of whole minutes: 'long'; ");
  EXPECT_EQ(hours_read(head + "2026-02-03,1:00,\n"), "line 2, member: the row has no user; ");
  EXPECT_EQ(refusal_of([] { hours_read("a,b\n1,2\n"); }),
            "statement_format_unknown: no row names a day, a duration and a user");
}

TEST(HourRows, AreReadFromTablesWithOtherNames) {
  const auto rows = hour_rows_from(
      "Who;When;Minutes;Circle;Kind;For;id\nM1;2026-01-05;90;tech;care;gift;7\nM1;2026-01-06;1.5;tech;care;;"
      "8\n",
      {.worked_on = "When", .member = "Who", .work = "#5", .intent = "for"});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].minutes, 90) << "the name says minutes";
  EXPECT_EQ(rows[0].work + rows[0].circle + rows[0].intent + rows[0].id, "caretechgift7");
  ASSERT_EQ(rows[1].faults.size(), 1u) << "minutes are whole";
  EXPECT_EQ(rows[1].faults[0].column, "minutes");
  EXPECT_EQ(refusal_of([] { hour_rows_from("Date,Duration,User\n", {.task = "Ticket"}); }),
            "statement_format_unknown: no row names a day, a duration and a user");
}

}  // namespace
}  // namespace coop::statements

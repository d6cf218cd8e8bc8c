#include "ledger/statements/qif_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::codes_of;
using test::find_sample;
using test::own_file;
using test::refusal_of;
using test::shown;

/// The lines of a file with these days and amounts.
std::string qif_read(const std::vector<std::pair<std::string, std::string>>& rows,
                     const QifReading& reading = {}) {
  std::string bytes = "!Type:Bank\n";
  for (const auto& [day, amount] : rows) bytes += "D" + day + "\nT" + amount + "\n^\n";
  std::string text;
  const ReadFile file = qif_from(bytes, reading);
  for (const Line& line : file.statements.at(0).lines)
    text += line.booked_on.text() + " " + text_of(line.amount) + " ";
  return text;
}

TEST(Qif, ReadsSeveralAccounts) {
  const ReadFile file = qif_from(own_file("accounts.qif"), {});
  ASSERT_EQ(file.statements.size(), 2u);
  const Statement& household = file.statements[0];
  EXPECT_EQ(household.id, "Household");
  EXPECT_EQ(shown(household), "/  /: ? -> ?, 3 lines");
  EXPECT_EQ(household.first_day, Day::parse("2025-12-31"));
  EXPECT_EQ(household.last_day, Day::parse("2026-02-01"));
  EXPECT_EQ(household.lines[0].status, LineStatus::information);
  EXPECT_EQ(shown(household.lines[1]), "2026-02-01 -25.50  [] Food");
  EXPECT_EQ(shown(household.lines[1].details.at(0)), "Green Grocer|||Vegetables");
  EXPECT_EQ(household.lines[1].details[0].references.instruction, "17");
  EXPECT_EQ(household.lines[1].place, "line 20");
  EXPECT_EQ(household.lines[1].raw, "D 1/ 2'26\nT-25,50\nU-25,50\nN17\nPGreen Grocer\nMVegetables\nLFood");
  EXPECT_EQ(shown(file.statements[1]), "/DE89370400440532013000  /: ? -> ?, 1 lines");
  EXPECT_EQ(codes_of(file), "opening_balance splits_differ ");
}

TEST(Qif, ReadsSplitsAsDetails) {
  const ReadFile file = qif_from(own_file("accounts.qif"), {});
  const Line& line = file.statements.at(0).lines.at(2);
  EXPECT_EQ(shown(line), "2026-01-02 100.00  [] Both");
  ASSERT_EQ(line.details.size(), 2u);
  EXPECT_EQ(shown(line.details[0]), "Ada|||Dues: member 7");
  EXPECT_EQ(text_of(line.details[0].amount.value()), "60.00");
  EXPECT_EQ(shown(line.details[1]), "Ada|||[Savings]");
}

TEST(Qif, DecidesTheOrderOfDaysOverAllRows) {
  EXPECT_EQ(qif_read({{"1/2/26", "1"}, {"13/2/26", "1"}}), "2026-02-01 1 2026-02-13 1 ");
  EXPECT_EQ(qif_read({{"1/2'26", "1"}, {"2/13/2026", "1"}}), "2026-01-02 1 2026-02-13 1 ");
  EXPECT_EQ(qif_read({{"1/ 1'00", "1"}}), "2000-01-01 1 ");
  EXPECT_EQ(qif_read({{"1/2/99", "1"}}, {DayOrder::month_day, {}}), "1999-01-02 1 ");
  EXPECT_EQ(qif_read({{"2026-02-01", "1"}, {"20260203", "1"}}), "2026-02-01 1 2026-02-03 1 ");
  EXPECT_EQ(refusal_of([] { qif_read({{"1/2/26", "1"}}); }),
            "statement_undecided: D: whether the day or the month comes first");
  EXPECT_EQ(refusal_of([] { qif_read({{"1/13/26", "1"}, {"13/1/26", "1"}}); }),
            "statement_unreadable: line 5, D: the order of day and month is another than in line 2");
  EXPECT_EQ(refusal_of([] { qif_read({{"1/13/26", "1"}}, {DayOrder::day_month, {}}); }),
            "statement_unreadable: line 2, D: the day is not in the order that the profile says");
}

TEST(Qif, DecidesTheDecimalMarkOverAllRows) {
  EXPECT_EQ(qif_read({{"2026-02-01", "1.000"}, {"2026-02-01", "1.234,56"}}),
            "2026-02-01 1000 2026-02-01 1234.56 ");
  EXPECT_EQ(qif_read({{"2026-02-01", "1,000"}, {"2026-02-01", "-3.5"}}), "2026-02-01 1000 2026-02-01 -3.5 ");
  EXPECT_EQ(qif_read({{"2026-02-01", "1.000"}}, {{}, ','}), "2026-02-01 1000 ");
  EXPECT_EQ(qif_read({{"2026-02-01", "1.000"}}, {{}, '.'}), "2026-02-01 1.000 ");
  EXPECT_EQ(refusal_of([] { qif_read({{"2026-02-01", "1.000"}}); }),
            "statement_undecided: T: the decimal mark, a comma or a point");
  EXPECT_EQ(refusal_of([] { qif_read({{"2026-02-01", "1,5"}}, {{}, '.'}); }),
            "statement_unreadable: line 3, T: the amount has not the decimal mark that the profile says");
  EXPECT_EQ(refusal_of([] { qif_read({{"2026-02-01", "1,5"}, {"2026-02-01", "1.5"}}); }),
            "statement_unreadable: line 6, T: the decimal mark is another than in line 3");
}

TEST(Qif, NamesThePlaceOfWhatItCannotRead) {
  const auto refusal = [](const std::string& record) {
    return refusal_of([&] { qif_from("!Type:Bank\n" + record + "^\n", {}); });
  };
  EXPECT_EQ(refusal("T1\n"), "statement_unreadable: line 2: the record has no day (D)");
  EXPECT_EQ(refusal("D2026-01-01\n"), "statement_unreadable: line 2: the record has no amount (T)");
  EXPECT_EQ(refusal("D2026-13-01\nT1\n"), "statement_unreadable: line 2, D: this is no day: '2026-13-01'");
  EXPECT_EQ(refusal("D2026-01-01\nT$1\n"), "statement_unreadable: line 3, T: this is no amount: '$1'");
  EXPECT_EQ(refusal("D2026-01-01\nT1\nU2\n"), "statement_unreadable: line 4: the amounts T and U differ");
  EXPECT_EQ(refusal_of([] { qif_from("!Type:Cat\nNx\n^\n", {}); }),
            "statement_format_unknown: there is no !Type:Bank, Cash, CCard, Oth A or Oth L");
}

TEST(Qif, ReadsOrRefusesAFileThatIsCutAnywhere) {
  const std::string bytes = own_file("accounts.qif");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string result = refusal_of([&] { qif_from(bytes.substr(0, size), {}); });
    EXPECT_TRUE(result == "read" || result.starts_with("statement_")) << result;
  }
}

TEST(Qif, ReadsTheRealFiles) {
  const auto bank = find_sample("qif/quiffen__test.qif");
  const auto split = find_sample("qif/quiffen__test_split.qif");
  if (!bank || !split) GTEST_SKIP() << "no real files here";
  const ReadFile file = qif_from(*bank, {});
  ASSERT_EQ(file.statements.size(), 1u);
  EXPECT_EQ(file.statements[0].lines.size(), 6u);
  EXPECT_EQ(text_of(test::sum_of(file.statements[0])), "-35.50");
  EXPECT_EQ(codes_of(file), "opening_balance ");
  EXPECT_EQ(file.statements[0].lines[5].details.size(), 4u);
  const ReadFile other = qif_from(*split, {});
  EXPECT_EQ(shown(other.statements.at(0).lines.at(0)), "2000-01-01 -10.00  [] ");
  EXPECT_EQ(other.statements[0].lines[0].details.size(), 2u);
}

RC_GTEST_PROP(Qif, ReadsBackWhatWasWritten, ()) {
  const auto amounts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1'000'000, 1'000'000));
  const char mark = *rc::gen::element('.', ',');
  std::vector<std::pair<std::string, std::string>> rows;
  std::string expected;
  for (const int amount : amounts) {
    std::string text = text_of(Decimal{amount, 2});
    expected += "2026-03-31 " + text + " ";
    text[text.find('.')] = mark;
    rows.emplace_back("31.03.2026", text);
  }
  RC_ASSERT(qif_read(rows) == expected);
}

}  // namespace
}  // namespace coop::statements

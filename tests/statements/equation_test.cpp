#include "ledger/statements/equation.hpp"

#include <gtest/gtest.h>

namespace coop::statements {
namespace {

Decimal decimal(const char* text) { return find_decimal(text).value(); }

Line equation_line(const char* amount, bool is_reversal = false) {
  Line one{.booked_on = Day::parse("2026-03-05"), .amount = decimal(amount)};
  one.is_reversal = is_reversal;
  return one;
}

Statement equation_statement(const char* opening, const char* closing, std::vector<Line> lines) {
  Statement made;
  made.number = "7";
  made.currency = "EUR";
  if (*opening != '\0') made.opening = Balance{decimal(opening), {}};
  if (*closing != '\0') made.closing = Balance{decimal(closing), {}};
  made.lines = std::move(lines);
  return made;
}

TEST(StatementEquation, HoldsToTheLastDecimal) {
  const Equation sound =
      equation_of(equation_statement("1204.50", "1250.00", {equation_line("50.00"), equation_line("-4.5")}));
  EXPECT_EQ(sound.proof, Proof::holds);
  EXPECT_EQ(sound.lines, 2u);
  EXPECT_EQ(text_of(sound.sum), "45.50");
  const Equation wrong = equation_of(equation_statement("18.150", "27.050", {equation_line("8.85")}));
  EXPECT_EQ(wrong.proof, Proof::contradicts);
  EXPECT_EQ(text_of(wrong.difference), "0.050");
}

TEST(StatementEquation, CountsWhatIsBookedOnly) {
  Line pending = equation_line("500.00");
  pending.status = LineStatus::pending;
  const Equation sound = equation_of(equation_statement("0", "10", {equation_line("10.00"), pending}));
  EXPECT_EQ(sound.proof, Proof::holds);
  EXPECT_EQ(sound.lines, 1u);
}

TEST(StatementEquation, ProvesNothingWithoutBothBalances) {
  EXPECT_EQ(equation_of(equation_statement("", "10.00", {equation_line("10.00")})).proof, Proof::unprovable);
  EXPECT_EQ(equation_of(equation_statement("0.00", "", {equation_line("10.00")})).proof, Proof::unprovable);
  Line foreign = equation_line("10.00");
  foreign.currency = "CHF";
  EXPECT_EQ(equation_of(equation_statement("0.00", "10.00", {foreign})).proof, Proof::unprovable);
}

TEST(StatementEquation, SettlesWhichSignAReversalHas) {
  const std::vector<Line> lines{equation_line("100.00"), equation_line("-30.00", true)};
  EXPECT_EQ(equation_of(equation_statement("0", "70.00", lines)).proof, Proof::holds);
  const Equation flipped = equation_of(equation_statement("0", "130.00", lines));
  EXPECT_EQ(flipped.proof, Proof::flipped);
  EXPECT_EQ(text_of(flipped.sum), "130.00");
  EXPECT_EQ(equation_of(equation_statement("0", "130.00", lines), false).proof, Proof::contradicts)
      << "what is known of the bank is not thrown over by one file";
  EXPECT_EQ(equation_of(equation_statement("0", "130.00", lines), true).proof, Proof::flipped);
  EXPECT_EQ(equation_of(equation_statement("0", "99.00", lines)).proof, Proof::contradicts);
}

TEST(StatementContinuity, JoinsBalancesAndNumbers) {
  const Statement next = equation_statement("12.50", "20.00", {});
  const auto joint = [&](const char* number, const char* closing) {
    return continuity_of(next, Precedent{number, decimal(closing), {}});
  };
  EXPECT_EQ(continuity_of(next, std::nullopt).joint, Joint::first);
  EXPECT_EQ(joint("6", "12.5").joint, Joint::follows);
  EXPECT_EQ(joint("6", "12.5").words, "follows on from 6");
  EXPECT_EQ(joint("", "12.50").joint, Joint::follows) << "not every bank numbers";
  EXPECT_EQ(joint("12", "12.50").joint, Joint::follows) << "a new year begins with a low number";
  EXPECT_EQ(joint("5", "12.50").joint, Joint::gap) << "6 is missing, though nothing moved on it";
  const Continuity gap = joint("6", "50.70");
  EXPECT_EQ(gap.joint, Joint::gap);
  EXPECT_EQ(text_of(gap.missing), "-38.20");
  EXPECT_EQ(gap.words,
            "a statement is missing between 6 and 7: it begins with 12.50, the last one ended with 50.70");
  EXPECT_EQ(continuity_of(equation_statement("", "1", {}), Precedent{"6", decimal("1"), {}}).joint,
            Joint::unknown);
}

}  // namespace
}  // namespace coop::statements

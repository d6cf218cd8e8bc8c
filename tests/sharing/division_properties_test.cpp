// What holds of every division, whatever the rule, the numbers and the decimals of the unit.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "ledger/sharing/division_words.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "tests/sharing/examples.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::sharing {
namespace {

struct Case {
  SharingRule rule;
  Pot pot;
  std::vector<Participant> participants;
  std::vector<PlaceValue> values;
};

std::string some_decimal(int most) {
  const int whole = *rc::gen::inRange(0, most);
  const int part = *rc::gen::inRange(0, 100);
  return std::to_string(whole) + (part < 10 ? ".0" : ".") + std::to_string(part);
}

Participant some_participant(int number) {
  Participant participant{.id = "M" + std::to_string(number), .place = number % 2 == 0 ? "here" : "there"};
  for (const char* measure :
       {"hours", "rate", "claim", "housing", "need", "livelihood_credits", "words_translated", "words_edited",
        "care_hours", "minutes", "members", "income", "weight", "fixed"})
    participant.measures.emplace(measure, Fraction{Ratio::parse(some_decimal(500))});
  for (const char* measure : {"handover_team", "claimed_in_time"})
    participant.measures.emplace(measure, Fraction{*rc::gen::inRange<std::int64_t>(0, 2)});
  const int lots = *rc::gen::inRange(0, 4);
  for (int i = 0; i < lots; ++i)
    participant.lots.push_back({Day::parse("2024-01-01").plus_days(*rc::gen::inRange(0, 900)),
                                *rc::gen::inRange<std::int64_t>(1, 1'000'000)});
  return participant;
}

// Any rule that comes with the program, any unit, a pot too small or too large.
Case some_case() {
  const auto examples = example_rules();
  const auto& example = examples[*rc::gen::inRange<std::size_t>(0, examples.size())];
  Case made{.rule = sharing_rule_from_text(example.rule),
            .pot = {.minor = *rc::gen::inRange<std::int64_t>(0, 10'000'000),
                    .unit = {UnitId{1}, "ANY", *rc::gen::inRange(0, 7)},
                    .on = Day::parse("2026-03-31")},
            .participants = {},
            .values = {}};
  if (!made.rule.unit.empty()) made.rule.unit = "ANY";
  for (const char* figure : {"server_costs", "core_rate", "fee"})
    made.pot.figures.emplace(figure, Fraction{Ratio::parse(some_decimal(300))});
  for (const char* place : {"here", "there"})
    for (const char* name : {"living_wage", "living_cost"})
      made.values.push_back(
          {name, place, Day::parse("2026-01-01"), Fraction{Ratio::parse(some_decimal(200))}});
  if (divides_losses(made.rule) && *rc::gen::inRange(0, 4) == 0) made.pot.minor = -made.pot.minor;
  const int people = *rc::gen::inRange(1, 12);
  for (int i = 1; i <= people; ++i) made.participants.push_back(some_participant(i));
  return made;
}

RC_GTEST_PROP(Division, AddsUpToThePotExactly, ()) {
  const Case made = some_case();
  const Division division = divide(made.rule, made.pot, made.participants, made.values);
  std::int64_t sum = 0;
  std::int64_t moved = 0;
  const bool is_loss = made.pot.minor < 0;
  for (const ParticipantShare& share : division.participants) {
    std::int64_t amount = share.moved;
    for (const Payment& payment : share.payments) {
      amount += payment.paid;
      RC_ASSERT(is_loss || payment.in_cash.value_or(0) <= payment.paid);
    }
    RC_ASSERT(amount == share.amount);
    RC_ASSERT((is_loss ? share.amount <= 0 : share.amount >= 0));
    sum += share.amount;
    moved += share.moved;
  }
  RC_ASSERT(moved == 0);
  for (const PotShare& pot : division.pots) {
    RC_ASSERT(pot.received == pot.passed_on + pot.paid + pot.left);
    RC_ASSERT((is_loss ? pot.left <= 0 : pot.left >= 0));
    sum += pot.left;
  }
  RC_ASSERT(sum == made.pot.minor);
}

bool is_same(const Line& a, const Line& b) {
  return a.step == b.step && a.kind == b.kind && a.pot == b.pot && a.result == b.result && a.name == b.name;
}

RC_GTEST_PROP(Division, IsTheSameInWhateverOrderParticipantsAreGiven, ()) {
  Case made = some_case();
  const Division division = divide(made.rule, made.pot, made.participants, made.values);
  const auto turns = *rc::gen::inRange<std::size_t>(0, made.participants.size());
  std::ranges::reverse(made.participants);
  std::ranges::rotate(made.participants, made.participants.begin() + static_cast<std::ptrdiff_t>(turns));
  for (Participant& participant : made.participants) std::ranges::reverse(participant.lots);
  const Division other = divide(made.rule, made.pot, made.participants, made.values);
  for (std::size_t i = 0; i < division.participants.size(); ++i) {
    RC_ASSERT(division.participants[i].id == other.participants[i].id);
    RC_ASSERT(division.participants[i].amount == other.participants[i].amount);
    RC_ASSERT(std::ranges::equal(division.participants[i].why, other.participants[i].why, is_same));
  }
}

RC_GTEST_PROP(Division, PaysNoMoreThanWhatIsClaimedOfAPot, ()) {
  const Case made = some_case();
  const Division division = divide(made.rule, made.pot, made.participants, made.values);
  const auto* last = std::get_if<ProRata>(&made.rule.steps.back().does);
  const bool is_by_claims = last != nullptr && last->to == ProRataTo::claims;
  for (const ParticipantShare& share : division.participants) {
    std::int64_t deferred = 0;
    for (const Payment& payment : share.payments) {
      const bool by_claims = is_by_claims && payment.claimed > 0 && made.rule.steps.back().pot == payment.pot;
      if (by_claims) {
        RC_ASSERT(payment.paid + payment.deferred == payment.claimed);
      }
      deferred += payment.deferred;
    }
    RC_ASSERT(deferred == share.deferred);
  }
}

// What a line of care says is moved, exactly, by its inputs.
Fraction care_of(const Line& line, const Unit& unit) {
  const auto& in = line.inputs;
  const Fraction::Whole units = pow(Fraction::Whole{10}, static_cast<unsigned>(unit.scale));
  const Fraction wanted = (in[0].value - in[1].value) * in[2].value * Fraction{units, 1};
  if (in.size() == 5) return in[3].value * wanted / in[4].value;
  return in[3].name == "had" ? Fraction{0} - in[3].value : wanted;
}

// Each amount that was divided is its exact share, give or take less than one minor unit, by the inputs told.
RC_GTEST_PROP(Division, TellsInputsFromWhichEachFigureFollows, ()) {
  const Case made = some_case();
  const Division division = divide(made.rule, made.pot, made.participants, made.values);
  for (const ParticipantShare& share : division.participants) {
    Fraction sum{0};
    for (const Line& line : share.why) {
      const auto& in = line.inputs;
      const bool is_payment = line.kind == LineKind::pay_first || line.kind == LineKind::pay_floor ||
                              line.kind == LineKind::pay_claims || line.kind == LineKind::pay_lots;
      const bool is_division = line.kind == LineKind::divide_weights || line.kind == LineKind::divide_equally;
      if (line.kind == LineKind::unclaimed) sum = sum - in[0].value;
      if (line.kind == LineKind::care) {
        RC_ASSERT(care_of(line, made.pot.unit) == *line.exact);
        sum = sum + line.result;
      }
      if (line.kind == LineKind::cut_to_cap) sum = sum - in[2].value + line.result;
      if (!is_payment && !is_division) continue;
      sum = sum + line.result;
      const std::size_t at = in.size() - 3;
      const Fraction exact = in[at].value * in[at + 2].value / in[at + 1].value;
      RC_ASSERT(exact == *line.exact);
      RC_ASSERT(exact - line.result < Fraction{1});
      RC_ASSERT(line.result - exact < Fraction{1});
    }
    RC_ASSERT(sum == Fraction{share.amount});
  }
}

TEST(Division, OrdersIdsAsPeopleCountThem) {
  const std::vector<std::string> in_order{"A", "M2", "M02a", "M10", "M010b", "a", "a1", "a1b", "a2", "bcn"};
  for (std::size_t i = 0; i < in_order.size(); ++i)
    for (std::size_t k = 0; k < in_order.size(); ++k)
      EXPECT_EQ(is_earlier_id(in_order[i], in_order[k]), i < k) << in_order[i] << " " << in_order[k];
}

TEST(Division, IsRefusedInThisOrder) {
  using test::one;
  const SharingRule rule = example_rule("living_wage_floor");
  const auto refused = [&](const SharingRule& by, const Pot& pot, const std::vector<Participant>& people,
                           const std::vector<PlaceValue>& values = {}) {
    try {
      divide(by, pot, people, values);
    } catch (const Refused& fault) {
      return std::string{text_of(fault.refusal()).code} + " " + fault.field();
    }
    return std::string{"accepted"};
  };
  const Pot pot = test::pot_of("10.00", "GBP");
  const Participant fine = one("a", {{"hours", "1"}, {"rate", "20"}});
  Participant no_lot = fine;
  no_lot.lots = {{Day::parse("2026-01-01"), 0}};
  EXPECT_EQ(refused({}, test::pot_of("-1"), {}), "field_missing /steps");
  EXPECT_EQ(refused(rule, test::pot_of("-1.00"), {}), "unit_mismatch /unit");
  EXPECT_EQ(refused(rule, test::pot_of("-1.00", "GBP"), {}), "field_invalid /amount");
  EXPECT_EQ(refused(rule, pot, {}), "field_invalid /participants");
  EXPECT_EQ(refused(rule, pot, {fine, one("", {})}), "field_invalid /participants/1/id");
  EXPECT_EQ(refused(rule, pot, {fine, fine}), "field_invalid /participants/1/id");
  EXPECT_EQ(refused(rule, pot, {no_lot}), "field_invalid /participants/0/lots/0/open");
  EXPECT_EQ(refused(example_rule("needs"), pot, {fine}), "field_missing /figures/core_rate");
  EXPECT_EQ(refused(rule, pot, {fine, one("b", {{"hours", "1"}})}),
            "field_missing /participants/1/measures/rate");
  EXPECT_EQ(refused(rule, pot, {one("b", {{"hours", "-1"}, {"rate", "2"}})}),
            "field_invalid /participants/0/measures/hours");
  const SharingRule by_place = example_rule("place_wage_floor");
  Participant somewhere = fine;
  somewhere.place = "London";
  const PlaceValue wage{"living_wage", "London", Day::parse("2026-03-31"), Fraction{13}, "EUR"};
  const PlaceValue later{"living_wage", "London", Day::parse("2026-04-01"), Fraction{13}, "GBP"};
  EXPECT_EQ(refused(by_place, pot, {somewhere}, {later}), "field_missing /participants/0/place");
  EXPECT_EQ(refused(by_place, pot, {somewhere}, {wage, later}), "unit_mismatch /participants/0/place");
  EXPECT_EQ(refused(rule, pot, {one("b", {{"hours", "9223372036854775807"}, {"rate", "2"}})}),
            "amount_overflow ");
  EXPECT_EQ(refused(rule, pot, {fine}), "accepted");
}

TEST(Division, LeavesThePotWhereNobodyHasAWeight) {
  const Division division =
      divide(example_rule("equal_hour"), test::pot_of("10.00"), {test::one("a", {{"hours", "0"}})});
  EXPECT_EQ(test::left_in(division), "10.00");
  EXPECT_EQ(test::amounts_of(division), std::vector<std::string>{"0.00"});
}

TEST(Division, LetsACapOfEachCutWhatIsDivided) {
  const SharingRule rule =
      sharing_rule_from_text(R"({"steps": [{"step": "cap", "amount": ["most"], "of": "each"},)"
                             R"({"step": "equal"}, {"step": "equal"}]})");
  const Division division = divide(rule, test::pot_of("100.00"),
                                   {test::one("a", {{"most", "20"}}), test::one("b", {{"most", "1000"}})});
  EXPECT_EQ(test::amounts_of(division), (std::vector<std::string>{"20.00", "65.00"}));
  EXPECT_EQ(test::left_in(division), "15.00");
}

TEST(Division, PaysAFloorToWhoseOwnRateIsBelowIt) {
  const Division division = divide(
      example_rule("living_wage_floor"), test::pot_of("20.00", "GBP"),
      {test::one("a", {{"hours", "1"}, {"rate", "10"}}), test::one("b", {{"hours", "1"}, {"rate", "20"}})});
  EXPECT_EQ(test::amounts_of(division), (std::vector<std::string>{"10.00", "10.00"}));
  EXPECT_EQ(test::deferred_of(division), (std::vector<std::string>{"2.60", "10.00"}));
}

TEST(Care, TakesNoMoreThanSomebodyGot) {
  const SharingRule rule = sharing_rule_from_text(
      R"({"unit": "EUR", "steps": [{"step": "equal"}, {"step": "care", "measure": "care", "rate": "15"}]})");
  const Division division = divide(rule, test::pot_of("10.00"),
                                   {test::one("a", {{"care", "0"}}), test::one("b", {{"care", "100"}})});
  EXPECT_EQ(test::amounts_of(division), (std::vector<std::string>{"0.00", "10.00"}));
  EXPECT_EQ(words_of(division.participants[0].why, test::cents_of()).back(),
            "care 0, on average 50: (0 − 50) × 15.00 = -750.00, of which 5.00 was there: -5.00");
  EXPECT_EQ(words_of(division.participants[1].why, test::cents_of()).back(),
            "care 100, on average 50: (100 − 50) × 15.00 = 750.00; of 750.00 for all 5.00 came: "
            "5.00 × 750.00 / 750.00 = 5.00");
}

// Each line is worked out as it stands, also where members, hours and rates make fractions.
TEST(Care, PutsFractionsInBracketsAndNamesTheSumThatIsMoved) {
  const auto said = [](const char* pot, const char* rate, const char* care) {
    const SharingRule rule =
        sharing_rule_from_text(R"({"unit": "EUR", "steps": [{"step": "equal"}, {"step": "care", "measure": )"
                               R"("care", "rate": ")" +
                               std::string{rate} + R"("}]})");
    const Division division = divide(
        rule, test::pot_of(pot),
        {test::one("a", {{"care", "0"}}), test::one("b", {{"care", "0"}}), test::one("c", {{"care", care}})});
    std::vector<std::string> last;
    for (const ParticipantShare& share : division.participants)
      last.push_back(words_of(share.why, test::cents_of()).back());
    return last;
  };
  EXPECT_EQ(said("1.00", "10", "5"),
            (std::vector<std::string>{
                "care 0, on average 1 2/3: (0 − 1 2/3) × 10.00 = -16 2/3, of which 0.34 was there: -0.34",
                "care 0, on average 1 2/3: (0 − 1 2/3) × 10.00 = -16 2/3, of which 0.33 was there: -0.33",
                "care 5, on average 1 2/3: (5 − 1 2/3) × 10.00 = 33 1/3; of 33 1/3 for all 0.67 came: "
                "0.67 × (33 1/3) / (33 1/3) = 0.67"}));
  EXPECT_EQ(
      said("100.00", "1", "5"),
      (std::vector<std::string>{
          "care 0, on average 1 2/3: (0 − 1 2/3) × 1.00 = -1.67",
          "care 0, on average 1 2/3: (0 − 1 2/3) × 1.00 = -1.66 (-1 2/3 exactly; cents left over of 3.33 "
          "moved in all go to the largest remainders)",
          "care 5, on average 1 2/3: (5 − 1 2/3) × 1.00 = 3.33"}));
}

TEST(Explanations, TellWhatEachAddsToTheMostThatIsPaidInAll) {
  const Division division =
      divide(example_rule("hourly_cap"), test::pot_of("2000.00", "USD"),
             {test::one("a", {{"hours", "20"}}), test::one("b", {{"hours", "30.00025"}})});
  Fraction sum{0};
  for (const ParticipantShare& share : division.participants)
    for (const Line& line : share.why)
      if (line.kind == LineKind::cap_part) sum = sum + line.result;
  EXPECT_EQ(division.pots.at(0).why.at(0).inputs.at(0).value, sum);
  EXPECT_EQ(words_of(division.pots[0].why, test::cents_of("USD")).at(0),
            "at most 1,000.01 is paid in all, the sum of what each adds (1,000.005 exactly)");
  EXPECT_EQ(words_of(division.participants[0].why, test::cents_of("USD")).at(0),
            "adds to what is paid at most: 20 h at 20.00 = 400.00");
}

TEST(Explanations, PutFractionsInBracketsBesideADivision) {
  const SharingRule rule = sharing_rule_from_text(R"({"steps": [{"step": "weight", "factors": ["hours"]},)"
                                                  R"({"step": "pro_rata", "to": "weights"}]})");
  Participant a = test::one("a", {});
  Participant b = test::one("b", {});
  a.measures.emplace("hours", Fraction{23, 60});
  b.measures.emplace("hours", Fraction{1, 3});
  const Division division = divide(rule, test::pot_of("100.00"), {a, b});
  EXPECT_EQ(words_of(division.participants[0].why, test::cents_of()).back(),
            "100.00 × (23/60) / (43/60) = 53.49");
}

TEST(Explanations, SayThatLotsOfWhoClaimsNothingAreNotPaid) {
  const SharingRule rule =
      sharing_rule_from_text(R"({"steps": [{"step": "oldest_first", "period": "day"},)"
                             R"({"step": "unclaimed", "unless": "claims", "to": "commons"}]})");
  Participant a = test::one("a", {{"claims", "0"}});
  a.lots = test::lots_of({{"2025-01-01", "5.00"}});
  const Division division = divide(rule, test::pot_of("5.00"), {a});
  EXPECT_EQ(test::amounts_of(division), std::vector<std::string>{"0.00"});
  EXPECT_EQ(division.participants[0].lots.at(0).paid, 0);
}

}  // namespace
}  // namespace coop::sharing

// What fixed amounts, floors and claims promise together: each is paid as far as the pot goes, the rest is
// deferred, and in whatever order they stand the same is promised.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "ledger/sharing/division_words.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "tests/sharing/examples.hpp"

namespace coop::sharing {
namespace {

using test::pot_of;

std::string first_step(const std::string& amount) {
  return R"({"step":"first","amount":[")" + amount + R"("]})";
}
std::string floor_step(const std::string& amount) {
  return R"({"step":"floor","amount":[")" + amount + R"("]})";
}
std::string claim_step(const std::string& amount) {
  return R"({"step":"claim","amount":[")" + amount + R"("]})";
}
std::string cap_step(const std::string& amount) {
  return R"({"step":"cap","of":"each","amount":[")" + amount + R"("]})";
}
const std::string pays_claims = R"({"step":"pro_rata","to":"claims"})";
const std::string pays_oldest = R"({"step":"oldest_first","period":"quarter"})";

SharingRule rule_of(const std::vector<std::string>& steps) {
  std::string text;
  for (const std::string& step : steps) text += (text.empty() ? "" : ",") + step;
  return sharing_rule_from_text(R"({"unit":"EUR","steps":[)" + text + "]}");
}

TEST(Promises, AreWhatFixedAmountsFloorsAndClaimsComeToTogether) {
  struct Row {
    std::vector<std::string> steps;
    const char* pot;
    const char* paid;
    const char* deferred;
  };
  const Row table[] = {
      // Fixed amounts add up.
      {{first_step("500"), first_step("200")}, "700.00", "700.00", "0.00"},
      {{first_step("500"), first_step("200")}, "600.00", "600.00", "100.00"},
      {{first_step("500"), first_step("200")}, "300.00", "300.00", "400.00"},
      {{first_step("500"), first_step("200")}, "900.00", "700.00", "0.00"},
      // A floor pays up to itself, whatever was paid before or comes after it.
      {{first_step("300"), floor_step("500")}, "900.00", "500.00", "0.00"},
      {{first_step("300"), floor_step("500")}, "400.00", "400.00", "100.00"},
      {{floor_step("500"), first_step("300")}, "900.00", "500.00", "0.00"},
      {{floor_step("500"), first_step("300")}, "400.00", "400.00", "100.00"},
      {{first_step("600"), floor_step("500")}, "900.00", "600.00", "0.00"},
      {{floor_step("500"), first_step("600")}, "900.00", "600.00", "0.00"},
      {{floor_step("300"), floor_step("500")}, "900.00", "500.00", "0.00"},
      {{floor_step("500"), floor_step("300")}, "400.00", "400.00", "100.00"},
      // Whoever claims less has the floor, whoever claims more has the claim.
      {{claim_step("300"), floor_step("500"), pays_claims}, "900.00", "500.00", "0.00"},
      {{floor_step("500"), claim_step("300"), pays_claims}, "900.00", "500.00", "0.00"},
      {{claim_step("800"), floor_step("500"), pays_claims}, "700.00", "700.00", "100.00"},
      {{floor_step("500"), claim_step("800"), pays_claims}, "700.00", "700.00", "100.00"},
      // A fixed amount is paid besides what is claimed.
      {{claim_step("800"), first_step("200"), pays_claims}, "1200.00", "1000.00", "0.00"},
      {{first_step("200"), claim_step("800"), pays_claims}, "1200.00", "1000.00", "0.00"},
      {{claim_step("800"), first_step("200"), pays_claims}, "600.00", "600.00", "400.00"},
      {{first_step("200"), claim_step("800"), pays_claims}, "600.00", "600.00", "400.00"},
      {{claim_step("300"), claim_step("200"), pays_claims}, "400.00", "400.00", "100.00"},
      // A cap holds for all of them.
      {{cap_step("600"), first_step("500"), first_step("200")}, "900.00", "600.00", "0.00"},
      {{cap_step("600"), first_step("500"), first_step("200")}, "550.00", "550.00", "50.00"},
      {{cap_step("400"), floor_step("500")}, "900.00", "400.00", "0.00"},
      // What is open of earlier times counts once, and comes besides fixed amounts.
      {{R"({"step":"claim","of":"lots"})", pays_claims, pays_oldest}, "900.00", "250.00", "0.00"},
      {{R"({"step":"claim","of":"lots"})", pays_oldest}, "200.00", "200.00", "50.00"},
      {{first_step("100"), pays_oldest}, "900.00", "350.00", "0.00"},
      {{floor_step("100"), pays_oldest}, "900.00", "250.00", "0.00"},
      {{claim_step("40"), pays_claims, pays_oldest}, "900.00", "290.00", "0.00"},
  };
  Participant alone = test::one("M1", {});
  alone.lots = test::lots_of({{"2025-02-01", "100.00"}, {"2025-05-01", "150.00"}});
  for (const Row& row : table) {
    const Division division = divide(rule_of(row.steps), pot_of(row.pot), {alone});
    std::string steps;
    for (const std::string& step : row.steps) steps += step + " ";
    EXPECT_EQ(test::amounts_of(division).at(0), row.paid) << steps << row.pot;
    EXPECT_EQ(test::deferred_of(division).at(0), row.deferred) << steps << row.pot;
  }
}

TEST(Promises, AreToldAsFarAsTheyWereNotPaidYet) {
  const Division division =
      divide(rule_of({first_step("300"), floor_step("500")}), pot_of("900.00"), {test::one("M1", {})});
  EXPECT_EQ(words_of(division.participants[0].why, test::cents_of()),
            (std::vector<std::string>{"first 300.00", "at least 500.00, 200.00 of it not paid yet"}));
}

struct Promised {
  std::int64_t fixed = 0;
  std::int64_t claimed = 0;
  std::int64_t least = 0;
  std::int64_t in_all() const { return std::max(fixed + claimed, least); }
};

RC_GTEST_PROP(Promises, ArePaidOrDeferredAndInAnyOrderTheSame, ()) {
  const int people = *rc::gen::inRange(1, 6);
  std::vector<std::string> steps;
  std::vector<Promised> promised(static_cast<std::size_t>(people));
  std::vector<Participant> participants;
  for (int i = 0; i < people; ++i) participants.push_back({.id = "M" + std::to_string(i + 1)});
  const int many = *rc::gen::inRange(1, 6);
  for (int step = 0; step < many; ++step) {
    const std::string measure = "m" + std::to_string(step);
    const int kind = *rc::gen::inRange(0, 3);
    const std::string fields = R"("amount":[")" + measure + R"("]})";
    steps.push_back((kind == 0   ? R"({"step":"first",)"
                     : kind == 1 ? R"({"step":"floor",)"
                                 : R"({"step":"claim",)") +
                    fields);
    for (std::size_t i = 0; i < participants.size(); ++i) {
      const auto amount = *rc::gen::inRange<std::int64_t>(0, 1'000);
      participants[i].measures.emplace(measure, Fraction{amount});
      Promised& of = promised[i];
      if (kind == 0) of.fixed += amount * 100;
      else if (kind == 1) of.least = std::max(of.least, amount * 100);
      else of.claimed += amount * 100;
    }
  }
  const auto divided = [&](std::vector<std::string> in_order) {
    in_order.push_back(R"({"step":"claim","amount":["none"]})");
    in_order.push_back(pays_claims);
    return rule_of(in_order);
  };
  for (Participant& one : participants) one.measures.emplace("none", Fraction{0});
  const Pot pot{.minor = *rc::gen::inRange<std::int64_t>(0, 600'000),
                .unit = test::cents_of(),
                .on = Day::parse("2026-03-31")};
  const Division division = divide(divided(steps), pot, participants);
  std::vector<std::string> turned = steps;
  std::ranges::reverse(turned);
  const Division other = divide(divided(turned), pot, participants);
  for (std::size_t i = 0; i < participants.size(); ++i) {
    const ParticipantShare& share = division.participants[i];
    RC_ASSERT(share.amount + share.deferred == promised[i].in_all());
    const ParticipantShare& of_other = other.participants[i];
    RC_ASSERT(of_other.amount + of_other.deferred == promised[i].in_all());
    Fraction paid{0};
    for (const Line& line : share.why) {
      if (line.kind == LineKind::claim) continue;
      const Fraction before = paid;
      paid = paid + line.result;
      if (line.kind == LineKind::pay_floor) {
        RC_ASSERT(paid <= std::max(before, Fraction{promised[i].least}));
      }
    }
  }
}

}  // namespace
}  // namespace coop::sharing

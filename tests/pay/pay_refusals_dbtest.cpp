// What a refusal of pay says, and where: the rule that is not there, numbers that no rule asks for, approvals
// that are missing, a tariff beyond everything.
#include "ledger/pay/tariff.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

class PayRefusals : public test::PayTest {
 protected:
  // "code: detail (field)" of what is refused.
  static std::string said(const std::function<void()>& work) {
    try {
      work();
    } catch (const Refused& refused) {
      return refused.what();
    }
    return "accepted";
  }
};

TEST_F(PayRefusals, NameTheFieldOfARuleThatIsNotThere) {
  worked("M1", "2026-01-10", 60);
  EXPECT_EQ(said([&] { propose(wages("1.00", "no_rule")); }),
            "sharing_rule_unknown: the rule 'no_rule' does not hold on 2026-01-31 (/rule)");
  EXPECT_EQ(said([&] { propose(settlement("1.00", "no_rule")); }),
            "sharing_rule_unknown: the rule 'no_rule' does not hold on 2026-01-31 (/rule)");
}

TEST_F(PayRefusals, NameTheNumberThatNoRuleAsksFor) {
  worked("M1", "2026-01-10", 60);
  adopt_example("housing_first");
  WagesDraft draft = wages("1.00", "housing_first");
  draft.members = {{.member = "M1", .measures = {{"housing", Ratio{1, 1}}}}};
  draft.figures = {{"server_costs", Ratio{1, 1}}};
  EXPECT_EQ(said([&] { propose(draft); }),
            "field_invalid: the rule does not ask for server_costs (/figures)");
  draft.figures = {};
  draft.members.push_back({.member = "M2", .measures = {{"housing", Ratio{2, 1}}, {"huosing", Ratio{2, 1}}}});
  EXPECT_EQ(said([&] { propose(draft); }),
            "field_invalid: the rule does not ask for huosing (/members/1/measures)");
  draft.members.pop_back();
  propose(draft);
}

TEST_F(PayRefusals, SayHowManyApprovalsAreMissing) {
  worked("M1", "2026-01-10", 60);
  const PayRunNumber run = propose(wages("1.00")).number;
  EXPECT_EQ(said([&] { post_run(run); }),
            "pay_run_not_open: pay run 1 is proposed: two approvals are missing");
  approve_run(run, "pia");
  EXPECT_EQ(said([&] { post_run(run); }),
            "pay_run_not_open: pay run 1 is proposed: one more approval is missing");
  approve_run(run, "quinn");
  post_run(run);
  EXPECT_EQ(said([&] { post_run(run); }), "pay_run_not_open: pay run 1 is posted");
}

TEST_F(PayRefusals, CallATariffTooLittleOrTooMuch) {
  const auto tariff_of = [&](std::int64_t minor) {
    return said([&] {
      adopt_tariff({.work = "livelihood",
                    .from_on = Day::parse("2026-03-01"),
                    .minor = minor,
                    .unit = "EUR",
                    .decision = "Assembly"});
    });
  };
  EXPECT_EQ(tariff_of(0), "field_invalid: an hour is worth more than nothing (/amount)");
  EXPECT_EQ(tariff_of(std::numeric_limits<std::int64_t>::max()),
            "field_invalid: that is too much for an hour (/amount)");
}

}  // namespace
}  // namespace coop::pay

#include "tests/support/test_members.hpp"

namespace coop::members {
namespace {

using test::refusal_of;

class Classes : public test::MembersTest {
 protected:
  ClassRule rule(std::string_view from_on) const {
    ClassRule good{Day::parse(from_on)};
    good.decision = "Assembly";
    return good;
  }
  MemberClass find(const std::string& code) {
    return db().in_snapshot([&](Tx& tx) { return read_class(tx, node(), code); });
  }
};

TEST_F(Classes, AreListedByCodeWithTheirRules) {
  add_class("worker");
  add_class("user");
  ClassRule full = rule("2026-01-01");
  full.weight = Ratio{2, 8};
  full.one_vote = OneVote::head_count;
  full.attendance = Ratio{1, 2};
  full.grace_days = 14;
  full.arrears_days = 90;
  full.obligation = money("1000");
  adopt("worker", full);
  full.is_solidarity = true;
  full.weight.reset();
  adopt("worker", full);
  const auto classes = db().in_snapshot([&](Tx& tx) { return read_classes(tx, node()); });
  ASSERT_EQ(classes.size(), 2u);
  EXPECT_EQ(classes[0].code, "user");
  EXPECT_TRUE(classes[0].rules.empty());
  ASSERT_EQ(classes[1].rules.size(), 2u);
  const AdoptedRule& first = classes[1].rules[0];
  EXPECT_EQ(first.number, 1);
  EXPECT_EQ(first.rule.weight, (Ratio{1, 4}));
  EXPECT_EQ(first.rule.one_vote, OneVote::head_count);
  EXPECT_EQ(first.rule.attendance, (Ratio{1, 2}));
  EXPECT_EQ(first.rule.grace_days, 14);
  EXPECT_EQ(first.rule.arrears_days, 90);
  EXPECT_FALSE(first.rule.is_solidarity);
  EXPECT_EQ(first.rule.obligation, money("1000"));
  EXPECT_EQ(first.rule.decision, "Assembly");
  EXPECT_TRUE(classes[1].rules[1].rule.is_solidarity);
  EXPECT_FALSE(classes[1].rules[1].rule.weight);
}

TEST_F(Classes, AreRefusedWithTheirFirstFault) {
  add_class("user");
  EXPECT_EQ(refusal_of([&] { add_class("User"); }), "name_malformed");
  EXPECT_EQ(refusal_of([&] { add_class("user"); }), "class_exists");
  EXPECT_EQ(refusal_of([&] { adopt("worker", rule("2026-01-01")); }), "class_unknown");
  ClassRule bad = rule("2026-01-01");
  bad.decision.clear();
  EXPECT_EQ(refusal_of([&] { adopt("user", bad); }), "field_invalid");
  const auto titled = [&](const std::string& title) {
    return refusal_of(
        [&] { db().in_tx([&](Tx& tx) { members::add_class(tx, node(), "new", title, author()); }); });
  };
  EXPECT_EQ(titled(""), "field_invalid");
  EXPECT_EQ(titled(std::string(201, 'x')), "field_invalid");
}

TEST_F(Classes, TakeAnotherTitleAndKeepTheirCode) {
  add_class("user");
  const auto rename = [&](const std::string& code, const std::string& title) {
    db().in_tx([&](Tx& tx) { rename_class(tx, node(), code, title, author()); });
  };
  rename("user", "People who use the rooms");
  EXPECT_EQ(find("user").title, "People who use the rooms");
  EXPECT_EQ(refusal_of([&] { rename("user", ""); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { rename("nobody", "x"); }), "class_unknown");
}

TEST_F(Classes, RememberWhichRuleWasKnownWhen) {
  add_class("user");
  adopt("user", rule("2026-01-01"));
  const Instant before = now;
  now += std::chrono::hours{24};
  adopt("user", rule("2026-01-01"));
  const MemberClass of = find("user");
  EXPECT_EQ(find_rule_on(of, Day::parse("2026-02-01"))->number, 2);
  EXPECT_EQ(find_rule_on(of, Day::parse("2026-02-01"), before)->number, 1);
}

}  // namespace
}  // namespace coop::members

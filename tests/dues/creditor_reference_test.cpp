#include "ledger/dues/creditor_reference.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::dues {
namespace {

using test::refusal_code;

TEST(CreditorReference, IsMadeOfAMembersNumber) {
  EXPECT_EQ(reference_of_member(ReferenceKind::creditor, "M0042").printed(), "RF23 M004 2");
  EXPECT_EQ(reference_of_member(ReferenceKind::creditor, "m0042").text(), "RF23M0042");
  EXPECT_EQ(reference_of_member(ReferenceKind::belgian, "M0042").printed(), "+++000/0000/04242+++");
  EXPECT_EQ(reference_of_member(ReferenceKind::swiss, "M0042").text().substr(0, 26),
            "00000000000000000000000042");
}

TEST(CreditorReference, IsMadeOfACharge) {
  EXPECT_EQ(reference_of_charge(ReferenceKind::creditor, "M0042", ChargeNumber{17}).printed(),
            "RF05 M004 2C17");
  EXPECT_EQ(reference_of_charge(ReferenceKind::belgian, "M0042", ChargeNumber{17}).text().substr(0, 10),
            "1000000017");
  EXPECT_EQ(reference_of_charge(ReferenceKind::swiss, "M0042", ChargeNumber{17}).text().substr(0, 26),
            "10000000000000000000000017");
}

TEST(CreditorReference, IsRefusedWhereThereIsNoRoom) {
  const auto member = [](ReferenceKind kind, std::string_view number) {
    return refusal_code([&] { reference_of_member(kind, number); });
  };
  EXPECT_EQ(member(ReferenceKind::creditor, ""), "reference_malformed");
  EXPECT_EQ(member(ReferenceKind::creditor, "M-42"), "reference_malformed");
  EXPECT_EQ(member(ReferenceKind::creditor, std::string(22, 'M')), "reference_malformed");
  EXPECT_EQ(member(ReferenceKind::belgian, "ANA"), "reference_malformed");
  EXPECT_EQ(member(ReferenceKind::belgian, "M999999999"), "accepted");
  EXPECT_EQ(member(ReferenceKind::belgian, "M1000000000"), "reference_malformed");
  EXPECT_EQ(member(ReferenceKind::swiss, "M0000"), "reference_malformed");
  const auto charge = [](ReferenceKind kind, std::int64_t number) {
    return refusal_code([&] { reference_of_charge(kind, "M0042", ChargeNumber{number}); });
  };
  EXPECT_EQ(charge(ReferenceKind::belgian, 999'999'999), "accepted");
  EXPECT_EQ(charge(ReferenceKind::belgian, 1'000'000'000), "reference_malformed");
  EXPECT_EQ(charge(ReferenceKind::creditor, 999'999'999'999'999), "accepted");
  EXPECT_EQ(charge(ReferenceKind::creditor, 9'999'999'999'999'999), "reference_malformed");
}

RC_GTEST_PROP(CreditorReference, TellsEveryMemberAndChargeApart, ()) {
  const auto kind = *rc::gen::element(ReferenceKind::creditor, ReferenceKind::belgian, ReferenceKind::swiss);
  const auto some = rc::gen::inRange<std::int64_t>(1, 100'000);
  const std::int64_t member = *some;
  const std::int64_t other_member = member + *some;
  const std::int64_t charge = *some;
  const std::int64_t other_charge = charge + *some;
  const auto number = [](std::int64_t digits) { return "M" + std::to_string(digits); };
  const std::set<std::string> texts{
      reference_of_member(kind, number(member)).text(),
      reference_of_member(kind, number(other_member)).text(),
      reference_of_charge(kind, number(member), ChargeNumber{charge}).text(),
      reference_of_charge(kind, number(other_member), ChargeNumber{other_charge}).text()};
  RC_ASSERT(texts.size() == 4u);
}

}  // namespace
}  // namespace coop::dues

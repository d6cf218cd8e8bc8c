// The list of all funds on a day: money of others is theirs before its first terms, too.
#include "reports/fund_tables.hpp"
#include "tests/support/test_funds.hpp"

namespace coop::reports {
namespace {

class FundLists : public test::FundTest {};

TEST_F(FundLists, ShowMoneyOfOthersAsTheirsBeforeItsTerms) {
  funds::FundTermDraft held = terms(units().at("EUR"), funds::FundPurpose::held);
  held.from_on = Day::parse("2026-02-01");
  held.accounts = {"assets:held"};
  adopt("held", held);
  record("2026-01-10", {{"assets:held", "5000.00"}, {"liabilities:held", "-5000.00", {"held", {}, {}, {}}}});
  give("media", "100.00");
  for (const char* day : {"2026-01-31", "2026-02-28"}) {
    const FundList list =
        db().in_tx([&](Tx& tx) { return read_fund_list(tx, node(), {.as_of = Day::parse(day)}); });
    ASSERT_EQ(list.proofs.size(), 1u);
    const FundProof& proof = list.proofs.front();
    EXPECT_EQ(proof.own_funds_minor, 100'00) << day;
    EXPECT_EQ(proof.net_worth_minor, 100'00) << day;
    EXPECT_EQ(proof.held_minor, 5'000'00) << day;
    EXPECT_EQ(owed_minor(proof), 0) << day;
    EXPECT_EQ(held_difference_minor(proof), 0) << day;
  }
}

}  // namespace
}  // namespace coop::reports

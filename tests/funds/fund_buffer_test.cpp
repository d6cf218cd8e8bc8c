// Measures of a buffer: what is refused, and how they print.
#include <gtest/gtest.h>

#include "ledger/funds/fund_buffer.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::funds {
namespace {

FundBuffer kept(int months, int over, const std::string& account = {}) {
  return {"a measure", 0,
          BufferRule{
              .flow = BufferFlow::expense, .account = account, .over_months = over, .keep_months = months}};
}

std::string place_of_refusal(const FundBuffer& buffer) {
  try {
    require_buffer(buffer, "/buffers/0");
    return "";
  } catch (const Refused& refused) {
    return refused.field();
  }
}

TEST(FundBuffers, AreRefusedInThisOrder) {
  FundBuffer all = kept(0, 121);
  all.measure = "";
  all.rule->share_millionths = 1;
  EXPECT_EQ(place_of_refusal(all), "/buffers/0/measure");
  all.measure = "months";
  EXPECT_EQ(place_of_refusal(all), "/buffers/0/worked_out/over_months");
  all.rule->over_months = 120;
  EXPECT_EQ(place_of_refusal(all), "/buffers/0/worked_out/keep_months") << "months and a share";
  all.rule->share_millionths.reset();
  EXPECT_EQ(place_of_refusal(all), "/buffers/0/worked_out/keep_months") << "no month";
  all.rule->keep_months = 120;
  EXPECT_EQ(place_of_refusal(all), "");
  EXPECT_EQ(place_of_refusal({"set", -1}), "/buffers/0/amount");
  EXPECT_EQ(place_of_refusal({"set", 0}), "");
}

TEST(FundBuffers, ReadSharesOfTheWholeAndPrintThem) {
  EXPECT_EQ(buffer_share_from("10%"), 100'000);
  EXPECT_EQ(buffer_share_from("0.0001%"), 1);
  EXPECT_EQ(buffer_share_text(100'000), "10%");
  EXPECT_EQ(buffer_share_text(125'000), "12.5%");
  EXPECT_EQ(buffer_share_text(10'000'000), "1000%");
  for (const char* wrong : {"0%", "-1%", "1/4", "2", "1000.0001%", "much"})
    EXPECT_EQ(test::refusal_code([&] { buffer_share_from(wrong); }), "field_invalid") << wrong;
}

TEST(FundBuffers, ArePrintedInPlainWords) {
  EXPECT_EQ(words_of(*kept(3, 12, "expenses:servers").rule),
            "3 months of the average month of what the node spent in the account expenses:servers and below "
            "over the last 12 whole months");
  EXPECT_EQ(words_of(*kept(1, 1).rule),
            "1 month of the average month of what the node spent over the last whole month");
  const BufferRule tenth{.flow = BufferFlow::income, .whose = BufferScope::fund, .share_millionths = 100'000};
  EXPECT_EQ(words_of(tenth), "10% of what the fund took in over the last 12 whole months");
}

TEST(FundBuffers, ExplainTheirAmount) {
  const MeasuredBuffer quarter{kept(3, 12, "expenses:servers"),
                               Period{Day::parse("2025-03-01"), Day::parse("2026-02-28")}, 1'080'00, 270'00};
  EXPECT_EQ(explanation_of(quarter, 2, "EUR"),
            "a measure: 3 months of the average month of what the node spent in the account expenses:servers "
            "and below over the last 12 whole months; from 2025-03-01 to 2026-02-28 that is 1080.00 EUR, "
            "times 3/12 = 270.00 EUR");
  EXPECT_EQ(explanation_of({{"a month", 5'00}, std::nullopt, 0, 5'00}, 2, "EUR"),
            "a month: set by the decision");
}

TEST(FundBuffers, AreSetAsAWholeOnlyIfNoneIsWorkedOut) {
  EXPECT_EQ(set_buffer_minor({{"one", 270'00}, {"other", 1'180'00}}), 1'180'00);
  EXPECT_EQ(set_buffer_minor({{"one", 270'00}, kept(3, 12)}), std::nullopt);
}

}  // namespace
}  // namespace coop::funds

#include "ledger/values/unit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using test::refusal_code;

std::map<std::string_view, int> scales() {
  std::map<std::string_view, int> all;
  for (const Iso4217& currency : iso4217_currencies()) all.emplace(currency.code, currency.scale);
  return all;
}

TEST(Iso4217, ListsEveryCurrencyOnceInOrder) {
  const auto& all = iso4217_currencies();
  EXPECT_EQ(all.size(), 156U);
  EXPECT_TRUE(
      std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.code < b.code; }));
  EXPECT_EQ(scales().size(), all.size());
  for (const Iso4217& currency : all) {
    EXPECT_EQ(currency.code.size(), 3U);
    EXPECT_FALSE(currency.name.empty()) << currency.code;
    EXPECT_NO_THROW(require_unit_code(currency.code));
  }
}

TEST(Iso4217, KnowsTheCurrenciesWithoutCents) {
  const auto all = scales();
  const std::set<std::string_view> without{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                           "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
  const std::set<std::string_view> thousandths{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  for (const auto& [code, scale] : all)
    EXPECT_EQ(scale, without.contains(code) ? 0 : thousandths.contains(code) ? 3 : 2) << code;
  for (const std::string_view code : without) EXPECT_TRUE(all.contains(code)) << code;
  for (const std::string_view code : thousandths) EXPECT_TRUE(all.contains(code)) << code;
}

TEST(Iso4217, LeavesOutFundsMetalsAndTheWithdrawn) {
  const auto all = scales();
  for (const char* code : {"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAU",
                           "XAG", "XDR", "XXX", "XTS", "DEM", "HRK", "ZWL", "SLL", "CUC", "ANG"})
    EXPECT_FALSE(all.contains(code)) << code;
  for (const char* code : {"EUR", "GBP", "USD", "BRL", "CHF", "INR", "ZWG", "XCG", "SLE", "VED", "XCD"})
    EXPECT_TRUE(all.contains(code)) << code;
}

TEST(UnitCode, IsCapitalLettersDigitsAndThreeMarks) {
  for (const std::string_view code :
       {"EUR", "HOUR", "ECO", "H2", "LOCAL.BCN", "A-B_C.1", "ABCDEFGHIJKLMNOPQRSTUVWX"})
    EXPECT_EQ(refusal_code([&] { require_unit_code(code); }), "accepted") << code;
  for (const std::string_view code : {"", "E", "eur", "1EUR", "EUR ", "€UR", "EUR-", "EU R", "-EUR", "EU:R",
                                      "É", "ABCDEFGHIJKLMNOPQRSTUVWXY"})
    EXPECT_EQ(refusal_code([&] { require_unit_code(code); }), "name_malformed") << code;
}

}  // namespace
}  // namespace coop

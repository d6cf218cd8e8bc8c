// What hledger prints as JSON, read: by 1.25 (Debian 12), 1.32 (Debian 13) and later.
#include "ledger/journals/hledger_entry.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "ledger/journals/json_elements.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

std::string amount(const std::string& mantissa, const std::string& places, const std::string& cost = "null",
                   const std::string& cost_field = "aprice") {
  return R"({"acommodity":"$",")" + cost_field + R"(":)" + cost + R"(,"aquantity":{"decimalMantissa":)" +
         mantissa + R"(,"decimalPlaces":)" + places + R"(,"floatingPoint":-0.1},"astyle":{"asprecision":2}})";
}

std::string posting(const std::string& amounts, const std::string& more = "") {
  return R"({"paccount":"assets:bank","pamount":[)" + amounts +
         R"(],"pcomment":"","pdate":null,"pdate2":null,"poriginal":null,"pstatus":"Unmarked",)" +
         R"("ptags":[["type","A"]],"ptype":"RegularPosting")" + more + "}";
}

std::string entry(const std::string& postings) {
  return R"({"tcode":"c1","tcomment":"","tdate":"2026-01-31","tdate2":null,"tdescription":"Shop",)"
         R"("tindex":1,"tpostings":[)" +
         postings +
         R"(],"tsourcepos":[{"sourceColumn":1,"sourceLine":8,"sourceName":"/x/a.journal"},)"
         R"({"sourceColumn":1,"sourceLine":12,"sourceName":"/x/a.journal"}],"ttags":[]})";
}

TEST(HledgerEntry, TakesAmountsFromMantissaAndDecimals) {
  const HledgerEntry read =
      hledger_entry_from(entry(posting(amount("-1234", "2")) + "," + posting(amount("5", "0"))));
  EXPECT_EQ(read.day, Day::parse("2026-01-31"));
  EXPECT_EQ(read.code, "c1");
  EXPECT_EQ(read.description, "Shop");
  EXPECT_EQ(place_of(read), "a.journal:8");
  ASSERT_EQ(read.postings.size(), 2u);
  EXPECT_EQ(text_of(read.postings[0].amounts.at(0).quantity), "-12.34");
  EXPECT_EQ(text_of(read.postings[1].amounts.at(0).quantity), "5");
  EXPECT_EQ(read.postings[0].declared_type, "A");
}

TEST(HledgerEntry, TakesAmountsOfAnySize) {
  const auto quantity = [](const std::string& mantissa) {
    return text_of(
        hledger_entry_from(entry(posting(amount(mantissa, "2")))).postings.at(0).amounts.at(0).quantity);
  };
  EXPECT_EQ(quantity("9223372036854775808"), "92233720368547758.08");
  EXPECT_EQ(quantity("1.2345678901234567890123456789012e31"), "123456789012345678901234567890.12");
}

TEST(HledgerEntry, TellsMarksAndSecondDays) {
  std::string json = entry(posting(amount("1", "0"), R"(,"pstatus":"Pending")"));
  json.replace(json.find(R"("pstatus":"Unmarked",)"), 21, "");
  json.replace(json.find(R"("tdate2":null)"), 13, R"("tdate2":"2026-02-03","tstatus":"Cleared")");
  const HledgerEntry read = hledger_entry_from(json);
  EXPECT_EQ(read.mark, HledgerMark::cleared);
  EXPECT_EQ(read.postings.at(0).mark, HledgerMark::pending);
  EXPECT_EQ(read.second_day, Day::parse("2026-02-03"));
}

TEST(HledgerEntry, ReadsCostsUnderTheirOldAndNewName) {
  const std::string unit_price = R"({"tag":"UnitPrice","contents":)" + amount("5005", "3") + "}";
  const std::string total_cost = R"({"tag":"TotalCost","contents":)" + amount("5", "0") + "}";
  const auto read = hledger_entry_from(
      entry(posting(amount("2", "0", unit_price)) + "," + posting(amount("2", "0", total_cost, "acost"))));
  ASSERT_TRUE(read.postings[0].amounts[0].cost && read.postings[1].amounts[0].cost);
  EXPECT_FALSE(read.postings[0].amounts[0].cost->is_total);
  EXPECT_EQ(text_of(read.postings[0].amounts[0].cost->amount), "5.005");
  EXPECT_TRUE(read.postings[1].amounts[0].cost->is_total);
  // hledger turns a total where its quantity is negative: here it is what was written.
  const std::string sold = R"({"tag":"TotalPrice","contents":)" + amount("-6", "0") + "}";
  const auto sale = hledger_entry_from(entry(posting(amount("-1", "0", sold))));
  EXPECT_EQ(text_of(sale.postings[0].amounts[0].cost->amount), "6");
  const std::string below = R"({"tag":"TotalPrice","contents":)" + amount("6", "0") + "}";
  const auto negative = hledger_entry_from(entry(posting(amount("-1", "0", below))));
  EXPECT_EQ(text_of(negative.postings[0].amounts[0].cost->amount), "-6");
}

TEST(HledgerEntry, ReadsTagsOfEntriesAndPostings) {
  std::string json = entry(posting(amount("1", "0")));
  json.replace(json.find(R"("ttags":[])"), 10, R"("ttags":[["fund","media"],["x"],"y"])");
  const HledgerEntry read = hledger_entry_from(json);
  ASSERT_EQ(read.tags.size(), 1u);
  EXPECT_EQ(read.tags[0].name, "fund");
  EXPECT_EQ(read.tags[0].value, "media");
  ASSERT_EQ(read.postings.at(0).tags.size(), 1u);
  EXPECT_EQ(read.postings[0].tags[0].name, "type");
}

TEST(HledgerEntry, ReadsAssertions) {
  const std::string assertion = R"(,"pbalanceassertion":{"baamount":)" + amount("100", "2") +
                                R"(,"bainclusive":true,"baposition":{},"batotal":false})";
  const auto read = hledger_entry_from(entry(posting(amount("100", "2"), assertion)));
  ASSERT_TRUE(read.postings[0].assertion);
  EXPECT_TRUE(read.postings[0].assertion->is_inclusive);
  EXPECT_EQ(text_of(read.postings[0].assertion->quantity), "1.00");
}

TEST(HledgerEntry, RefusesWhatItCannotReadExactly) {
  const auto code = [](const std::string& json) {
    return test::refusal_code([&] { hledger_entry_from(json); });
  };
  EXPECT_EQ(code(entry(posting(amount("1" + std::string(400, '0'), "2")))), "import_unreadable");
  EXPECT_EQ(code(entry(posting(amount("1.5", "2")))), "import_unreadable");
  EXPECT_EQ(code(entry(posting(amount("1", "256")))), "import_unreadable");
  EXPECT_EQ(code(entry(posting("12.34"))), "import_unreadable");
  EXPECT_EQ(code("{"), "import_unreadable");
  EXPECT_EQ(code("{}"), "import_unreadable");
}

std::vector<std::string> elements_of(const std::string& text) {
  std::istringstream in{text};
  JsonElements elements{in};
  std::vector<std::string> all;
  for (auto element = elements.next(); element; element = elements.next()) all.emplace_back(*element);
  return all;
}

TEST(JsonElements, CutsAListIntoItsEntries) {
  EXPECT_EQ(elements_of(" [ ] \n"), std::vector<std::string>{});
  EXPECT_EQ(elements_of(R"([{"a":"}]\"{"},{"b":[{}]} , {}])"),
            (std::vector<std::string>{R"({"a":"}]\"{"})", R"({"b":[{}]})", "{}"}));
}

TEST(JsonElements, RefusesWhatIsNoWholeList) {
  for (const char* text :
       {"", "{}", "[", "[{}", "[{},]", "[{} {}]", "[1]", "[{}] x", "[{\"a\":\"", "[{\"a\\"}) {
    EXPECT_EQ(test::refusal_code([&] { elements_of(text); }), "import_unreadable") << text;
  }
}

}  // namespace
}  // namespace coop::journals

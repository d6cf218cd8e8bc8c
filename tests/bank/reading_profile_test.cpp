// How files are read, as it is asked for, kept and shown.
#include "ledger/bank/reading_profile.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "ledger/values/refusal.hpp"

namespace coop::bank {
namespace {

const std::string header(64, 'a');

std::string refusal_of(const std::string& json, const std::string& fingerprint = header) {
  try {
    reading_profile_from(boost::json::parse(json), fingerprint);
    return "read";
  } catch (const Refused& refused) {
    return std::string{text_of(refused.refusal()).code} + " " + refused.field();
  }
}

const std::string whole =
    R"({"form":"csv","separator":";","header":false,"days":"day_month","decimal_mark":",",)"
    R"("signs":"flagged","currency":"EUR","columns":[{"holds":"day","column":"#1"},)"
    R"({"holds":"amount","column":"#2"},{"holds":"flag","column":"#3"},{"holds":"text","column":"#4"},)"
    R"({"holds":"text","column":"#5"}],"words":[{"means":"debit","word":"raus"},)"
    R"({"means":"credit","word":"rein"}]})";

std::string with(const std::string& from, const std::string& to) {
  std::string json = whole;
  EXPECT_NE(json.find(from), std::string::npos) << from;
  return json.replace(json.find(from), from.size(), to);
}

TEST(ReadingProfile, ComesBackAsItWasWritten) {
  const ReadingProfile profile = reading_profile_from(boost::json::parse(whole), header);
  EXPECT_EQ(boost::json::serialize(json_of(profile)), whole);
  EXPECT_EQ(profile.csv.fingerprint, header);
  EXPECT_EQ(profile.csv.text, (std::vector<std::string>{"#4", "#5"}));
  EXPECT_EQ(profile.csv.debit_words, std::vector<std::string>{"raus"});
  const std::string qif = R"({"form":"qif","days":"month_day","decimal_mark":null})";
  EXPECT_EQ(boost::json::serialize(json_of(reading_profile_from(boost::json::parse(qif), "qif"))), qif);
}

TEST(ReadingProfile, IsRefusedNamingTheField) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"[]", "field_invalid "},
      {"{}", "field_missing /form"},
      {with("\"csv\"", "\"ods\""), "field_invalid /form"},
      {with("\";\"", "\";;\""), "field_invalid /separator"},
      {with("false", "0"), "field_invalid /header"},
      {with("day_month", "whenever"), "field_invalid /days"},
      {with("\"decimal_mark\":\",\"", "\"decimal_mark\":7"), "field_invalid /decimal_mark"},
      {with("flagged", "guessed"), "field_invalid /signs"},
      {with("\"EUR\"", "\"\""), "field_invalid /currency"},
      {with("\"currency\"", "\"colour\""), "field_unknown /colour"},
      {with("\"currency\"", "\"a/b~c\""), "field_unknown /a~1b~0c"},
      {with("\"holds\":\"amount\"", "\"holds\":\"colour\""), "field_invalid /columns/1/holds"},
      {with("\"holds\":\"amount\"", "\"holds\":\"day\""), "field_invalid /columns/1/holds"},
      {with("\"column\":\"#2\"", "\"colour\":\"#2\""), "field_unknown /columns/1/colour"},
      {with("{\"holds\":\"day\",\"column\":\"#1\"},", ""), "field_invalid /columns"},
      {with("{\"holds\":\"amount\",\"column\":\"#2\"},", ""), "field_invalid /columns"},
      {with("{\"holds\":\"flag\",\"column\":\"#3\"},", ""), "field_invalid /columns"},
      {with("flagged", "debit_and_credit"), "field_invalid /columns"},
      {with("\"means\":\"debit\"", "\"means\":\"maybe\""), "field_invalid /words/0/means"},
  };
  for (const auto& [json, refusal] : table) EXPECT_EQ(refusal_of(json), refusal) << json;
  EXPECT_EQ(refusal_of(whole, "qif"), "field_invalid /form");
  EXPECT_EQ(refusal_of(R"({"form":"qif"})"), "field_invalid /form");
  EXPECT_EQ(refusal_of(R"({"form":"qif"})", "qif"), "read");
}

}  // namespace
}  // namespace coop::bank

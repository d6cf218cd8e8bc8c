// The till of a shop is counted at the end of a month, witnessed, a euro is missing and booked, and signed.
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class CountedTill : public StoryTest {
 protected:
  CountedTill() {
    open("expenses:cash-differences", "expense");
    make("bank/accounts", R"({"account":"assets:cash","unit":"EUR","kind":"cash","title":"The till"})");
    record("assets:cash", "income:dues", "71.40", "2026-03-10");
  }
};

TEST_F(CountedTill, IsCountedWitnessedBookedAndSigned) {
  const std::string sheet =
      R"({"counted_on":"2026-03-31","coins":[{"value":"50.00","pieces":1},{"value":"20.00","pieces":1},)"
      R"({"value":"0.20","pieces":2}]})";
  EXPECT_EQ(send("POST", at("bank/accounts/1/cash-counts?dry_run=true"), {.body = sheet}).status, 200);
  const ApiAnswer counted = make("bank/accounts/1/cash-counts", sheet);
  EXPECT_EQ(counted.text("total"), "70.40");
  EXPECT_EQ(counted.text("books"), "71.40");
  EXPECT_EQ(counted.text("difference"), "-1.00");
  EXPECT_EQ(make("bank/accounts/1/cash-counts", sheet, 409).code(), "cash_count_exists");
  const std::string odd = R"({"counted_on":"2026-03-30","coins":[{"value":"3.00","pieces":1}]})";
  EXPECT_EQ(make("bank/accounts/1/cash-counts", odd, 409).code(), "cash_count_impossible");

  // Somebody else was there; nobody is their own witness.
  EXPECT_EQ(make("bank/cash-counts/1/witness", "", 409).code(), "approval_repeated");
  const std::string bo = token_of_new_user("bo", {access::Role::bookkeeper});
  EXPECT_EQ(send("POST", at("bank/cash-counts/1/witness"), {.token = bo}).status, 200);

  // A euro is missing: it is not signed like that, and nothing is booked by itself.
  EXPECT_EQ(make("bank/accounts/1/signoffs", R"({"as_of":"2026-03-31"})", 409).code(),
            "reconciliation_disagrees");
  const ApiAnswer booked =
      make("bank/cash-counts/1/difference", R"({"account":"expenses:cash-differences"})", 200);
  EXPECT_EQ(booked.text("difference"), "0.00");
  EXPECT_EQ(boost::json::serialize(booked.json().at("entries")), "[2]");
  EXPECT_EQ(get(at("accounts/expenses:cash-differences/balance?unit=EUR")).text("balance"), "1.00");

  const std::string proof = get(at("bank/proof?as_of=2026-03-31&format=csv")).body;
  EXPECT_NE(proof.find("assets:cash,agrees,2026-03-31,,0,EUR,70.40,70.40,0.00"), std::string::npos) << proof;
  const std::string statement = get(at("bank/accounts/1/reconciliation?as_of=2026-03-31&format=text")).body;
  EXPECT_NE(statement.find("Counted on: 2026-03-31"), std::string::npos) << statement;
  make("bank/accounts/1/signoffs", R"({"as_of":"2026-03-31"})");
  EXPECT_EQ(make("bank/cash-counts/1/withdrawal", R"({"reason":"a mistake"})", 409).code(),
            "cash_count_impossible");

  const std::string list = get(at("bank/cash-counts?format=csv")).body;
  EXPECT_NE(list.find("line,0,1,assets:cash,2026-03-31,tess,bo,EUR,70.40,70.40,0.00,"), std::string::npos)
      << list;
  const std::string paper = get(at("bank/cash-counts/1?format=text")).body;
  EXPECT_NE(paper.find("50.00"), std::string::npos) << paper;
  EXPECT_EQ(get(at("bank/cash-counts?live=false")).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(get(at("bank/cash-counts/9")).code(), "cash_count_unknown");
}

}  // namespace
}  // namespace coop::test

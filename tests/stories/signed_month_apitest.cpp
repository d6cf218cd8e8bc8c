// A treasurer signs a month, an auditor countersigns; a late entry is seen, and the month is signed anew.
#include "ledger/books/chain.hpp"
#include "tests/support/test_bank.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class SignedMonth : public StoryTest {
 protected:
  SignedMonth() {
    make("bank/accounts", R"({"account":"assets:bank","unit":"EUR","title":"Current",)"
                          R"("identifier":"ES9121000418450200051332"})");
    record("assets:bank", "income:dues", "20.00", "2026-03-02");
    const ApiAnswer begun =
        send("POST", at("bank/imports?name=march.xml"),
             {.body = camt053({{"3", "0.00", "20.00", {{.day = "2026-03-02", .amount = "20.00"}}}}),
              .headers = {{"Content-Type", "application/xml"}}});
    ended(begun);
    ended(make("bank/imports/1/taking-in", "{}", 202));
    make("bank/lines/1/match", R"({"parts":[{"made":"found","amount":"20.00","entry":1,"posting_line":1}]})");
  }
  std::string proof() { return get(at("bank/proof?as_of=2026-03-31&format=csv")).body; }
};

TEST_F(SignedMonth, IsSignedCountersignedChangedAndSignedAnew) {
  const std::string march = R"({"as_of":"2026-03-31"})";
  EXPECT_EQ(send("POST", at("bank/accounts/1/signoffs?dry_run=true"), {.body = march}).status, 200);
  const ApiAnswer signoff = make("bank/accounts/1/signoffs", march);
  EXPECT_EQ(signoff.text("signed_by"), "tess");
  EXPECT_EQ(signoff.text("books"), "20.00");
  EXPECT_EQ(signoff.text("bank"), "20.00");
  EXPECT_EQ(make("bank/accounts/1/signoffs", march, 409).code(), "signoff_exists");

  // The treasurer cannot agree with herself; who only records may not sign; the auditor agrees.
  EXPECT_EQ(post(at("bank/signoffs/1/countersignature"), "").code(), "approval_repeated");
  const std::string bo = token_of_new_user("bo", {access::Role::bookkeeper});
  EXPECT_EQ(send("POST", at("bank/accounts/1/signoffs"), {.body = march, .token = bo}).status, 403);
  const std::string vera = token_of_new_user("vera", {access::Role::auditor});
  const ApiAnswer agreed = send("POST", at("bank/signoffs/1/countersignature"), {.token = vera});
  EXPECT_EQ(agreed.status, 200) << agreed.body;
  const boost::json::value by = agreed.json().at("countersigned");
  EXPECT_EQ(by.at(0).at("by"), "vera");
  EXPECT_NE(proof().find("20.00,20.00,0.00,,,2026-03-31,\r\n"), std::string::npos) << proof();

  // What was known then is told for good, whatever becomes known.
  const std::string then = "known_at=" + std::string{by.at(0).at("at").as_string()};
  const auto known_then = [&] {
    return get(at("bank/proof?as_of=2026-03-31&format=csv&" + then)).body +
           get(at("bank/accounts/1/reconciliation?as_of=2026-03-31&" + then)).body;
  };
  const std::string told = known_then();
  EXPECT_EQ(told.substr(0, proof().size()), proof()) << "as without an instant, so far";

  // What was signed is kept as it was, whatever happens to the books.
  record("assets:bank", "income:dues", "5.00", "2026-03-20");
  const ApiAnswer seen = get(at("bank/signoffs/1"));
  EXPECT_EQ(seen.text("sha256"), hex_of(sha256_of(seen.text("text"))));
  EXPECT_EQ(boost::json::serialize(seen.json().at("changed_by")), R"([{"kind":"entry","number":2}])");
  EXPECT_NE(proof().find("0.00,,,2026-03-31,entry 2\r\n"), std::string::npos) << proof();
  const ApiAnswer page = get(at("bank/signoffs/1?format=html"));
  EXPECT_NE(page.body.find("<th scope=\"row\">Since changed by</th><td>entry 2</td>"), std::string::npos);
  EXPECT_NE(get(at("bank/signoffs/1?format=text")).body.find("Countersigned: vera"), std::string::npos);

  make("bank/signoffs/1/withdrawal", R"({"reason":"a late receipt"})", 200);
  EXPECT_EQ(make("bank/accounts/1/signoffs", march).text("uncleared"), "5.00");
  EXPECT_EQ(get(at("bank/signoffs?live=true")).json().at("items").as_array().size(), 1u);
  EXPECT_EQ(get(at("bank/signoffs")).json().at("items").as_array().size(), 2u);
  const std::string list = get(at("bank/signoffs?format=csv")).body;
  EXPECT_NE(list.find("assets:bank,2026-03-31,tess,1,EUR,20.00,20.00,0.00,a late receipt"), std::string::npos)
      << list;
  EXPECT_EQ(get(at("bank/signoffs/9")).code(), "signoff_unknown");
  EXPECT_EQ(known_then(), told);
  EXPECT_NE(told.substr(0, proof().size()), proof());
  EXPECT_EQ(get(at("bank/accounts/1/reconciliation?known_at=2020-01-01T00:00:00Z")).code(),
            "bank_account_unknown")
      << "nobody had said that it has statements";
}

}  // namespace
}  // namespace coop::test

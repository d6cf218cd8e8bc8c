// A circle gets a budget, over HTTP as a treasurer does it. The fund for media has 4,120.00, of which
// 1,500.00 stay and 1,180.00 are granted: 1,440.00 are free. Spending draws the mandate down, never beyond
// it; once it is recalled nothing is drawn. Hours are granted as hours. And the reserve of a month that is in
// truth owed to workers is told (241.50 against 140.75: 100.75).
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class CircleBudget : public StoryTest {
 protected:
  CircleBudget() : StoryTest{{}, clock_at("2026-03-10T10:00:00Z")} {
    open("equity:funds", "equity");
    open("equity:reserve", "equity");
    open("expenses:media", "expense");
    open("liabilities:held", "liability");
    open("assets:bank:held", "asset");
    add_dimensions("fund", R"([{"code":"media","name":"Media"},{"code":"venue","name":"Venue"},)"
                           R"({"code":"reserve","name":"Reserve"},{"code":"held","name":"Of the camp"}])");
    add_dimensions("cost_object", R"([{"code":"film","name":"The film"}])");
    make("members", R"({"kind":"person","number":"M7","profile":{"name":"Zoë Ruiz"}})");
    make("members", R"({"kind":"person","number":"M8","profile":{"name":"Bo"}})");
  }
  void add_dimensions(const std::string& kind, const std::string& items) {
    make("dimensions/" + kind, R"({"items":)" + items + "}", 200);
  }
  void terms(const std::string& fund, const std::string& more, int status = 201) {
    make("funds/" + fund + "/terms",
         R"({"from_on":"2026-01-01","unit":"EUR","decision":"https://example.org/d/1",)" + more + "}",
         status);
  }
  // An entry with a fund (and more) on each side; "" for none.
  std::string post_entry(const std::string& debit, const std::string& of_debit, const std::string& credit,
                         const std::string& of_credit, const std::string& amount,
                         const std::string& day = "2026-02-01") {
    const auto line = [](const std::string& account, const std::string& sign, const std::string& minor,
                         const std::string& about) {
      return R"({"account":")" + account + R"(","amount":")" + sign + minor + R"(","unit":"EUR")" +
             (about.empty() ? "" : "," + about) + "}";
    };
    return make("entries", R"({"booked_on":")" + day + R"(","description":"x","postings":[)" +
                               line(debit, "", amount, of_debit) + "," +
                               line(credit, "-", amount, of_credit) + "]}")
        .text("number");
  }
  static std::string of(const std::string& fund) { return R"("fund":")" + fund + "\""; }
  std::string figure(const std::string& fund, const char* name) {
    const auto shown = get(at("funds/" + fund)).json();
    return std::string{shown.at("figures").at(name).as_string()};
  }
  static std::string grant(const std::string& what, const std::string& until = "2026-12-31",
                           const std::string& fund = "media") {
    return R"({"body":"Media circle","purpose":"Films","fund":")" + fund +
           R"(","unit":"EUR","from_on":"2026-01-01","until_on":")" + until +
           R"(","decision":"https://example.org/d/2",)" + what + "}";
  }
  static std::string draw(const std::string& what, const std::string& on = "2026-03-01") {
    return R"({"on":")" + on + "\"," + what + "}";
  }
  void fill_media() {
    terms("media", R"("purpose":"media","buffers":[{"measure":"a quarter","amount":"1500.00"},)"
                   R"({"measure":"a tenth","amount":"1180.00"}])");
    post_entry("assets:bank", "", "income:dues", of("media"), "4120.00");
  }
};

TEST_F(CircleBudget, IsGrantedOfWhatIsFreeAboveTheBuffer) {
  EXPECT_EQ(refused("spending-mandates", grant(R"("amount":"1.00")")), "fund_without_terms");
  terms("venue", R"("purpose":"venue","buffers":[{"measure":"a month","amount":"5.00"}])");
  EXPECT_NE(get(at("reports/funds?format=csv")).body.find("venue,Venue,venue,EUR,0.00,5.00,0.00,-5.00"),
            std::string::npos);
  fill_media();
  make("spending-mandates", grant(R"("amount":"1180.00")"));
  EXPECT_EQ(figure("media", "balance"), "4120.00");
  EXPECT_EQ(figure("media", "buffer"), "1500.00");
  EXPECT_EQ(figure("media", "committed"), "1180.00");
  EXPECT_EQ(figure("media", "free"), "1440.00");
  const ApiAnswer more = make("spending-mandates", grant(R"("amount":"1500.00")"), 409);
  EXPECT_EQ(more.code(), "fund_below_buffer");
  EXPECT_NE(more.body.find("1440.00 EUR are free: 4120.00 less 1500.00 that stay, less 1180.00"),
            std::string::npos)
      << more.body;
  EXPECT_EQ(refused("spending-mandates", grant(R"("amount":"1440.01")")), "fund_below_buffer");
  EXPECT_EQ(make("spending-mandates?dry_run=true", grant(R"("amount":"1440.00")"), 200).text("left"),
            "1440.00");
  make("spending-mandates", grant(R"("amount":"1440.00")"));
  EXPECT_EQ(figure("media", "free"), "0.00");
  make("spending-mandates/1/recalling", R"({"reason":"the film is off"})", 200);
  EXPECT_EQ(figure("media", "free"), "1180.00");
}

// "The higher of a quarter of the fixed costs and a tenth of the year's income" (270.00 and 1,180.00).
TEST_F(CircleBudget, LeavesABufferThatIsWorkedOutOfTheBooks) {
  open("expenses:servers", "expense");
  terms("media", R"("purpose":"media","buffers":[{"measure":"a quarter of the fixed costs","worked_out":)"
                 R"({"of":"expense","account":"expenses:servers","over_months":12,"keep_months":3}},)"
                 R"({"measure":"a tenth of the income","worked_out":{"of":"income","over_months":12,)"
                 R"("share":"10%"}}])");
  post_entry("assets:bank", "", "income:dues", of("media"), "4120.00", "2026-02-01");
  post_entry("assets:bank", "", "income:dues", "", "7680.00", "2025-08-01");
  post_entry("expenses:servers", "", "assets:bank", "", "1080.00", "2025-12-01");
  EXPECT_EQ(figure("media", "buffer"), "1180.00");
  EXPECT_EQ(figure("media", "free"), "2940.00");
  const auto shown = get(at("funds/media")).json();
  EXPECT_TRUE(shown.at("current").at("buffer").is_null());
  EXPECT_EQ(shown.at("current").at("buffers").at(1).at("worked_out").at("words").as_string(),
            "10% of what the node took in over the last 12 whole months");
  EXPECT_EQ(refused("spending-mandates", grant(R"("amount":"2940.01")")), "fund_below_buffer");
  make("spending-mandates", grant(R"("amount":"1500.00")"));
  make("spending-mandates/1/draws", draw(R"("amount":"400.00")"), 200);
  // The statement tells what stays, why, what is set aside, and what may still be proposed.
  const std::string path = "reports/funds/media?from=2026-01-01&to=2026-03-10&format=";
  const std::string csv = get(at(path + "csv")).body;
  const auto has = [&](const std::string& text) { return csv.find(text) != std::string::npos; };
  EXPECT_TRUE(has("Measure: a quarter of the fixed costs,,,EUR,,,,270.00,\"a quarter of the fixed costs: ") ||
              has("Measure: a quarter of the fixed costs,,,EUR,,,,270.00,a quarter of the fixed costs: "))
      << csv;
  EXPECT_TRUE(has("from 2025-03-01 to 2026-02-28 that is 1080.00 EUR")) << csv;
  EXPECT_TRUE(has("Measure: a tenth of the income,,,EUR,,,,1180.00,")) << csv;
  EXPECT_TRUE(has("Buffer: the highest measure stays,,,EUR,,,,-1180.00,")) << csv;
  EXPECT_TRUE(has("Set aside by mandates and rounds,,,EUR,,,,-1100.00,")) << csv;
  EXPECT_TRUE(has("\"Drawn, and in no entry yet\",,,EUR,,,,-400.00,")) << csv;
  EXPECT_TRUE(has("May still be proposed,,,EUR,,,,1440.00,")) << csv;
  const std::string text = get(at(path + "text")).body;
  EXPECT_NE(text.find("11800.00 EUR, times 10% = 1180.00 EUR"), std::string::npos) << text;
  EXPECT_NE(get(at(path + "json")).body.find("that is 11800.00 EUR"), std::string::npos);
  // Costs that rise make the buffer rise: what was granted stays granted, and less is free.
  post_entry("expenses:servers", "", "assets:bank", "", "7000.00", "2026-02-28");
  EXPECT_EQ(figure("media", "buffer"), "2020.00");
  EXPECT_EQ(figure("media", "free"), "600.00");
}

TEST_F(CircleBudget, IsDrawnDownNeverBeyondItAndNotOnceItWasRecalled) {
  fill_media();
  make("spending-mandates", grant(R"("amount":"1000.00","cost_object":"film")"));
  const std::string own = R"("member":"M7",)";
  // Nobody links or unlinks their own sign-in: another treasurer does.
  const std::string lea = token_of_new_user("lea", {access::Role::treasurer});
  EXPECT_EQ(send("PUT", at("members/M7/users/tess")).code(), "approval_of_own");
  EXPECT_EQ(send("PUT", at("members/M7/users/tess"), {.token = lea}).status, 200);
  EXPECT_EQ(send("DELETE", at("members/M7/users/tess")).code(), "approval_of_own");
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(own + R"("amount":"9999.00")")), "approval_of_own");
  EXPECT_EQ(refused("spending-mandates/9/draws", draw(R"("amount":"1.00")")), "spending_mandate_unknown");
  const ApiAnswer beyond = make("spending-mandates/1/draws", draw(R"("amount":"1000.01")"), 409);
  EXPECT_EQ(beyond.code(), "spending_mandate_exceeded");
  EXPECT_NE(beyond.body.find("spending mandate 1 has 1000.00 left, not 1000.01"), std::string::npos)
      << beyond.body;
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("amount":"9999.00","unit":"GBP")")),
            "unit_mismatch");
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("amount":"1.00")", "2025-12-31")),
            "spending_mandate_not_open");
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("amount":"1.00")", "2026-03-11")), "field_invalid");
  // What an entry spends is drawn of it once, of the same fund and cost object.
  const std::string film = of("media") + R"(,"cost_object":"film")";
  const std::string bill = post_entry("expenses:media", film, "assets:bank", "", "400.00", "2026-03-01");
  const std::string other =
      post_entry("expenses:media", of("media"), "assets:bank", "", "50.00", "2026-03-01");
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("amount":"50.00","entry":)" + other)),
            "draw_impossible");
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("amount":"400.01","entry":)" + bill)),
            "draw_impossible");
  EXPECT_EQ(make("spending-mandates/1/draws", draw(R"("amount":"400.00","entry":)" + bill), 200).text("left"),
            "600.00");
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("amount":"0.01","entry":)" + bill)),
            "draw_impossible");
  // 4,120 - 450 = 3,670; less 1,500 that stay, less 600 of the mandate.
  EXPECT_EQ(figure("media", "free"), "1570.00");
  // A draw without an entry stays set aside until one is named.
  make("spending-mandates/1/draws", draw(R"("member":"M8","amount":"100.00","words":"Subtitles")"), 200);
  EXPECT_EQ(figure("media", "draws_not_booked"), "100.00");
  EXPECT_EQ(figure("media", "free"), "1570.00");
  const std::string late = post_entry("expenses:media", film, "assets:bank", "", "100.00", "2026-03-09");
  make("spending-mandates/1/draws/2/entry", R"({"entry":)" + late + "}", 200);
  EXPECT_EQ(figure("media", "draws_not_booked"), "0.00");
  EXPECT_EQ(figure("media", "free"), "1570.00");
  EXPECT_EQ(refused("spending-mandates/1/draws/2/taking-back", R"({"reason":"x"})"), "draw_impossible");
  make("entries/" + late + "/reversal", R"({"booked_on":"2026-03-10"})");
  EXPECT_EQ(make("spending-mandates/1/draws/2/taking-back", R"({"reason":"not made"})", 200).text("left"),
            "600.00");
  EXPECT_EQ(refused("spending-mandates/1/draws/2/entry", R"({"entry":1})"), "draw_unknown");
  make("spending-mandates/1/recalling", R"({"reason":"the film is off"})", 200);
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("amount":"1.00")")), "spending_mandate_recalled");
  EXPECT_EQ(refused("spending-mandates/1/recalling", R"({"reason":"again"})"), "spending_mandate_recalled");
  EXPECT_EQ(figure("media", "free"), "2170.00");
  const ApiAnswer list = get(at("spending-mandates?format=csv&state=recalled"));
  EXPECT_NE(list.body.find("1000.00,400.00,0.00,600.00"), std::string::npos) << list.body;
}

TEST_F(CircleBudget, OfHoursComesToItsAmountExactly) {
  fill_media();
  post_entry("assets:bank", "", "income:dues", of("media"), "10000.00");
  const ApiAnswer granted = make(
      "spending-mandates", grant(R"("hours":{"minutes_a_month":720,"rate_an_hour":"20.00","months":12})"));
  EXPECT_EQ(granted.text("amount"), "2880.00");
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("amount":"1.00")")), "field_invalid");
  for (int month = 0; month < 12; ++month) make("spending-mandates/1/draws", draw(R"("minutes":720)"), 200);
  const ApiAnswer done = get(at("spending-mandates/1"));
  EXPECT_EQ(done.text("drawn"), "2880.00");
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("minutes":60)")), "spending_mandate_exceeded");
  // Three parts of an hour at 10.00 come to an hour.
  make("spending-mandates", grant(R"("hours":{"minutes_a_month":60,"rate_an_hour":"10.00","months":1})"));
  for (int part = 0; part < 3; ++part) make("spending-mandates/2/draws", draw(R"("minutes":20)"), 200);
  const auto parts = get(at("spending-mandates/2")).json();
  EXPECT_EQ(parts.at("steps").at(0).at("amount").as_string(), "3.33");
  EXPECT_EQ(parts.at("steps").at(1).at("amount").as_string(), "3.34");
  EXPECT_EQ(parts.at("steps").at(2).at("amount").as_string(), "3.33");
  EXPECT_EQ(parts.at("left").as_string(), "0.00");
}

TEST_F(CircleBudget, OutOfAnIndivisibleReserveIsDrawnForNoMember) {
  terms("reserve", R"("purpose":"reserve","indivisible":true,"buffers":[)"
                   R"({"measure":"a quarter of the fixed costs","amount":"270.00"},)"
                   R"({"measure":"a tenth of the year","amount":"1180.00"}])");
  EXPECT_EQ(figure("reserve", "buffer"), "1180.00");
  post_entry("assets:bank", "", "income:dues", of("reserve"), "2000.00");
  make("spending-mandates", grant(R"("amount":"815.00")", "2026-12-31", "reserve"));
  EXPECT_EQ(refused("spending-mandates/1/draws", draw(R"("member":"M8","amount":"1.00")")),
            "fund_indivisible");
  make("spending-mandates/1/draws", draw(R"("amount":"1.00")"), 200);
  // Nor is it paid out by the bank.
  make("bank/accounts",
       R"({"account":"assets:bank","unit":"EUR","identifier":"DE89370400440532013000","title":"Current"})");
  const auto order = [](const std::string& purpose) {
    return R"({"bank_account":1,"requested_on":"2026-03-12","title":"x","orders":[{"amount":"5.00",)"
           R"("purpose":")" +
           purpose +
           R"(","account":"expenses:media","name":"Bo","iban":"BE68539007547034","fund":"reserve"}]})";
  };
  EXPECT_EQ(refused("disbursements", order("payout")), "fund_indivisible");
  make("disbursements", order("supplier_bill"));
  EXPECT_EQ(figure("reserve", "orders"), "5.00");
}

TEST_F(CircleBudget, TellsTheReserveThatIsOwedToWorkers) {
  open("liabilities:wages", "liability");
  terms("reserve", R"("purpose":"reserve","indivisible":true)");
  terms("media", R"("purpose":"media")");
  terms("held", R"("purpose":"held","accounts":["assets:bank:held"])");
  post_entry("assets:bank", "", "income:dues", "", "1011.50");
  post_entry("expense:rent", "", "liabilities:wages", "", "870.75");
  post_entry("equity:funds", "", "equity:reserve", of("reserve"), "161.00");
  post_entry("equity:funds", "", "equity:funds", of("media"), "80.50");
  post_entry("assets:bank:held", "", "liabilities:held", of("held"), "300.00");
  const std::string list = get(at("reports/funds?format=csv")).body;
  const auto has = [&](const std::string& text) { return list.find(text) != std::string::npos; };
  EXPECT_TRUE(has("In funds,,EUR,241.50")) << list;
  EXPECT_TRUE(has("Equity and result of the books,,EUR,140.75")) << list;
  EXPECT_TRUE(has("Warning: funds that are in truth owed to others,,EUR,100.75")) << list;
  EXPECT_TRUE(has("Money of others,,EUR,300.00")) << list;
  EXPECT_TRUE(has("Difference,,EUR,0.00")) << list;
  post_entry("assets:bank", "", "assets:bank:held", "", "20.00");
  EXPECT_NE(get(at("reports/funds?format=text")).body.find("Warning: difference"), std::string::npos);
  EXPECT_EQ(get(at("reports/funds?as_of=2026-01-31&format=csv")).body.find("100.75"), std::string::npos);
}

TEST_F(CircleBudget, ShowsTransfersBetweenFundsInTheirStatement) {
  fill_media();
  post_entry("equity:funds", of("media"), "equity:funds", of("venue"), "20.00", "2026-03-02");
  post_entry("expenses:media", of("media"), "assets:bank", "", "70.00", "2026-03-03");
  const std::string statement = get(at("reports/funds/media?from=2026-03-01&to=2026-03-31&format=csv")).body;
  EXPECT_NE(statement.find("Opening,,,EUR,,,,4120.00"), std::string::npos) << statement;
  EXPECT_NE(statement.find("venue,EUR,,,-20.00,4100.00"), std::string::npos) << statement;
  EXPECT_NE(statement.find("Closing,,,EUR,0.00,70.00,-20.00,4030.00"), std::string::npos) << statement;
}

}  // namespace
}  // namespace coop::test

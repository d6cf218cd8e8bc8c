// A month of livelihood, love and care over HTTP (E4): 3,000.00 are divided 75/25 between paid work and work
// that was given, and who cared less than the mean pays those who cared more. Credits, words and hours of
// care are given with the run; nobody has hours that are paid by the hour.
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class CreditsOfAMonth : public StoryTest {
 protected:
  CreditsOfAMonth() : StoryTest{{}, clock_at("2026-12-31T10:00:00Z")} {
    open("expenses:wages", "expense");
    for (const char* path : {"liabilities:wages", "liabilities:deferred-wages"}) open(path, "liability");
    make("circles", R"({"circle":"words","title":"Words","from_on":"2026-01-01"})");
    for (const char* member : {"Ana", "Bo", "Cai", "Zoe"}) {
      make("members",
           R"({"kind":"person","number":")" + std::string{member} + R"(","profile":{"name":"Somebody"}})");
      done("circles/words/joining", R"({"member":")" + std::string{member} + R"(","from_on":"2026-01-01"})");
    }
    zoe_ = linked("zoe", "Zoe");
    pia_ = token_of_new_user("pia", {access::Role::approver});
    quinn_ = token_of_new_user("quinn", {access::Role::approver});
    adopt("livelihood_love_care");
  }
  // Hours of care in January, which Zoe approves: they have no price, and are counted.
  void cared(const std::string& member, int hours) {
    const ApiAnswer made =
        done("hours", R"({"mode":"atomic","hours":[{"member":")" + member +
                          R"(","circle":"words","worked_on":"2026-01-20","minutes":)" +
                          std::to_string(hours * 60) + R"(,"work":"care","intent":"gift"}]})");
    const boost::json::value body = made.json();
    const auto number = body.at("results").at(0).at("hours").at("number").as_int64();
    done("hours-approvals", R"({"mode":"atomic","hours":[)" + std::to_string(number) + "]}", 200, zoe_);
  }
  // What is given of a member: credits, words translated, words edited, hours of care.
  static std::string given(const std::string& member, const std::array<const char*, 4>& values) {
    constexpr std::array<const char*, 4> names{"livelihood_credits", "words_translated", "words_edited",
                                               "care_hours"};
    std::string measures;
    for (std::size_t i = 0; i < names.size(); ++i)
      measures += std::string{i > 0 ? "," : ""} + R"({"name":")" + names.at(i) + R"(","value":")" +
                  values.at(i) + "\"}";
    return R"({"member":")" + member + R"(","measures":[)" + measures + "]}";
  }
  static std::string month(const std::string& members) {
    return R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":"3000.00","unit":"EUR",)"
           R"("rule":"livelihood_love_care","wages":"expenses:wages","payable":"liabilities:wages",)"
           R"("deferred_as":"debt","deferred":"liabilities:deferred-wages","members":[)" +
           members + "]}";
  }
  static std::string three_people() {
    return given("Cai", {"600", "11250", "0", "16"}) + "," + given("Ana", {"1800", "2500", "0", "4"}) + "," +
           given("Bo", {"1200", "0", "12500", "10"});
  }
  // A field of what each was paid out of a pot: "1125.00 750.00 375.00".
  static std::string from_pot(const ApiAnswer& run, const char* pot, const char* field) {
    std::string text;
    const boost::json::value json = run.json();
    for (const auto& one : json.at("division").at("participants").as_array())
      for (const auto& payment : one.at("payments").as_array())
        if (payment.at("pot").as_string() == pot)
          text += (text.empty() ? "" : " ") + std::string{payment.at(field).as_string()};
    return text;
  }
  // What care moved, by member.
  static std::string moved_in(const ApiAnswer& run) {
    std::string text;
    const boost::json::value json = run.json();
    for (const auto& one : json.at("division").at("participants").as_array())
      text += (text.empty() ? "" : " ") + std::string{one.at("moved").as_string()};
    return text;
  }
  std::string balance(const std::string& path) {
    return get(at("accounts/" + path + "/balance?unit=EUR")).text("balance");
  }
  void expect_words(const ApiAnswer& answer, const std::vector<const char*>& sentences) {
    for (const char* sentence : sentences)
      EXPECT_NE(answer.body.find(sentence), std::string::npos) << sentence << "\n" << answer.body;
  }
  std::string zoe_;
  std::string pia_;
  std::string quinn_;
};

TEST_F(CreditsOfAMonth, ArePaidInTwoPoolsAndThenCareIsMoved) {
  for (const auto& [member, hours] : {std::pair{"Ana", 4}, {"Bo", 10}, {"Cai", 16}}) cared(member, hours);
  const std::string sums = get(at("hours-sums?by=member,work&format=csv")).body;
  EXPECT_NE(sums.find("Cai,care,1,960,16:00"), std::string::npos) << sums;
  EXPECT_EQ(refused("pay-runs", month("")), "pay_run_empty")
      << "nobody has hours to be paid, nobody is given";

  const ApiAnswer run = make("pay-runs", month(three_people()));
  EXPECT_EQ(run.text("hours"), "0");
  EXPECT_EQ(text_of_each(run, "pots", "name"), "pot livelihood love");
  EXPECT_EQ(text_of_each(run, "pots", "received"), "3000.00 2250.00 750.00");
  EXPECT_EQ(text_of_each(run, "members", "member"), "Ana Bo Cai") << "in whatever order they are given";
  EXPECT_EQ(from_pot(run, "livelihood", "paid"), "1125.00 750.00 375.00");
  EXPECT_EQ(from_pot(run, "love", "paid"), "93.75 234.38 421.87");
  EXPECT_EQ(moved_in(run), "-90.00 0.00 90.00");
  EXPECT_EQ(text_of_each(run, "members", "paid"), "1128.75 984.38 886.87");
  EXPECT_EQ(run.text("paid"), "3000.00");
  EXPECT_EQ(from_pot(run, "livelihood", "deferred"), "675.00 450.00 225.00");
  EXPECT_EQ(from_pot(run, "love", "deferred"), "106.25 265.62 478.13");
  EXPECT_EQ(text_of_each(run, "members", "deferred"), "781.25 715.62 703.13");
  // Each figure can be worked out by hand from what is said of it.
  expect_words(run, {"claims 1,800.00 (livelihood credits) = 1,800.00",
                     "livelihood: covers 2,250.00 of 3,600.00; 1,800.00 × 2,250.00 / 3,600.00 = 1,125.00",
                     "claims 2,500 (words translated) × 0.08 = 200.00",
                     "love: covers 750.00 of 1,600.00; 200.00 × 750.00 / 1,600.00 = 93.75",
                     "care hours 4, on average 10: (4 − 10) × 15.00 = -90.00",
                     "claims 12,500 (words edited) × 0.04 = 500.00",
                     "love: covers 750.00 of 1,600.00; 500.00 × 750.00 / 1,600.00 = 234.38",
                     "900.00 × 750.00 / 1,600.00 = 421.87 (421.875 exactly; cents left over go to the "
                     "largest remainders)"});

  done("pay-runs/1/approval", "", 200, pia_);
  done("pay-runs/1/approval", "", 200, quinn_);
  done("pay-runs/1/posting", "");
  EXPECT_EQ(balance("expenses:wages"), "5200.00") << "1,800 + 1,200 + 600 and 200 + 500 + 900";
  EXPECT_EQ(balance("liabilities:wages"), "-3000.00");
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-2200.00");
  expect_words(get(at("pay-runs/1/payslips/Cai")),
               {R"("hours":"0")", R"("paid":"886.87","deferred":"703.13")",
                "care hours 16, on average 10: (16 − 10) × 15.00 = 90.00"});
  const std::string claims = get(at("deferred-claims?format=csv&open=true")).body;
  for (const char* claim : {"Ana,debt,334,781.25", "Bo,debt,334,715.62", "Cai,debt,334,703.13"})
    EXPECT_NE(claims.find(claim), std::string::npos) << claims;
}

}  // namespace
}  // namespace coop::test

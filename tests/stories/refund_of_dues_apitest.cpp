// What a member paid ahead is given back, over HTTP as a treasurer does it and as the member sees it: not
// before the money came, and not where a later charge used it.
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class RefundOfDues : public StoryTest {
 protected:
  RefundOfDues() : StoryTest{{}, clock_at("2026-03-31T10:00:00Z")} {
    open("liabilities:deferred:dues", "liability");
    open("assets:receivable:dues", "asset");
    make("members", R"({"kind":"person","number":"M1","profile":{"name":"Maria"}})");
    maria_ = linked("maria", "M1");
  }
  void charged(const std::string& on, const std::string& amount) {
    make("dues/charges",
         R"({"member":"M1","amount":")" + amount + R"(","unit":"EUR","on":")" + on + R"(","why":"Keys"})");
  }
  static std::string payment(const std::string& on, const std::string& amount,
                             const std::string& kind = "money") {
    return R"({"kind":")" + kind + R"(","payer":"M1","amount":")" + amount +
           R"(","unit":"EUR","received_on":")" + on + R"(","account":"assets:bank"})";
  }
  void paid(const std::string& on, const std::string& amount) { make("dues/payments", payment(on, amount)); }
  void refunded(const std::string& on, const std::string& amount) {
    make("dues/payments", payment(on, amount, "refund"));
  }
  // What is said where it is refused.
  std::string too_much(const std::string& on, const std::string& amount) {
    const ApiAnswer answer = make("dues/payments", payment(on, amount, "refund"), 409);
    EXPECT_EQ(answer.code(), "credit_too_small") << answer.body;
    return answer.text("detail");
  }
  ApiAnswer own_view(const std::string& day) {
    return send("GET", at("own-members/M1?as_of=" + day), {.token = maria_});
  }
  // "20.00 0.00": what is open and what was paid ahead, as the member sees it of a day.
  std::string stands_on(const std::string& day) {
    const boost::json::value view = own_view(day).json();
    std::string text;
    for (const auto& one : view.at("balances").as_array())
      text += std::string{one.at("open").as_string()} + " " + std::string{one.at("paid_ahead").as_string()};
    return text;
  }
  // The member's statement, a line each.
  std::string statement_until(const std::string& day) {
    const boost::json::value view = own_view(day).json();
    std::string text;
    for (const auto& line : view.at("statement").at("lines").as_array()) {
      for (const char* field : {"on", "kind", "amount"})
        text += std::string{line.at(field).as_string()} + " ";
      text += std::string{line.at("owed_after").as_string()} + "\n";
    }
    return text;
  }

 private:
  std::string maria_;
};

TEST_F(RefundOfDues, IsOfWhatWasPaidAheadOnItsDayAndOnLaterOnes) {
  charged("2026-01-05", "20.00");
  paid("2026-02-20", "60.00");
  for (const std::string day : {"2026-01-15", "2026-02-19"})
    EXPECT_EQ(too_much(day, "10.00"), "M1 has not paid so much ahead on " + day) << "nothing had come yet";
  EXPECT_EQ(too_much("2026-02-20", "40.01"), "M1 has not paid so much ahead");
  refunded("2026-02-20", "10.00");

  charged("2026-03-01", "20.00");
  paid("2026-03-20", "25.00");
  EXPECT_EQ(too_much("2026-02-25", "15.00"), "M1 has not paid so much ahead on 2026-03-01")
      << "of the 30.00 that were ahead in February, March used 20.00";
  refunded("2026-02-25", "10.00");

  EXPECT_EQ(stands_on("2026-01-31"), "20.00 0.00");
  EXPECT_EQ(stands_on("2026-02-19"), "20.00 0.00");
  EXPECT_EQ(stands_on("2026-02-20"), "0.00 30.00");
  EXPECT_EQ(stands_on("2026-02-25"), "0.00 20.00");
  EXPECT_EQ(stands_on("2026-03-01"), "0.00 0.00");
  EXPECT_EQ(stands_on("2026-03-20"), "0.00 25.00");
  EXPECT_EQ(statement_until("2026-03-31"),
            "2026-01-05 charge 20.00 20.00\n"
            "2026-02-20 payment -60.00 -40.00\n"
            "2026-02-20 refund 10.00 -30.00\n"
            "2026-02-25 refund 10.00 -20.00\n"
            "2026-03-01 charge 20.00 0.00\n"
            "2026-03-20 payment -25.00 -25.00\n");
  const auto bank_on = [&](const std::string& day) {
    return get(at("accounts/assets:bank/balance?unit=EUR&as_of=" + day)).text("balance");
  };
  EXPECT_EQ(bank_on("2026-02-19") + " " + bank_on("2026-02-20") + " " + bank_on("2026-02-25"),
            "0.00 50.00 40.00");
}

// The bank takes the payment back: what was refunded of it is owed, from that day on.
TEST_F(RefundOfDues, IsOwedAgainOnceThePaymentComesBack) {
  paid("2026-02-20", "30.00");
  refunded("2026-02-21", "30.00");
  EXPECT_EQ(make("dues/payments/1/return", R"({"on":"2026-02-25","reason":"no cover"})", 200).text("number"),
            "1");
  EXPECT_EQ(statement_until("2026-03-31"),
            "2026-02-20 payment -30.00 -30.00\n"
            "2026-02-21 refund 30.00 0.00\n"
            "2026-02-25 payment_returned 30.00 30.00\n");
  EXPECT_EQ(too_much("2026-02-24", "1.00"), "M1 has not paid so much ahead");
}

}  // namespace
}  // namespace coop::test

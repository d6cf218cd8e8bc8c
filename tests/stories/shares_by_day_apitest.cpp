// Shares of two members, day by day, over HTTP as a treasurer keeps them: nothing is paid in, given, asked
// back or withdrawn before it is there, and the register says of each day what was held on it.
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

constexpr const char* share_terms =
    R"({"code":"share","from_on":"2025-01-01","title":"Shares","unit":"EUR","nominal":"100.00",)"
    R"("withdrawable":"by_discretion","notice_days":30,"transferable":true,"capital":"equity:shares",)"
    R"("reserve":"equity:reserve","receivable":"assets:shares-due","payable":"liabilities:withdrawals",)"
    R"("decision":"Assembly 2024"})";

class SharesByDay : public StoryTest {
 protected:
  SharesByDay() : StoryTest{{}, clock_at("2026-03-02T10:00:00Z")} {
    for (const char* path : {"equity:shares", "equity:reserve"}) open(path, "equity");
    open("liabilities:withdrawals", "liability");
    open("assets:shares-due", "asset");
    for (const std::string number : {"M1", "M2"})
      make("members", R"({"kind":"person","number":")" + number + R"(","profile":{"name":"Zoë"}})");
    make("share-classes", share_terms);
    record("assets:bank", "income:dues", "1000.00", "2024-12-31");
  }
  static std::string movement(const std::string& on, const std::string& kind, const std::string& member,
                              const std::string& amount) {
    return R"({"on":")" + on + R"(","movement":")" + kind + R"(","share_class":"share","member":")" + member +
           R"(","amount":")" + amount + R"(","unit":"EUR","reason":"Board")" +
           (kind == "pay_in" ? R"(,"account":"assets:bank"})"
            : kind == "give" ? R"(,"to":"M2"})"
                             : "}");
  }
  void moved(const std::string& on, const std::string& kind, const std::string& member,
             const std::string& amount) {
    make("share-movements", movement(on, kind, member, amount));
  }
  // What is said where it is refused.
  std::string impossible(const std::string& on, const std::string& kind, const std::string& member,
                         const std::string& amount) {
    const ApiAnswer answer = make("share-movements", movement(on, kind, member, amount), 409);
    EXPECT_EQ(answer.code(), "share_movement_impossible") << answer.body;
    return answer.text("detail");
  }
  // "M1 500.00 200.00 0.00": who holds how much, how much of it is not paid yet, and how much is asked back.
  std::string held_on(const std::string& day) {
    const boost::json::value shown = get(at("reports/share-register?as_of=" + day)).json();
    std::string text;
    for (const auto& row : shown.at("rows").as_array()) {
      const auto& cells = row.at("cells");
      text += (text.empty() ? "" : ", ") + std::string{cells.at("member").as_string()};
      for (const char* column : {"holding", "unpaid", "asked_back"})
        text += " " + std::string{cells.at(column).at("amount").as_string()};
    }
    return text;
  }
  // "M2 200.00" for each that is paid out of the queue on this day, and what waits on.
  std::string withdrawn_on(const std::string& day) {
    const boost::json::value done =
        make("share-withdrawals",
             R"({"share_class":"share","unit":"EUR","reason":"Board","surplus":"1000.00","on":")" + day +
                 "\"}")
            .json();
    std::string text;
    for (const char* list : {"paid", "queue"})
      for (const auto& one : done.at(list).as_array())
        text += std::string{list} + " " + std::string{one.at("member").as_string()} + " " +
                std::string{one.at("amount").as_string()} + ";";
    return text;
  }
};

// M1 subscribes 500.00 on 1 March, pays 300.00 of it then and the rest in April, and gives M2 200.00.
TEST_F(SharesByDay, ArePaidInGivenAskedBackAndWithdrawnOnDaysOnWhichTheyAreHeld) {
  moved("2025-03-01", "subscribe", "M1", "500.00");
  EXPECT_EQ(impossible("2025-02-28", "pay_in", "M1", "300.00"),
            "M1: on 2025-02-28 more is paid in or cancelled than was subscribed");
  moved("2025-03-01", "pay_in", "M1", "300.00");
  moved("2025-04-01", "pay_in", "M1", "200.00");
  EXPECT_EQ(impossible("2025-02-28", "give", "M1", "200.00"), "M1: on 2025-02-28 more leaves than is held");
  EXPECT_EQ(impossible("2025-03-31", "ask", "M1", "400.00"),
            "M1: on 2025-03-31 only what was paid in, and is not asked back, leaves");
  moved("2025-04-10", "give", "M1", "200.00");

  EXPECT_EQ(impossible("2025-04-09", "ask", "M2", "200.00"),
            "M2: on 2025-04-09 more is asked back than is held");
  moved("2025-04-10", "ask", "M2", "200.00");
  EXPECT_EQ(withdrawn_on("2025-05-09"), "queue M2 200.00;") << "the notice of thirty days ends a day later";
  EXPECT_EQ(withdrawn_on("2025-05-10"), "paid M2 200.00;");
  EXPECT_EQ(impossible("2025-05-10", "ask", "M2", "100.00"),
            "M2 holds 0.00 EUR that was paid in and not asked back");

  EXPECT_EQ(held_on("2025-02-28"), "");
  EXPECT_EQ(held_on("2025-03-01"), "M1 500.00 200.00 0.00");
  EXPECT_EQ(held_on("2025-04-01"), "M1 500.00 0.00 0.00");
  EXPECT_EQ(held_on("2025-04-10"), "M1 300.00 0.00 0.00, M2 200.00 0.00 200.00");
  EXPECT_EQ(held_on("2025-05-09"), held_on("2025-04-10"));
  EXPECT_EQ(held_on("2025-05-10"), "M1 300.00 0.00 0.00, M2 0.00 0.00 0.00");
  EXPECT_EQ(get(at("accounts/equity:shares/balance?unit=EUR&as_of=2025-05-10")).text("balance"), "-300.00");
}

// Of the 300.00 that M1 has, 200.00 are asked back; then M1 stays after all, and gives them to M2.
TEST_F(SharesByDay, AreTheirsAgainFromTheDayOnWhichTheyAskForNothing) {
  moved("2025-03-01", "subscribe", "M1", "300.00");
  moved("2025-03-01", "pay_in", "M1", "300.00");
  moved("2025-06-01", "ask", "M1", "200.00");
  EXPECT_EQ(impossible("2025-06-10", "give", "M1", "200.00"),
            "M1 holds 100.00 EUR that was paid in and not asked back");
  make("share-movements/3/taking-back", R"({"on":"2025-06-15","reason":"stays"})");
  EXPECT_EQ(impossible("2025-06-14", "give", "M1", "200.00"),
            "M1: on 2025-06-14 only what was paid in, and is not asked back, leaves");
  moved("2025-06-15", "give", "M1", "200.00");
  EXPECT_EQ(make("share-movements/2/undoing", R"({"reason":"the payment was another's"})", 409).code(),
            "share_movement_impossible")
      << "M2 has what it paid for";
  EXPECT_EQ(held_on("2025-05-31"), "M1 300.00 0.00 0.00");
  EXPECT_EQ(held_on("2025-06-14"), "M1 300.00 0.00 200.00");
  EXPECT_EQ(held_on("2025-06-15"), "M1 100.00 0.00 0.00, M2 200.00 0.00 0.00");
  EXPECT_EQ(withdrawn_on("2025-07-01"), "") << "nobody waits";
}

}  // namespace
}  // namespace coop::test

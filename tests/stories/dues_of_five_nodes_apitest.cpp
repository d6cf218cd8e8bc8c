// A month's dues in five nodes (E1), from the first member to the last payment, over HTTP as a treasurer does
// it: 94 members in four tiers, one run a node, 91 payments, three members who owe, one who paid ahead.
#include <thread>

#include "ledger/values/money.hpp"
#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

constexpr std::array<const char*, 4> prices{"10.00", "20.00", "45.00", "100.00"};

/// A node's month: members by tier, who does not pay, and what must come out.
struct Month {
  const char* node;
  std::array<int, 4> members;
  std::array<int, 4> unpaid;  ///< by tier
  bool one_pays_ahead;        ///< 60.00 for three months of the 20.00 tier
  const char* billed;
  const char* cash;
  const char* owed;
  const char* paid_ahead;
};

constexpr std::array<Month, 5> months{{
    {"bca", {14, 9, 4, 3}, {0, 0, 0, 0}, false, "800.00", "800.00", "0.00", "0.00"},
    {"mcr", {11, 7, 3, 2}, {2, 0, 0, 0}, false, "585.00", "565.00", "20.00", "0.00"},
    {"got", {6, 5, 2, 1}, {0, 0, 0, 0}, true, "350.00", "390.00", "0.00", "40.00"},
    {"mtl", {8, 6, 2, 2}, {0, 0, 0, 1}, false, "490.00", "390.00", "100.00", "0.00"},
    {"nrt", {5, 3, 1, 0}, {0, 0, 0, 0}, false, "155.00", "155.00", "0.00", "0.00"},
}};

class DuesOfFiveNodes : public ApiTest {
 protected:
  std::string make(const std::string& path, const std::string& body, int status = 201) {
    const ApiAnswer answer = operate("POST", path, body);
    EXPECT_EQ(answer.status, status) << path << " " << body << answer.body;
    return answer.body;
  }

  void found(const Month& month) {
    const std::string name = month.node;
    const std::string at = "/v1/nodes/" + name;
    make("/v1/nodes",
         R"({"name":")" + name + R"(","title":"A node","base_unit":"EUR","country":"ES","time_zone":"UTC"})");
    EXPECT_EQ(operate("PUT", at + "/roles/operator/treasurer").status, 200);
    make(at + "/chart", R"({"template":"multi-stakeholder","units":["EUR"],"opened_on":"2025-12-01"})", 200);
    make(at + "/member-classes", R"({"code":"user","title":"Users"})");
    for (std::size_t tier = 0; tier < prices.size(); ++tier) {
      const std::string code = "t" + std::to_string(tier);
      make(at + "/dues/tiers",
           R"({"code":")" + code + R"(","title":"Tier","interval":"month","unit":"EUR"})");
      make(at + "/dues/tiers/" + code + "/prices",
           R"({"from_on":"2026-01-01","suggested":")" + std::string{prices[tier]} + "\"}");
      for (int i = 0; i < month.members[tier]; ++i) join(at, number_of(tier, i), code);
    }
  }

  static std::string number_of(std::size_t tier, int i) {
    return "M" + std::to_string(tier) + (i < 10 ? "0" : "") + std::to_string(i);
  }

  void join(const std::string& at, const std::string& number, const std::string& tier) {
    make(at + "/members", R"({"kind":"person","number":")" + number + "\"}");
    const std::string membership =
        make(at + "/members/" + number + "/memberships",
             R"({"class":"user","from_on":"2026-01-01","admitted_on":"2026-01-01"})");
    const auto id = boost::json::parse(membership).at("id").as_int64();
    make(at + "/members/" + number + "/memberships/" + std::to_string(id) + "/subscriptions",
         R"({"from_on":"2026-01-01","tier":")" + tier + "\"}");
  }

  void raise(const std::string& at) {
    const std::string job = std::to_string(
        boost::json::parse(make(at + "/dues/runs", R"({"period":"2026-01"})", 202)).at("number").as_int64());
    for (int i = 0; i < 1'200; ++i) {
      const std::string state = operate("GET", at + "/jobs/" + job).text("state");
      ASSERT_NE(state, "failed") << operate("GET", at + "/jobs/" + job).body;
      if (state == "done") return;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    FAIL() << "the run does not end";
  }

  void collect(const Month& month) {
    const std::string at = "/v1/nodes/" + std::string{month.node};
    for (std::size_t tier = 0; tier < prices.size(); ++tier) {
      for (int i = month.unpaid[tier]; i < month.members[tier]; ++i) {
        const bool pays_ahead = month.one_pays_ahead && tier == 1 && i == 0;
        make(at + "/dues/payments", R"({"payer":")" + number_of(tier, i) + R"(","amount":")" +
                                        (pays_ahead ? "60.00" : prices[tier]) +
                                        R"(","unit":"EUR","received_on":"2026-01-15",)"
                                        R"("account":"assets:bank:main"})");
      }
    }
  }

  std::string balance(const Month& month, const std::string& account) {
    return operate("GET", "/v1/nodes/" + std::string{month.node} + "/accounts/" + account +
                              "/balance?unit=EUR&as_of=2026-01-31")
        .text("balance");
  }
};

std::string opposite(const std::string& amount) { return text_from_minor(-minor_from_text(amount, 2), 2); }

TEST_F(DuesOfFiveNodes, ComeOutToTheCent) {
  std::int64_t billed = 0;
  std::int64_t cash = 0;
  std::int64_t members = 0;
  for (const Month& month : months) {
    SCOPED_TRACE(month.node);
    const std::string at = "/v1/nodes/" + std::string{month.node};
    found(month);
    const ApiAnswer before = operate("POST", at + "/dues/runs?dry_run=true", R"({"period":"2026-01"})");
    EXPECT_EQ(before.json().at("owed").at(0).at("amount").as_string(), month.billed) << before.body;
    raise(at);
    collect(month);
    EXPECT_EQ(balance(month, "income:dues"), opposite(month.billed));
    EXPECT_EQ(balance(month, "assets:bank:main"), month.cash);
    EXPECT_EQ(balance(month, "assets:receivable:dues"), month.owed);
    EXPECT_EQ(balance(month, "liabilities:deferred:dues"), opposite(month.paid_ahead));
    billed -= minor_from_text(balance(month, "income:dues"), 2);
    cash += minor_from_text(balance(month, "assets:bank:main"), 2);
    members += operate("GET", at + "/dues/runs/1").json().at("charged").as_int64();
  }
  EXPECT_EQ(members, 94);
  EXPECT_EQ(text_from_minor(billed, 2), "2380.00");
  EXPECT_EQ(text_from_minor(cash, 2), "2300.00");
}

TEST_F(DuesOfFiveNodes, TellEachMemberHowTheyStand) {
  const Month& got = months[2];
  found(got);
  raise("/v1/nodes/got");
  collect(got);
  const ApiAnswer ahead = operate("GET", "/v1/nodes/got/members/M100/dues?as_of=2026-01-31");
  ASSERT_EQ(ahead.status, 200) << ahead.body;
  EXPECT_EQ(ahead.json().at("balances").at(0).at("paid_ahead").as_string(), "40.00");
  EXPECT_EQ(ahead.json().at("coverage").at(0).at("covered_until").as_string(), "2026-01-31");
  const ApiAnswer list = operate("GET", "/v1/nodes/got/dues/balances?as_of=2026-01-31");
  EXPECT_EQ(list.json().at("items").as_array().size(), 1u) << "nobody owes, one has paid ahead";
  EXPECT_EQ(operate("POST", "/v1/nodes/got/dues/runs?dry_run=true", R"({"period":"2026-01"})")
                .json()
                .at("charged")
                .as_int64(),
            0)
      << "a second run charges nobody";
}

}  // namespace
}  // namespace coop::test

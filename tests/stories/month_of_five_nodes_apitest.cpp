// A month with five nodes (E1) over HTTP, in one set of books that the five keep together: 94 members are
// billed and pay, each node gives 70 % of its cash to the common fund, hours are registered and approved by
// somebody else, a pay run divides the fund by the waterfall and books its pots, and the month closes to the
// cent. Every figure is read from entries that the API made.
// Not here, since it needs books of different servers that settle with each other: the claims between nodes,
// their netting (2,898.00 in 23 flows become 520.08), and what each node then sends in its own currency (E2).
// Here the fund pays the workers and what the nodes laid out; what each node is net is the same.
#include "ledger/values/money.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

constexpr std::array<const char*, 4> tiers_of_month{"10.00", "20.00", "45.00", "100.00"};

/// A node's month: members by tier, who does not pay, what it laid out for servers, and what must come out.
struct NodeMonth {
  const char* node;
  std::array<int, 4> members;
  std::array<int, 4> unpaid;
  const char* laid_out;
  const char* billed;
  const char* cash;
  const char* given;  ///< 70 % of the cash
  const char* wages;  ///< paid to those who worked for it
  const char* net;    ///< to the fund; below zero: from it
  const char* kept;   ///< in its bank at the end
};

constexpr std::array<NodeMonth, 5> nodes_of_month{{
    {"bcn", {14, 9, 4, 3}, {}, "186.40", "800.00", "800.00", "560.00", "270.08", "103.52", "240.00"},
    {"mcr", {11, 7, 3, 2}, {2}, "57.35", "585.00", "565.00", "395.50", "267.08", "71.07", "169.50"},
    {"got", {6, 5, 2, 1}, {}, "0.00", "350.00", "390.00", "273.00", "81.03", "191.97", "117.00"},
    {"mtl", {8, 6, 2, 2}, {0, 0, 0, 1}, "240.00", "490.00", "390.00", "273.00", "132.04", "-99.04", "117.00"},
    {"nrt", {5, 3, 1, 0}, {}, "0.00", "155.00", "155.00", "108.50", "54.02", "54.48", "46.50"},
}};

class MonthOfFiveNodes : public StoryTest {
 protected:
  MonthOfFiveNodes() : StoryTest{{}, clock_at("2026-01-31T18:00:00Z")} {
    for (const char* path : {"assets:receivable:dues", "assets:advances", "assets:bank:common-fund"})
      open(path, "asset");
    for (const char* path :
         {"liabilities:deferred:dues", "liabilities:host", "liabilities:wages", "liabilities:deferred:wages"})
      open(path, "liability");
    for (const char* path :
         {"expenses:solidarity", "expenses:servers", "expenses:host-fee", "expenses:wages"})
      open(path, "expense");
    for (const char* path : {"equity:surplus", "equity:funds"}) open(path, "equity");
    for (const NodeMonth& month : nodes_of_month) {
      open(bank_of(month), "asset");
      dimension("cost_object", month.node);
    }
    for (const char* fund : {"reserve", "media", "venue", "community", "civil_society"})
      dimension("fund", fund);
    adopt_rule("common_part", R"({"steps":[{"step":"percentage","percent":"70%","of":"total",)"
                              R"("to":[{"name":"common_fund"}]}]})");
    for (const char* rule : {"waterfall", "server_bill"}) adopt(rule);
    for (std::string* token : {&pia_, &quinn_})
      *token = token_of_new_user(token == &pia_ ? "pia" : "quinn", {access::Role::approver});
  }
  static std::string bank_of(const NodeMonth& month) { return std::string{"assets:bank:"} + month.node; }
  void dimension(const std::string& kind, const std::string& code) {
    done("dimensions/" + kind, R"({"items":[{"code":")" + code + R"(","name":")" + code + "\"}]}");
  }
  // An entry about a node.
  void moved(const std::string& debit, const std::string& credit, const std::string& amount,
             const std::string& node, const std::string& member = {}) {
    const std::string about = R"(","unit":"EUR","cost_object":")" + node + "\"";
    make("entries", R"({"booked_on":"2026-01-31","description":"January","postings":[{"account":")" + debit +
                        R"(","amount":")" + amount + about +
                        (member.empty() ? "" : R"(,"member":")" + member + "\"") + R"(},{"account":")" +
                        credit + R"(","amount":"-)" + amount + about + "}]}");
  }
  std::string balance(const std::string& path) {
    return get(at("accounts/" + path + "/balance?unit=EUR")).text("balance");
  }
  static std::string sum_of(const std::vector<std::string>& amounts) {
    std::int64_t sum = 0;
    for (const std::string& amount : amounts) sum += minor_from_text(amount, 2);
    return text_from_minor(sum, 2);
  }
  // The rows of what is told of each of a kind on an account: code, title, unit, opening, in, out, closing.
  std::vector<std::vector<std::string>> told(const std::string& kind, const std::string& account) {
    const std::string csv =
        get(at("reports/dimension-statement?kind=" + kind + "&side=balance&from=2026-01-01&to=2026-01-31" +
               "&format=csv&prefix=" + account))
            .body;
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines{csv};
    for (std::string line; std::getline(lines, line);) {
      std::istringstream cells{line.substr(0, line.find('\r'))};
      rows.emplace_back();
      for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
    }
    return rows;
  }

  void bill_and_collect();
  void give_to_the_fund();
  void work();
  ApiAnswer divided();
  void pay(const ApiAnswer& run);
  void expect_closing();

  std::string pia_;
  std::string quinn_;
};

std::string number_in_month(const NodeMonth& month, std::size_t tier, int i) {
  return month.node + std::to_string(tier) + (i < 10 ? "0" : "") + std::to_string(i);
}

// Dues of January: all are billed at once, each node's members pay into its own bank.
void MonthOfFiveNodes::bill_and_collect() {
  make("member-classes", R"({"code":"user","title":"Users"})");
  for (std::size_t tier = 0; tier < tiers_of_month.size(); ++tier) {
    const std::string code = "t" + std::to_string(tier);
    make("dues/tiers", R"({"code":")" + code + R"(","title":"Tier","interval":"month","unit":"EUR"})");
    make("dues/tiers/" + code + "/prices",
         R"({"from_on":"2026-01-01","suggested":")" + std::string{tiers_of_month.at(tier)} + "\"}");
    for (const NodeMonth& month : nodes_of_month)
      for (int i = 0; i < month.members.at(tier); ++i) {
        const std::string number = number_in_month(month, tier, i);
        make("members", R"({"kind":"person","number":")" + number + "\"}");
        const std::string membership =
            make("members/" + number + "/memberships",
                 R"({"class":"user","from_on":"2026-01-01","admitted_on":"2026-01-01"})")
                .text("id");
        make("members/" + number + "/memberships/" + membership + "/subscriptions",
             R"({"from_on":"2026-01-01","tier":")" + code + "\"}");
      }
  }
  EXPECT_EQ(ended(make("dues/runs", R"({"period":"2026-01"})", 202)).text("state"), "done");
  for (const NodeMonth& month : nodes_of_month)
    for (std::size_t tier = 0; tier < tiers_of_month.size(); ++tier)
      for (int i = month.unpaid.at(tier); i < month.members.at(tier); ++i) {
        const bool is_ahead = month.node == std::string_view{"got"} && tier == 1 && i == 0;
        make("dues/payments", R"({"payer":")" + number_in_month(month, tier, i) + R"(","amount":")" +
                                  (is_ahead ? "60.00" : tiers_of_month.at(tier)) +
                                  R"(","unit":"EUR","received_on":"2026-01-15","account":")" +
                                  bank_of(month) + "\"}");
      }
  std::map<std::string, std::vector<std::string>> billed;
  for (const auto& row : told("member", "assets:receivable:dues"))
    if (row.size() > 6 && row.at(2).size() > 3) billed[row.at(2).substr(0, 3)].push_back(row.at(6));
  for (const NodeMonth& month : nodes_of_month) {
    EXPECT_EQ(sum_of(billed[month.node]), month.billed) << month.node;
    EXPECT_EQ(balance(bank_of(month)), month.cash) << month.node;
  }
  EXPECT_EQ(balance("income:dues"), "-2380.00");
}

// 70 % of its cash from each node, and what three of them laid out for servers.
void MonthOfFiveNodes::give_to_the_fund() {
  for (const NodeMonth& month : nodes_of_month) {
    const ApiAnswer part = done("sharing-rules/common_part/try",
                                R"({"amount":")" + balance(bank_of(month)) +
                                    R"(","unit":"EUR","participants":[{"id":")" + month.node + "\"}]}");
    const boost::json::value json = part.json();
    const std::string given{json.at("pots").at(1).at("received").as_string()};
    EXPECT_EQ(given, month.given) << part.body;
    moved("assets:bank:common-fund", bank_of(month), given, month.node);
    if (month.laid_out != std::string_view{"0.00"})
      moved("assets:advances", bank_of(month), month.laid_out, month.node);
  }
  EXPECT_EQ(balance("assets:bank:common-fund"), "1610.00");
  EXPECT_EQ(balance("assets:advances"), "483.75");
}

// 71 hours: 4 of hypha's 15 complete its contribution of 40, 67 are to be paid.
void MonthOfFiveNodes::work() {
  make("circles", R"({"circle":"tech","title":"Technology","from_on":"2025-01-01"})");
  constexpr std::array<const char*, 6> workers{"femprocomuns", "webarch",         "hypha",
                                               "platform6",    "collectivetools", "yasu"};
  for (const char* worker : workers) {
    make("members",
         R"({"kind":"organisation","number":")" + std::string{worker} + R"(","profile":{"name":"A firm"}})");
    done("circles/tech/joining", R"({"member":")" + std::string{worker} + R"(","from_on":"2025-01-01"})");
  }
  make("obligations", R"({"title":"Contribution","from_on":"2025-02-01","until_on":"2026-01-31",)"
                      R"("minutes":2400,"unit":"EUR","rate_an_hour":"25.00","payable_in":["hours"],)"
                      R"("decision":"Assembly","members":["hypha"]})");
  make("tariffs", R"({"work":"livelihood","from_on":"2025-01-01","amount":"25.00","unit":"EUR",)"
                  R"("decision":"Assembly"})");
  const std::string hypha = linked("hypha", "hypha");
  const std::string webarch = linked("webarch", "webarch");
  const auto worked = [&](const std::string& member, const std::string& node, const std::string& day,
                          int minutes, const std::string& intent) {
    const ApiAnswer made = done("hours", R"({"mode":"atomic","hours":[{"member":")" + member +
                                             R"(","circle":"tech","work":"livelihood","cost_object":")" +
                                             node + R"(","worked_on":")" + day + R"(","minutes":)" +
                                             std::to_string(minutes) + R"(,"intent":")" + intent + "\"}]}");
    const boost::json::value body = made.json();
    const auto number = body.at("results").at(0).at("hours").at("number").as_int64();
    done("hours-approvals", R"({"mode":"atomic","hours":[)" + std::to_string(number) + "]}", 200,
         member == "webarch" ? hypha : webarch);
  };
  for (const char* day : {"2025-03-10", "2025-06-10", "2025-09-10"})
    worked("hypha", "mtl", day, 720, "obligation");
  const ApiAnswer split =
      send("GET", at("own-members/hypha/obligation-split?circle=tech&worked_on=2026-01-09&minutes=900"),
           {.token = hypha});
  EXPECT_EQ(split.text("toward_minutes") + " " + split.text("rest_minutes"), "240 660") << split.body;
  EXPECT_EQ(split.text("toward_amount") + " " + split.text("rest_amount"), "100.00 275.00");
  worked("hypha", "mtl", "2026-01-09", 240, "obligation");
  worked("hypha", "mtl", "2026-01-09", 660, "paid");
  for (const char* day : {"2026-01-05", "2026-01-06", "2026-01-07"})
    worked("femprocomuns", "bcn", day, 450, "paid");
  worked("webarch", "mcr", "2026-01-08", 855, "paid");
  worked("platform6", "mcr", "2026-01-12", 480, "paid");
  worked("collectivetools", "got", "2026-01-13", 405, "paid");
  worked("yasu", "nrt", "2026-01-14", 270, "paid");
}

// Of 1,610.00 servers, host, reserve and commons first, wages of the rest; each pot is booked.
ApiAnswer MonthOfFiveNodes::divided() {
  std::string pots = R"({"name":"servers","from":"expenses:servers","to":"assets:advances"},)"
                     R"({"name":"host_fee","from":"expenses:host-fee","to":"liabilities:host"})";
  for (const std::string fund : {"reserve", "media", "venue", "community", "civil_society"})
    pots +=
        R"(,{"name":")" + fund + R"(","from":"equity:surplus","to":"equity:funds","fund":")" + fund + "\"}";
  const ApiAnswer run = make("pay-runs", R"({"from_on":"2026-01-01","to_on":"2026-01-31","amount":")" +
                                             balance("assets:bank:common-fund") +
                                             R"(","unit":"EUR","rule":"waterfall","wages":"expenses:wages",)"
                                             R"("payable":"liabilities:wages","deferred_as":"debt",)"
                                             R"("deferred":"liabilities:deferred:wages",)"
                                             R"("figures":[{"name":"server_costs","value":")" +
                                             balance("assets:advances") + R"("}],"pots":[)" + pots + "]}");
  EXPECT_EQ(run.text("hours"), "67");
  EXPECT_EQ(text_of_each(run, "pots", "name"),
            "pot servers host_fee reserve commons media venue community civil_society");
  EXPECT_EQ(text_of_each(run, "pots", "amount"), "0.00 483.75 80.50 161.00 0.00 20.13 20.13 20.12 20.12");
  EXPECT_EQ(run.text("paid"), "804.25");
  EXPECT_EQ(text_of_each(run, "members", "member"),
            "collectivetools femprocomuns hypha platform6 webarch yasu");
  EXPECT_EQ(text_of_each(run, "members", "claim"), "168.75 562.50 275.00 200.00 356.25 112.50");
  EXPECT_EQ(text_of_each(run, "members", "paid"), "81.03 270.08 132.04 96.03 171.05 54.02");
  EXPECT_EQ(text_of_each(run, "members", "deferred"), "87.72 292.42 142.96 103.97 185.20 58.48");
  for (const char* sentence : {"the pot covers 804.25 of 1,675.00; 562.50 × 804.25 / 1,675.00 = 270.08",
                               "10% of 1,610.00 = 161.00", "5% of 1,610.00 = 80.50"})
    EXPECT_NE(run.body.find(sentence), std::string::npos) << sentence << "\n" << run.body;
  const std::string path = "pay-runs/" + run.text("number");
  done(path + "/approval", "", 200, pia_);
  done(path + "/approval", "", 200, quinn_);
  return done(path + "/posting", "");
}

// The fund pays the host, gives back what nodes laid out, and pays each who worked, for their node.
void MonthOfFiveNodes::pay(const ApiAnswer& run) {
  std::map<std::string, std::vector<std::string>> wages;
  const boost::json::value json = run.json();
  for (const auto& one : json.at("members").as_array()) {
    const auto& part = one.at("cost_objects").at(0);
    const std::string node{part.at("cost_object").as_string()};
    wages[node].emplace_back(part.at("paid").as_string());
    moved("liabilities:wages", "assets:bank:common-fund", wages[node].back(), node,
          std::string{one.at("member").as_string()});
  }
  for (const NodeMonth& month : nodes_of_month) {
    EXPECT_EQ(sum_of(wages[month.node]), month.wages) << month.node;
    if (month.laid_out != std::string_view{"0.00"})
      moved(bank_of(month), "assets:bank:common-fund", month.laid_out, month.node);
  }
  std::map<std::string, std::string> net;
  for (const auto& row : told("cost_object", "assets:bank:common-fund"))
    if (row.size() > 8) net[row.at(2)] = row.at(8);
  for (const NodeMonth& month : nodes_of_month) EXPECT_EQ(net[month.node], month.net) << month.node;
  EXPECT_EQ(balance("assets:bank:common-fund"), "322.00");
  record("liabilities:host", "assets:bank:common-fund", "80.50", "2026-01-31");
}

void MonthOfFiveNodes::expect_closing() {
  std::vector<std::string> kept;
  for (const NodeMonth& month : nodes_of_month) {
    EXPECT_EQ(balance(bank_of(month)), month.kept) << month.node;
    kept.push_back(balance(bank_of(month)));
  }
  EXPECT_EQ(sum_of(kept), "690.00");
  EXPECT_EQ(balance("assets:bank:common-fund"), "241.50");
  EXPECT_EQ(balance("assets:receivable:dues"), "120.00");
  EXPECT_EQ(balance("liabilities:deferred:dues"), "-40.00");
  EXPECT_EQ(balance("liabilities:deferred:wages"), "-870.75");
  for (const char* path : {"assets:advances", "liabilities:host", "liabilities:wages"})
    EXPECT_EQ(balance(path), "0.00") << path;
  EXPECT_EQ(sum_of({balance("equity:surplus"), balance("equity:funds")}), "0.00") << "set aside";
  const std::string sheet = get(at("reports/balance-sheet?as_of=2026-01-31&format=csv")).body;
  for (const char* total : {",1051.50", ",910.75", ",140.75"})
    EXPECT_NE(sheet.find(total), std::string::npos) << total << "\n" << sheet;
  const std::string funds = get(at("reports/funds?format=csv")).body;
  for (const char* row : {"In funds,,EUR,241.50", "Equity and result of the books,,EUR,140.75",
                          "Warning: funds that are in truth owed to others,,EUR,100.75"})
    EXPECT_NE(funds.find(row), std::string::npos) << row << "\n" << funds;
}

TEST_F(MonthOfFiveNodes, ComesOutToTheCent) {
  bill_and_collect();
  give_to_the_fund();
  const std::string minutes = R"({"amount":")" + balance("assets:advances") +
                              R"(","unit":"EUR","participants":[)"
                              R"({"id":"bcn","measures":[{"name":"minutes","value":"412300"}]},)"
                              R"({"id":"mcr","measures":[{"name":"minutes","value":"388150"}]},)"
                              R"({"id":"got","measures":[{"name":"minutes","value":"96020"}]},)"
                              R"({"id":"mtl","measures":[{"name":"minutes","value":"251480"}]},)"
                              R"({"id":"nrt","measures":[{"name":"minutes","value":"52050"}]}]})";
  EXPECT_EQ(text_of_each(done("sharing-rules/server_bill/try", minutes), "participants", "amount"),
            "138.43 61.92 132.58 99.53 51.29")
      << "who used how much of 483.75: bcn, got, mcr, mtl, nrt";
  work();
  pay(divided());
  expect_closing();
}

}  // namespace
}  // namespace coop::test

// Three co-operatives on three servers share a meeting server, over HTTP. The books are those of bcn; mtl and
// nrt are nodes of other servers, known by their federation names. bcn paid 186.40, mtl 240.00: 426.40, 40 %
// equally and 60 % by minutes. What mtl is told is enough to work its share out again: the test does so from
// the file alone. Then nrt pays what it owes, and its account is even.
#include <algorithm>
#include <functional>
#include <map>
#include <sstream>

#include "ledger/values/money.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

constexpr const char* mtl = "meet.example/mtl";
constexpr const char* nrt = "video.example/nrt";

class CostsOfNeighbours : public StoryTest {
 protected:
  CostsOfNeighbours() : StoryTest{{}, clock_at("2026-02-05T10:00:00Z")} {
    open("expenses:servers", "expense");
    open("assets:claims", "asset");
    adopt("server_bill");
    adopt("fee_then_minutes");
    approver_ = token_of_new_user("carla", {access::Role::treasurer});
  }
  static std::string party(const std::string& kind, const std::string& code) {
    return R"({"kind":")" + kind + R"(","code":")" + code + "\"}";
  }
  static std::string pool(const std::string& rule, const std::string& participants,
                          const std::string& from_on = "2026-01-01") {
    return R"({"code":"server","unit":"EUR","expense":"expenses:servers","claims":"assets:claims",)"
           R"("from_on":")" +
           from_on + R"(","title":"The meeting server","rule":")" + rule +
           R"(","decision":"Assembly","participants":[)" + participants + "]}";
  }
  static std::string three() {
    return party("node", "bcn") + "," + party("neighbour", mtl) + "," + party("neighbour", nrt);
  }
  static std::string bill(const std::string& payer, const std::string& amount, const std::string& more = {}) {
    return R"({"pool":"server","billed_on":"2026-01-20","amount":")" + amount + R"(","unit":"EUR","payer":)" +
           payer + R"(,"title":"Server")" + more + "}";
  }
  void fill_the_month() {
    make("cost-pools", pool("server_bill", three()));
    const auto entry = std::to_string(record("expenses:servers", "assets:bank", "186.40", "2026-01-20"));
    make("cost-bills", bill(party("node", "bcn"), "186.40", R"(,"entry":)" + entry));
    make("cost-bills",
         bill(party("neighbour", mtl), "240.00", R"(,"document":"https://meet.example/bills/7")"));
    const std::string table = std::string{"participant,measure,from_on,until_on,value\n"} +
                              "bcn,minutes,2026-01-01,2026-01-31,412300\n" + mtl +
                              ",minutes,2026-01-01,2026-01-31,251480\n" + nrt +
                              ",minutes,2026-01-01,2026-01-31,52050\n";
    const ApiAnswer imported = send("POST", at("cost-pools/server/usage-imports"),
                                    {.body = table, .headers = {{"Content-Type", "text/csv"}}});
    EXPECT_EQ(imported.text("recorded"), "3") << imported.body;
  }
  ApiAnswer approve(const std::string& number) {
    return send("POST", at("cost-allocations/" + number + "/approval"), {.token = approver_});
  }
  static std::string figures(const ApiAnswer& answer, const char* name) {
    return text_of_each(answer, "shares", name);
  }
  std::string claims_about(const std::string& who) {
    return get(at("accounts/assets:claims/statement?cost_object=" + who)).text("closing");
  }
  std::string evidence(const std::string& who, const std::string& format) {
    const ApiAnswer answer = get(at("cost-allocations/1/evidence?participant=" + who + "&format=" + format));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
  }

  std::string approver_;
};

const std::string january = R"({"pool":"server","from_on":"2026-01-01","to_on":"2026-01-31"})";

// The cells of a line of CSV that has no quotes.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells{""};
  for (const char letter : line) {
    if (letter == ',') cells.emplace_back();
    else if (letter != '\r') cells.back() += letter;
  }
  return cells;
}

// What the other side does: from the file alone, 40 % equally and 60 % by minutes, the cents that are left to
// the largest remainders. In hundredths of cents, so that whole numbers suffice.
std::map<std::string, std::string> worked_out_by_hand(const std::string& csv) {
  std::int64_t bills = 0;
  std::map<std::string, std::int64_t> minutes;
  std::map<std::string, std::string> told;
  std::istringstream lines{csv};
  for (std::string line; std::getline(lines, line);) {
    const auto cells = cells_of(line);  // row, level, part, who, what, day, value, amount …
    if (cells.size() < 8 || cells[0] != "line") continue;
    if (cells[2] == "bills") bills += minor_from_text(cells[7], 2);
    if (cells[2] == "measures") minutes[cells[3]] = std::stoll(cells[6]);
    if (cells[2] == "shares") told[cells[3]] = cells[7];
  }
  const std::int64_t equal_part = bills * 40 / 100;
  const std::int64_t usage_part = bills - equal_part;
  std::int64_t all = 0;
  for (const auto& [who, used] : minutes) all += used;
  const auto split = [&](std::int64_t sum, const std::function<std::int64_t(const std::string&)>& weight,
                         std::int64_t weights) {
    std::map<std::string, std::int64_t> parts;
    std::vector<std::pair<std::int64_t, std::string>> remainders;
    std::int64_t left = sum;
    for (const auto& [who, used] : minutes) {
      parts[who] = sum * weight(who) / weights;
      left -= parts[who];
      remainders.emplace_back(-(sum * weight(who) % weights), who);
    }
    std::ranges::sort(remainders);
    for (std::int64_t i = 0; i < left; ++i) ++parts[remainders[static_cast<std::size_t>(i)].second];
    return parts;
  };
  const auto equally =
      split(equal_part, [](const std::string&) { return 1; }, static_cast<std::int64_t>(minutes.size()));
  const auto by_minutes = split(usage_part, [&](const std::string& who) { return minutes[who]; }, all);
  for (const auto& [who, share] : told)
    EXPECT_EQ(share, text_from_minor(equally.at(who) + by_minutes.at(who), 2)) << who << "\n" << csv;
  return told;
}

TEST_F(CostsOfNeighbours, BecomeClaimsThatTheyCanWorkOutAgain) {
  fill_the_month();
  const ApiAnswer proposed = make("cost-allocations", january);
  EXPECT_EQ(proposed.text("amount"), "426.40");
  EXPECT_EQ(figures(proposed, "share"), "204.22 146.73 75.45") << "56.85 or 56.86 each, and by minutes";
  EXPECT_EQ(figures(proposed, "net"), "17.82 -93.27 75.45");
  EXPECT_EQ(approve("1").text("state"), "posted");
  // Claims about the names of the nodes, on the pool's account.
  EXPECT_EQ(claims_about(mtl), "-93.27");
  EXPECT_EQ(claims_about(nrt), "75.45");
  const std::string claims = get(at("reports/cost-claims?format=csv")).body;
  EXPECT_NE(claims.find(std::string{"neighbour,"} + mtl + ",server,-93.27"), std::string::npos) << claims;

  // The file for mtl: CSV to work it out, text to read, JSON for its program.
  const auto told = worked_out_by_hand(evidence(mtl, "csv"));
  EXPECT_EQ(told.size(), 3u);
  EXPECT_EQ(told.at(mtl), "146.73");
  const std::string text = evidence(mtl, "text");
  for (const char* words :
       {"For: meet.example/mtl", "Adopted by: Assembly of 10 December", "https://meet.example/bills/7",
        "How the share of meet.example/mtl is worked out", "251,480", "= 89.88"})
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  const auto json = boost::json::parse(evidence(mtl, "json"));
  EXPECT_EQ(json.at("report").as_string(), "cost_evidence");
  const auto& proof = json.at("rows").as_array().back();
  EXPECT_EQ(proof.at("kind").as_string(), "proof");
  EXPECT_EQ(proof.at("cells").at("amount").at("amount").as_string(), "0.00") << boost::json::serialize(proof);
  EXPECT_EQ(get(at("cost-allocations/1/evidence?participant=nobody")).code(), "field_invalid");
  EXPECT_EQ(get(at("cost-allocations/9/evidence?participant=nobody")).code(), "cost_allocation_unknown");

  // nrt pays: its account is even, and says how.
  make("entries", R"({"booked_on":"2026-02-10","description":"nrt pays","postings":[)"
                  R"({"account":"assets:bank","amount":"75.45","unit":"EUR"},)"
                  R"({"account":"assets:claims","amount":"-75.45","unit":"EUR","cost_object":")" +
                      std::string{nrt} + R"("}]})");
  const std::string account =
      get(at(std::string{"reports/cost-account?participant="} + nrt + "&from=2026-02-01&format=csv")).body;
  for (const char* line : {"subtotal,0,,2026-02-01,Open before,,,75.45,EUR",
                           ",2026-02-10,nrt pays,,-75.45,0.00,EUR", "total,0,,,Open at last,,,0.00,EUR"})
    EXPECT_NE(account.find(line), std::string::npos) << line << "\n" << account;
  EXPECT_EQ(get(at("reports/cost-account?participant=nobody")).code(), "field_invalid");
  const std::string of_nrt = std::string{"reports/cost-account?format=csv&participant="} + nrt;
  EXPECT_EQ(get(at(of_nrt + "&to=2026-01-31")).body, get(at(of_nrt + "&as_of=2026-01-31")).body);
  EXPECT_EQ(get(at(of_nrt + "&to=2026-01-31&as_of=2026-01-31")).code(), "field_invalid")
      << "they mean the same";
  const ApiAnswer paid = get(at("entries?sort=-recorded&limit=1"));
  const boost::json::value last = paid.json().at("items").as_array().at(0);
  EXPECT_EQ(get(at(of_nrt + "&known_at=" + std::string{last.at("recorded_at").as_string()})).body,
            get(at(of_nrt)).body);
  EXPECT_EQ(get(at(of_nrt + "&known_at=2020-01-01T00:00:00Z")).code(), "field_invalid");
  EXPECT_EQ(get(at("reports/cost-pool?pool=server&known_at=2020-01-01T00:00:00Z")).code(),
            "cost_pool_unknown");
}

TEST_F(CostsOfNeighbours, AreOfThoseWhomATermNames) {
  EXPECT_EQ(refused("cost-pools", pool("server_bill", party("neighbour", "mtl"))), "name_malformed");
  EXPECT_EQ(refused("cost-pools", pool("server_bill", three() + "," + party("neighbour", mtl))),
            "field_invalid");
  fill_the_month();
  EXPECT_EQ(refused("cost-bills", bill(party("neighbour", "mtl"), "1.00")), "name_malformed");
  EXPECT_EQ(refused("cost-bills", bill(party("neighbour", "meet.example/tyo"), "1.00")), "node_unknown");
  EXPECT_EQ(refused("cost-bills", bill(party("neighbour", mtl), "1.00", R"(,"entry":1)")), "field_invalid");
}

TEST_F(CostsOfNeighbours, AreDividedByAFigureThatComesWithThePeriod) {
  fill_the_month();
  make("cost-pools", pool("fee_then_minutes", three(), "2026-01-02"));
  const std::string members =
      R"({"pool":"server","usage":[{"participant":"bcn","measure":"members","from_on":"2026-01-01",)"
      R"("until_on":"2026-01-31","value":"41"},{"participant":"meet.example/mtl","measure":"members",)"
      R"("from_on":"2026-01-01","until_on":"2026-01-31","value":"22"},{"participant":"video.example/nrt",)"
      R"("measure":"members","from_on":"2026-01-01","until_on":"2026-01-31","value":"9"}]})";
  make("cost-usage", members);
  const auto with = [](const std::string& figures) {
    return january.substr(0, january.size() - 1) + R"(,"figures":[)" + figures + "]}";
  };
  EXPECT_EQ(refused("cost-allocations", january), "field_missing");
  EXPECT_EQ(refused("cost-allocations", with(R"({"name":"rent","value":"1"})")), "field_invalid");
  const ApiAnswer proposed = make("cost-allocations", with(R"({"name":"fee","value":"1.25"})"));
  // 1.25 for each of 72 members is 90.00; the other 336.40 by minutes.
  EXPECT_EQ(figures(proposed, "share"), "245.01 145.68 35.71");
  EXPECT_NE(proposed.body.find(R"("figures":[{"name":"fee","value":"1.25"}])"), std::string::npos);
  EXPECT_EQ(approve("1").text("state"), "posted");
  EXPECT_NE(evidence(nrt, "csv").find(",fee,,1.25,"), std::string::npos) << evidence(nrt, "csv");
}

}  // namespace
}  // namespace coop::test

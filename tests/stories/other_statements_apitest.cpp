// Statements that no bank gives go the same way: the keeper of a local currency, and the node next door.
#include "tests/support/api_server.hpp"
#include "tests/support/test_bank.hpp"

namespace coop::test {
namespace {

class OtherStatements : public ApiTest {
 protected:
  static std::string at(const std::string& path, const std::string& node = "bcn") {
    return "/v1/nodes/" + node + "/" + path;
  }
  ApiAnswer make(const std::string& path, const std::string& body, int status = 201) {
    ApiAnswer answer = post(path, body);
    EXPECT_EQ(answer.status, status) << path << " " << body << answer.body;
    return answer;
  }
  /// Brings a file of the account with statements, takes it in, and answers its sentence.
  std::string take_in(const std::string& bytes, const std::string& account) {
    ended(send("POST", at("bank/imports?name=statement&bank_account=" + account),
               {.body = bytes, .headers = {{"Content-Type", "application/octet-stream"}}}));
    const boost::json::value list = get(at("bank/imports?limit=1")).json();
    const std::string number = boost::json::serialize(list.at("items").at(0).at("number"));
    const ApiAnswer file = get(at("bank/imports/" + number));
    if (file.text("state") != "read") return file.body;
    ended(make(at("bank/imports/" + number + "/taking-in"), "{}", 202));
    return std::string{file.json().at("statements").at(0).at("words").as_string()};
  }
  void post_entry(const std::string& node, const std::string& unit, const std::string& day,
                  const std::string& debit, const std::string& credit, const std::string& amount,
                  const std::string& words) {
    make(at("entries", node), R"({"booked_on":")" + day + R"(","description":")" + words +
                                  R"(","postings":[{"account":")" + debit + R"(","unit":")" + unit +
                                  R"(","amount":")" + amount + R"("},{"account":")" + credit +
                                  R"(","unit":")" + unit + R"(","amount":"-)" + amount + R"("}]})");
  }
  std::string line_of(const std::string& amount) {
    const boost::json::value open_lines = get(at("bank/lines?state=open&limit=200")).json();
    for (const auto& line : open_lines.at("items").as_array())
      if (line.at("amount").as_string() == amount) return boost::json::serialize(line.at("number"));
    return "no open line of " + amount;
  }
  void accept_first(const std::string& amount) {
    make(at("bank/lines/" + line_of(amount) + "/match"), R"({"proposal":1})");
  }
  std::string proof_of(const std::string& account) {
    const std::string all = get(at("bank/proof?as_of=2026-03-31&format=csv")).body;
    const std::size_t from = all.find("line,0," + account + ",");
    return from == std::string::npos ? all : all.substr(from, all.find('\r', from) - from);
  }
};

TEST_F(OtherStatements, OfALocalCurrencyAreReconciled) {
  EXPECT_EQ(
      operate("POST", "/v1/units", R"({"code":"GMC","name":"Green coin","scale":2,"origin":"local"})").status,
      201);
  EXPECT_EQ(
      operate("POST", "/v1/units", R"({"code":"HRS","name":"Hours","scale":0,"origin":"local"})").status,
      201);
  for (const char* unit : {"GMC", "HRS"}) {
    open("assets:community", "asset", unit);
    open("income:gifts", "income", unit);
    make(at("bank/accounts"), R"({"account":"assets:community","kind":"local","title":"Keeper","unit":")" +
                                  std::string{unit} + "\"}");
  }
  // As CSV, in coins with cents.
  post_entry("bcn", "GMC", "2026-03-02", "assets:community", "income:gifts", "12.50", "A gift");
  EXPECT_EQ(
      take_in("Date;Amount;Balance;Currency;Text\n2026-03-02;12.50;12.50;GMC;gift\n"
              "2026-03-09;-2.00;10.50;GMC;coffee\n",
              "1"),
      "Statement, 2026-03-02 to 2026-03-09, 0.00 to 10.50 GMC, 2 lines, adds up to the last cent, nothing "
      "was read of this account before; 2 new, 0 known already");
  accept_first("12.50");
  EXPECT_EQ(proof_of("1"), "line,0,1,assets:community,open,2026-03-09,,1,GMC,12.50,10.50,0.00,,,,");
  make(at("bank/lines/" + line_of("-2.00") + "/match"),
       R"({"parts":[{"made":"entry","amount":"-2.00","account":"income:gifts","description":"Coffee"}]})");
  EXPECT_EQ(proof_of("1"), "line,0,1,assets:community,agrees,2026-03-09,,0,GMC,10.50,10.50,0.00,,,,");

  // As camt.053, in whole hours.
  post_entry("bcn", "HRS", "2026-03-05", "assets:community", "income:gifts", "3", "Three hours");
  WrittenStatement hours{"1", "0", "3", {{.day = "2026-03-05", .amount = "3"}}};
  hours.currency = "HRS";
  EXPECT_EQ(take_in(camt053({hours}), "2"),
            "Statement 1, 2026-03-05, 0 to 3 HRS, 1 line, adds up to the last unit, nothing was read of this "
            "account before; 1 new, 0 known already");
  accept_first("3");
  EXPECT_EQ(proof_of("2"), "line,0,2,assets:community,agrees,2026-03-05,,0,HRS,3,3,0,,,,");
  hours.lines = {{.day = "2026-03-06", .amount = "0.5"}};
  hours.closing = "0.5";
  EXPECT_NE(take_in(camt053({hours}), "2").find("statement_contradicts"), std::string::npos)
      << "there is no half of an hour that has no decimals";
}

TEST_F(OtherStatements, OfANeighbourAreReconciledWithItsOwnStatementOfItsDebt) {
  EXPECT_EQ(operate("POST", "/v1/nodes",
                    R"({"name":"mad","title":"Madrid","base_unit":"EUR","country":"ES",)"
                    R"("time_zone":"UTC"})")
                .status,
            201);
  EXPECT_EQ(operate("PUT", "/v1/nodes/mad/roles/tess/treasurer").status, 200);
  for (const char* account : {R"({"path":"liabilities:nodes:bcn","type":"liability","unit":"EUR",)",
                              R"({"path":"expenses:servers","type":"expense","unit":"EUR",)",
                              R"({"path":"assets:bank","type":"asset","unit":"EUR",)"})
    make(at("accounts", "mad"), std::string{account} + R"("opened_on":"2026-01-01"})");
  open("assets:nodes:mad", "asset");
  make(at("bank/accounts"),
       R"({"account":"assets:nodes:mad","unit":"EUR","kind":"neighbour","title":"What Madrid owes us"})");

  // Madrid owes us for a server, pays a part, and knows of a repair that we have not booked.
  post_entry("mad", "EUR", "2026-03-02", "expenses:servers", "liabilities:nodes:bcn", "10.00", "Server");
  post_entry("mad", "EUR", "2026-03-09", "liabilities:nodes:bcn", "assets:bank", "4.00", "Paid in part");
  post_entry("mad", "EUR", "2026-03-20", "expenses:servers", "liabilities:nodes:bcn", "2.50", "Repair");
  record("assets:nodes:mad", "income:dues", "10.00", "2026-03-02");
  record("assets:bank", "assets:nodes:mad", "4.00", "2026-03-09");
  const std::string theirs =
      get(at("accounts/liabilities:nodes:bcn/statement?unit=EUR&to=2026-03-31&format=csv", "mad")).body;
  EXPECT_EQ(
      take_in(theirs, "1"),
      "Statement, 2026-03-02 to 2026-03-20, 0.00 to 8.50 EUR, 3 lines, adds up to the last cent, nothing "
      "was read of this account before; 3 new, 0 known already");
  accept_first("10.00");
  accept_first("-4.00");

  // Only the repair is left, and named: on their books, not on ours.
  EXPECT_EQ(proof_of("1"), "line,0,1,assets:nodes:mad,open,2026-03-20,,1,EUR,6.00,8.50,0.00,,,,");
  const std::string statement = get(at("bank/accounts/1/reconciliation?as_of=2026-03-31&format=text")).body;
  EXPECT_NE(statement.find("Repair"), std::string::npos) << statement;
  EXPECT_NE(statement.find("2.50"), std::string::npos) << statement;
  EXPECT_EQ(take_in(theirs + "\r\n", "1").find("0 new, 3 known already") != std::string::npos, true)
      << "their statement again brings nothing";
  record("assets:nodes:mad", "income:dues", "2.50", "2026-03-20");
  accept_first("2.50");
  EXPECT_EQ(proof_of("1"), "line,0,1,assets:nodes:mad,agrees,2026-03-20,,0,EUR,8.50,8.50,0.00,,,,");
}

}  // namespace
}  // namespace coop::test

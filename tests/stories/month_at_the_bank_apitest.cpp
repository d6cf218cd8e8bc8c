// A month of E1 at the bank, over HTTP as a treasurer does it. Gothenburg: 14 members owe 350.00 and pay
// 390.00, one of them for three months. Eleven pay by reference; two are collected by direct debit in one
// credit, and one of these comes back and is paid by transfer; one pays without a word; the bank takes a fee;
// some of it goes to savings.
#include "tests/support/test_bank.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class MonthAtTheBank : public StoryTest {
 protected:
  MonthAtTheBank() : StoryTest{{}, clock_at("2026-01-31T10:00:00Z")} {
    for (const char* path : {"assets:receivable:dues", "assets:savings"}) open(path, "asset");
    for (const char* path : {"expenses:solidarity", "expenses:other", "expenses:bank"}) open(path, "expense");
    open("liabilities:deferred:dues", "liability");
    make("bank/accounts",
         R"({"account":"assets:bank","unit":"EUR","identifier":"ES91 2100 0418 4502 0005 1332",)"
         R"("title":"Current"})");
    make("bank/accounts", R"({"account":"assets:savings","unit":"EUR","identifier":"DE89370400440532013000",)"
                          R"("title":"Savings"})");
    for (int i = 0; i < 6; ++i) owe("M1" + std::to_string(i), "10.00");
    for (int i = 0; i < 5; ++i) owe("M2" + std::to_string(i), "20.00");
    for (int i = 0; i < 2; ++i) owe("M4" + std::to_string(i), "45.00");
    owe("M90", "100.00");
    collect();
  }

  void owe(const std::string& member, const std::string& amount) {
    make("members", R"({"kind":"person","number":")" + member + "\"}");
    make("dues/charges", R"({"member":")" + member + R"(","amount":")" + amount +
                             R"(","unit":"EUR","on":"2026-01-01","why":"Dues of January"})");
  }
  // Both members of the 45.00 tier are collected from, by a file that went to the bank.
  void collect() {
    EXPECT_EQ(send("PUT", at("dues/creditor"),
                   {.body = R"({"identifier":"DE98ZZZ09999999999","name":"Gothenburg",)"
                            R"("iban":"ES9121000418450200051332","account":"assets:bank"})"})
                  .status,
              200);
    for (const std::string member : {"M40", "M41"})
      make("dues/mandates", R"({"member":")" + member +
                                R"(","signed_on":"2026-01-02","iban":"DE02120300000000202051","name":"A"})");
    make("dues/collections", R"({"due_on":"2026-02-02"})");
    const std::string ben = token_of_new_user("ben", {access::Role::approver});
    make("dues/collections/1/approval", "", 200);
    EXPECT_EQ(send("POST", at("dues/collections/1/approval"), {.token = ben}).status, 200);
    make("dues/collections/1/handing-in", "{}", 200);
  }

  // Brings a file and answers its number.
  std::string bring(const WrittenStatement& statement) {
    return job_result(send("POST", at("bank/imports?name=february.xml"),
                           {.body = camt053({statement}), .headers = {{"Content-Type", "application/xml"}}}),
                      "import");
  }
  std::string sentence(const std::string& import) {
    return std::string{
        get(at("bank/imports/" + import)).json().at("statements").at(0).at("words").as_string()};
  }
  std::string take_in(const std::string& import) {
    return job_result(make("bank/imports/" + import + "/taking-in", "{}", 202), "matched");
  }
  std::string reference_of(const std::string& member) {
    return get(at("members/" + member)).text("reference");
  }
  StatementLine dues(const std::string& member, const std::string& amount,
                     const std::string& day = "2026-02-03") {
    return {
        .day = day, .amount = amount, .name = "The payer of " + member, .reference = reference_of(member)};
  }
  std::string line_of(const std::string& amount) {
    const boost::json::value open_lines = get(at("bank/lines?state=open&limit=200")).json();
    for (const auto& line : open_lines.at("items").as_array())
      if (line.at("amount").as_string() == amount) return boost::json::serialize(line.at("number"));
    return "no open line of " + amount;
  }
  std::string first_reason(const std::string& line) {
    const boost::json::value proposals = get(at("bank/lines/" + line + "/proposals")).json();
    const auto& items = proposals.at("items").as_array();
    if (items.empty()) return "nothing";
    return std::string{items.at(0).at("reasons").at(0).at("words").as_string()};
  }
  void match(const std::string& line, const std::string& body) {
    make("bank/lines/" + line + "/match", body);
  }
  std::string balance(const std::string& account) {
    return get(at("accounts/" + account + "/balance?unit=EUR&as_of=2026-02-28")).text("balance");
  }
  // What the bank sends at the end of the month.
  WrittenStatement statement_of_february() {
    WrittenStatement february{"7", "0.00", "182.00", {}};
    for (int i = 0; i < 6; ++i) february.lines.push_back(dues("M1" + std::to_string(i), "10.00"));
    for (int i = 1; i < 5; ++i) february.lines.push_back(dues("M2" + std::to_string(i), "20.00"));
    february.lines.push_back(dues("M20", "60.00"));
    february.lines.push_back(
        {.day = "2026-02-02", .amount = "90.00", .name = "Collected", .message = "bcn-C1"});
    february.lines.push_back({.day = "2026-02-06",
                              .amount = "-48.50",
                              .name = "A",
                              .end_to_end = "bcn-C1-1",
                              .return_code = "AM04",
                              .charges = "3.50"});
    february.lines.push_back(dues("M40", "45.00", "2026-02-12"));
    february.lines.push_back(
        {.day = "2026-02-16", .amount = "100.00", .name = "Erik Berg", .text = "thanks"});
    february.lines.push_back({.day = "2026-02-20", .amount = "-200.00", .name = "Us", .text = "to savings"});
    february.lines.push_back({.day = "2026-02-27", .amount = "-4.50", .name = "The bank", .text = "charges"});
    return february;
  }
  void settle_the_rest_by_hand() {
    // One pays for three months: the rest is paid ahead, and the member's own.
    const std::string ahead = line_of("60.00");
    EXPECT_EQ(first_reason(ahead), "RF" + reference_of("M20").substr(2, 2) + " M20 is of M20");
    match(ahead, R"({"proposal":1})");
    EXPECT_EQ(balance("liabilities:deferred:dues"), "-40.00");

    // One direct debit came back; the bank's fee is ours, and the dues are owed again until they are paid.
    match(line_of("-48.50"), R"({"proposal":1,"fee_account":"expenses:bank"})");
    EXPECT_EQ(get(at("members/M40/dues?as_of=2026-02-10")).json().at("balances").at(0).at("open").as_string(),
              "45.00");
    match(line_of("45.00"), R"({"proposal":1})");

    // A payer whom nobody knows: a person says who it is. A fee by hand.
    EXPECT_EQ(first_reason(line_of("100.00")).find("RF"), std::string::npos);
    match(line_of("100.00"), R"({"parts":[{"made":"payment","amount":"100.00","payer":"M90"}]})");
    match(line_of("-4.50"), R"({"parts":[{"made":"entry","amount":"-4.50","account":"expenses:bank",)"
                            R"("description":"Bank charges"}]})");

    // To savings: the other account's statement shows the other side.
    WrittenStatement savings{
        "1", "0.00", "200.00", {{.day = "2026-02-21", .amount = "200.00", .name = "Us"}}};
    savings.iban = "DE89370400440532013000";
    EXPECT_EQ(take_in(bring(savings)), "0");
    match(line_of("-200.00"), R"({"proposal":1})");
  }
  std::string reconciliation(const std::string& format = "text") {
    return get(at("bank/accounts/1/reconciliation?as_of=2026-02-28&format=" + format)).body;
  }
};

TEST_F(MonthAtTheBank, IsReconciledToTheCent) {
  const WrittenStatement february = statement_of_february();
  // It proves itself, and most of it is certain.
  const std::string file = bring(february);
  EXPECT_EQ(sentence(file),
            "Statement 7, 2026-02-02 to 2026-02-27, 0.00 to 182.00 EUR, 17 lines, adds up to the last cent, "
            "nothing was read of this account before; 17 new, 0 known already");
  EXPECT_EQ(take_in(file), "11") << "ten references that pay what is owed, and the direct debit";
  EXPECT_EQ(balance("assets:bank"), "230.00");

  settle_the_rest_by_hand();

  // Nothing is left, and books and bank agree.
  EXPECT_EQ(get(at("bank/lines?state=open")).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(balance("assets:bank"), "182.00");
  EXPECT_EQ(balance("assets:savings"), "200.00");
  EXPECT_EQ(balance("assets:receivable:dues"), "0.00");
  EXPECT_EQ(balance("expenses:bank"), "8.00");
  const std::string statement = reconciliation();
  EXPECT_NE(statement.find("Agrees with the bank through: 2026-02-27"), std::string::npos) << statement;
  const std::string proof = get(at("bank/proof?as_of=2026-02-28&format=csv")).body;
  EXPECT_NE(proof.find("line,0,1,assets:bank,agrees,2026-02-27,,0,EUR,182.00,182.00,0.00"), std::string::npos)
      << proof;
  EXPECT_NE(proof.find("line,0,2,assets:savings,agrees,2026-02-21,,0,EUR,200.00,200.00,0.00"),
            std::string::npos)
      << proof;

  // The same file again is the same file; undone, it says what went and what stayed.
  EXPECT_EQ(post(at("bank/imports?name=february.xml"), camt053({february})).status, 200);
  const ApiAnswer undone = make("bank/imports/" + file + "/undoing", R"({"reason":"a rehearsal"})", 200);
  EXPECT_EQ(undone.text("removed"), "15") << undone.body;
  EXPECT_EQ(undone.json().at("kept").as_array().size(), 2u) << "the direct debit and its return stay";
}

}  // namespace
}  // namespace coop::test

// Payments that leave, over HTTP as a treasurer and two others do it. Three bills and a refund of 182.50 are
// proposed; nobody approves their own; the file is valid, and shows what the bank will read otherwise; the
// bank pays the batch and sends one bill back; books and bank agree.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include "ledger/journals/program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_bank.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

constexpr const char* bills =
    R"({"bank_account":1,"requested_on":"2026-02-02","title":"Bills of January","orders":[)"
    R"({"amount":"120.00","purpose":"supplier_bill","account":"liabilities:payable","name":"Müller & Söhne",)"
    R"("iban":"DE02120300000000202051","text":"Rechnung für Jänner","source":"2026-117"},)"
    R"({"amount":"30.00","purpose":"supplier_bill","account":"liabilities:payable","name":"Imprenta Núñez",)"
    R"("iban":"ES9121000418450200051332","reference":"RF18539007547034","source":"2026-118"},)"
    R"({"amount":"25.00","purpose":"supplier_bill","account":"liabilities:payable","name":"Power",)"
    R"("iban":"BE68539007547034","address":{"town":"Gent","country":"BE"},"source":"2026-119"},)"
    R"({"amount":"7.50","purpose":"refund","account":"expenses:office","member":"M7",)"
    R"("iban":"BE68539007547034","text":"Paper for the assembly"}]})";

class PaymentsOut : public StoryTest {
 protected:
  PaymentsOut() : StoryTest{{}, clock_at("2026-01-30T10:00:00Z")} {
    open("liabilities:payable", "liability");
    open("expenses:office", "expense");
    open("expenses:bank", "expense");
    make("bank/accounts",
         R"({"account":"assets:bank","unit":"EUR","identifier":"DE89 3704 0044 0532 0130 00",)"
         R"("title":"Current"})");
    make("members", R"({"kind":"person","number":"M7","profile":{"name":"Zoë Ruiz"}})");
    ben_ = token_of_new_user("ben", {access::Role::approver});
    cleo_ = token_of_new_user("cleo", {access::Role::approver});
    for (const char* amount : {"120.00", "30.00", "25.00"})
      record("expenses:office", "liabilities:payable", amount);
    record("assets:bank", "income:dues", "1000.00");
  }
  // Takes a statement in and answers how many lines were certain.
  std::string take(const WrittenStatement& statement) {
    const std::string import =
        job_result(send("POST", at("bank/imports?name=february.xml"),
                        {.body = camt053({statement}), .headers = {{"Content-Type", "application/xml"}}}),
                   "import");
    return job_result(make("bank/imports/" + import + "/taking-in", "{}", 202), "matched");
  }
  std::string balance(const std::string& account) {
    return get(at("accounts/" + account + "/balance?unit=EUR&as_of=2026-02-28")).text("balance");
  }
  void approve_by_two() {
    EXPECT_EQ(make("disbursements/1/approval", "", 200, ben_).text("state"), "proposed");
    EXPECT_EQ(make("disbursements/1/approval", "", 409, ben_).code(), "approval_repeated");
    EXPECT_EQ(make("disbursements/1/approval", "", 200, cleo_).text("state"), "approved");
  }
  std::string id_of(const boost::json::value& shown, std::size_t order) {
    return std::string{shown.at("orders").at(order).at("end_to_end_id").as_string()};
  }
  static bool is_valid(const std::string& xml) {
    const char* folder = std::getenv("COOP_ISO20022_SCHEMAS");
    const auto beside = std::filesystem::path{COOP_SOURCE_DIR} / "../shared/samples/xsd";
    const auto schema = (folder != nullptr ? std::filesystem::path{folder} : beside) / "pain.001.001.09.xsd";
    const auto program = journals::find_program("xmllint");
    if (!std::filesystem::exists(schema) || !program) return true;  // credit_transfer_file_test skips aloud
    const TemporaryFolder files;
    const auto path = files.path() / "file.xml";
    std::ofstream{path, std::ios::binary} << xml;
    const journals::TemporaryFile output;
    return journals::run_program(*program, {"--noout", "--schema", schema.string(), path.string()},
                                 output.path())
               .status == 0;
  }
  void propose() {
    // A dry run shows what goes to the bank; the answer that is kept names nobody.
    const ApiAnswer tried = make("disbursements?dry_run=true", bills, 200);
    EXPECT_NE(tried.body.find("Mueller + Soehne"), std::string::npos) << tried.body;
    const ApiAnswer proposed = make("disbursements", bills);
    EXPECT_EQ(proposed.headers.at("location"), at("disbursements/1"));
    EXPECT_EQ(proposed.body.find("ller"), std::string::npos) << "no name is kept";
    EXPECT_EQ(proposed.text("amount"), "182.50");
  }
  void approve() {
    // Nobody approves their own; two others do.
    EXPECT_EQ(make("disbursements/1/approval", "", 409).code(), "approval_of_own");
    EXPECT_EQ(make("disbursements/1/file", "", 409).code(), "disbursement_not_open");
    const ApiAnswer seen = send("GET", at("disbursements/1"), {.token = ben_});
    EXPECT_NE(seen.body.find("Müller & Söhne"), std::string::npos) << "who approves sees whom they pay";
    const std::string auditor = token_of_new_user("audra", {access::Role::auditor});
    EXPECT_EQ(send("GET", at("disbursements/1"), {.token = auditor}).body.find("payee"), std::string::npos);
    approve_by_two();
    EXPECT_EQ(make("disbursements/1/approval-withdrawal", R"({"reason":"a second look"})", 200, cleo_)
                  .text("state"),
              "proposed");
    EXPECT_EQ(make("disbursements/1/approval", "", 200, cleo_).text("state"), "approved");
  }
  void make_the_file() {
    // It is made once, and shows what the bank reads otherwise.
    const ApiAnswer made = make("disbursements/1/file", "", 200);
    EXPECT_EQ(made.text("state"), "exported");
    EXPECT_EQ(make("disbursements/1/file", "", 409).code(), "disbursement_not_open");
    const ApiAnswer file = get(at("disbursements/1/file"));
    EXPECT_EQ(file.headers.at("content-type"), "application/xml");
    EXPECT_EQ(file.headers.at("x-content-sha256"), made.text("file_hash"));
    EXPECT_NE(file.headers.at("content-disposition").find("bcn-D1.xml"), std::string::npos);
    EXPECT_FALSE(file.headers.at("etag").empty());
    EXPECT_TRUE(is_valid(file.body)) << file.body;
    EXPECT_EQ(get(at("disbursements/1/file")).body, file.body);
    EXPECT_EQ(send("GET", at("disbursements/1/file"), {.token = ben_}).status, 403);
    const boost::json::value shown = get(at("disbursements/1")).json();
    EXPECT_EQ(shown.at("rewritten").at(0).at("to").as_string(), "Mueller + Soehne");
    EXPECT_EQ(balance("liabilities:payable"), "-175.00") << "nothing moves before the bank says so";
  }
  void reconcile() {
    const boost::json::value shown = get(at("disbursements/1")).json();
    // The bank pays the batch, sends the bill of 30.00 back and keeps 2.00 of it.
    EXPECT_EQ(take({"1",
                    "0.00",
                    "845.50",
                    {{.day = "2026-01-05", .amount = "1000.00"},
                     {.day = "2026-02-02", .amount = "-182.50", .message = "bcn-D1"},
                     {.day = "2026-02-05",
                      .amount = "28.00",
                      .name = "Imprenta",
                      .end_to_end = id_of(shown, 1),
                      .return_code = "AC04"}},
                    "DE89370400440532013000"}),
              "1");
    EXPECT_EQ(get(at("disbursements/1")).text("state"), "done");
    EXPECT_EQ(balance("liabilities:payable"), "0.00");
    make("bank/lines/1/match", R"({"proposal":1})");
    make("bank/lines/3/match", R"({"proposal":1,"fee_account":"expenses:bank"})");
    EXPECT_EQ(balance("liabilities:payable"), "-30.00") << "it is owed again";
    const boost::json::value after = get(at("disbursements/1")).json();
    const auto& returned = after.at("orders").at(1).at("returned");
    EXPECT_EQ(returned.at("code").as_string(), "AC04");
    EXPECT_EQ(returned.at("cause").as_string(), "The account is closed.");
    EXPECT_EQ(returned.at("charges").as_string(), "2.00");
    const std::string statement = get(at("bank/accounts/1/reconciliation?as_of=2026-02-28&format=text")).body;
    EXPECT_NE(statement.find("Agrees with the bank through: 2026-02-05"), std::string::npos) << statement;
  }
  void look_at_lists() {
    const ApiAnswer list = get(at("disbursement-orders?state=returned&format=csv"));
    EXPECT_NE(list.body.find("Imprenta Núñez"), std::string::npos) << list.body;
    const ApiAnswer others = send("GET", at("disbursement-orders?q=118"), {.token = ben_});
    EXPECT_EQ(others.json().at("items").as_array().size(), 1u);
    EXPECT_EQ(others.body.find("Imprenta"), std::string::npos);
    EXPECT_NE(get(at("disbursements?format=text")).body.find("Bills of January"), std::string::npos);
    EXPECT_EQ(get(at("entries?limit=100")).body.find("Núñez"), std::string::npos) << "no entry names a payee";
  }
  std::string ben_;
  std::string cleo_;
};

TEST_F(PaymentsOut, AreProposedApprovedExportedPaidAndOneComesBack) {
  propose();
  approve();
  make_the_file();
  reconcile();
  look_at_lists();
  // Undone, the order was paid again, and can come back anew.
  const boost::json::value after = get(at("disbursements/1")).json();
  const auto& returned = after.at("orders").at(1).at("returned");
  const std::string match = boost::json::serialize(returned.at("match"));
  make("bank/matches/" + match + "/undoing", R"({"reason":"another one"})", 200);
  EXPECT_EQ(get(at("disbursements/1")).json().at("orders").at(1).at("state").as_string(), "executed");
  EXPECT_EQ(balance("liabilities:payable"), "0.00");
}

// Three bills of 175.00 are owed, and 200.00 are ordered: who proposes and who approves are told, and decide.
TEST_F(PaymentsOut, SayWhereMoreIsOrderedThanIsOwed) {
  const std::string order =
      R"({"bank_account":1,"requested_on":"2026-02-02","title":"Bills","orders":[{"amount":"200.00",)"
      R"("purpose":"supplier_bill","account":"liabilities:payable","name":"Power",)"
      R"("iban":"BE68539007547034"}]})";
  const std::string words =
      R"("warnings":["liabilities:payable owes 175.00 EUR, and orders of 200.00 EUR wait to pay it: )"
      R"(25.00 EUR more than is owed"])";
  EXPECT_NE(make("disbursements?dry_run=true", order, 200).body.find(words), std::string::npos);
  EXPECT_NE(make("disbursements", order).body.find(words), std::string::npos);
  EXPECT_NE(send("GET", at("disbursements/1"), {.token = ben_}).body.find(words), std::string::npos);
  EXPECT_EQ(make("disbursements/1/approval", "", 200, ben_).text("state"), "proposed");
  // The bill comes: nothing is said any more.
  record("expenses:office", "liabilities:payable", "25.00");
  EXPECT_NE(get(at("disbursements/1")).body.find(R"("warnings":[])"), std::string::npos);
}

}  // namespace
}  // namespace coop::test

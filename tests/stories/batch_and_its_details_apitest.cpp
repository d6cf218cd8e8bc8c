// A bank books what members paid on one day as one sum, and tells who paid what in a file of its own, a day
// later. Until then the sum waits; then the dues are settled by the file that tells them.
#include "tests/support/test_bank.hpp"
#include "tests/support/test_story.hpp"

namespace coop::test {
namespace {

class BatchAndItsDetails : public StoryTest {
 protected:
  BatchAndItsDetails() : StoryTest{{}, clock_at("2026-03-05T10:00:00Z")} {
    open("assets:receivable:dues", "asset");
    open("liabilities:deferred:dues", "liability");
    for (const char* path : {"expenses:solidarity", "expenses:other"}) open(path, "expense");
    make("bank/accounts",
         R"({"account":"assets:bank","unit":"EUR","identifier":"ES91 2100 0418 4502 0005 1332",)"
         R"("title":"Current"})",
         201);
    for (const std::string member : {"M1", "M2"}) {
      make("members", R"({"kind":"person","number":")" + member + "\"}", 201);
      make("dues/charges",
           R"({"member":")" + member + R"(","amount":"20.00","unit":"EUR","on":"2026-03-01","why":"March"})",
           201);
    }
  }
  ApiAnswer make(const std::string& path, const std::string& body, int status) {
    ApiAnswer answer = send("POST", at(path), {.body = body});
    EXPECT_EQ(answer.status, status) << path << " " << body << answer.body;
    return answer;
  }
  // Brings a file, takes it in, and answers how many lines were matched.
  std::string take(const std::string& xml) {
    const std::string import =
        job_result(send("POST", at("bank/imports?name=march.xml"),
                        {.body = xml, .headers = {{"Content-Type", "application/xml"}}}),
                   "import");
    return job_result(make("bank/imports/" + import + "/taking-in", "{}", 202), "matched");
  }
  std::string payment(const std::string& member, const std::string& amount) {
    return R"(<TxDtls><Amt Ccy="EUR">)" + amount +
           "</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Strd><CdtrRefInf><Ref>" +
           get(at("members/" + member)).text("reference") + "</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>";
  }
  // The line of 40.00, with these payments in it.
  static std::string line(const std::string& payments) {
    return "<Ntry><Amt Ccy=\"EUR\">40.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt>"
           "<Dt>2026-03-03</Dt></BookgDt><AcctSvcrRef>R-77</AcctSvcrRef><BkTxCd/><NtryDtls><Btch>"
           "<NbOfTxs>2</NbOfTxs></Btch>" +
           payments + "</NtryDtls></Ntry>";
  }
  static std::string notification(const std::string& payments) {
    return "<Document><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N</MsgId><CreDtTm>2026-03-04T06:00:00</CreDtTm>"
           "</GrpHdr><Ntfctn><Id>N</Id><Acct><Id><IBAN>ES9121000418450200051332</IBAN></Id></Acct>" +
           line(payments) + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>";
  }
  std::string take_statement() {
    std::string xml = camt053({{"3", "0.00", "40.00", {}}});
    xml.insert(xml.find("</Stmt>"), line(""));
    return take(xml);
  }
  std::string first_reason() {
    const boost::json::value proposals = get(at("bank/lines/1/proposals")).json();
    const boost::json::array& items = proposals.at("items").as_array();
    if (items.empty()) return "nothing is proposed";
    std::string all;
    for (const boost::json::value& reason : items.at(0).at("reasons").as_array())
      all += std::string{reason.at("words").as_string()} + "; ";
    return all;
  }
  bool waits() { return get(at("bank/lines/1")).json().at("waits_for_details").as_bool(); }
  std::string state() { return get(at("bank/lines/1")).text("state"); }
};

TEST_F(BatchAndItsDetails, SettlesTheDuesOnceTheDetailsCome) {
  EXPECT_EQ(take_statement(), "0") << "nobody knows yet whose the 40.00 are";
  EXPECT_TRUE(waits());
  open("liabilities:suspense", "liability");
  EXPECT_EQ(send("PATCH", at("bank/accounts/1"), {.body = R"({"suspense":"liabilities:suspense"})"}).status,
            200);
  EXPECT_NE(first_reason().find("it waits for its details (camt.054)"), std::string::npos) << first_reason();

  EXPECT_EQ(take(notification(payment("M1", "20.00") + payment("M2", "20.00"))), "1");
  EXPECT_EQ(state(), "matched");
  EXPECT_FALSE(waits());
  EXPECT_EQ(get(at("bank/lines/1")).json().at("payments").as_array().size(), 2);
  EXPECT_EQ(get(at("accounts/assets:bank")).text("balance"), "40.00");
  EXPECT_EQ(get(at("accounts/assets:receivable:dues")).text("balance"), "0.00");
}

TEST_F(BatchAndItsDetails, StaysOpenWithTheReasonWhereTheSumsDiffer) {
  take_statement();
  EXPECT_EQ(take(notification(payment("M1", "20.00") + payment("M2", "19.00"))), "0");
  EXPECT_EQ(state(), "open");
  EXPECT_FALSE(waits()) << "the details are there";
  EXPECT_NE(first_reason().find("1.00 EUR of the line is in none of its payments"), std::string::npos)
      << first_reason();

  make("bank/imports/2/undoing", R"({"reason":"the bank sends it anew"})", 200);
  EXPECT_TRUE(waits());
  EXPECT_EQ(get(at("accounts/assets:receivable:dues")).text("balance"), "40.00");
}

}  // namespace
}  // namespace coop::test

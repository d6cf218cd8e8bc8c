#include "tests/support/api_server.hpp"
#include "tests/support/machine.hpp"

namespace coop::test {
namespace {

/// What `hledger print -O json` prints of one entry that moves 5.00 EUR.
std::string hledger_json() {
  const auto posting = [](const std::string& account, int cents) {
    return R"({"paccount":")" + account + R"(","pamount":[{"acommodity":"EUR","aprice":null,"aquantity":)" +
           R"({"decimalMantissa":)" + std::to_string(cents) + R"(,"decimalPlaces":2,"floatingPoint":0},)" +
           R"("astyle":{"ascommodityside":"R","ascommodityspaced":true,"asdecimalpoint":".",)" +
           R"("asdigitgroups":null,"asprecision":2}}],"pbalanceassertion":null,"pcomment":"","pdate":null,)" +
           R"("pdate2":null,"poriginal":null,"pstatus":"Unmarked","ptags":[],"ptransaction_":"1",)" +
           R"("ptype":"RegularPosting"})";
  };
  return R"([{"tcode":"","tcomment":"","tdate":"2026-01-02","tdate2":null,"tdescription":"Rent",)" +
         std::string{R"("tindex":1,)"} +
         std::string{R"("tprecedingcomment":"","tsourcepos":[{"sourceColumn":1,"sourceLine":1,)"} +
         R"("sourceName":"j"},{"sourceColumn":1,"sourceLine":4,"sourceName":"j"}],"tstatus":"Unmarked",)" +
         R"("ttags":[],"tpostings":[)" + posting("expenses:rent", 500) + "," + posting("assets:bank", -500) +
         "]}]";
}

class JobsApi : public ApiTest {
 protected:
  /// The job once it has ended.
  ApiAnswer ended(const std::string& address) {
    ApiAnswer job;
    EXPECT_TRUE(comes_true([&] {
      job = get(address);
      const std::string state = job.text("state");
      return state != "waiting" && state != "running";
    })) << job.body;
    return job;
  }
};

TEST_F(JobsApi, ImportsAJournalInTheBackgroundOnce) {
  const ApiAnswer tried = post("/v1/nodes/bcn/imports?dry_run=true", hledger_json());
  ASSERT_EQ(tried.status, 202) << tried.body;
  const boost::json::value told = tried.json();
  const auto& file = told.at("parameters").at("file").as_string();
  EXPECT_EQ(file.find("upload-"), 0u) << "the name alone, not where the server keeps it: " << file;
  const ApiAnswer preview = ended(tried.headers.at("location"));
  EXPECT_EQ(preview.text("state"), "done") << preview.body;
  EXPECT_EQ(preview.json().at("result").at("recorded").as_int64(), 0);
  const ApiAnswer started = post("/v1/nodes/bcn/imports", hledger_json());
  ASSERT_EQ(started.status, 202) << started.body;
  const ApiAnswer job = ended(started.headers.at("location"));
  EXPECT_EQ(job.text("state"), "done") << job.body;
  EXPECT_EQ(job.json().at("result").at("recorded").as_int64(), 1);
  const ApiAnswer again = ended(post("/v1/nodes/bcn/imports", hledger_json()).headers.at("location"));
  EXPECT_EQ(again.json().at("result").at("recorded").as_int64(), 0);
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "-5.00");
}

TEST_F(JobsApi, ImportsAsTheParametersSay) {
  std::string journal = hledger_json();
  for (auto at = journal.find("500,\"decimalPlaces\":2"); at != std::string::npos;
       at = journal.find("500,\"decimalPlaces\":2"))
    journal.replace(at, 21, "5004,\"decimalPlaces\":3");
  const auto imported = [&](const std::string& parameters) {
    return ended(post("/v1/nodes/bcn/imports" + parameters, journal).headers.at("location"));
  };
  EXPECT_EQ(imported("").json().at("problem").at("code").as_string(), "import_contradicts");
  EXPECT_EQ(imported("?rounding_account=expenses:rounding").json().at("result").at("recorded").as_int64(), 1);
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "-5.00");
  const auto virtual_at = journal.find("RegularPosting");
  journal.replace(virtual_at, 14, "VirtualPosting");
  journal.replace(journal.rfind("RegularPosting"), 14, "VirtualPosting");
  EXPECT_EQ(imported("?rounding_account=expenses:rounding&virtual=book")
                .json()
                .at("result")
                .at("recorded")
                .as_int64(),
            1);
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "-10.00");
}

TEST_F(JobsApi, ImportsIntoUnitsThatExistAndMakesNone) {
  const std::string wanted = "/v1/nodes/bcn/imports?commodities=EUR%3DUSDX";
  const ApiAnswer refused = ended(post(wanted, hledger_json()).headers.at("location"));
  EXPECT_EQ(refused.json().at("problem").at("code").as_string(), "import_contradicts");
  EXPECT_NE(refused.body.find("would be the unit USDX, which this server does not have"), std::string::npos);
  EXPECT_EQ(get("/v1/units").body.find("USDX"), std::string::npos);
  const std::string unit = R"({"code":"USDX","name":"Tokens","scale":2})";
  EXPECT_EQ(post("/v1/units", unit).status, 403) << "the node's treasurer may not";
  ASSERT_EQ(send("POST", "/v1/units", {.body = unit, .token = operator_token()}).status, 201);
  const ApiAnswer job = ended(post(wanted, hledger_json()).headers.at("location"));
  EXPECT_EQ(job.json().at("result").at("recorded").as_int64(), 1) << job.body;
}

TEST_F(JobsApi, TellsWhyAnImportWasRefused) {
  const ApiAnswer job = ended(post("/v1/nodes/bcn/imports", "[1,2").headers.at("location"));
  EXPECT_EQ(job.text("state"), "failed") << job.body;
  EXPECT_EQ(job.json().at("problem").at("code").as_string(), "import_unreadable");
  EXPECT_EQ(post("/v1/nodes/bcn/jobs/1/cancelling", "{}").code(), "job_finished_already");
  EXPECT_EQ(post("/v1/nodes/bcn/jobs/1/resumption", "{}").status, 200);
  EXPECT_EQ(ended("/v1/nodes/bcn/jobs/1").text("state"), "failed");
}

TEST_F(JobsApi, ListsJobsTheNewestFirst) {
  for (int i = 0; i < 3; ++i)
    ended(post("/v1/nodes/bcn/imports?dry_run=true", hledger_json()).headers.at("location"));
  const ApiAnswer page = get("/v1/nodes/bcn/jobs?limit=2");
  EXPECT_EQ(page.json().at("items").as_array().size(), 2u);
  EXPECT_EQ(page.json().at("items").at(0).at("number").as_int64(), 3);
  const ApiAnswer rest = get("/v1/nodes/bcn/jobs?limit=2&cursor=" + page.text("next"));
  EXPECT_EQ(rest.json().at("items").at(0).at("number").as_int64(), 1);
  EXPECT_EQ(rest.text("next"), "");
  EXPECT_EQ(get("/v1/nodes/bcn/jobs/9").code(), "job_unknown");
}

TEST_F(JobsApi, ExportsBooksThatRestoreWithTheSameHash) {
  record("assets:bank", "income:dues", "12.34");
  const ApiAnswer exported = get("/v1/nodes/bcn/export");
  ASSERT_EQ(exported.status, 200);
  EXPECT_EQ(exported.headers.at("content-type"), "application/x-ndjson");
  const ApiAnswer journal = get("/v1/nodes/bcn/export?format=hledger");
  EXPECT_NE(journal.body.find("12.34 EUR"), std::string::npos) << journal.body;
  const ApiRequest checked{.body = exported.body,
                           .token = operator_token(),
                           .headers = {{"Content-Type", "application/x-ndjson"}}};
  const ApiAnswer report = send("POST", "/v1/restores?dry_run=true", checked);
  EXPECT_EQ(report.status, 200) << report.body;
  EXPECT_EQ(report.text("entries"), "1");
  EXPECT_EQ(send("POST", "/v1/restores", checked).code(), "node_exists");
}

}  // namespace
}  // namespace coop::test

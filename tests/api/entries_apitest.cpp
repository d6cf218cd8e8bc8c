#include "ledger/books/draft.hpp"
#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

using EntriesApi = ApiTest;

TEST_F(EntriesApi, RecordsAnEntryAndTellsItsNumberAndAddress) {
  const ApiAnswer answer = post("/v1/nodes/bcn/entries", entry("assets:bank", "income:dues", "12.34"));
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(answer.headers.at("location"), "/v1/nodes/bcn/entries/1");
  EXPECT_EQ(answer.text("number"), "1");
  EXPECT_EQ(answer.text("hash").size(), 64u);
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "12.34");
}

TEST_F(EntriesApi, AnswersTheSameRequestTheSameWayOnce) {
  const ApiRequest request{.body = entry("assets:bank", "income:dues", "5.00"), .key = "once"};
  const ApiAnswer first = send("POST", "/v1/nodes/bcn/entries", request);
  const ApiAnswer again = send("POST", "/v1/nodes/bcn/entries", request);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(first.body, again.body);
  EXPECT_FALSE(first.headers.contains("idempotent-replay"));
  EXPECT_EQ(again.headers.at("idempotent-replay"), "true");
  ApiRequest other = request;
  other.body = entry("assets:bank", "income:dues", "6.00");
  EXPECT_EQ(send("POST", "/v1/nodes/bcn/entries", other).code(), "key_reused");
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "5.00");
}

TEST_F(EntriesApi, KnowsARequestByItsUsersNameNotByItsRow) {
  send("POST", "/v1/nodes/bcn/entries", {.body = entry("assets:bank", "income:dues", "5.00"), .key = "once"});
  EXPECT_EQ(superuser_value("SELECT request_key FROM entry"),
            books::uuid_text_of(books::request_key_of("tess", "once")));
}

TEST_F(EntriesApi, TellsInADryRunWhatWouldHappenAndRecordsNothing) {
  const ApiAnswer answer =
      post("/v1/nodes/bcn/entries?dry_run=true", entry("assets:bank", "income:dues", "5.00"));
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.text("dry_run"), "true");
  EXPECT_EQ(answer.text("number"), "1");
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "0.00");
}

TEST_F(EntriesApi, GivesEachItemOfABatchItsOwnResult) {
  const std::string good = entry("assets:bank", "income:dues", "1.00");
  const std::string bad = entry("assets:bank", "income:nowhere", "1.00");
  const std::string unreadable = R"({"booked_on":7})";
  const ApiAnswer answer =
      post("/v1/nodes/bcn/entries/batch",
           R"({"mode":"per_item","entries":[)" + good + "," + bad + "," + unreadable + "," + good + "]}");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.text("recorded"), "2");
  EXPECT_EQ(answer.text("refused"), "2");
  const auto results = answer.json().at("results").as_array();
  EXPECT_EQ(results.at(1).at("problem").at("code").as_string(), "account_unknown");
  EXPECT_EQ(results.at(1).at("problem").at("field").as_string(), "/entries/1/postings/1/account");
  EXPECT_EQ(results.at(2).at("problem").at("field").as_string(), "/entries/2/booked_on");
  EXPECT_EQ(results.at(3).at("entry").at("number").as_int64(), 2);
}

TEST_F(EntriesApi, RecordsAllOfAnAtomicBatchOrNone) {
  const std::string good = entry("assets:bank", "income:dues", "1.00");
  const std::string bad = entry("assets:bank", "income:nowhere", "1.00");
  const ApiAnswer refused =
      post("/v1/nodes/bcn/entries/batch", R"({"mode":"atomic","entries":[)" + good + "," + bad + "]}");
  EXPECT_EQ(refused.code(), "batch_refused");
  EXPECT_EQ(refused.json().at("results").as_array().size(), 2u);
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "0.00");
  const ApiAnswer done =
      post("/v1/nodes/bcn/entries/batch", R"({"mode":"atomic","entries":[)" + good + "," + good + "]}");
  EXPECT_EQ(done.text("recorded"), "2") << done.body;
}

TEST_F(EntriesApi, RecordsAStreamLineByLine) {
  std::string lines;
  for (int i = 0; i < 2'500; ++i) lines += entry("assets:bank", "income:dues", "0.01") + "\n";
  lines += "not json\r\n";
  const ApiRequest request{
      .body = lines, .key = "stream", .headers = {{"Content-Type", "application/x-ndjson"}}};
  const ApiAnswer answer = send("POST", "/v1/nodes/bcn/entries/stream", request);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(std::count(answer.body.begin(), answer.body.end(), '\n'), 2'502);
  EXPECT_NE(answer.body.find(R"({"done":true,"recorded":2500,"repeated":0,"refused":1})"), std::string::npos);
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "25.00");
  const ApiAnswer again = send("POST", "/v1/nodes/bcn/entries/stream", request);
  EXPECT_NE(again.body.find(R"({"done":true,"recorded":0,"repeated":2500,"refused":1})"), std::string::npos);
}

TEST_F(EntriesApi, ReversesAnEntryOnce) {
  record("assets:bank", "income:dues", "3.00");
  const ApiAnswer reversed = post("/v1/nodes/bcn/entries/1/reversal", "{}");
  EXPECT_EQ(reversed.status, 201) << reversed.body;
  EXPECT_EQ(post("/v1/nodes/bcn/entries/1/reversal", "{}").code(), "entry_reversed_already");
  EXPECT_EQ(post("/v1/nodes/bcn/entries/9/reversal", "{}").code(), "entry_unknown");
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "0.00");
}

TEST_F(EntriesApi, KeepsEntriesAcrossARestart) {
  record("assets:bank", "income:dues", "3.00");
  restart();
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank").text("balance"), "3.00");
  EXPECT_EQ(record("assets:bank", "income:dues", "3.00"), 2);
}

}  // namespace
}  // namespace coop::test

#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

class ReportsApi : public ApiTest {
 protected:
  ReportsApi() {
    record("assets:bank", "income:dues", "100.00", "2025-12-30");
    record("assets:bank", "income:dues", "50.00", "2026-01-05");
    record("expense:rent", "assets:bank", "30.00", "2026-01-31");
  }
  void record_for_the_media_fund() {
    post("/v1/nodes/bcn/dimensions/fund", R"({"items":[{"code":"media","name":"Media fund"}]})");
    const ApiAnswer given = post("/v1/nodes/bcn/entries", R"({"booked_on":"2026-02-01","postings":[
        {"account":"assets:bank","amount":"9.00","unit":"EUR"},
        {"account":"income:dues","amount":"-9.00","unit":"EUR","fund":"media"}]})");
    EXPECT_EQ(given.status, 201) << given.body;
  }
  static std::string report(const std::string& name, const std::string& query = "") {
    return "/v1/nodes/bcn/reports/" + name + query;
  }
};

TEST_F(ReportsApi, ShowABalanceAsOfADayAndAsKnownThen) {
  const std::string account = "/v1/nodes/bcn/accounts/assets:bank";
  EXPECT_EQ(get(account + "/balance").text("balance"), "120.00");
  EXPECT_EQ(get(account + "/balance?as_of=2025-12-31").text("balance"), "100.00");
  EXPECT_EQ(get(account + "/balance?as_of=2025-12-29").text("balance"), "0.00");
  EXPECT_EQ(get(account + "/balance?known_at=2020-01-01T00:00:00Z").text("balance"), "0.00");
  EXPECT_EQ(get(account + "?as_of=2025-12-31").text("balance"), "100.00");
  const ApiAnswer list = get("/v1/nodes/bcn/accounts?prefix=assets&as_of=2026-01-05");
  EXPECT_EQ(list.json().at("items").at(0).at("balance").as_string(), "150.00") << list.body;
  EXPECT_EQ(list.json().at("items").as_array().size(), 2u);
}

TEST_F(ReportsApi, ShowAStatementWithARunningBalanceInPages) {
  const std::string statement = "/v1/nodes/bcn/accounts/assets:bank/statement";
  const ApiAnswer first = get(statement + "?limit=2");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.text("opening"), "0.00");
  EXPECT_EQ(first.text("closing"), "150.00");
  const ApiAnswer second = get(statement + "?limit=2&cursor=" + first.text("next"));
  EXPECT_EQ(second.text("opening"), "150.00");
  EXPECT_EQ(second.text("closing"), "120.00");
  EXPECT_EQ(second.text("next"), "");
  EXPECT_EQ(get(statement + "?from=2026-01-01&cursor=" + first.text("next")).code(), "cursor_invalid");
}

TEST_F(ReportsApi, ShowAStatementOfWhatIsAboutOneFund) {
  record_for_the_media_fund();
  const std::string statement = "/v1/nodes/bcn/accounts/income:dues/statement";
  const ApiAnswer media = get(statement + "?fund=media");
  ASSERT_EQ(media.status, 200) << media.body;
  EXPECT_EQ(media.text("fund"), "media");
  EXPECT_EQ(media.text("opening"), "0.00");
  std::int64_t lines = 0;
  const boost::json::value found = media.json();
  for (const auto& line : found.at("items").as_array()) {
    EXPECT_EQ(line.at("fund").as_string(), "media");
    ++lines;
  }
  EXPECT_GT(lines, 0);
  const auto all = static_cast<std::int64_t>(get(statement).json().at("items").as_array().size());
  EXPECT_LT(lines, all);
  EXPECT_NE(get(statement + "?fund=media&format=text").body.find("Only postings about fund"),
            std::string::npos);
  EXPECT_EQ(get(statement + "?fund=nothing").code(), "dimension_unknown");
}

TEST_F(ReportsApi, NameTheFormatsThatThereAre) {
  const auto detail = [&](const std::string& address) {
    const ApiAnswer refused = get("/v1/nodes/bcn/" + address);
    EXPECT_EQ(refused.code(), "field_invalid") << refused.body;
    return refused.text("detail");
  };
  for (const char* table : {"accounts", "accounts/assets:bank/statement", "reports/general-ledger",
                            "reports/journal", "reports/trial-balance"})
    EXPECT_EQ(detail(std::string{table} + "?format=ndjson"), "one of these is expected: json csv text");
  EXPECT_EQ(detail("entries?format=text"), "one of these is expected: json ndjson csv");
}

TEST_F(ReportsApi, AreWrittenAsJsonCsvOrText) {
  for (const char* name :
       {"trial-balance", "balance-sheet", "income-expenditure", "general-ledger", "journal"}) {
    const ApiAnswer json = get(report(name, "?as_of=2026-12-31"));
    EXPECT_EQ(json.status, 200) << name << json.body;
    EXPECT_EQ(json.headers.at("content-type"), "application/json");
    EXPECT_GT(json.json().at("rows").as_array().size(), 1u) << name;
    const ApiAnswer csv = get(report(name, "?as_of=2026-12-31&format=csv"));
    EXPECT_EQ(csv.headers.at("content-type"), "text/csv; charset=utf-8; header=present");
    EXPECT_NE(csv.body.find("row,level"), std::string::npos) << csv.body;
    const ApiAnswer text =
        send("GET", report(name, "?as_of=2026-12-31"), {.headers = {{"Accept", "text/plain"}}});
    EXPECT_EQ(text.headers.at("content-type"), "text/plain; charset=utf-8");
    EXPECT_NE(text.body.find("Barcelona"), std::string::npos) << text.body;
  }
  EXPECT_EQ(get(report("trial-balance", "?format=pdf")).code(), "field_invalid");
}

TEST_F(ReportsApi, ShowColumnsSideBySide) {
  const ApiAnswer balances = get(report("trial-balance", "?days=2025-12-31,2026-12-31&format=csv"));
  EXPECT_EQ(balances.status, 200) << balances.body;
  EXPECT_NE(balances.body.find("100.00"), std::string::npos);
  EXPECT_NE(balances.body.find("120.00"), std::string::npos);
  EXPECT_EQ(get(report("income-expenditure", "?periods=2025,2026-Q1&format=csv")).status, 200);
  EXPECT_EQ(get(report("income-expenditure", "?periods=2025&from=2025-01-01")).code(), "field_invalid");
  EXPECT_EQ(get(report("trial-balance", "?days=2025-12-31,never")).code(), "day_malformed");
}

TEST_F(ReportsApi, TellWhatAFundHad) {
  record_for_the_media_fund();
  const ApiAnswer statement =
      get(report("dimension-statement", "?kind=fund&from=2026-01-01&to=2026-12-31&format=csv"));
  EXPECT_EQ(statement.status, 200) << statement.body;
  EXPECT_NE(statement.body.find("media"), std::string::npos);
  EXPECT_EQ(get(report("dimension-statement")).code(), "field_missing");
  EXPECT_EQ(get(report("dimension-statement", "?kind=fund&periods=2026")).code(), "field_unknown");
  const ApiAnswer sheet = get(report("balance-sheet", "?as_of=2026-12-31&fund=media&format=csv"));
  EXPECT_EQ(sheet.status, 200) << sheet.body;
  EXPECT_NE(sheet.body.find("9.00"), std::string::npos) << sheet.body;
  EXPECT_EQ(sheet.body.find("assets:bank"), std::string::npos) << "only the other posting is the fund's";
  EXPECT_EQ(sheet.body.find("proof"), std::string::npos) << "what is one fund's need not balance";
  EXPECT_EQ(get(report("balance-sheet", "?fund=nothing")).code(), "dimension_unknown");
  EXPECT_EQ(get("/v1/nodes/bcn/entries?fund=media").json().at("items").as_array().size(), 1u);
}

TEST_F(ReportsApi, ListMembersInPages) {
  post("/v1/nodes/bcn/dimensions/member",
       R"({"items":[{"code":"M3","name":"c"},{"code":"M1","name":"a"},{"code":"M2","name":"b"}]})");
  const std::string members = "/v1/nodes/bcn/dimensions/member";
  const ApiAnswer first = get(members + "?limit=2");
  EXPECT_EQ(first.json().at("items").as_array().size(), 2u);
  EXPECT_EQ(first.json().at("items").at(1).at("code").as_string(), "M2");
  const ApiAnswer second = get(members + "?limit=2&cursor=" + first.text("next"));
  EXPECT_EQ(second.json().at("items").at(0).at("code").as_string(), "M3");
  EXPECT_EQ(second.text("next"), "");
  EXPECT_EQ(get("/v1/nodes/bcn/dimensions/fund?cursor=" + first.text("next")).code(), "cursor_invalid");
}

TEST_F(ReportsApi, ListEntriesByManyConditions) {
  const auto numbers = [&](const std::string& query) {
    std::string text;
    const boost::json::value answer = get("/v1/nodes/bcn/entries?" + query).json();
    for (const auto& entry : answer.at("items").as_array())
      text += std::to_string(entry.at("number").as_int64()) + " ";
    return text;
  };
  EXPECT_EQ(numbers(""), "1 2 3 ");
  EXPECT_EQ(numbers("sort=-booked"), "3 2 1 ");
  EXPECT_EQ(numbers("from=2026-01-01&to=2026-01-15"), "2 ");
  EXPECT_EQ(numbers("account=expense"), "3 ");
  EXPECT_EQ(numbers("amount_unit=EUR&amount_from=50&amount_to=100"), "1 2 ");
  EXPECT_EQ(numbers("from_number=2&to_number=2"), "2 ");
  EXPECT_EQ(numbers("recorded_by=tess"), "1 2 3 ");
  EXPECT_EQ(numbers("as_of=2025-12-31"), "1 ");
}

TEST_F(ReportsApi, StreamEntriesAsLinesOrRows) {
  const ApiAnswer lines = get("/v1/nodes/bcn/entries?format=ndjson");
  EXPECT_EQ(std::count(lines.body.begin(), lines.body.end(), '\n'), 3);
  const ApiAnswer rows = get("/v1/nodes/bcn/entries?format=csv");
  EXPECT_EQ(rows.body.find("row,level"), 0u) << rows.body;
  EXPECT_NE(rows.body.find("expense:rent"), std::string::npos);
}

TEST_F(ReportsApi, TellWhoRecordedAnEntryByName) {
  EXPECT_EQ(get("/v1/nodes/bcn/entries/1").text("recorded_by"), "tess");
}

TEST_F(ReportsApi, AreWholeAsCsvHoweverLongTheyAre) {
  std::string lines;
  for (int i = 0; i < 1'100; ++i) lines += entry("assets:bank", "income:dues", "1.00", "2026-02-01") + "\n";
  const ApiAnswer recorded = send("POST", "/v1/nodes/bcn/entries/stream",
                                  {.body = lines, .headers = {{"Content-Type", "application/x-ndjson"}}});
  ASSERT_EQ(recorded.status, 200) << recorded.body;
  const auto rows = [&](const std::string& address) {
    const ApiAnswer csv = get("/v1/nodes/bcn/" + address);
    EXPECT_EQ(csv.status, 200) << csv.body;
    return std::count(csv.body.begin(), csv.body.end(), '\n');
  };
  EXPECT_EQ(rows("reports/journal?format=csv"), 1 + 2 * 1'103);
  EXPECT_EQ(rows("entries?format=csv"), 1 + 2 * 1'103);
  EXPECT_EQ(rows("accounts/assets:bank/statement?format=csv"), 1 + 1'103 + 2);
  EXPECT_EQ(rows("accounts/assets:bank/statement?format=csv&sort=-booked"), 1 + 1'103 + 2);
  const ApiAnswer statement = get("/v1/nodes/bcn/accounts/assets:bank/statement?format=csv");
  EXPECT_NE(statement.body.find(",Closing balance,,,,,,,,,,,,1220.00,EUR,debit\r\n"), std::string::npos);
  EXPECT_EQ(get("/v1/nodes/bcn/reports/journal?format=csv&cursor=junk").code(), "cursor_invalid");
}

TEST_F(ReportsApi, ComeAsCsvInPagesWhereAPageIsAskedFor) {
  for (const char* list : {"entries?format=csv", "entries?format=ndjson", "reports/journal?format=csv",
                           "reports/general-ledger?from=2025-01-01&to=2026-12-31&format=csv",
                           "accounts?format=csv&as_of=2026-01-05", "accounts?format=text&sort=-path",
                           "accounts/assets:bank/statement?to=2026-12-31&format=text"}) {
    const std::string address = std::string{"/v1/nodes/bcn/"} + list;
    std::string next = address.substr(address.find('?')) + "&limit=1";
    int pages = 0;
    while (!next.empty() && pages < 20) {
      const ApiAnswer page = get(address.substr(0, address.find('?')) + next);
      ASSERT_EQ(page.status, 200) << page.body;
      ++pages;
      const auto link = page.headers.find("link");
      next = link == page.headers.end() ? "" : link->second.substr(1, link->second.find('>') - 1);
    }
    EXPECT_TRUE(pages >= 3 && pages < 20) << list << " " << pages;
  }
}

TEST_F(ReportsApi, AnswerNotModifiedWhereNothingChanged) {
  const ApiAnswer entry = get("/v1/nodes/bcn/entries/2");
  EXPECT_EQ(entry.status, 200);
  const ApiAnswer again =
      send("GET", "/v1/nodes/bcn/entries/2", {.headers = {{"If-None-Match", entry.headers.at("etag")}}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  const ApiAnswer head = send("HEAD", "/v1/nodes/bcn/entries/2");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("etag"), entry.headers.at("etag"));
}

}  // namespace
}  // namespace coop::test

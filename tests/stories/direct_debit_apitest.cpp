// A direct debit from the first mandate to the one that comes back, over HTTP as three people do it: the
// treasurer proposes, leaves somebody out and collects; two approve; a bank sends one back.
#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

class DirectDebits : public ApiTest {
 protected:
  DirectDebits() : ApiTest{{}, clock_at("2026-01-31T10:00:00Z")} {
    open("assets:receivable:dues", "asset");
    open("liabilities:deferred:dues", "liability");
    open("expenses:solidarity", "expense");
    open("expenses:other", "expense");
    ben_ = token_of_new_user("ben", {access::Role::approver});
    make("PUT", "/dues/creditor",
         R"({"identifier":"DE98ZZZ09999999999","name":"Coöperative","iban":"DE89370400440532013000",)"
         R"("account":"assets:bank"})",
         200);
    for (const char* member : {"M0001", "M0002", "M0003", "M0004"}) {
      make("POST", "/members",
           R"({"kind":"person","number":")" + std::string{member} + R"(","profile":{"name":"Łukasz )" +
               member + R"("}})");
      make("POST", "/dues/charges",
           R"({"member":")" + std::string{member} +
               R"(","amount":"20.00","unit":"EUR","on":"2026-01-01","why":"January"})");
    }
    for (const char* member : {"M0001", "M0002", "M0003"})
      make("POST", "/dues/mandates",
           R"({"member":")" + std::string{member} +
               R"(","signed_on":"2026-01-10","iban":"ES9121000418450200051332"})");
  }

  ApiAnswer make(const std::string& method, const std::string& path, const std::string& body,
                 int status = 201) {
    ApiAnswer answer = send(method, "/v1/nodes/bcn" + path, {.body = body});
    EXPECT_EQ(answer.status, status) << path << body << answer.body;
    return answer;
  }
  ApiAnswer as_ben(const std::string& method, const std::string& path) {
    return send(method, "/v1/nodes/bcn" + path, {.token = ben_});
  }
  std::string owes(const std::string& member, const std::string& day) {
    const auto answer = get("/v1/nodes/bcn/members/" + member + "/dues?as_of=" + day).json();
    const auto& balances = answer.at("balances").as_array();
    return balances.empty() ? "nothing" : std::string{balances.at(0).at("open").as_string()};
  }
  static std::string state_of(const ApiAnswer& collection, std::size_t line) {
    return std::string{collection.json().at("lines").at(line).at("state").as_string()};
  }
  std::string ben_;
};

TEST_F(DirectDebits, AreProposedApprovedCollectedAndSometimesComeBack) {
  const ApiAnswer tried = make("POST", "/dues/collections?dry_run=true", R"({"due_on":"2026-02-02"})", 200);
  EXPECT_EQ(tried.json().at("lines").at(0).at("name").as_string(), "Łukasz M0001");
  EXPECT_EQ(tried.json().at("rewritten").at(1).at("to").as_string(), "Lukasz M0001") << tried.body;
  EXPECT_EQ(get("/v1/nodes/bcn/dues/collections").json().at("items").as_array().size(), 0u);

  const ApiAnswer proposed = make("POST", "/dues/collections", R"({"due_on":"2026-02-02"})");
  EXPECT_EQ(proposed.text("amount"), "60.00");
  EXPECT_EQ(proposed.body.find("Łukasz"), std::string::npos) << "what is kept holds no personal data";
  EXPECT_EQ(proposed.json().at("skipped").at(0).at("member").as_string(), "M0004");
  EXPECT_EQ(proposed.json().at("skipped").at(0).at("words").as_string(), "there is no mandate");
  const ApiAnswer left = make("POST", "/dues/collections/1/lines/3/exclusion",
                              R"({"reason":"asked to pay by transfer this time"})", 200);
  EXPECT_EQ(state_of(left, 2), "excluded");
  EXPECT_EQ(left.text("amount"), "40.00");

  EXPECT_EQ(get("/v1/nodes/bcn/dues/collections/1/file").code(), "collection_not_open");
  make("POST", "/dues/collections/1/approval", "", 200);
  EXPECT_EQ(make("POST", "/dues/collections/1/approval", "", 409).code(), "approval_repeated");
  const ApiAnswer approved = as_ben("POST", "/dues/collections/1/approval");
  EXPECT_EQ(approved.text("state"), "approved") << approved.body;

  const ApiAnswer file = get("/v1/nodes/bcn/dues/collections/1/file");
  EXPECT_EQ(file.headers.at("content-type"), "application/xml");
  EXPECT_EQ(file.headers.at("content-disposition"), "attachment; filename=\"bcn-C1.xml\"");
  EXPECT_NE(file.body.find("<Nm>Lukasz M0002</Nm>"), std::string::npos) << file.body;
  EXPECT_NE(file.body.find("<Ustrd>M0002: January</Ustrd>"), std::string::npos) << file.body;
  EXPECT_EQ(as_ben("GET", "/dues/collections/1/file").code(), "role_missing") << "personal data";
  const ApiAnswer there = make("POST", "/dues/collections/1/handing-in", R"({"on":"2026-01-31"})", 200);
  EXPECT_EQ(there.json().at("steps").as_array().back().at("file_hash").as_string().size(), 64u);

  const ApiAnswer settled = make("POST", "/dues/collections/1/settlement", R"({"on":"2026-02-02"})", 200);
  EXPECT_EQ(state_of(settled, 0), "paid");
  EXPECT_EQ(owes("M0001", "2026-02-03"), "0.00");
  EXPECT_EQ(owes("M0003", "2026-02-03"), "20.00") << "was left out";
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:bank/balance?unit=EUR").text("balance"), "40.00");

  make("POST", "/dues/collections/1/lines/1/return", R"({"on":"2026-02-05","code":"AM04"})", 200);
  const ApiAnswer back = make("POST", "/dues/collections/1/lines/2/return",
                              R"({"on":"2026-02-06","code":"MD01","fee":{"amount":"3.00"}})", 200);
  EXPECT_EQ(state_of(back, 1), "returned");
  EXPECT_EQ(owes("M0001", "2026-02-06"), "20.00");
  EXPECT_EQ(owes("M0002", "2026-02-06"), "23.00") << "with the bank's fee";
  const ApiAnswer held = get("/v1/nodes/bcn/dues/mandates/2?as_of=2026-06-01");
  EXPECT_EQ(held.text("status"), "on_hold");
  EXPECT_EQ(
      held.text("hindrance"),
      "it rests since 2026-02-06 (MD01): The bank says that there is no valid mandate: nobody allowed us "
      "to collect from this account.");
  EXPECT_EQ(get("/v1/nodes/bcn/dues/mandates/1?as_of=2026-02-19").text("status"), "usable");
  const ApiAnswer again = make("POST", "/dues/collections?dry_run=true", R"({"due_on":"2026-02-19"})", 200);
  EXPECT_EQ(again.json().at("lines").as_array().size(), 2u) << again.body;
  EXPECT_EQ(again.json().at("lines").at(0).at("sequence").as_string(), "recurring");
}

TEST_F(DirectDebits, AreListedForPeopleAndPrograms) {
  make("POST", "/dues/collections", R"({"due_on":"2026-02-02"})");
  make("POST", "/dues/collections/1/cancelling", R"({"reason":"a mistake"})", 200);
  make("POST", "/dues/collections", R"({"due_on":"2026-02-03"})");
  EXPECT_EQ(get("/v1/nodes/bcn/dues/collections?state=cancelled").json().at("items").as_array().size(), 1u);
  const ApiAnswer page = get("/v1/nodes/bcn/dues/collections?limit=1");
  EXPECT_EQ(page.json().at("items").at(0).at("number").as_int64(), 2);
  const ApiAnswer rest = get("/v1/nodes/bcn/dues/collections?limit=1&cursor=" + page.text("next"));
  EXPECT_EQ(rest.json().at("items").at(0).at("state").as_string(), "cancelled");
  const std::string lines = get("/v1/nodes/bcn/dues/collections/2/lines?format=csv").body;
  EXPECT_NE(lines.find("line,0,1,M0001,Łukasz M0001,D0001,20.00,EUR,first,proposed,,,bcn-C2-1"),
            std::string::npos)
      << lines;
  EXPECT_EQ(get("/v1/nodes/bcn/dues/collections/2/lines?limit=2").json().at("rows").as_array().size(), 2u);
  const std::string mandates = get("/v1/nodes/bcn/dues/mandates?format=csv&status=usable").body;
  EXPECT_NE(mandates.find("D0003,M0003,Łukasz M0003,ES9121000418450200051332,core,2026-01-10,usable,first"),
            std::string::npos)
      << mandates;
  EXPECT_EQ(get("/v1/nodes/bcn/dues/mandates?member=M0002").json().at("items").at(0).at("number").as_int64(),
            2);
  EXPECT_EQ(get("/v1/nodes/bcn/dues/mandates?reference=d0003&limit=1").json().at("items").as_array().size(),
            1u);
  const ApiAnswer seen = as_ben("GET", "/dues/mandates");
  EXPECT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.body.find("ES91"), std::string::npos) << "personal data";
  EXPECT_EQ(as_ben("GET", "/dues/collections/2").body.find("Łukasz"), std::string::npos);
}

}  // namespace
}  // namespace coop::test

#include "tests/support/api_server.hpp"

namespace coop::test {

namespace {

struct BadRequest {
  const char* what;
  const char* method;
  const char* path;
  const char* body;
  int status;
  const char* code;
  const char* field;
};

// One row a rule that a request itself can break; the same entry well formed is in the last row but one.
constexpr BadRequest bad_requests[] = {
    {"no JSON at all", "POST", "/v1/nodes/bcn/entries", "{\"booked_on\":", 400, "malformed_json", ""},
    {"an array", "POST", "/v1/nodes/bcn/entries", "[]", 422, "field_invalid", ""},
    {"nothing in it", "POST", "/v1/nodes/bcn/entries", "{}", 422, "field_missing", "/booked_on"},
    {"a number as amount", "POST", "/v1/nodes/bcn/entries",
     R"({"booked_on":"2026-01-05","description":"x","postings":[
        {"account":"assets:bank","amount":12.5,"unit":"EUR"},
        {"account":"income:dues","amount":"-12.50","unit":"EUR"}]})",
     422, "amount_not_text", "/postings/0/amount"},
    {"too many decimals", "POST", "/v1/nodes/bcn/entries",
     R"({"booked_on":"2026-01-05","description":"x","postings":[
        {"account":"assets:bank","amount":"12.505","unit":"EUR"},
        {"account":"income:dues","amount":"-12.50","unit":"EUR"}]})",
     422, "amount_too_precise", "/postings/0/amount"},
    {"beyond 64 bits", "POST", "/v1/nodes/bcn/entries",
     R"({"booked_on":"2026-01-05","description":"x","postings":[
        {"account":"assets:bank","amount":"99999999999999999999","unit":"EUR"},
        {"account":"income:dues","amount":"-12.50","unit":"EUR"}]})",
     422, "amount_overflow", "/postings/0/amount"},
    {"a field that is not known", "POST", "/v1/nodes/bcn/entries",
     R"({"booked_on":"2026-01-05","description":"x","colour":"red","postings":[]})", 422, "field_unknown",
     "/colour"},
    {"a day that never was", "POST", "/v1/nodes/bcn/entries",
     R"({"booked_on":"2026-02-30","description":"x","postings":[]})", 422, "day_malformed", "/booked_on"},
    {"an unknown node", "POST", "/v1/nodes/nowhere/entries", "{}", 404, "node_unknown", ""},
    {"an unknown address", "GET", "/v1/nonsense", "", 404, "route_unknown", ""},
    {"a method that is not offered", "DELETE", "/v1/nodes/bcn", "", 405, "method_not_allowed", ""},
    {"a unit that exists", "POST", "/v1/units", R"({"code":"EUR","name":"Euro","scale":2,"origin":"local"})",
     409, "unit_exists", "/code"},
};

}  // namespace

class BadRequests : public ApiTest {
 protected:
  std::string entries_recorded() { return superuser_value("SELECT count(*) FROM entry"); }
};

TEST_F(BadRequests, GetTheDocumentedCodeAndRecordNothing) {
  for (const BadRequest& row : bad_requests) {
    SCOPED_TRACE(row.what);
    const bool by_operator = std::string_view{row.path} == "/v1/units";
    const ApiAnswer answer = by_operator ? operate(row.method, row.path, row.body)
                                         : send(row.method, row.path, {.body = row.body});
    EXPECT_EQ(answer.status, row.status) << answer.body;
    EXPECT_EQ(answer.code(), row.code) << answer.body;
    if (*row.field != 0) {
      EXPECT_EQ(answer.text("field"), row.field) << answer.body;
    }
    EXPECT_EQ(entries_recorded(), "0");
  }
}

TEST_F(BadRequests, OfAnotherMediaTypeAreRefused) {
  const std::string body = entry("assets:bank", "income:dues", "12.50");
  const ApiAnswer answer =
      send("POST", "/v1/nodes/bcn/entries", {.body = body, .headers = {{"Content-Type", "text/plain"}}});
  EXPECT_EQ(answer.status, 415) << answer.body;
  EXPECT_EQ(answer.code(), "media_type_unsupported") << answer.body;
  EXPECT_EQ(entries_recorded(), "0");
}

}  // namespace coop::test

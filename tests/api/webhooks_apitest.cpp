#include <sys/socket.h>

#include "ledger/webhooks/post_office.hpp"
#include "ledger/webhooks/webhook.hpp"
#include "tests/support/api_server.hpp"
#include "tests/support/hook_receiver.hpp"

namespace coop::test {
namespace {

class WebhooksApi : public ApiTest {
 protected:
  WebhooksApi() : ApiTest{[](api::Settings& settings) { settings.webhooks_to_private = true; }} {}
  ApiAnswer add(const std::string& url, const std::string& more = "") {
    return post("/v1/nodes/bcn/webhooks", R"({"url":")" + url + "\"" + more + "}");
  }
};

TEST_F(WebhooksApi, SendsEachChangeSignedAndInOrder) {
  HookReceiver receiver;
  const ApiAnswer added = add(receiver.url());
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string secret = added.text("secret");
  record("assets:bank", "income:dues", "1.00");
  record("assets:bank", "income:dues", "2.00");
  std::int64_t next_entry = 1;
  while (next_entry <= 2) {
    const HookReceiver::Received received = receiver.wait();
    EXPECT_TRUE(is_signed(received, secret));
    const boost::json::value page = boost::json::parse(received.body);
    for (const auto& event : page.at("events").as_array()) {
      EXPECT_EQ(event.at("kind").as_string(), "entries_recorded");
      EXPECT_EQ(event.at("first_entry").as_int64(), next_entry);
      next_entry = event.at("last_entry").as_int64() + 1;
    }
  }
}

TEST_F(WebhooksApi, TriesAgainUntilItIsDelivered) {
  HookReceiver receiver;
  receiver.answer_with(500);
  add(receiver.url());
  record("assets:bank", "income:dues", "1.00");
  const std::string first = receiver.wait().body;
  receiver.answer_with(204);
  EXPECT_EQ(receiver.wait().body, first);
}

TEST_F(WebhooksApi, ShowsTheSecretOnceOnly) {
  const ApiRequest request{.body = R"({"url":"https://example.org/hook"})", .key = "hook"};
  const ApiAnswer first = send("POST", "/v1/nodes/bcn/webhooks", request);
  const ApiAnswer again = send("POST", "/v1/nodes/bcn/webhooks", request);
  EXPECT_EQ(first.text("secret").substr(0, 6), "whsec_");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.text("secret"), "");
  EXPECT_EQ(again.text("number"), first.text("number"));
  EXPECT_EQ(get("/v1/nodes/bcn/webhooks").body.find("whsec_"), std::string::npos);
}

TEST_F(WebhooksApi, SendsOnlyTheKindsThatWereAskedFor) {
  HookReceiver receiver;
  add(receiver.url(), R"(,"kinds":["period_locked"])");
  record("assets:bank", "income:dues", "1.00");
  post("/v1/nodes/bcn/locks", R"({"kind":"soft","through_on":"2020-12-31","reason":"audited"})");
  const auto events = boost::json::parse(receiver.wait().body).at("events").as_array();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events.at(0).at("kind").as_string(), "period_locked");
}

TEST_F(WebhooksApi, RefuseKindsOfEventsThatThereAreNot) {
  const ApiAnswer refused = add("https://example.org/", R"(,"kinds":["entries_recorded","entry_recorded"])");
  EXPECT_EQ(refused.code(), "field_invalid");
  EXPECT_NE(refused.body.find("/kinds"), std::string::npos) << refused.body;
  EXPECT_NE(refused.body.find("checkpoint_made"), std::string::npos) << "it names those there are";
  std::string every;
  for (const std::string_view kind : webhooks::event_kinds())
    every += (every.empty() ? "\"" : ",\"") + std::string{kind} + "\"";
  EXPECT_EQ(add("https://example.org/", ",\"kinds\":[" + every + "]").status, 201);
}

TEST_F(WebhooksApi, EndsAndTestsAWebhook) {
  HookReceiver receiver;
  add(receiver.url());
  const ApiAnswer tested = post("/v1/nodes/bcn/webhooks/1/test", "{}");
  EXPECT_EQ(tested.text("delivered"), "true") << tested.body;
  EXPECT_EQ(send("DELETE", "/v1/nodes/bcn/webhooks/1").status, 200);
  EXPECT_EQ(get("/v1/nodes/bcn/webhooks/1").code(), "webhook_unknown");
  EXPECT_EQ(post("/v1/nodes/bcn/webhooks/1/test", "{}").code(), "webhook_unknown");
}

using WebhooksOfStrangers = ApiTest;

TEST_F(WebhooksOfStrangers, NeverReachThisMachineOrItsNetwork) {
  HookReceiver receiver;
  const auto add = [&](const std::string& url) {
    return post("/v1/nodes/bcn/webhooks", R"({"url":")" + url + "\"}");
  };
  EXPECT_EQ(add(receiver.url()).code(), "field_invalid") << "http is refused";
  EXPECT_EQ(add("ftp://example.org/").code(), "field_invalid");
  EXPECT_EQ(add("https://me:secret@example.org/").code(), "field_invalid");
  EXPECT_EQ(add("nonsense").code(), "field_invalid");
  for (const char* url :
       {"https://127.0.0.1/hook", "https://10.1.2.3:8443/", "https://[::1]/", "https://[fd12::1]/",
        "https://[::ffff:192.168.1.1]/", "https://0x7f.1/", "https://2130706433/", "https://localhost/",
        "https://LOCALHOST./", "https://a.localhost:8443/"}) {
    const ApiAnswer refused = add(url);
    EXPECT_EQ(refused.code(), "field_invalid") << url;
    EXPECT_NE(refused.body.find("not of the public internet"), std::string::npos) << url << refused.body;
  }
  EXPECT_EQ(add("https://1.1.1.1/hook").status, 201);
  const auto posted =
      webhooks::post("https://localhost:" + std::to_string(receiver.port()) + "/", "{}", {}, {});
  EXPECT_EQ(posted.status, 0);
  EXPECT_NE(posted.outcome.find("not of the public internet"), std::string::npos) << posted.outcome;
  EXPECT_EQ(receiver.connections(), 0);
}

}  // namespace
}  // namespace coop::test

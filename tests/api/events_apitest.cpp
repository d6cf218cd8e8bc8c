#include <future>

#include "tests/support/api_server.hpp"
#include "tests/support/machine.hpp"

namespace coop::test {
namespace {

using EventsApi = ApiTest;

TEST_F(EventsApi, TellEachChangeOnceFromACursor) {
  ApiAnswer page = get("/v1/nodes/bcn/events?limit=3");
  ASSERT_EQ(page.status, 200) << page.body;
  std::int64_t number = 0;
  while (true) {
    const boost::json::value read = page.json();
    for (const auto& event : read.at("items").as_array()) EXPECT_EQ(event.at("number").as_int64(), ++number);
    if (read.at("items").as_array().empty()) break;
    page = get("/v1/nodes/bcn/events?limit=3&cursor=" + page.text("next"));
  }
  EXPECT_GE(number, 5);
  record("assets:bank", "income:dues", "1.00");
  const ApiAnswer news = get("/v1/nodes/bcn/events?cursor=" + page.text("next"));
  EXPECT_EQ(news.json().at("items").at(0).at("kind").as_string(), "entries_recorded");
  const ApiAnswer all = get("/v1/events?limit=1000");
  EXPECT_EQ(all.json().at("items").as_array().size(), static_cast<std::size_t>(number) + 1);
}

TEST_F(EventsApi, LetTheCallerWaitForTheNextChange) {
  const std::string cursor = get("/v1/nodes/bcn/events?limit=1000").text("next");
  auto waiting =
      std::async(std::launch::async, [&] { return get("/v1/nodes/bcn/events?wait=20&cursor=" + cursor); });
  EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds{600}), std::future_status::timeout);
  record("assets:bank", "income:dues", "1.00");
  EXPECT_EQ(waiting.get().json().at("items").as_array().size(), 1u);
  EXPECT_EQ(get("/v1/nodes/bcn/events?wait=1&cursor=" + get("/v1/nodes/bcn/events?limit=1000").text("next"))
                .json()
                .at("items")
                .as_array()
                .size(),
            0u);
}

TEST_F(EventsApi, EndTheWaitWhenTheServerStops) {
  const std::string cursor = get("/v1/events?limit=1000").text("next");
  auto waiting = std::async(std::launch::async, [&, here = port()] {
    return send("GET", "/v1/events?wait=25&cursor=" + cursor, {.port = here});
  });
  ASSERT_TRUE(comes_true(
      [&] { return get("/metrics").body.find("\ncoopledger_callers_waiting 1") != std::string::npos; }));
  restart();
  EXPECT_EQ(waiting.get().status, 200) << "it would have been cut off before its time came";
}

}  // namespace
}  // namespace coop::test

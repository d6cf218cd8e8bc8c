// What the program counts about itself, as Prometheus reads it.
#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

using MetricsApi = ApiTest;

bool counts(const ApiAnswer& metrics, const std::string& route, const std::string& status) {
  return metrics.body.find("route=\"" + route + "\",status=\"" + status + "\"") != std::string::npos;
}

TEST_F(MetricsApi, ListOnlyWhatHappened) {
  const ApiAnswer fresh = get("/metrics");
  ASSERT_EQ(fresh.status, 200);
  EXPECT_LT(fresh.body.size(), 20'000u);
  EXPECT_NE(fresh.body.find("coopledger_"), std::string::npos) << fresh.body;
  EXPECT_FALSE(counts(fresh, "/v1/nodes/{node}/locks", "2xx"));
  EXPECT_EQ(get("/v1/nodes/bcn/locks").status, 200);
  EXPECT_EQ(get("/v1/nodes/nowhere/locks").status, 404);
  EXPECT_EQ(get("/v1/nothing").status, 404);
  const ApiAnswer used = get("/metrics");
  EXPECT_TRUE(counts(used, "/v1/nodes/{node}/locks", "2xx")) << used.body;
  EXPECT_TRUE(counts(used, "/v1/nodes/{node}/locks", "4xx")) << used.body;
  EXPECT_FALSE(counts(used, "/v1/nodes/{node}/locks", "5xx"));
  EXPECT_TRUE(counts(used, "none", "4xx")) << used.body;
}

}  // namespace
}  // namespace coop::test

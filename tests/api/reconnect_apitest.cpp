#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

using ReconnectApi = ApiTest;

// What a restart of PostgreSQL leaves in the pool: connections that nobody knows to be broken.
TEST_F(ReconnectApi, AnswersWithoutA503WhenIdleConnectionsBroke) {
  const auto break_all = [&] {
    superuser_sql(
        "SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  };
  record("assets:bank", "income:dues", "1.00");
  break_all();
  EXPECT_EQ(get("/v1/nodes/bcn/entries/1").status, 200);
  break_all();
  EXPECT_EQ(record("assets:bank", "income:dues", "2.00"), 2);
  break_all();
  open("assets:till", "asset");
  break_all();
  EXPECT_EQ(get("/v1/nodes/bcn/accounts/assets:till").status, 200);
}

}  // namespace
}  // namespace coop::test

// Whether the server lives, and whether requests should be sent to it.
#include <pqxx/pqxx>
#include <thread>

#include "api/server/server.hpp"
#include "tests/support/api_server.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/raw_http_client.hpp"

namespace coop::test {
namespace {

class Health : public ApiTest {
 protected:
  ApiAnswer look(const std::string& at) { return send("GET", "/health/" + at, {.token = "-"}); }
  /// Lets nobody into the database, or lets them in again.
  void let_in(bool anybody) {
    const std::string outside = private_postgres().address("postgres");
    run_when_alone(outside, "ALTER DATABASE " + name_ + " ALLOW_CONNECTIONS " + (anybody ? "true" : "false"));
    if (!anybody)
      run_when_alone(
          outside, "SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity WHERE datname = '" +
                       name_ + "'");
  }

 private:
  const std::string name_ = superuser_value("SELECT current_database()");
};

TEST_F(Health, SaysThatPostgresqlIsAwayAndLives) {
  EXPECT_EQ(look("ready").status, 200);
  EXPECT_EQ(look("live").status, 200);
  let_in(false);
  const ApiAnswer away = look("ready");
  EXPECT_EQ(away.status, 503);
  EXPECT_EQ(away.code(), "unavailable");
  EXPECT_TRUE(away.headers.contains("retry-after"));
  EXPECT_EQ(look("live").status, 200);
  let_in(true);
  EXPECT_EQ(look("ready").status, 200) << "by itself";
  EXPECT_EQ(look("live").status, 200);
}

/// What is answered on a connection that stays open; 0 once it does not.
int status_on(testing::RawHttpClient& client, const std::string& path) {
  client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  try {
    return client.read_answer().status;
  } catch (const std::runtime_error&) {
    return 0;
  }
}

bool takes_nobody(std::uint16_t port) {
  try {
    const testing::RawHttpClient client{port};
    return false;
  } catch (const std::runtime_error&) {
    return true;
  }
}

TEST_F(Health, IsAliveAndNotReadyWhileTheServerStops) {
  const auto server = another_server(system_clock());
  testing::RawHttpClient balancer{server->port()};
  testing::RawHttpClient watcher{server->port()};
  EXPECT_EQ(status_on(balancer, "/health/ready"), 200);
  EXPECT_EQ(status_on(watcher, "/health/live"), 200);
  pqxx::connection other{address()};
  pqxx::work held{other};
  held.exec("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE");
  std::jthread in_flight{[&] {
    const ApiAnswer posted = send(
        "POST", at("entries"), {.body = entry("assets:bank", "income:dues", "1.00"), .port = server->port()});
    EXPECT_EQ(posted.status, 201) << "it ends what it began: " << posted.body;
  }};
  EXPECT_TRUE(comes_true([&] {
    return superuser_value(
               "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND database ="
               " (SELECT oid FROM pg_database WHERE datname = current_database())") == "t";
  }));
  std::jthread stopping{[&] { server->stop(); }};
  EXPECT_TRUE(comes_true([&] { return takes_nobody(server->port()); }));
  EXPECT_EQ(status_on(balancer, "/health/ready"), 503);
  EXPECT_EQ(status_on(watcher, "/health/live"), 200) << "nobody restarts what stops in good order";
  held.abort();
}

}  // namespace
}  // namespace coop::test

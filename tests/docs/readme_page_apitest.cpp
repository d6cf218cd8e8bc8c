// What README.md shows is typed here as a reader would type it, into the demonstration.
#include "api/demo/demo.hpp"
#include "api/log.hpp"
#include "api/server/server.hpp"
#include "tests/support/generated_page.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace coop::test {
namespace {

// Where `./dev run` serves.
const std::string printed_address = "http://127.0.0.1:8080";

const std::string sign_in =
    R"sh(TOKEN=$(curl -s http://127.0.0.1:8080/v1/sign-in -H 'Content-Type: application/json' \
  -d '{"name": "aina", "password": "demo-password-aina"}' | sed 's/.*"token":"\([^"]*\)".*/\1/'))sh";

const std::string entry =
    R"sh(curl -s http://127.0.0.1:8080/v1/nodes/bcn/entries -H "Authorization: Bearer $TOKEN" \
  -H 'Idempotency-Key: open-evening-2026-02' -H 'Content-Type: application/json' -d '{
    "booked_on": "2026-02-10", "description": "Donations at the open evening",
    "postings": [
      {"account": "assets:bank:main", "amount": "50.00", "unit": "EUR"},
      {"account": "income:donations", "amount": "-50.00", "unit": "EUR"}]}')sh";

const std::string report = R"sh(curl -s -H "Authorization: Bearer $TOKEN" \
  'http://127.0.0.1:8080/v1/nodes/bcn/reports/balance-sheet?as_of=2026-02-28&unit=EUR&format=text')sh";

/// The demonstration, served as `./dev run` does.
class ReadmePage : public DatabaseTest {
 protected:
  ReadmePage() {
    api::set_up_log("error", "text");
    api::demo::load_demo(db(), [](const std::string&, int, int) {});
    api::Settings settings;
    settings.http.listen = "127.0.0.1:0";
    settings.data = folder_.path() / "data";
    settings.access_log = false;
    DatabaseSettings database;
    database.address = address();
    database.connections = settings.database_connections;
    database.role = "coopledger_service";
    server_ = std::make_unique<api::Server>(settings, database, system_clock());
    server_->start();
  }
  ~ReadmePage() override { server_->stop(); }

  // What the shell prints for a command after signing in, ending with a line break.
  std::string answer_of(const std::string& command) {
    std::string script = sign_in + "\n" + command;
    const std::string address = "http://127.0.0.1:" + std::to_string(server_->port());
    for (auto at = script.find(printed_address); at != std::string::npos;
         at = script.find(printed_address, at))
      script.replace(at, printed_address.size(), address);
    const Ran answer = ran({"sh", "-c", script}, {"no_proxy=*", "NO_PROXY=*"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    return answer.out.ends_with('\n') ? answer.out : answer.out + '\n';
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<api::Server> server_;
};

std::string block(const std::string& language, const std::string& text) {
  return "```" + language + "\n" + text + (text.ends_with('\n') ? "" : "\n") + "```\n";
}

TEST_F(ReadmePage, ShowsAnEntryAndAReportAsTheyAreAnswered) {
  const std::string first = answer_of(entry);
  EXPECT_TRUE(
      region_is("README.md", "first-entry", block("sh", sign_in + "\n" + entry) + block("json", first)));
  EXPECT_EQ(answer_of(entry), first) << "repeated, it is answered the same and recorded once";
  EXPECT_TRUE(region_is("README.md", "first-report", block("sh", report) + block("", answer_of(report))));
}

}  // namespace
}  // namespace coop::test

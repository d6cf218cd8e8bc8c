#include "tests/support/demo_page.hpp"

#include <cstdlib>
#include <filesystem>

#include "api/demo/demo.hpp"
#include "api/log.hpp"
#include "api/server/server.hpp"
#include "tests/support/ran_program.hpp"

namespace coop::test {

namespace {

// Where `./dev run` serves.
const std::string printed_address = "http://127.0.0.1:8080";

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// A refusal of coopledger's is shown like everything else; no other command of a page fails.
bool refused(const Ran& answer) { return answer.code == 1 && answer.err.starts_with("coopledger: "); }

}  // namespace

DemoPage::DemoPage() {
  std::filesystem::create_directories(folder_.path() / "typed");
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

DemoPage::~DemoPage() { server_->stop(); }

std::string DemoPage::sign_in_of(const std::string& user) {
  return R"sh(TOKEN=$(curl -s http://127.0.0.1:8080/v1/sign-in -H 'Content-Type: application/json' \
  -d '{"name": ")sh" +
         user + R"sh(", "password": "demo-password-)sh" + user +
         R"sh("}' | sed 's/.*"token":"\([^"]*\)".*/\1/'))sh";
}

std::string DemoPage::printed_by(std::string script) const {
  replace_all(script, printed_address, "http://127.0.0.1:" + std::to_string(server_->port()));
  const std::string program = std::filesystem::path{COOP_BINARY}.parent_path();
  const std::string data = (folder_.path() / "data").string();
  const Ran answer = ran({"sh", "-c", "cd " + (folder_.path() / "typed").string() + "\n" + script + "\n"},
                         {"no_proxy=*", "NO_PROXY=*", "LC_ALL=C.UTF-8", "COOPLEDGER_LOG_LEVEL=error",
                          "PATH=" + program + ":" + std::getenv("PATH"), "COOPLEDGER_DATA=" + data,
                          "COOPLEDGER_DATABASE=" + address()});
  EXPECT_TRUE(answer.code == 0 || refused(answer)) << script << answer.err;
  return answer.out + answer.err;
}

std::string DemoPage::answer_of(const std::string& command, const std::string& user) {
  std::string& token = tokens_[user];
  if (token.empty()) token = printed_by(sign_in_of(user) + "\nprintf %s \"$TOKEN\"");
  const std::string answer = printed_by("TOKEN=" + token + "\n" + helpers_ + "\n" + command);
  return answer.empty() || answer.ends_with('\n') ? answer : answer + '\n';
}

std::string DemoPage::typed(const std::vector<std::string>& commands, const std::string& user) {
  std::string text;
  for (const std::string& command : commands) {
    std::string answer = answer_of(command, user);
    if (!text.empty()) text += '\n';
    text += "$ " + command + "\n" + answer;
  }
  return fenced("", text);
}

std::string fenced(const std::string& language, const std::string& text) {
  return "```" + language + "\n" + text + (text.ends_with('\n') ? "" : "\n") + "```\n";
}

}  // namespace coop::test

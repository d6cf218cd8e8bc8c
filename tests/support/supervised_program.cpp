#include "tests/support/supervised_program.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "ledger/database/private_postgres.hpp"
#include "tests/support/machine.hpp"

namespace coop::test {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string text_of_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

/// The line after the one that ends in "days:", two below it.
std::string token_in(const std::string& said) {
  const auto at = said.find("days:\n\n  ");
  if (at == std::string::npos) throw std::runtime_error{"no token was printed:\n" + said};
  const auto begin = at + std::string{"days:\n\n  "}.size();
  return said.substr(begin, said.find('\n', begin) - begin);
}

}  // namespace

SupervisedProgram::SupervisedProgram(fs::path data, std::vector<std::string> more)
    : data_{std::move(data)},
      log_{data_.parent_path().string() + ".log"},
      more_{std::move(more)},
      port_{free_ports(1).front()} {
  fs::create_directories(data_.parent_path());
  start();
  if (!serves_within(120)) throw std::runtime_error{"coopledger does not serve:\n" + log()};
  operator_token_ = token_in(text_of_file(log_));
}

SupervisedProgram::~SupervisedProgram() {
  const std::vector<pid_t> left = backends();
  const pid_t leader = postmaster();
  kill_now();
  for (const pid_t process : left) kill(process, SIGKILL);
  if (leader > 0) kill(leader, SIGKILL);
}

void SupervisedProgram::start() {
  std::vector<std::string> words{COOP_BINARY,
                                 "serve",
                                 "--data=" + data_.string(),
                                 "--listen=127.0.0.1:" + std::to_string(port_),
                                 "--requests-per-minute=0",
                                 "--access-log=false",
                                 "--log-level=warning"};
  words.insert(words.end(), more_.begin(), more_.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int out = open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const pid_t parent = getpid();
  process_ = fork();
  if (process_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || dup2(out, 1) < 0 || dup2(out, 2) < 0) _exit(127);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(out);
  ++starts_;
}

void SupervisedProgram::kill_now() {
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
  process_ = 0;
}

int SupervisedProgram::stop() {
  kill(process_, SIGTERM);
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool SupervisedProgram::serves_within(int patience_s) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{patience_s};
  while (std::chrono::steady_clock::now() < deadline) {
    if (process_ <= 0 || waitpid(process_, nullptr, WNOHANG) == process_) start();
    try {
      if (ask("GET", "/health/ready").status == 200) return true;
    } catch (const std::runtime_error&) {
    }
    std::this_thread::sleep_for(20ms);
  }
  return false;
}

pid_t SupervisedProgram::postmaster() const {
  pid_t leader = 0;
  std::ifstream{data_ / "postgresql" / "cluster" / "postmaster.pid"} >> leader;
  return leader > 0 && kill(leader, 0) == 0 ? leader : 0;
}

std::vector<pid_t> SupervisedProgram::backends() const {
  std::vector<pid_t> found;
  const fs::path cluster = fs::absolute(data_ / "postgresql" / "cluster");
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{"/proc", error}) {
    const pid_t process = std::atoi(entry.path().filename().c_str());
    if (process <= 0 || fs::read_symlink(entry.path() / "cwd", error) != cluster) continue;
    if (text_of_file(entry.path() / "cmdline").find("coopledger_service") != std::string::npos)
      found.push_back(process);
  }
  return found;
}

std::string SupervisedProgram::request_text(const std::string& method, const std::string& path,
                                            const std::string& body, const std::string& token,
                                            const std::string& key) {
  std::string text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
  if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
  if (!key.empty()) text += "Idempotency-Key: " + key + "\r\n";
  if (!body.empty()) text += "Content-Type: application/json\r\n";
  return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

testing::RawAnswer SupervisedProgram::ask(const std::string& method, const std::string& path,
                                          const std::string& body, const std::string& token) const {
  static std::atomic<int> keys{0};
  const std::string key = method == "GET" ? std::string{} : "ask-" + std::to_string(++keys);
  testing::RawHttpClient client{port_};
  client.send(request_text(method, path, body, token, key));
  return client.read_answer();
}

std::string SupervisedProgram::make_books() const {
  const auto made = [&](const std::string& method, const std::string& path, const std::string& body,
                        const std::string& token) {
    const testing::RawAnswer answer = ask(method, path, body, token);
    if (answer.status / 100 != 2) throw std::runtime_error{path + " was not made: " + answer.body};
    return answer.body;
  };
  made("POST", "/v1/nodes",
       R"({"name":"bcn","title":"Barcelona","base_unit":"EUR","country":"ES","time_zone":"Europe/Madrid"})",
       operator_token_);
  made("POST", "/v1/users", R"({"name":"tess"})", operator_token_);
  made("PUT", "/v1/nodes/bcn/roles/tess/treasurer", "", operator_token_);
  const std::string issued =
      made("POST", "/v1/users/tess/tokens", R"({"scopes":["read","write","admin"]})", operator_token_);
  const std::string token{boost::json::parse(issued).at("token").as_string()};
  for (const auto& [path, type] :
       {std::pair{"assets:bank", "asset"}, {"assets:cash", "asset"}, {"income:dues", "income"}}) {
    made("POST", "/v1/nodes/bcn/accounts",
         std::string{R"({"path":")"} + path + R"(","unit":"EUR","type":")" + type +
             R"(","opened_on":"2020-01-01"})",
         token);
  }
  return token;
}

std::string SupervisedProgram::owner_address() const {
  const auto addresses = running_private_postgres(fs::absolute(data_ / "postgresql"));
  if (!addresses) throw std::runtime_error{"the program does not run"};
  return addresses->owner;
}

proof::Verified SupervisedProgram::verified() const {
  return proof::verify(DatabaseSettings{.address = owner_address(), .role = {}});
}

std::string SupervisedProgram::log() const {
  return text_of_file(log_) + "\npostgresql.log:\n" + text_of_file(data_ / "postgresql" / "postgresql.log");
}

}  // namespace coop::test

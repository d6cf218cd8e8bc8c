#include "tests/support/served_program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace coop::test {

namespace {

constexpr std::chrono::milliseconds look_every{20};
constexpr int looks = 4'500;  // a minute and a half

}  // namespace

ServedProgram::ServedProgram(std::filesystem::path data, const std::vector<std::string>& more)
    : said_{data.string() + ".said"} {
  std::vector<std::string> words{COOP_BINARY, "serve", "--data", data.string(), "--listen", "127.0.0.1:0"};
  words.insert(words.end(), more.begin(), more.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::filesystem::remove(said_);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, said_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  const int failure = ::posix_spawn(&process_, COOP_BINARY, &files, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failure != 0) throw std::runtime_error{"coopledger cannot be run"};
  wait_until_it_serves();
}

ServedProgram::~ServedProgram() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

std::string ServedProgram::words() const {
  std::ostringstream text;
  text << std::ifstream{said_}.rdbuf();
  return text.str();
}

void ServedProgram::wait_until_it_serves() {
  constexpr std::string_view serves = "serves at http://127.0.0.1:";
  for (int i = 0; i < looks; ++i) {
    const std::string said = words();
    const std::size_t at = said.find(serves);
    if (at != std::string::npos && said.find('(', at) != std::string::npos) {
      port_ = static_cast<std::uint16_t>(std::stoi(said.substr(at + serves.size())));
      const std::size_t token = said.find("coop_");
      if (token != std::string::npos) first_token_ = said.substr(token, said.find('\n', token) - token);
      return;
    }
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) == process_) {
      process_ = -1;
      break;
    }
    std::this_thread::sleep_for(look_every);
  }
  throw std::runtime_error{"coopledger does not serve: " + words()};
}

void ServedProgram::signal(int number) const { ::kill(process_, number); }

int ServedProgram::wait() {
  for (int i = 0; i < looks; ++i) {
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) == process_) {
      process_ = -1;
      return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    std::this_thread::sleep_for(look_every);
  }
  throw std::runtime_error{"coopledger does not end: " + words()};
}

testing::RawAnswer ServedProgram::ask(const std::string& method, const std::string& path,
                                      const std::string& token, const std::string& body,
                                      const std::string& key) const {
  std::string request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                        "Authorization: Bearer " + token + "\r\n";
  if (!key.empty()) request += "Idempotency-Key: " + key + "\r\n";
  if (!body.empty()) request += "Content-Type: application/json\r\n";
  testing::RawHttpClient client{port_};
  client.send(request + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  return client.read_answer();
}

}  // namespace coop::test

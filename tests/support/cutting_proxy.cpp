#include "tests/support/cutting_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace coop::test {

namespace {

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return address;
}

/// Reads what PostgreSQL answers up to the end of "ready for query".
void swallow_answer(int server) {
  std::string last;
  std::array<char, 65536> bytes;
  while (true) {
    pollfd waiting{server, POLLIN, 0};
    if (poll(&waiting, 1, 10'000) <= 0) return;
    const ssize_t got = recv(server, bytes.data(), bytes.size(), 0);
    if (got <= 0) return;
    last.append(bytes.data(), static_cast<std::size_t>(got));
    if (last.size() > 6) last.erase(0, last.size() - 6);
    if (last.size() == 6 && last.starts_with(std::string{"Z\0\0\0\5", 5})) return;
  }
}

}  // namespace

CuttingProxy::CuttingProxy() : listener_{socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  const sockaddr_un here = address_of((folder_.path() / ".s.PGSQL.5432").string());
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
      listen(listener_, 64) != 0)
    throw std::runtime_error{"the proxy cannot listen"};
}

CuttingProxy::~CuttingProxy() {
  ending_ = true;
  if (accepting_.joinable()) accepting_.join();
  for (std::thread& connection : connections_) connection.join();
  close(listener_);
}

std::string CuttingProxy::address_through(const std::string& address) {
  const auto begin = address.find("host='") + std::string{"host='"}.size();
  const auto end = address.find('\'', begin);
  target_ = address.substr(begin, end - begin) + "/.s.PGSQL.5432";
  if (!accepting_.joinable()) accepting_ = std::thread{[this] { accept_all(); }};
  return "host='" + folder_.path().string() + address.substr(end);
}

void CuttingProxy::cut_at(int message, Cut when) {
  const std::lock_guard lock{mutex_};
  messages_left_ = message;
  when_ = when;
  was_cut_ = false;
}

bool CuttingProxy::stop_cutting() {
  const std::lock_guard lock{mutex_};
  messages_left_ = 0;
  return was_cut_;
}

void CuttingProxy::accept_all() {
  while (!ending_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, 50) <= 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) connections_.emplace_back([this, client] { serve(client); });
  }
}

void CuttingProxy::serve(int client) {
  const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un there = address_of(target_);
  bool goes_on = connect(server, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0;
  while (goes_on && !ending_) {
    pollfd waiting[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    if (poll(waiting, 2, 50) <= 0) continue;
    if (waiting[1].revents != 0) goes_on = pass_on(server, client);
    if (goes_on && waiting[0].revents != 0) goes_on = !is_cut(client, server) && pass_on(client, server);
  }
  close(server);
  close(client);
}

bool CuttingProxy::pass_on(int from, int to) const {
  std::array<char, 65536> bytes;
  const ssize_t got = recv(from, bytes.data(), bytes.size(), 0);
  for (ssize_t sent = 0; sent < got;) {
    const ssize_t step = send(to, bytes.data() + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
    if (step <= 0) return false;
    sent += step;
  }
  return got > 0;
}

bool CuttingProxy::is_cut(int client, int server) {
  Cut when{};
  {
    const std::lock_guard lock{mutex_};
    if (messages_left_ == 0 || --messages_left_ > 0) return false;
    was_cut_ = true;
    when = when_;
  }
  if (when == Cut::after && pass_on(client, server)) swallow_answer(server);
  return true;
}

}  // namespace coop::test

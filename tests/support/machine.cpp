#include "tests/support/machine.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace coop::test {

namespace {

using SteadyClock = std::chrono::steady_clock;

std::chrono::microseconds of(const timeval& time) {
  return std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_usec};
}

}  // namespace

bool comes_true(const std::function<bool()>& reached) {
  const auto until = SteadyClock::now() + patience;
  while (!reached()) {
    if (SteadyClock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

std::chrono::milliseconds cpu_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return std::chrono::duration_cast<std::chrono::milliseconds>(of(usage.ru_utime) + of(usage.ru_stime));
}

bool comes_to_rest() {
  return comes_true([] {
    const auto cpu_before = cpu_time();
    const auto before = SteadyClock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    return (cpu_time() - cpu_before) * 8 < SteadyClock::now() - before;
  });
}

int descriptors_open() {
  return static_cast<int>(std::distance(std::filesystem::directory_iterator{"/proc/self/fd"},
                                        std::filesystem::directory_iterator{}));
}

int connections_that_fit(int wanted) {
  constexpr rlim_t for_all_else = 128;
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  const rlimit raised{limit.rlim_max, limit.rlim_max};
  if (limit.rlim_cur < limit.rlim_max && ::setrlimit(RLIMIT_NOFILE, &raised) == 0)
    limit.rlim_cur = limit.rlim_max;
  const rlim_t taken = static_cast<rlim_t>(descriptors_open()) + for_all_else;
  const rlim_t fitting = limit.rlim_cur > taken ? (limit.rlim_cur - taken) / 2 : 1;
  return static_cast<int>(std::min<rlim_t>(static_cast<rlim_t>(wanted), fitting));
}

std::vector<std::uint16_t> free_ports(int count) {
  std::vector<int> held;  // until all are found, so that no port is found twice
  std::vector<std::uint16_t> ports;
  for (int i = 0; i < count; ++i) {
    held.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(held.back(), reinterpret_cast<sockaddr*>(&address), size) == 0 &&
        ::getsockname(held.back(), reinterpret_cast<sockaddr*>(&address), &size) == 0)
      ports.push_back(ntohs(address.sin_port));
  }
  for (const int descriptor : held) ::close(descriptor);
  if (ports.size() != static_cast<std::size_t>(count)) throw std::runtime_error{"there is no free port"};
  return ports;
}

}  // namespace coop::test

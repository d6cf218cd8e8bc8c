#include "api/http/listener.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "api/http/connection.hpp"
#include "api/http/listen_address.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr int accepts_in_a_row = 64;
/// The owner and the group, to which nginx's user is added; others are kept out.
constexpr mode_t unix_socket_mode = 0660;

[[noreturn]] void cannot_listen(const std::string& address, std::string_view why) {
  throw Unavailable{"cannot listen on " + address + ": " + std::string{why}};
}

/// An address as the socket functions want it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);
  sockaddr* pointer() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress unix_address(const std::string& path) {
  SocketAddress result;
  auto& parts = reinterpret_cast<sockaddr_un&>(result.storage);
  parts.sun_family = AF_UNIX;
  std::memcpy(parts.sun_path, path.c_str(), path.size() + 1);
  result.size = sizeof parts;
  return result;
}

SocketAddress internet_address(const std::string& address, const ListenAddress& wanted) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failed =
      ::getaddrinfo(wanted.host.empty() ? nullptr : wanted.host.c_str(), wanted.port.c_str(), &hints, &found);
  if (failed != 0) cannot_listen(address, ::gai_strerror(failed));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned{found, &::freeaddrinfo};
  SocketAddress result;
  std::memcpy(&result.storage, found->ai_addr, found->ai_addrlen);
  result.size = found->ai_addrlen;
  return result;
}

/// Removes a socket file that nobody listens on any more; a living server's stays and makes bind fail.
void remove_stale_socket(SocketAddress& address, const std::string& path) {
  std::error_code failed;
  if (!std::filesystem::is_socket(path, failed)) return;
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool alive =
      probe < 0 || ::connect(probe, address.pointer(), address.size) == 0 || errno != ECONNREFUSED;
  if (probe >= 0) ::close(probe);
  if (!alive) ::unlink(path.c_str());
}

std::string text_of_address(const SocketAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.storage.ss_family == AF_INET) {
    const auto& parts = reinterpret_cast<const sockaddr_in&>(address.storage);
    ::inet_ntop(AF_INET, &parts.sin_addr, text.data(), text.size());
  } else if (address.storage.ss_family == AF_INET6) {
    const auto& parts = reinterpret_cast<const sockaddr_in6&>(address.storage);
    ::inet_ntop(AF_INET6, &parts.sin6_addr, text.data(), text.size());
  } else {
    return "unix";
  }
  const std::string_view found{text.data()};
  constexpr std::string_view mapped = "::ffff:";
  return std::string{found.starts_with(mapped) && found.find('.') != found.npos ? found.substr(mapped.size())
                                                                                : found};
}

bool is_shortage(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

}  // namespace

Listener::Listener(std::shared_ptr<Door> door, const std::string& address) : door_{std::move(door)} {
  const auto parts = listen_address_from(address);
  if (!parts) cannot_listen(address, "expected address:port, [address]:port or unix:/path");
  const std::string& path = parts->unix_path;
  const bool is_unix = !path.empty();
  SocketAddress wanted = is_unix ? unix_address(path) : internet_address(address, *parts);
  if (is_unix) remove_stale_socket(wanted, path);
  descriptor_ = ::socket(wanted.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor_ < 0) cannot_listen(address, std::strerror(errno));
  const int yes = 1;
  if (!is_unix) ::setsockopt(descriptor_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(descriptor_, wanted.pointer(), wanted.size) != 0 ||
      (is_unix && ::chmod(path.c_str(), unix_socket_mode) != 0) || ::listen(descriptor_, SOMAXCONN) != 0) {
    const int error = errno;
    ::close(descriptor_);
    cannot_listen(address, std::strerror(error));
  }
  unix_path_ = path;
}

Listener::~Listener() { close(); }

void Listener::accept_at(WatchPlace place) {
  const std::lock_guard lock{mutex_};
  place_ = place;
  if (!door_->reactor.watch(place_, descriptor_, {true, false}))
    throw Unavailable{"cannot watch for connections"};
}

void Listener::close() {
  const std::lock_guard lock{mutex_};
  if (descriptor_ < 0) return;
  if (place_.tag != 0) door_->reactor.forget(place_, descriptor_);
  ::close(descriptor_);
  descriptor_ = -1;
  if (!unix_path_.empty()) ::unlink(unix_path_.c_str());
}

std::uint16_t Listener::port() const {
  SocketAddress bound;
  if (::getsockname(descriptor_, bound.pointer(), &bound.size) != 0) return 0;
  if (bound.storage.ss_family == AF_INET)
    return ntohs(reinterpret_cast<sockaddr_in&>(bound.storage).sin_port);
  if (bound.storage.ss_family == AF_INET6)
    return ntohs(reinterpret_cast<sockaddr_in6&>(bound.storage).sin6_port);
  return 0;
}

void Listener::on_ready(Readiness readiness, std::span<char>) {
  const std::lock_guard lock{mutex_};
  if (!readiness.readable) return;
  for (int i = 0; i < accepts_in_a_row && descriptor_ >= 0; ++i) {
    if (!accept_one()) return;
  }
}

/// False if nobody waits, or nobody can be let in.
bool Listener::accept_one() {
  SocketAddress client;
  const int accepted = ::accept4(descriptor_, client.pointer(), &client.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (accepted < 0) {
    if (is_shortage(errno)) {
      paused_ = true;
      door_->reactor.change(place_, descriptor_, {});
      return false;
    }
    return errno == ECONNABORTED || errno == EINTR;
  }
  if (door_->connections_open >= door_->connection_limit) {
    ++door_->connections_refused;
    ::close(accepted);
    return true;
  }
  const int yes = 1;
  if (unix_path_.empty()) ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  Connection::open(door_, accepted, text_of_address(client));
  return true;
}

bool Listener::due(std::int64_t) const noexcept { return paused_; }

void Listener::on_tick(std::int64_t) {
  const std::lock_guard lock{mutex_};
  if (descriptor_ >= 0 && paused_.exchange(false)) door_->reactor.change(place_, descriptor_, {true, false});
}

std::size_t bearable_connections(std::size_t wanted) {
  constexpr rlim_t plenty = 1 << 20;
  constexpr std::size_t reserve = 64;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::min<std::size_t>(wanted, 256);
  const rlim_t reachable = std::min(limit.rlim_max, plenty);
  if (limit.rlim_cur < reachable) {
    const rlimit raised{reachable, limit.rlim_max};
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit.rlim_cur = reachable;
  }
  std::error_code failed;
  const auto open_now = std::distance(std::filesystem::directory_iterator{"/proc/self/fd", failed}, {});
  const std::size_t taken = static_cast<std::size_t>(open_now) + reserve;
  const auto allowed = static_cast<std::size_t>(std::min(limit.rlim_cur, plenty));
  // A quarter stays for the files of large bodies.
  const std::size_t bearable = allowed > taken ? (allowed - taken) / 4 * 3 : 0;
  return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(bearable, 1));
}

}  // namespace coop::api

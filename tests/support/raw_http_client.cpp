#include "tests/support/raw_http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/support/machine.hpp"

namespace coop::testing {

namespace {

constexpr int timeout_ms = std::chrono::milliseconds{test::patience}.count();

/// Connects, or closes the socket and throws. Where a great many connections were closed a moment ago every
/// port may be taken: the kernel gives them back within a minute.
template <class Address>
void require_connected(int descriptor, const Address& address) {
  constexpr int most_waits = 1'200;
  for (int waits = 0; waits < most_waits; ++waits) {
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
    if (errno != EADDRNOTAVAIL) break;
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  const int reason = errno;
  ::close(descriptor);
  throw std::runtime_error{std::string{"connect: "} + std::strerror(reason)};
}

sockaddr_in loopback(std::uint32_t last_number, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + last_number);
  return address;
}

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error{std::string{what} + ": " + std::strerror(errno)};
}

std::string lower_case(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

}  // namespace

RawHttpClient::RawHttpClient(std::uint16_t port, int receive_buffer_bytes)
    : descriptor_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  require(descriptor_ >= 0, "socket");
  if (receive_buffer_bytes > 0) {
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  }
  // From 127.0.0.2: a socket without an address of its own may meet itself at a port nobody listens on.
  // Its port is chosen when it connects: one that is taken towards another server is free towards this one.
  const int later = 1;
  ::setsockopt(descriptor_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &later, sizeof later);
  const sockaddr_in own = loopback(2, 0);
  ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&own), sizeof own);
  require_connected(descriptor_, loopback(1, port));
}

RawHttpClient::RawHttpClient(const std::string& unix_path)
    : descriptor_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, unix_path.c_str(), sizeof address.sun_path - 1);
  require_connected(descriptor_, address);
}

RawHttpClient::RawHttpClient(RawHttpClient&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)}, received_{std::move(other.received_)} {}

RawHttpClient& RawHttpClient::operator=(RawHttpClient&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(received_, other.received_);
  return *this;
}

RawHttpClient::~RawHttpClient() { close(); }

void RawHttpClient::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

bool RawHttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// False at the end of the connection.
bool RawHttpClient::read_more() {
  pollfd waiting{descriptor_, POLLIN, 0};
  if (::poll(&waiting, 1, timeout_ms) <= 0)
    throw std::runtime_error{"no answer in time, so far: " + received_};
  std::array<char, 65536> bytes;
  const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  received_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawHttpClient::take_line() {
  std::size_t end = 0;
  while ((end = received_.find("\r\n")) == std::string::npos) {
    if (!read_more()) throw std::runtime_error{"closed in the middle of a line: " + received_};
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 2);
  return line;
}

std::string RawHttpClient::take(std::size_t count) {
  while (received_.size() < count) {
    if (!read_more()) throw std::runtime_error{"closed in the middle of a body"};
  }
  std::string bytes = received_.substr(0, count);
  received_.erase(0, count);
  return bytes;
}

std::string RawHttpClient::take_chunks() {
  std::string body;
  while (true) {
    const std::size_t size = std::stoul(take_line(), nullptr, 16);
    body += take(size);
    if (!take_line().empty()) throw std::runtime_error{"a chunk does not end with an empty line"};
    if (size == 0) return body;
  }
}

RawAnswer RawHttpClient::read_answer(bool to_head) {
  RawAnswer answer;
  const std::string status_line = take_line();
  if (!status_line.starts_with("HTTP/1.1 ")) throw std::runtime_error{"no status line: " + status_line};
  answer.status = std::stoi(status_line.substr(9));
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) throw std::runtime_error{"not a header: " + line};
    answer.headers[lower_case(line.substr(0, colon))] = line.substr(colon + 2);
  }
  if (to_head || answer.status < 200 || answer.status == 204 || answer.status == 304) return answer;
  if (answer.headers.contains("transfer-encoding")) {
    answer.body = take_chunks();
  } else if (answer.headers.contains("content-length")) {
    answer.body = take(std::stoul(answer.headers["content-length"]));
  } else {
    answer.body = read_to_end();
  }
  return answer;
}

int RawHttpClient::read_status() {
  while (received_.find("\r\n\r\n") == std::string::npos) {
    if (!read_more()) return 0;
  }
  return read_answer().status;
}

std::string RawHttpClient::read_to_end() {
  while (read_more()) {
  }
  return std::exchange(received_, {});
}

bool RawHttpClient::is_closed() { return is_closed_within(timeout_ms); }

bool RawHttpClient::is_closed_within(int patience_ms) {
  pollfd waiting{descriptor_, POLLIN, 0};
  if (::poll(&waiting, 1, patience_ms) <= 0) return false;
  char byte = 0;
  return ::recv(descriptor_, &byte, 1, 0) <= 0;
}

void RawHttpClient::half_close() { ::shutdown(descriptor_, SHUT_WR); }

void RawHttpClient::vanish() {
  const ::linger at_once{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

std::string get_request(std::string_view path) {
  return "GET " + std::string{path} + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

std::string post_request(std::string_view path, std::string_view body) {
  return "POST " + std::string{path} +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string{body};
}

}  // namespace coop::testing

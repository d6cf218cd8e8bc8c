#include "tests/support/hook_receiver.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "ledger/webhooks/webhook.hpp"

namespace coop::test {

HookReceiver::HookReceiver() : listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0)
    throw std::runtime_error{"the receiver cannot listen"};
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread{[this] { serve(); }};
}

HookReceiver::~HookReceiver() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

std::string HookReceiver::url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }

void HookReceiver::serve() {
  while (true) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    ++connections_;
    answer(client);
    ::close(client);
  }
}

void HookReceiver::answer(int client) {
  std::string text;
  char piece[4096];
  std::size_t length = 0;
  std::size_t head = std::string::npos;
  while (head == std::string::npos || text.size() < head + 4 + length) {
    pollfd ready{client, POLLIN, 0};
    if (::poll(&ready, 1, std::chrono::milliseconds{patience}.count()) <= 0) return;
    const auto got = ::recv(client, piece, sizeof piece, 0);
    if (got <= 0) return;
    text.append(piece, static_cast<std::size_t>(got));
    head = text.find("\r\n\r\n");
    const auto at = text.find("Content-Length: ");
    if (at != std::string::npos) length = std::stoul(text.substr(at + 16));
  }
  Received received;
  const auto at = text.find("Coopledger-Signature: ");
  if (at != std::string::npos) received.signature = text.substr(at + 22, text.find("\r\n", at) - at - 22);
  received.body = text.substr(head + 4);
  const std::string reply =
      "HTTP/1.1 " + std::to_string(status_) + " Noted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  ::send(client, reply.data(), reply.size(), MSG_NOSIGNAL);
  const std::lock_guard lock{mutex_};
  received_.push_back(std::move(received));
  come_.notify_all();
}

HookReceiver::Received HookReceiver::wait() {
  std::unique_lock lock{mutex_};
  if (!come_.wait_for(lock, patience, [this] { return !received_.empty(); }))
    throw std::runtime_error{"no webhook came"};
  Received first = std::move(received_.front());
  received_.pop_front();
  return first;
}

bool is_signed(const HookReceiver::Received& received, const std::string& secret) {
  const auto comma = received.signature.find(',');
  if (received.signature.substr(0, 2) != "t=" || comma == std::string::npos) return false;
  const Instant at{std::chrono::seconds{std::stoll(received.signature.substr(2, comma - 2))}};
  return webhooks::signature_of(secret, at, received.body) == received.signature;
}

}  // namespace coop::test

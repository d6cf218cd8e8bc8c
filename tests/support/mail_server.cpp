#include "tests/support/mail_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <stdexcept>

namespace coop::test {

namespace {

void say(int client, const std::string& line) {
  const std::string text = line + "\r\n";
  ::send(client, text.data(), text.size(), MSG_NOSIGNAL);
}

// The next line without its end; nothing, if the client is gone.
std::optional<std::string> next_line(int client, std::string& unread) {
  for (std::size_t end = unread.find("\r\n"); true; end = unread.find("\r\n")) {
    if (end != std::string::npos) {
      std::string line = unread.substr(0, end);
      unread.erase(0, end + 2);
      return line;
    }
    pollfd ready{client, POLLIN, 0};
    char piece[4096];
    if (::poll(&ready, 1, std::chrono::milliseconds{patience}.count()) <= 0) return std::nullopt;
    const auto got = ::recv(client, piece, sizeof piece, 0);
    if (got <= 0) return std::nullopt;
    unread.append(piece, static_cast<std::size_t>(got));
  }
}

std::string address_in(const std::string& line) {
  const auto first = line.find('<');
  return line.substr(first + 1, line.find('>') - first - 1);
}

}  // namespace

MailServer::MailServer() : listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0)
    throw std::runtime_error{"the mail server cannot listen"};
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread{[this] { serve(); }};
}

MailServer::~MailServer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void MailServer::serve() {
  while (true) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    talk(client);
    ::close(client);
  }
}

void MailServer::talk(int client) {
  std::string unread;
  Mail mail;
  say(client, "220 here");
  while (const auto line = next_line(client, unread)) {
    if (line->starts_with("MAIL FROM:")) {
      mail.from = address_in(*line);
      say(client, "250 ok");
    } else if (line->starts_with("RCPT TO:")) {
      ++recipients_asked_;
      mail.to = address_in(*line);
      say(client, std::to_string(status_) + " " + mail.to);
    } else if (*line == "DATA") {
      say(client, "354 go on");
      for (auto text = next_line(client, unread); text && *text != "."; text = next_line(client, unread))
        mail.text += *text + "\n";
      say(client, "250 taken");
      const std::lock_guard lock{mutex_};
      mails_.push_back(std::move(mail));
      mail = {};
      come_.notify_all();
    } else if (*line == "QUIT") {
      say(client, "221 bye");
      return;
    } else {
      say(client, "250 ok");
    }
  }
}

MailServer::Mail MailServer::wait() {
  std::unique_lock lock{mutex_};
  if (!come_.wait_for(lock, patience, [this] { return !mails_.empty(); }))
    throw std::runtime_error{"no mail came"};
  Mail first = std::move(mails_.front());
  mails_.pop_front();
  return first;
}

}  // namespace coop::test

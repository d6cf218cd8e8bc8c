#include "api/commands/typed_password.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

/// What is typed meanwhile does not appear on the terminal.
class HiddenTyping {
 public:
  HiddenTyping() {
    hidden_ = ::isatty(STDIN_FILENO) != 0 && ::tcgetattr(STDIN_FILENO, &before_) == 0;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (hidden_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~HiddenTyping() {
    if (hidden_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;
  bool is_hidden() const noexcept { return hidden_; }

 private:
  termios before_{};
  bool hidden_ = false;
};

std::string line_of(const HiddenTyping& typing, const char* question) {
  if (typing.is_hidden()) std::cerr << question;
  std::string line;
  const bool read = static_cast<bool>(std::getline(std::cin, line));
  if (typing.is_hidden()) std::cerr << "\n";
  if (!read) throw Refused{Refusal::field_missing, "the password is a line of standard input; there is none"};
  return line;
}

}  // namespace

std::string typed_password() {
  const HiddenTyping typing;
  std::string password = line_of(typing, "Password (at least 10 letters): ");
  if (typing.is_hidden() && line_of(typing, "Once more: ") != password)
    throw Refused{Refusal::field_invalid, "the two passwords are not the same; nothing was changed"};
  return password;
}

std::string asked_password() {
  const HiddenTyping typing;
  return line_of(typing, "Password: ");
}

}  // namespace coop::api

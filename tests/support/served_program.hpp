#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/raw_http_client.hpp"

namespace coop::test {

/// `coopledger serve` in a process of its own, with a private PostgreSQL, on a free port of this machine.
class ServedProgram {
 public:
  /// Starts it on `data` and waits until it serves. Throws std::runtime_error with what it said.
  explicit ServedProgram(std::filesystem::path data, const std::vector<std::string>& more = {});
  /// Kills it, if it still runs.
  ~ServedProgram();
  ServedProgram(const ServedProgram&) = delete;
  ServedProgram& operator=(const ServedProgram&) = delete;

  std::uint16_t port() const noexcept { return port_; }
  pid_t process() const noexcept { return process_; }
  /// The operator's token, if this was the first start; else "".
  const std::string& first_token() const noexcept { return first_token_; }
  /// Everything it said so far.
  std::string words() const;

  void signal(int number) const;
  /// Waits for its end. Its exit code, or 128 and the signal's number. Throws after a minute or so.
  int wait();

  /// One request with a bearer token and, if it is not empty, a key. Throws std::runtime_error, if no answer
  /// comes.
  testing::RawAnswer ask(const std::string& method, const std::string& path, const std::string& token,
                         const std::string& body = "", const std::string& key = "") const;

 private:
  void wait_until_it_serves();
  std::filesystem::path said_;
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  std::string first_token_;
};

}  // namespace coop::test

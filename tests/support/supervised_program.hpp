#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ledger/proof/verify_service.hpp"
#include "tests/support/raw_http_client.hpp"

namespace coop::test {

/// The program as a supervisor runs it, again and again: `coopledger serve` in a process of its own, with a
/// private PostgreSQL under `data`, on a port that stays the same. What it says goes into a file beside the
/// folder that `data` is in. Killed with this object and with the test. Start it from a thread that outlives
/// it: a child is told of its parent thread's end.
class SupervisedProgram {
 public:
  /// Starts it and waits until it serves. `more` are further words of the command line.
  explicit SupervisedProgram(std::filesystem::path data, std::vector<std::string> more = {});
  ~SupervisedProgram();
  SupervisedProgram(const SupervisedProgram&) = delete;
  SupervisedProgram& operator=(const SupervisedProgram&) = delete;

  /// Starts it again, as a supervisor would; does not wait.
  void start();
  /// `kill -9`, and waits for its end.
  void kill_now();
  /// Asks it to stop and answers its exit code.
  int stop();
  /// Waits until it is ready to serve; false after `patience_s`. Starts it again if it ended by itself.
  bool serves_within(int patience_s);

  /// How often it was started.
  int starts() const noexcept { return starts_; }
  /// Its process, or 0 while it does not run.
  pid_t process() const noexcept { return process_; }
  /// The postmaster of its PostgreSQL, or 0.
  pid_t postmaster() const;
  /// The processes that serve its connections to PostgreSQL.
  std::vector<pid_t> backends() const;

  std::uint16_t port() const noexcept { return port_; }
  /// The operator's token that it printed at its first start.
  const std::string& operator_token() const noexcept { return operator_token_; }
  /// One request on a connection of its own. Throws std::runtime_error if there is no answer.
  testing::RawAnswer ask(const std::string& method, const std::string& path, const std::string& body = {},
                         const std::string& token = {}) const;
  /// The text of such a request.
  static std::string request_text(const std::string& method, const std::string& path, const std::string& body,
                                  const std::string& token, const std::string& key);
  /// Makes the node "bcn", a treasurer, and the accounts assets:bank, assets:cash and income:dues in EUR;
  /// answers the treasurer's token.
  std::string make_books() const;

  /// Recomputes everything while it runs.
  proof::Verified verified() const;
  /// How to reach its PostgreSQL as the owner, while it runs.
  std::string owner_address() const;
  /// What it and its PostgreSQL said.
  std::string log() const;

 private:
  std::filesystem::path data_;
  std::filesystem::path log_;
  std::vector<std::string> more_;
  std::uint16_t port_;
  pid_t process_ = 0;
  int starts_ = 0;
  std::string operator_token_;
};

}  // namespace coop::test
